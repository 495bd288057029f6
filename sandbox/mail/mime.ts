/**
 * Just enough MIME for an IMAP server: takes a message apart into numbered parts. Works on latin1 text, one character
 * per byte, and takes whatever is broken as plain text.
 */
export type Part = {
  /** With the empty line at its end. */
  readonly head: string;
  readonly body: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly type: string;
  readonly subtype: string;
  readonly params: readonly (readonly [name: string, value: string])[];
  /** Parts of a multipart; the one message inside a message/rfc822. */
  readonly children: readonly Part[];
};

export function parsePart(raw: string, depth = 0): Part {
  const cut = raw.startsWith('\r\n') ? 0 : raw.indexOf('\r\n\r\n');
  const bodyStart = cut === 0 ? 2 : cut < 0 ? raw.length : cut + 4;
  const head = raw.slice(0, bodyStart);
  const body = raw.slice(bodyStart);
  const headers = parseHeaders(head);
  const { value, params } = parseValue(header(headers, 'content-type') ?? '');
  const [, type = 'text', subtype = 'plain'] = /^([\w!#$&.+^-]+)\/([\w!#$&.+^-]+)$/.exec(value) ?? [];
  const part = { head, body, headers, params, type: type.toLowerCase(), subtype: subtype.toLowerCase(), children: [] };
  const boundary = params.find(([name]) => name === 'boundary')?.[1] ?? '';
  if (depth > 20) return part;
  if (part.type === 'message' && part.subtype === 'rfc822') return { ...part, children: [parsePart(body, depth + 1)] };
  if (part.type !== 'multipart') return part;
  const children = boundary === '' ? [] : splitAt(body, boundary).map((one) => parsePart(one, depth + 1));
  // A multipart without parts has no BODYSTRUCTURE; servers call it text.
  return children.length > 0 ? { ...part, children } : { ...part, type: 'text', subtype: 'plain' };
}

/** First header of that name (lower case), unfolded. */
export const header = (headers: Part['headers'], name: string): string | undefined =>
  headers.find(([key]) => key.toLowerCase() === name)?.[1];

/** `value; name=x; name="y"` */
export function parseValue(text: string): {
  readonly value: string;
  readonly params: readonly (readonly [name: string, value: string])[];
} {
  const [value = '', ...rest] = text.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/);
  const params = rest.flatMap((one): (readonly [string, string])[] => {
    const [, name, quoted, plain] = /^\s*([^=\s]+)\s*=\s*(?:"([^"]*)"?|(\S*))/.exec(one) ?? [];
    return name === undefined ? [] : [[name.toLowerCase(), quoted ?? plain ?? '']];
  });
  return { value: value.trim(), params };
}

function parseHeaders(head: string): Part['headers'] {
  const unfolded = head.slice(0, 200_000).replaceAll(/\r\n(?=[ \t])/g, '');
  return unfolded.split('\r\n').flatMap((line): (readonly [string, string])[] => {
    const colon = line.indexOf(':');
    return colon <= 0 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]];
  });
}

function splitAt(body: string, boundary: string): readonly string[] {
  const parts: string[] = [];
  const text = `\r\n${body}`;
  const mark = `\r\n--${boundary}`;
  let from = text.indexOf(mark);
  while (from >= 0 && parts.length < 1_000) {
    const lineEnd = text.indexOf('\r\n', from + mark.length);
    if (text.startsWith('--', from + mark.length) || lineEnd < 0) break;
    const next = text.indexOf(mark, lineEnd);
    parts.push(text.slice(lineEnd + 2, next < 0 ? text.length : next));
    from = next;
  }
  return parts;
}
