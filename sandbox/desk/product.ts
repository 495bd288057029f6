/** The real product as a child: started as `npm start` would with these settings, watched, stopped as a system would. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ApiStatus } from '../../src/bot/web/api.ts';
import { sleep } from '../../src/lib/clock.ts';
import type { Clock } from '../../src/lib/clock.ts';

export type Standing = 'starting' | 'running' | 'stopping' | 'stopped';

export type Ended = {
  readonly kind: 'ended';
  readonly code: number;
  /** The last it said. */
  readonly lines: readonly string[];
};

export type Product = {
  standing(): Standing;
  /** Resolves when it is up, or when it ended instead. */
  start(): Promise<{ readonly kind: 'up' } | Ended>;
  /** SIGTERM, then up to 10 s, then SIGKILL. */
  stop(): Promise<void>;
  /** Where its owner enters the web page; carries the key. Undefined while it is not running. */
  homeUrl(): Promise<string | undefined>;
  /** What it says about itself. Undefined while it can't be asked. */
  status(): Promise<ApiStatus | undefined>;
};

type Parts = {
  /** Working directory: one without a `.env`. */
  readonly folder: string;
  readonly stateDir: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly fetch: typeof fetch;
  /** It ended without being told to. */
  readonly onLost: (ended: Ended) => void;
};

type Note = { readonly url: string; readonly token: string; readonly pid: number };
type Child = { readonly running: ChildProcess; readonly lines: string[]; readonly ended: Promise<Ended> };

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const startLimit = 60_000;
const stopLimit = 10_000;

export function createProduct(parts: Parts): Product {
  const { clock } = parts;
  let standing: Standing = 'stopped';
  let child: Child | undefined;
  let note: Note | undefined;
  // After a restart its page must be where it was, or the links in the chat lead nowhere.
  let port = '0';

  const start = async () => {
    standing = 'starting';
    const mine = launch(parts, port);
    child = mine;
    void mine.ended.then((ended) => {
      const lost = standing === 'running';
      standing = 'stopped';
      note = undefined;
      if (lost) parts.onLost(ended);
    });
    const found = await Promise.race([comesUp(parts, mine), mine.ended]);
    if (found === 'late') {
      await stop();
      return { kind: 'ended' as const, code: 1, lines: [...mine.lines, 'It was not up after a minute.'] };
    }
    if ('kind' in found) return found;
    note = found;
    port = new URL(found.url).port;
    standing = 'running';
    return { kind: 'up' as const };
  };

  const stop = async () => {
    if (child === undefined || standing === 'stopped') return;
    standing = 'stopping';
    const { running, ended } = child;
    running.kill('SIGTERM');
    const cancel = clock.after(stopLimit, () => running.kill('SIGKILL'));
    await ended;
    cancel();
  };

  // “Log out everywhere” changes the token under way.
  const current = async () => (note === undefined ? undefined : await readNote(parts.stateDir));

  return {
    standing: () => standing,
    start,
    stop,
    async homeUrl() {
      const now = await current();
      return now === undefined ? undefined : `${now.url}/?token=${now.token}`;
    },
    async status() {
      const now = await current();
      return now === undefined ? undefined : await askStatus(parts.fetch, now);
    },
  };
}

function launch({ folder, environment }: Parts, port: string): Child {
  const running = spawn(process.execPath, [main], {
    cwd: folder,
    env: { ...environment, WEB_PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const lines: string[] = [];
  for (const input of [running.stdout, running.stderr]) {
    createInterface({ input }).on('line', (line) => {
      lines.push(line);
      if (lines.length > 30) lines.shift();
    });
  }
  const ended = new Promise<Ended>((resolve) => {
    running.once('error', (problem) => resolve({ kind: 'ended', code: 1, lines: [problem.message] }));
    // Not "exit": what it said last may still be on the way.
    running.once('close', (code) => resolve({ kind: 'ended', code: code ?? 1, lines }));
  });
  return { running, lines, ended };
}

async function comesUp(parts: Parts, { running }: Child): Promise<Note | 'late'> {
  const deadline = parts.clock.now().getTime() + startLimit;
  while (parts.clock.now().getTime() < deadline && running.exitCode === null && running.signalCode === null) {
    const note = await readNote(parts.stateDir);
    // One with another number was left behind by an earlier run.
    if (note !== undefined && note.pid === running.pid && (await isHealthy(parts.fetch, note))) return note;
    await sleep(parts.clock, 100);
  }
  return 'late';
}

async function readNote(stateDir: string): Promise<Note | undefined> {
  try {
    return JSON.parse(await readFile(join(stateDir, 'control.json'), 'utf8')) as Note;
  } catch {
    return undefined; // not written yet
  }
}

const isHealthy = (ask: typeof fetch, { url }: Note): Promise<boolean> =>
  ask(`${url}/healthz`).then(
    (response) => response.ok,
    () => false,
  );

async function askStatus(ask: typeof fetch, { url, token }: Note): Promise<ApiStatus | undefined> {
  try {
    const response = await ask(`${url}/api/status`, { headers: { authorization: `Bearer ${token}` } });
    return response.ok ? ((await response.json()) as ApiStatus) : undefined;
  } catch {
    return undefined; // it is just stopping
  }
}
