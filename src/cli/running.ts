/** Finds the running Countersign by the note it leaves for its owner, and asks it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../config.ts';
import { messageOf } from '../lib/words.ts';

export type Answer<T> =
  | { readonly kind: 'answer'; readonly value: T; /** The web page, with its key. */ readonly page: string }
  | { readonly kind: 'problem'; readonly what: string; readonly remedy: string };

type Note = { readonly url: string; readonly token: string; readonly pid: number };

export async function callRunning<T>(
  settings: Pick<Settings, 'dataDir'>,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<Answer<T>> {
  const note = readNote(settings.dataDir);
  if (note === undefined) return notRunning(settings.dataDir);
  try {
    const response = await fetch(`${note.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${note.token}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(15_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const value: unknown = await response.json();
    if (!response.ok) {
      return {
        kind: 'problem',
        what: `It answered ${response.status}: ${JSON.stringify(value)}`,
        remedy: 'Try again; the log has more.',
      };
    }
    return { kind: 'answer', value: value as T, page: `${note.url}/?token=${note.token}` };
  } catch (thrown) {
    if (thrown instanceof TypeError) return notRunning(settings.dataDir);
    return {
      kind: 'problem',
      what: `It does not answer: ${messageOf(thrown)}`,
      remedy: `Look at process ${note.pid} and its log.`,
    };
  }
}

function readNote(dataDir: string): Note | undefined {
  try {
    return JSON.parse(readFileSync(join(dataDir, 'control.json'), 'utf8')) as Note;
  } catch {
    return undefined; // not there: it does not run, or runs with another DATA_DIR
  }
}

const notRunning = (dataDir: string): Answer<never> => ({
  kind: 'problem',
  what: `Countersign does not run with the data in ${dataDir}.`,
  remedy: 'Start it with: npm start',
});
