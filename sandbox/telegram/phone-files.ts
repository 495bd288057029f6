/** Pictures and files of the chat page: shown, taken home, and sent. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { guarded, sendJson } from './phone-reply.ts';
import type { Person } from './types.ts';
import type { World } from './world.ts';

const largest = 20 * 1024 * 1024;

export function sendImage(response: ServerResponse, world: World, id: string): void {
  const bytes = world.file(id)?.upload.bytes;
  const type = bytes === undefined ? undefined : imageType(bytes);
  if (bytes === undefined || type === undefined) return sendJson(response, 404, { problem: 'No picture.' });
  response.writeHead(200, { ...guarded, 'content-type': type });
  response.end(bytes);
}

/** By its first bytes, so that nothing else is ever served as a picture. */
function imageType(bytes: Buffer): string | undefined {
  const start = bytes.subarray(0, 12).toString('latin1');
  if (start.startsWith('\x89PNG')) return 'image/png';
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (start.startsWith('GIF8')) return 'image/gif';
  return start.startsWith('RIFF') && start.endsWith('WEBP') ? 'image/webp' : undefined;
}

/** Never shown as a page, whatever is in it. */
export function sendDownload(response: ServerResponse, world: World, id: string): void {
  const file = world.file(id);
  if (file === undefined) return sendJson(response, 404, { problem: 'No such file.' });
  const name = file.upload.name.replaceAll(/[^A-Za-z0-9._-]/g, '_');
  response.writeHead(200, {
    ...guarded,
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${name}"`,
  });
  response.end(file.upload.bytes);
}

/** A picture from the person's device; one the app can't make small goes as a file, as it does in the real one. */
export async function takePicture(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  person: Person,
): Promise<void> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = part as Buffer;
    size += bytes.length;
    if (size > largest) return sendJson(response, 413, { problem: 'The picture is larger than 20 MB.' });
    parts.push(bytes);
  }
  const bytes = Buffer.concat(parts);
  const replyTo = Number(url.searchParams.get('message') ?? '');
  const as = imageType(bytes) === undefined ? 'document' : 'photo';
  const type = request.headers['content-type'] ?? 'application/octet-stream';
  try {
    const sent = { bytes, as, type, caption: url.searchParams.get('caption') ?? '' } as const;
    const result = person.sendFile(replyTo > 0 ? { ...sent, replyTo } : sent);
    sendJson(response, 200, { result });
  } catch (thrown) {
    sendJson(response, 400, { problem: thrown instanceof Error ? thrown.message : 'not possible' });
  }
}
