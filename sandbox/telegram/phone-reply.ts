/** How the chat page is answered. */
import type { ServerResponse } from 'node:http';

// Pages of this machine may show the phone inside themselves; the sandbox's desk does.
export const guarded = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors http://127.0.0.1:* http://localhost:*",
};

export function sendJson(response: ServerResponse, status: number, content: unknown): void {
  response.writeHead(status, { ...guarded, 'content-type': 'application/json' });
  response.end(JSON.stringify(content));
}
