import { oneLine } from '../../lib/words.ts';
import type { Attachment, Shape } from './mail.ts';
import type { MessageStructureObject } from 'imapflow';

/**
 * Finds the text and the attachments in the structure the server reports, without reading a byte of them. The text is
 * the first of its kind that is not an attachment and not inside a forwarded mail.
 */
export function readShape(root: MessageStructureObject | undefined): Shape {
  const types = new Set<string>();
  const attachments: Attachment[] = [];
  const found: { plain?: string; html?: string; calendar: boolean } = { calendar: false };
  const walk = (node: MessageStructureObject): void => {
    const type = node.type.toLowerCase();
    types.add(type);
    if (type === 'text/calendar' && node.parameters?.['method'] !== undefined) found.calendar = true;
    if (type.startsWith('multipart/')) {
      for (const child of node.childNodes ?? []) walk(child);
      return;
    }
    // imapflow leaves the number out for a mail that is not multipart.
    const part = node.part ?? '1';
    const attached = node.disposition?.toLowerCase() === 'attachment';
    if (type === 'text/plain' && !attached && found.plain === undefined) found.plain = part;
    else if (type === 'text/html' && !attached && found.html === undefined) found.html = part;
    else attachments.push(describe(node, type));
  };
  if (root !== undefined) walk(root);
  return {
    type: root?.type.toLowerCase() ?? '',
    types,
    plain: found.plain,
    html: found.html,
    calendar: found.calendar,
    attachments: attachments.slice(0, 100),
  };
}

function describe(node: MessageStructureObject, type: string): Attachment {
  const name = node.dispositionParameters?.['filename'] ?? node.parameters?.['name'] ?? '';
  // Base64 takes four bytes for three.
  const bytes = Math.round((node.size ?? 0) * (node.encoding?.toLowerCase() === 'base64' ? 0.73 : 1));
  return { name: oneLine(name, 120), type, bytes };
}
