import type { Clock } from '../../lib/clock.ts';
import { decodeBytes, isOurs } from './text/charset.ts';
import { unfold } from './text/flowed.ts';
import type { HtmlReader } from './text/html/reader.ts';
import type { Mail, OneText } from './mail.ts';
import { headLimit, readHead } from './read-head.ts';
import { isInvitation, readShape } from './read-shape.ts';
import { readText } from './text/read-text.ts';
import type { ImapFlow } from 'imapflow';

/** Where a calendar says what it is for is near its beginning. */
const calendarLimit = 65_536;

/**
 * Reads one mail of the selected mailbox: header, structure, and of the body only the text, each up to a limit, so that
 * its size is known before a byte is fetched. Leaves `\Seen` alone.
 *
 * @returns undefined when it is gone meanwhile
 */
export async function fetchMail(
  client: ImapFlow,
  uid: number,
  { clock, htmlReader }: { readonly clock: Clock; readonly htmlReader: HtmlReader },
): Promise<Mail | undefined> {
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
    shape: { ...shape, calendar: shape.calendar || (await holdsInvitation(client, uid, shape.calendarParts)) },
    text: await readText(shape.texts, (part, limit) => fetchText(client, uid, part, limit), htmlReader),
  };
}

async function fetchText(
  client: ImapFlow,
  uid: number,
  { kind, part, charset }: OneText,
  limit: number,
): Promise<{ readonly content: string; readonly cut: boolean }> {
  const ours = isOurs(charset);
  const { bytes, meta } = await fetchPart(client, uid, part, limit, !ours);
  // What the library decoded is UTF-8; what it doesn’t know either is found out.
  const content = decodeBytes(bytes, ours ? charset : meta?.charset === 'utf-8' ? 'utf-8' : '', kind === 'html');
  const isFlowed = ours && kind === 'plain' && meta?.flowed === true;
  return { content: isFlowed ? unfold(content, meta?.delSp === true) : content, cut: bytes.length >= limit };
}

/** Whether one of these calendars says itself that it asks something. */
async function holdsInvitation(client: ImapFlow, uid: number, parts: readonly string[]): Promise<boolean> {
  for (const part of parts) {
    const { bytes } = await fetchPart(client, uid, part, calendarLimit, false);
    if (isInvitation(methodIn(bytes))) return true;
  }
  return false;
}

/** The METHOD of a calendar, whose lines may be folded anywhere; empty when it has none. */
export const methodIn = (bytes: Uint8Array): string =>
  /^METHOD(?:;[^:\r\n]{0,200})?:[ \t]*([A-Za-z-]{1,40})/im.exec(
    Buffer.from(bytes)
      .toString('latin1')
      .replaceAll(/\r?\n[ \t]/g, ''),
  )?.[1] ?? '';

async function fetchPart(client: ImapFlow, uid: number, part: string, limit: number, decodeText: boolean) {
  const options = { uid: true, maxBytes: limit, decodeText };
  const { meta, content } = await client.download(String(uid), part, options);
  const chunks: Buffer[] = [];
  if (content !== undefined) for await (const chunk of content) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return { bytes: Buffer.concat(chunks), meta };
}
