/** The real thing as a child, listened to: each line of its log is stamped with the instant it came. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ApiStatus } from '../src/bot/web/api.ts';
import { endsWithUs } from './ends-with-us.ts';
import { until } from './until.ts';

export type Countersign = {
  readonly pid: number;
  /** Milliseconds from asking the system for the process until it said that it is running. */
  readonly startMs: number;
  /** The instant at which the first line with these words came. */
  lineWith(words: string): Promise<number>;
  status(): Promise<ApiStatus>;
  /** Resolves when it has ended. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
};

type Line = { readonly at: number; readonly text: string };

/** Of which this file is part. */
export const thisCheckout = fileURLToPath(new URL('../', import.meta.url));

/** As `npm start` does it: its flags count, so they are read from where they stand. */
async function startWords(checkout: string): Promise<readonly string[]> {
  const { scripts } = JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8')) as {
    readonly scripts: { readonly start: string };
  };
  const words = scripts.start.split(' ').slice(1);
  return words.map((word) => (existsSync(join(checkout, word)) ? join(checkout, word) : word));
}

/** Resolves when it is running. */
export async function startCountersign(parts: {
  /** Working directory, without a `.env`. */
  readonly folder: string;
  readonly stateDir: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Folder of the sources that are measured. */
  readonly checkout?: string;
}): Promise<Countersign> {
  const words = await startWords(parts.checkout ?? thisCheckout);
  const from = performance.now();
  const child = spawn(process.execPath, words, {
    cwd: parts.folder,
    // This Node alone: a start must not look for a better one.
    env: { PATH: dirname(process.execPath), HOME: parts.folder, ...parts.settings, DATA_DIR: parts.stateDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines = listen(child);
  endsWithUs(child);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const lineWith = (words: string) =>
    until(() => {
      if (child.exitCode !== null || child.signalCode !== null) {
        throw new Error(`Countersign ended:\n${lines.map(({ text }) => text).join('\n')}`);
      }
      return lines.findLast(({ text }) => text.includes(words))?.at;
    }, `it says “${words}”`);
  const ready = await lineWith(' is running on ');
  return {
    pid: child.pid ?? 0,
    startMs: ready - from,
    lineWith,
    status: () => askStatus(parts.stateDir),
    async end(signal) {
      child.kill(signal);
      await ended;
    },
  };
}

function listen(child: ChildProcess): readonly Line[] {
  const lines: Line[] = [];
  for (const input of [child.stdout, child.stderr]) {
    if (input === null) continue;
    createInterface({ input }).on('line', (text) => lines.push({ at: performance.now(), text }));
  }
  return lines;
}

async function askStatus(stateDir: string): Promise<ApiStatus> {
  const control = await readFile(join(stateDir, 'control.json'), 'utf8');
  const { url, token } = JSON.parse(control) as { readonly url: string; readonly token: string };
  const response = await fetch(`${url}/api/status`, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(`the status page answers ${response.status}`);
  return (await response.json()) as ApiStatus;
}
