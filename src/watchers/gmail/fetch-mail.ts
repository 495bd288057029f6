import type { Clock } from '../../lib/clock.ts';
import { cleanText } from './clean-text.ts';
import { hidesText, htmlLimit, htmlToText } from './html-text.ts';
import { noText, type Mail, type MailText, type Shape } from './mail.ts';
import { headLimit, readHead } from './read-head.ts';
import { readShape } from './read-shape.ts';
import type { ImapFlow } from 'imapflow';

const textLimit = 262_144;

/**
 * Reads one mail of the selected mailbox: header, structure, and of the body only the text, each up to a limit, so that
 * its size is known before a byte is fetched. Leaves `\Seen` alone.
 *
 * @returns undefined when it is gone meanwhile
 */
export async function fetchMail(client: ImapFlow, uid: number, clock: Clock): Promise<Mail | undefined> {
  const found = await client.fetchOne(
    uid,
    {
      uid: true,
      flags: true,
      internalDate: true,
      bodyStructure: true,
      labels: client.capabilities.has('X-GM-EXT-1'),
      bodyParts: [{ key: 'HEADER', start: 0, maxLength: headLimit }],
    },
    { uid: true },
  );
  if (found === false) {
    if (!client.usable) throw new Error('The connection was lost');
    return undefined;
  }
  // The library files this part under `headers`.
  const head = found.headers;
  if (head === undefined) throw new Error('The server sent no header');
  const shape = readShape(found.bodyStructure);
  return {
    uid,
    emailId: found.emailId ?? '',
    at: new Date(found.internalDate ?? clock.now()),
    flags: found.flags ?? new Set(),
    labels: found.labels ?? new Set(),
    head: await readHead(head),
    shape,
    text: await fetchText(client, uid, shape, clock),
  };
}

async function fetchText(client: ImapFlow, uid: number, shape: Shape, clock: Clock): Promise<MailText> {
  const plain = shape.plain === undefined ? undefined : await fetchPart(client, uid, shape.plain, textLimit);
  const text = cleanText(plain?.content ?? '');
  if (plain !== undefined && text !== '') return { text, source: 'plain', hidden: false, cut: plain.cut };
  if (shape.html === undefined) return noText;
  const html = await fetchPart(client, uid, shape.html, htmlLimit);
  const converted = await htmlToText(html.content, clock);
  if (converted === undefined) return { ...noText, source: 'unreadable' };
  const read = cleanText(converted);
  return { text: read, source: read === '' ? 'none' : 'html', hidden: hidesText(html.content), cut: html.cut };
}

async function fetchPart(
  client: ImapFlow,
  uid: number,
  part: string,
  limit: number,
): Promise<{ readonly content: string; readonly cut: boolean }> {
  const { meta, content } = await client.download(String(uid), part, { uid: true, maxBytes: limit });
  if (content === undefined || meta === undefined) return { content: '', cut: false };
  const chunks: Buffer[] = [];
  for await (const chunk of content) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  // Text parts come out in UTF-8 whatever they were.
  return { content: Buffer.concat(chunks).toString('utf8'), cut: (meta.expectedSize ?? 0) > limit };
}
