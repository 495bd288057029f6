import { isUtf8 } from 'node:buffer';
import { domainToASCII } from 'node:url';
import { isPlainAddress } from '../../lib/address.ts';
import { sha256 } from '../../lib/hash.ts';
import { oneLine } from '../../lib/words.ts';
import { decodeBytes } from './text/charset.ts';
import type { Head, Person } from './mail.ts';
import type { AddressObject, ParsedMail } from 'mailparser';

/** At most this many bytes of a header are read. */
export const headLimit = 262_144;

/** Reads a header block. Rejects when the parser can't make anything of it. */
export async function readHead(bytes: Uint8Array): Promise<Head> {
  const { simpleParser } = await import('mailparser');
  const parsed = await simpleParser(Buffer.concat([inUtf8(bytes), Buffer.from('\r\n\r\n')]), {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    skipTextLinks: true,
    checksumAlgo: false,
  });
  const messageId = readIds(parsed.messageId ?? '')[0] ?? '';
  return {
    hash: sha256(bytes),
    fields: readFields(parsed),
    from: readPeople(parsed.from)[0],
    replyTo: readPeople(parsed.replyTo),
    to: readPeople(parsed.to),
    cc: readPeople(parsed.cc),
    subject: oneLine(parsed.subject ?? '', 500),
    messageId,
    references: readReferences(parsed).filter((id) => id !== messageId),
  };
}

/** Headers with bare signs above ASCII are UTF-8; where they can't be, line by line what old programs write. */
function inUtf8(bytes: Uint8Array): Uint8Array {
  if (isUtf8(bytes)) return bytes;
  const lines = Buffer.from(bytes).toString('latin1').split('\n');
  return Buffer.from(lines.map((line) => decodeBytes(Buffer.from(line, 'latin1'), '', false)).join('\n'));
}

function readFields(parsed: ParsedMail): Head['fields'] {
  const fields = new Map<string, string[]>();
  for (const { key, line } of parsed.headerLines) {
    const value = oneLine(line.slice(line.indexOf(':') + 1).replaceAll(/\r?\n/g, ''), 2_000);
    fields.set(key, [...(fields.get(key) ?? []), value]);
  }
  return fields;
}

/** Only people who can be written to; whoever hides behind a malformed address is nobody. */
function readPeople(header: AddressObject | readonly AddressObject[] | undefined): readonly Person[] {
  const objects = header === undefined ? [] : [header].flat();
  return objects
    .flatMap((one) => one.value.flatMap((entry) => entry.group ?? [entry]))
    .map(({ name, address }) => ({ name: oneLine(name, 120), address: toAscii((address ?? '').trim()) }))
    .filter(({ address }) => isPlainAddress(address))
    .slice(0, 200);
}

/** The parser shows domains in their own script; mail is written to the ASCII form, and so is our check. */
const toAscii = (address: string): string =>
  address.replace(/[^@]*$/, (domain) => (/^[\u0000-\u007f]*$/.test(domain) ? domain : domainToASCII(domain)));

/** The thread so far: the first and the last twenty are enough for every mail program. */
function readReferences(parsed: ParsedMail): readonly string[] {
  const references = [...new Set([parsed.references ?? []].flat().flatMap(readIds))];
  if (references.length === 0) return readIds(parsed.inReplyTo ?? '').slice(0, 1);
  return references.length <= 21 ? references : [...references.slice(0, 1), ...references.slice(-20)];
}

/** Well-formed ids in a header value: printable, without spaces, bounded. */
const readIds = (text: string): readonly string[] =>
  text.slice(0, 20_000).match(/<[\u0021-\u003b\u003d\u003f-\u007e]{1,900}>/g) ?? [];
