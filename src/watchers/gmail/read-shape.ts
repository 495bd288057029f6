/**
 * Finds the text and the attachments in the structure the server reports, without reading a byte of them. All text belongs
 * to the mail that is neither attached nor inside of a forwarded mail: phones write text, picture, text.
 */
import { oneLine } from '../../lib/words.ts';
import type { Attachment, OneText, Shape, TextPart } from './mail.ts';
import type { MessageStructureObject } from 'imapflow';

/** Nesting that no mail program makes; deeper parts are left alone. */
const deepest = 100;
const mostCalendars = 3;

/** A part that is no container, with its place in the mail. */
type Leaf = { readonly node: MessageStructureObject; readonly type: string; readonly order: number };
type Text = Leaf & { readonly named: boolean };
type Found =
  | { readonly kind: 'text'; readonly text: Text }
  | { readonly kind: 'either'; readonly plain: readonly Text[]; readonly html: readonly Text[] };

export function readShape(root: MessageStructureObject | undefined): Shape {
  const types = new Set<string>();
  const walked = root === undefined ? { found: [], attached: [] } : walk(root, types);
  const { texts, files } = tellFilesApart(walked.found);
  const attached = [...walked.attached, ...files].toSorted((one, other) => one.order - other.order);
  const calendars = attached.filter(isCalendar);
  return {
    type: root?.type.toLowerCase() ?? '',
    types,
    texts,
    calendar: calendars.some(({ node }) => isInvitation(node.parameters?.['method'] ?? '')),
    calendarParts: calendars
      .filter(({ node }) => node.parameters?.['method'] === undefined)
      .slice(0, mostCalendars)
      .map(partOf),
    attachments: attached.slice(0, 100).map(describe),
  };
}

/** What somebody asks of a calendar; `PUBLISH` is an entry sent along, and asks for nothing. */
export const isInvitation = (method: string): boolean => method !== '' && !/^\s*publish\s*$/i.test(method);

function walk(root: MessageStructureObject, types: Set<string>): { found: Found[]; attached: Leaf[] } {
  const attached: Leaf[] = [];
  let order = 0;
  const look = (node: MessageStructureObject, depth: number, inAlternative: boolean): Found[] => {
    const type = node.type.toLowerCase();
    types.add(type);
    order += 1;
    if (type.startsWith('multipart/')) {
      if (depth > deepest) return [];
      const isAlternative = type === 'multipart/alternative';
      const children = (node.childNodes ?? []).map((child) => look(child, depth + 1, isAlternative));
      return isAlternative ? choose(children) : children.flat();
    }
    const leaf = { node, type, order };
    if (isBody(node, type)) {
      // The name of a version of the text is no file's.
      return [{ kind: 'text', text: { ...leaf, named: !inAlternative && nameOf(node) !== '' } }];
    }
    // Further versions of the text: for watches, for programs that take scripts.
    if (!inAlternative || !type.startsWith('text/') || isCalendar(leaf)) attached.push(leaf);
    return [];
  };
  return { found: look(root, 0, false), attached };
}

const isBody = (node: MessageStructureObject, type: string): boolean =>
  (type === 'text/plain' || type === 'text/html') && node.disposition?.toLowerCase() !== 'attachment';

/** Of several versions the last one with HTML, beside the last one without that is not empty. */
function choose(versions: readonly (readonly Found[])[]): Found[] {
  const texts = versions.map((version) => version.flatMap(textsOf));
  const hasHtml = (version: readonly Text[]) => version.some(({ type }) => type === 'text/html');
  const html = texts.findLastIndex(hasHtml);
  const plain =
    texts.findLast((version) => !hasHtml(version) && version.some(({ node }) => (node.size ?? 1) > 0)) ?? [];
  if (html < 0) return plain.map((text) => ({ kind: 'text', text }));
  return plain.length === 0 ? [...(versions[html] ?? [])] : [{ kind: 'either', plain, html: texts[html] ?? [] }];
}

const textsOf = (found: Found): readonly Text[] => (found.kind === 'text' ? [found.text] : found.html);

/** Text with a name is a file where other text is there, and where it doesn't stand first. */
function tellFilesApart(found: readonly Found[]): {
  readonly texts: readonly TextPart[];
  readonly files: readonly Leaf[];
} {
  const isFile = (one: Found): boolean => one.kind === 'text' && one.text.named;
  const first = found.find((one) => one.kind === 'text' && one.text.order <= firstLeaf);
  const kept = found.some((one) => !isFile(one))
    ? found.filter((one) => !isFile(one))
    : first === undefined
      ? []
      : [first];
  const files = found.flatMap((one) => (kept.includes(one) || one.kind !== 'text' ? [] : [one.text]));
  return { texts: kept.map(toTextPart), files };
}

/** The mail itself, or the first part of it. */
const firstLeaf = 2;

const toTextPart = (found: Found): TextPart =>
  found.kind === 'text'
    ? toOneText(found.text)
    : { kind: 'either', plain: found.plain.map(toOneText), html: found.html.map(toOneText) };

const toOneText = (text: Text): OneText => ({
  kind: text.type === 'text/html' ? 'html' : 'plain',
  part: partOf(text),
  charset: text.node.parameters?.['charset'] ?? '',
});

/** imapflow leaves the number out for a mail that is not multipart. */
const partOf = ({ node }: Leaf): string => node.part ?? '1';

const isCalendar = ({ node, type }: Leaf): boolean =>
  type === 'text/calendar' || type === 'application/ics' || /\.(?:ics|vcs|ical|ifb)$/i.test(nameOf(node));

const nameOf = (node: MessageStructureObject): string =>
  node.dispositionParameters?.['filename'] ?? node.parameters?.['name'] ?? '';

function describe({ node, type }: Leaf): Attachment {
  // Base64 takes four bytes for three.
  const bytes = Math.round((node.size ?? 0) * (node.encoding?.toLowerCase() === 'base64' ? 0.73 : 1));
  return { name: oneLine(nameOf(node), 120), type, bytes };
}
