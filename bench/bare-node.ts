/** The floor under all figures: a Node that does nothing. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { residentMb } from './memory.ts';

export type Bare = { readonly startMs: number; readonly megabytes: number };

export async function bareNode(): Promise<Bare> {
  const from = performance.now();
  const child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => undefined, 1e6)'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const startMs = performance.now() - from;
  const megabytes = residentMb(child.pid ?? 0);
  child.kill();
  return { startMs, megabytes };
}
