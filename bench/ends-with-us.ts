import type { ChildProcess } from 'node:child_process';

/** Kills the child when this process ends: a benchmark that fails or is stopped must leave nothing running. */
export function endsWithUs(child: ChildProcess): void {
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('close', () => process.off('exit', kill));
}
