/**
 * Finds the running Countersign by the note it leaves for its owner, and asks it. The far side proves itself first: after
 * a crash the note stays, and by then anybody may listen on that port. Requests are signed; the page's token is never sent.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { proofOf, signatureOf } from '../app/command-line.ts';
import type { ApiProof, ControlNote } from '../app/command-line.ts';
import type { Settings } from '../config/index.ts';
import { systemClock } from '../lib/clock.ts';
import { codeOf } from '../lib/file-errors.ts';
import { systemRandom } from '../lib/random.ts';
import { messageOf } from '../lib/words.ts';

export type ApiAnswer<T> =
  | { readonly kind: 'answer'; readonly value: T }
  /** `silent`: it may be running all the same. `stranger`: somebody else has its port. */
  | {
      readonly kind: 'problem';
      readonly far: 'absent' | 'stranger' | 'silent';
      readonly what: string;
      readonly remedy: string;
    };

type Problem = Extract<ApiAnswer<never>, { kind: 'problem' }>;
type DataDir = Pick<Settings, 'dataDir'>;

const patienceMs = 15_000;

export async function callRunning<T>(
  { dataDir }: DataDir,
  method: 'GET' | 'POST',
  path: string,
  value?: unknown,
): Promise<ApiAnswer<T>> {
  const note = readNote(dataDir);
  if (note === undefined) return notRunning(dataDir);
  try {
    const signal = AbortSignal.timeout(patienceMs);
    if (!(await proves(note, signal))) return stranger(note, dataDir);
    const body = value === undefined ? '' : JSON.stringify(value);
    const nonce = systemRandom.key(32);
    const response = await fetch(`${note.url}${path}`, {
      method,
      redirect: 'error',
      headers: {
        authorization: signatureOf(note.key, { method, path, body }, systemClock.now(), nonce),
        'content-type': 'application/json',
      },
      signal,
      ...(body === '' ? {} : { body }),
    });
    const answer: unknown = await response.json();
    if (response.ok) return { kind: 'answer', value: answer as T };
    const what = `It answered ${response.status}: ${JSON.stringify(answer)}`;
    return { kind: 'problem', far: 'silent', what, remedy: 'Try again; the log has more.' };
  } catch (thrown) {
    return whyNot(thrown, note, dataDir);
  }
}

/** Whether a Countersign runs on this data, as far as can be told: one that is too busy to answer does. */
export const isRunning = async (data: DataDir): Promise<boolean> => {
  const answer = await callRunning(data, 'GET', '/api/status');
  return answer.kind === 'answer' || answer.far === 'silent';
};

/** The web page: its address, and the link that opens it. Only for somebody at the screen. */
export function pageOf({ dataDir }: DataDir): { readonly address: string; readonly link: string } | undefined {
  const note = readNote(dataDir);
  return note === undefined ? undefined : { address: `${note.url}/`, link: `${note.url}/?token=${note.token}` };
}

/** The longest proof is far shorter. */
const longestProof = 1_000;

async function proves(note: ControlNote, signal: AbortSignal): Promise<boolean> {
  const nonce = systemRandom.key(32);
  const response = await fetch(`${note.url}/api/proof?nonce=${nonce}`, { redirect: 'error', signal });
  let text = '';
  const decoder = new TextDecoder();
  for await (const part of response.body ?? []) {
    text += decoder.decode(part, { stream: true });
    if (text.length > longestProof) return false;
  }
  return isProof(parsed(text), proofOf(note, nonce));
}

const isProof = (answer: unknown, wanted: string): boolean =>
  typeof answer === 'object' && answer !== null && 'proof' in answer && (answer as ApiProof).proof === wanted;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not ours: it speaks something else
  }
}

function whyNot(thrown: unknown, note: ControlNote, dataDir: string): Problem {
  const cause = thrown instanceof TypeError ? thrown.cause : undefined;
  // Nobody listens there.
  if (cause !== undefined && ['ECONNREFUSED', 'EADDRNOTAVAIL'].includes(codeOf(cause))) return notRunning(dataDir);
  // No HTTP, a redirect, a line that was cut.
  if (thrown instanceof TypeError) return stranger(note, dataDir);
  return {
    kind: 'problem',
    far: 'silent',
    what: `It does not answer: ${messageOf(thrown)}`,
    remedy: `Look at process ${note.pid} and its log.`,
  };
}

function readNote(dataDir: string): ControlNote | undefined {
  try {
    const { url, token, pid, key } = JSON.parse(
      readFileSync(join(dataDir, 'control.json'), 'utf8'),
    ) as Partial<ControlNote>;
    if (typeof url !== 'string' || typeof token !== 'string') return undefined;
    // One that was left by an earlier version has no key, and nobody can prove to have it.
    return { url, token, pid: Number(pid), key: typeof key === 'string' ? key : systemRandom.key(40) };
  } catch {
    return undefined; // not there: it does not run, or runs with another DATA_DIR
  }
}

const notRunning = (dataDir: string): Problem => ({
  kind: 'problem',
  far: 'absent',
  what: `Countersign does not run with the data in ${dataDir}.`,
  remedy: 'Start it with: npm start',
});

const stranger = ({ url, pid }: ControlNote, dataDir: string): Problem => ({
  kind: 'problem',
  far: 'stranger',
  what: `What listens on ${url} can’t prove that it is the Countersign of ${dataDir}, so it was told nothing.`,
  remedy: `If process ${pid} is still running, it is of an earlier version: stop it and start it again. If not, another program has its port: npm start says what to do.`,
});
