/** Mails as bytes, made of parts that are named in the tables of docs/mail.md. */
import { mailAccount } from './mail-worlds.ts';

export type RawPart = { readonly headers: readonly string[]; readonly body: string };

const encoded = (text: string): string =>
  (
    Buffer.from(text)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\r\n');

const asText = (type: string, text: string, more: readonly string[] = []): RawPart => ({
  headers: [`Content-Type: ${type}`, 'Content-Transfer-Encoding: base64', ...more],
  body: encoded(text),
});

const calendar = (lines: string): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', lines, 'BEGIN:VEVENT', 'UID:1', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');

/** `text “Hello” + picture`, `text “a” or HTML “b”`, `text “x” named log.txt`. Throws for anything else. */
export function partsOf(words: string): RawPart {
  const parts = splitOutside(words, ' + ').map((one) => {
    const versions = splitOutside(one, ' or ').map(partOf);
    return versions.length === 1 && versions[0] !== undefined ? versions[0] : multipart('alternative', versions);
  });
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : multipart('mixed', parts);
}

/** Not inside of “ ”. */
function splitOutside(words: string, by: string): readonly string[] {
  const pieces: string[] = [];
  for (const piece of words.split(by)) {
    const last = pieces.at(-1);
    if (last !== undefined && last.split('“').length > last.split('”').length) pieces.splice(-1, 1, last + by + piece);
    else pieces.push(piece);
  }
  return pieces;
}

function partOf(words: string): RawPart {
  const [whole, kind, text = '', name] =
    /^(text|HTML|picture|PDF|attached text|calendar)(?: “([^”]*)”)?(?: named (\S+))?$/.exec(words.trim()) ?? [];
  switch (whole === undefined ? undefined : kind) {
    case 'text':
      return asText(`text/plain; charset=utf-8${name === undefined ? '' : `; name="${name}"`}`, text);
    case 'HTML':
      return asText('text/html; charset=utf-8', text);
    case 'attached text':
      return asText('text/plain; charset=utf-8', text, ['Content-Disposition: attachment']);
    case 'picture':
      return asText('image/png; name="gate.png"', '\u0089PNG', ['Content-Disposition: inline; filename="gate.png"']);
    case 'PDF':
      return asText(`application/pdf; name="${text}"`, '%PDF-1.4');
    case 'calendar':
      return asText('text/calendar; charset=utf-8; name="meeting.ics"', calendar(text.replaceAll('\n', '\r\n')));
    default:
      throw new Error(`no part is called ${words}`);
  }
}

let boundaries = 0;

export function multipart(kind: string, parts: readonly RawPart[]): RawPart {
  boundaries += 1;
  const boundary = `b${boundaries}b`;
  const inner = parts.map(({ headers, body }) => `--${boundary}\r\n${headers.join('\r\n')}\r\n\r\n${body}\r\n`);
  return {
    headers: [`Content-Type: multipart/${kind}; boundary="${boundary}"`],
    body: `${inner.join('')}--${boundary}--\r\n`,
  };
}

/** From a customer (another for each mail: five drafts a day are the most for one) to us, unless `headers` say otherwise. */
export function rawMail(id: string, part: RawPart, headers: readonly string[] = []): string {
  const usual = [
    `From: Sara <sara-${id}@client.example>`,
    `To: ${mailAccount.email}`,
    `Subject: ${id}`,
    `Message-ID: <${id}@client.example>`,
    'Date: Mon, 02 Nov 2026 10:00:00 +0000',
    'MIME-Version: 1.0',
  ];
  const named = new Set(headers.map((line) => line.split(':')[0]?.toLowerCase()));
  const kept = usual.filter((line) => !named.has(line.split(':')[0]?.toLowerCase()));
  return [...headers, ...kept, ...part.headers, '', part.body].join('\r\n');
}
