import { request } from 'node:http';

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
};

export type Ask = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** A bare request: unlike `fetch` it sends any Host and Origin, follows nothing and tidies no path. */
export const ask = (port: number, path: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(parts).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });

/** Opens the link with the token. @returns the Cookie header, empty when there was none */
export async function enter(port: number, token: string): Promise<string> {
  const answer = await ask(port, `/?token=${encodeURIComponent(token)}`);
  return String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? '';
}

/** The proof that the forms of a page carry. */
export const formTokenIn = (page: string): string => /name="form_token" value="([^"]+)"/.exec(page)?.[1] ?? '';

/** What a person would read, entities resolved, with the words in text boxes and hidden fields left out. */
export const wordsIn = (markup: string): string =>
  plain(markup.replaceAll(/<textarea.*?<\/textarea>/gs, ' ').replaceAll(/<(head|style)[ >].*?<\/\1>/gs, ' '));

const plain = (markup: string): string =>
  markup
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

/** Sends a form as the browser does from a page of ours. */
export const post = (
  port: number,
  path: string,
  cookie: string,
  fields: Readonly<Record<string, string>>,
  headers = {},
) =>
  ask(port, path, {
    method: 'POST',
    body: new URLSearchParams(fields).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: `http://127.0.0.1:${port}`,
      cookie,
      ...headers,
    },
  });
