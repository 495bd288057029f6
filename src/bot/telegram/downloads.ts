/**
 * Fetches what people send. The address of a file has the token in it, so no error from here says more than fixed words.
 */
import type { Messenger } from '../chat/messenger.ts';
import type { Api } from './client.ts';
import { attempt } from './errors.ts';

/** Telegram hands out no more to bots. */
const largest = 20 * 1_048_576;
const limitMs = 60_000;
const tooLarge = { obstacle: 'That is larger than the 20 MB Telegram hands out to me. Please send it smaller.' };

export function createFetchFile(parts: {
  readonly api: Api;
  readonly token: string;
  /** Empty means Telegram itself. */
  readonly apiRoot: string;
  readonly fetch: typeof fetch;
  readonly stopped: AbortSignal;
}): Messenger['fetchFile'] {
  const { api, token } = parts;
  const root = parts.apiRoot === '' ? 'https://api.telegram.org' : parts.apiRoot;
  return async (fileId, bytes) => {
    if (bytes !== undefined && bytes > largest) return tooLarge;
    const file = await attempt(() => api.getFile(fileId));
    if (file.kind === 'trouble') {
      if (file.trouble.kind === 'rejected') return notHandedOut(file.trouble.words);
      throw new Error(`a picture could not be fetched: ${file.trouble.words}`);
    }
    const path = file.value.file_path ?? '';
    // It becomes part of an address: nothing in it may lead elsewhere.
    if (!/^[\w-]+(?:[./][\w-]+)*$/.test(path)) return notHandedOut('no place to fetch it from');
    const found = await download(parts, `${root}/file/bot${token}/${path}`);
    if (found === undefined) throw new Error('a picture could not be fetched');
    return found.length > largest ? tooLarge : found;
  };
}

const notHandedOut = (words: string) =>
  words.includes('too big')
    ? tooLarge
    : { obstacle: `Telegram does not hand the file out (${words}). Please send it again.` };

/** Undefined when it did not come whole. */
async function download(
  parts: { readonly fetch: typeof fetch; readonly stopped: AbortSignal },
  address: string,
): Promise<Uint8Array | undefined> {
  try {
    const signal = AbortSignal.any([parts.stopped, AbortSignal.timeout(limitMs)]);
    const response = await parts.fetch(address, { signal });
    if (!response.ok || response.body === null) return undefined;
    const pieces: Uint8Array[] = [];
    let total = 0;
    for await (const piece of response.body) {
      total += piece.length;
      pieces.push(piece);
      if (total > largest) break;
    }
    return Buffer.concat(pieces);
  } catch {
    return undefined;
  }
}
