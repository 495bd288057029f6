/** Reads the parameters of one API call from any of the four forms the Bot API takes. */
import type { IncomingMessage } from 'node:http';
import { isUtf8 } from 'node:buffer';
import { parseMultipart } from './multipart.ts';
import type { Upload } from './multipart.ts';

/** A parameter as it came: `value` is the JSON value when the body was JSON, otherwise the same text. */
export type Parameter = { readonly text: string; readonly value: unknown };

export type Parameters = {
  readonly fields: ReadonlyMap<string, Parameter>;
  readonly files: ReadonlyMap<string, Upload>;
  /** Whether values carry their JSON types. */
  readonly typed: boolean;
  /** False when some text was no UTF-8: the server refuses the strings in it. */
  readonly isUtf8: boolean;
};

export type Received = { readonly kind: 'read'; readonly parameters: Parameters } | Unreadable;

/** Answered with this bare status, an empty body and a closed connection. */
type Unreadable = { readonly kind: 'unreadable'; readonly status: number };

const largestBody = 52 * 1024 * 1024;
const largestText = 1024 * 1024;
const mostFiles = 50;

export async function receive(request: IncomingMessage, query: URLSearchParams): Promise<Received> {
  if (request.method !== 'GET' && request.method !== 'POST') return unreadable(405);
  const body = await wholeBody(request);
  if (body === undefined) return unreadable(413);
  const fields = new Map<string, Parameter>();
  const add = (name: string, value: string) => fields.set(name, { text: value, value });
  for (const [name, value] of query) add(name, value);
  const type = request.headers['content-type'] ?? '';
  const plain = (isUtf8: boolean): Received => ({
    kind: 'read',
    parameters: { fields, files: new Map(), typed: false, isUtf8 },
  });
  if (body.length === 0) return plain(true);
  if (type.startsWith('application/json')) return fromJson(body, fields);
  if (type.startsWith('application/x-www-form-urlencoded')) {
    if (body.length > largestText) return unreadable(413);
    for (const [name, value] of new URLSearchParams(body.toString('utf8'))) add(name, value);
    return plain(isPercentUtf8(body.toString('latin1')));
  }
  if (!type.startsWith('multipart/form-data')) {
    return plain(true);
  }
  const multipart = parseMultipart(type, body);
  if (multipart === undefined) return unreadable(400);
  for (const [name, value] of multipart.fields) add(name, value);
  const textSize = multipart.fields.reduce((sum, [name, value]) => sum + name.length + Buffer.byteLength(value), 0);
  if (textSize > largestText || multipart.files.size > mostFiles) return unreadable(413);
  return { kind: 'read', parameters: { fields, files: multipart.files, typed: false, isUtf8: multipart.isUtf8 } };
}

function fromJson(body: Buffer, fields: Map<string, Parameter>): Received {
  if (body.length > largestText) return unreadable(413);
  const parsed = parseJson(body.toString('utf8'));
  if (!isRecord(parsed)) return unreadable(400);
  for (const [name, value] of Object.entries(parsed)) {
    fields.set(name, { text: typeof value === 'string' ? value : JSON.stringify(value), value });
  }
  return { kind: 'read', parameters: { fields, files: new Map(), typed: true, isUtf8: isUtf8(body) } };
}

function isPercentUtf8(text: string): boolean {
  try {
    decodeURIComponent(text.replaceAll('+', ' '));
    return true;
  } catch {
    return false;
  }
}

const unreadable = (status: number): Unreadable => ({ kind: 'unreadable', status });

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Undefined when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function wholeBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = part as Buffer;
    size += bytes.length;
    if (size > largestBody) return undefined;
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}
