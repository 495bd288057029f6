import { isUtf8 } from 'node:buffer';

/**
 * Reads multipart/form-data as the Bot API server does: a file name may come without quotes (grammY sends it so), runs
 * up to the next semicolon, is trimmed and percent-decoded. Node's own `formData()` refuses such bodies altogether.
 */
export type Upload = { readonly name: string; readonly type: string; readonly bytes: Buffer };

export type Multipart = {
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly files: ReadonlyMap<string, Upload>;
  readonly isUtf8: boolean;
};

/** Undefined when the body can't be read. */
export function parseMultipart(contentType: string, body: Buffer): Multipart | undefined {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const mark = boundary?.[1] ?? boundary?.[2];
  if (mark === undefined) return undefined;
  const delimiter = Buffer.from(`--${mark}`);
  const fields: [string, string][] = [];
  const files = new Map<string, Upload>();
  let whole = true;
  let at = body.indexOf(delimiter);
  if (at < 0) return undefined;
  for (;;) {
    const start = at + delimiter.length;
    if (body.subarray(start, start + 2).toString('latin1') === '--') return { fields, files, isUtf8: whole };
    const next = body.indexOf(Buffer.concat([Buffer.from('\r\n'), delimiter]), start);
    const headEnd = body.indexOf('\r\n\r\n', start);
    if (next < 0 || headEnd < 0 || headEnd > next) return undefined;
    const head = body.subarray(start + 2, headEnd).toString('utf8');
    const bytes = body.subarray(headEnd + 4, Math.max(next, headEnd + 4));
    const disposition = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? '';
    const name = attribute(disposition, 'name');
    if (name === undefined) return undefined;
    const fileName = attribute(disposition, 'filename');
    if (fileName === undefined) {
      whole &&= isUtf8(bytes);
      fields.push([name, bytes.toString('utf8')]);
    } else {
      const type = /^content-type:\s*([^\s;]+)/im.exec(head)?.[1] ?? 'application/octet-stream';
      files.set(name, { name: decoded(fileName), type, bytes });
    }
    at = next + 2;
  }
}

function attribute(disposition: string, name: string): string | undefined {
  const match = new RegExp(`(?:^|;)\\s*${name}=(?:"([^"]*)"|([^;]*))`, 'i').exec(disposition);
  return match === null ? undefined : (match[1] ?? match[2] ?? '').trim();
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
