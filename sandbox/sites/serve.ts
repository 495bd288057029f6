/** Small pieces of an HTTP server that the sites share. */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';

const largestBody = 1_000_000;

export function answer(response: ServerResponse, status: number, type: string, body: string | Uint8Array): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
  response.end(body);
}

export function redirect(response: ServerResponse, to: string): void {
  response.writeHead(302, { location: to, 'cache-control': 'no-store' });
  response.end();
}

/** Sends a file; `path` is ours, relative to this folder, never from a request. */
export async function asset(response: ServerResponse, path: string, type: string): Promise<void> {
  answer(response, 200, type, await readFile(new URL(path, import.meta.url)));
}

/** Sends a page with `{{word}}` filled in. `state` is put in as it is; everything else is escaped. */
export async function fillPage(
  response: ServerResponse,
  name: string,
  status: number,
  words: Readonly<Record<string, string>>,
): Promise<void> {
  const page = await readFile(new URL(`pages/${name}`, import.meta.url), 'utf8');
  const filled = page.replaceAll(/\{\{(\w+)\}\}/g, (_, word: string) => {
    const value = words[word] ?? '';
    return word === 'state' ? value : escape(value);
  });
  answer(response, status, 'text/html', filled);
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

export async function readText(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = part as Buffer;
    size += bytes.length;
    if (size > largestBody) throw new Error('The body is too large.');
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString('utf8');
}

export const readForm = async (request: IncomingMessage): Promise<URLSearchParams> =>
  new URLSearchParams(await readText(request));

export const cookiesOf = (request: IncomingMessage): ReadonlyMap<string, string> =>
  new Map(
    (request.headers.cookie ?? '').split('; ').flatMap((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [] : [[pair.slice(0, at), pair.slice(at + 1)] as const];
    }),
  );
