/** FETCH answers of the stand-in. */
import { formatInstant, literal, quote, type Word } from './imap-words.ts';
import type { StoredMail } from './mail-store.ts';
import { header, parsePart, parseValue, type Part } from './mime.ts';

/** The answer for one message, or undefined when an item is not known: then the command is BAD. */
export function fetchAnswer(mail: StoredMail, items: readonly Word[]): string | undefined {
  const part = parsePart(mail.raw);
  const answers = items.map((item) => (typeof item === 'string' ? fetchItem(mail, part, item) : undefined));
  return answers.includes(undefined) ? undefined : `(${answers.join(' ')})`;
}

function fetchItem(mail: StoredMail, part: Part, item: string): string | undefined {
  const [, section, from, length] = /^BODY(?:\.PEEK)?\[([^\]]*)\](?:<(\d+)\.(\d+)>)?$/i.exec(item) ?? [];
  if (section !== undefined) {
    const content = readSection(mail.raw, part, section);
    const name = `BODY[${section.toUpperCase()}]${from === undefined ? '' : `<${from}>`}`;
    if (content === undefined) return `${name} NIL`;
    const start = Number(from ?? 0);
    return `${name} ${literal(from === undefined ? content : content.slice(start, start + Number(length)))}`;
  }
  return items[item.toUpperCase()]?.(mail, part);
}

const items: Readonly<Record<string, (mail: StoredMail, part: Part) => string>> = {
  UID: (mail) => `UID ${mail.uid}`,
  FLAGS: (mail) => `FLAGS (${[...mail.flags].join(' ')})`,
  INTERNALDATE: (mail) => `INTERNALDATE ${quote(formatInstant(mail.at))}`,
  'RFC822.SIZE': (mail) => `RFC822.SIZE ${mail.raw.length}`,
  ENVELOPE: (_, part) => `ENVELOPE ${envelope(part)}`,
  BODYSTRUCTURE: (_, part) => `BODYSTRUCTURE ${structure(part)}`,
  'X-GM-MSGID': (mail) => `X-GM-MSGID ${mail.gmailId}`,
  'X-GM-THRID': (mail) => `X-GM-THRID ${mail.gmailId}`,
  'X-GM-LABELS': () => 'X-GM-LABELS ()',
};

function readSection(raw: string, root: Part, section: string): string | undefined {
  const [, path = '', what = '', names = ''] = /^((?:\d+\.)*\d+)?\.?([A-Z.]*)(?: \(([^)]*)\))?$/i.exec(section) ?? [
    undefined,
    '',
    '?',
  ];
  if (path === '' && what === '') return raw;
  const part = path === '' ? root : findPart(root, path.split('.').map(Number));
  if (part === undefined) return undefined;
  // HEADER and TEXT of a numbered part are those of the message in it.
  const message = path === '' ? part : part.children[0];
  switch (what.toUpperCase()) {
    case '':
      return part.body;
    case 'MIME':
      return part.head;
    case 'HEADER':
      return message?.head;
    case 'TEXT':
      return message?.body;
    case 'HEADER.FIELDS':
      return pickHeaders(message, names);
    default:
      return undefined;
  }
}

function pickHeaders(message: Part | undefined, names: string): string | undefined {
  const wanted = names.toLowerCase().replaceAll('"', '').split(' ');
  const lines = (message?.headers ?? []).filter(([name]) => wanted.includes(name.toLowerCase()));
  return `${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

function findPart(root: Part, path: readonly number[]): Part | undefined {
  let part: Part | undefined = root;
  for (const [depth, number] of path.entries()) {
    const inside: Part | undefined = part.type === 'message' && depth > 0 ? part.children[0] : part;
    if (inside === undefined) return undefined;
    // A message that is not multipart has itself as part 1.
    part = inside.type === 'multipart' ? inside.children[number - 1] : number === 1 ? inside : undefined;
    if (part === undefined) return undefined;
  }
  return part;
}

function envelope(part: Part): string {
  const from = addresses(part, 'from');
  const or = (text: string) => (text === 'NIL' ? from : text);
  return `(${[
    quote(header(part.headers, 'date')),
    quote(header(part.headers, 'subject')),
    from,
    or(addresses(part, 'sender')),
    or(addresses(part, 'reply-to')),
    addresses(part, 'to'),
    addresses(part, 'cc'),
    addresses(part, 'bcc'),
    quote(header(part.headers, 'in-reply-to')),
    quote(header(part.headers, 'message-id')),
  ].join(' ')})`;
}

function addresses(part: Part, name: string): string {
  const found = [...(header(part.headers, name) ?? '').slice(0, 10_000).matchAll(/([^\s<>,;:"]+)@([^\s<>,;:"]+)/g)];
  const written = found.map(([, local, host]) => `(NIL NIL ${quote(local)} ${quote(host)})`);
  return written.length === 0 ? 'NIL' : `(${written.join('')})`;
}

function structure(part: Part): string {
  const params = list(part.params);
  if (part.type === 'multipart') {
    return `(${part.children.map(structure).join('')} ${quote(part.subtype)} ${params} ${disposition(part)} NIL NIL)`;
  }
  const lines = part.body.split('\r\n').length;
  const inner = part.children[0];
  const fields = [
    quote(part.type),
    quote(part.subtype),
    params,
    quote(header(part.headers, 'content-id')),
    quote(header(part.headers, 'content-description')),
    quote(header(part.headers, 'content-transfer-encoding') ?? '7bit'),
    String(part.body.length),
    ...(inner === undefined ? [] : [envelope(inner), structure(inner), String(lines)]),
    ...(part.type === 'text' ? [String(lines)] : []),
    'NIL',
    disposition(part),
    'NIL',
    'NIL',
  ];
  return `(${fields.join(' ')})`;
}

function disposition(part: Part): string {
  const text = header(part.headers, 'content-disposition');
  if (text === undefined) return 'NIL';
  const { value, params } = parseValue(text);
  return `(${quote(value)} ${list(params)})`;
}

const list = (params: Part['params']): string =>
  params.length === 0 ? 'NIL' : `(${params.map(([name, value]) => `${quote(name)} ${quote(value)}`).join(' ')})`;
