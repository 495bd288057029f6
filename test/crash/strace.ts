/** strace, Debian's package: makes one system call of a running process the last one, or makes it fail. */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Whether it is there and may be used: some machines forbid it. */
export const canTrace = (): boolean =>
  spawnSync('strace', ['-f', '-qqq', '-o', '/dev/null', process.execPath, '-e', '0']).status === 0;

export type DiskError = 'ENOSPC' | 'EIO' | 'EROFS' | 'EACCES' | 'EBUSY' | 'EXDEV';

export type Injection = {
  readonly call: string;
  /** Which one from now on, from 1; counted per thread and per name of the call. */
  readonly when: number;
  /** `KILL`, or an error the call gives back instead of being carried out. */
  readonly does: 'KILL' | DiskError;
  /** How many in a row fail. */
  readonly times?: number;
};

export type Tracer = { stop(): Promise<void> };

const argument = ({ call, when, does, times = 1 }: Injection): string =>
  does === 'KILL'
    ? `inject=${call}:signal=KILL:when=${when}`
    : `inject=${call}:error=${does}:when=${when}..${when + times - 1}`;

/**
 * The words to put before a command, so that the injection counts from its first instant. Not with --seccomp-bpf: together
 * with named paths (strace 6.1) the process nearly always lived on.
 */
export const straced = (injection: Injection): readonly string[] => [
  'strace',
  '-f',
  '-qqq',
  '-o',
  '/dev/null',
  '-e',
  `trace=${injection.call}`,
  '-e',
  argument(injection),
];

/** Everything written out: which file, which bytes. */
const wholly = ['-y', '-xx', '-s', '8000000'];

export type Watch = {
  /** Where the calls are written down; nowhere when left out. */
  readonly log?: string;
  /** Calls to write down besides, with all their bytes. */
  readonly calls?: readonly string[];
  /** Only calls on these files count; any when left out. */
  readonly paths?: readonly string[];
};

/** How many calls were not carried out but failed instead, by what strace wrote down. */
export const injectedIn = (log: string): number => readFileSync(log, 'latin1').split('(INJECTED)').length - 1;

/** Attaches to a process and all its threads; resolves when it counts. */
export async function attach(
  pid: number,
  injection: Injection,
  { log, calls, paths = [] }: Watch = {},
): Promise<Tracer> {
  const names = [...new Set([injection.call, ...(calls ?? [])])].join(',');
  const trace = ['-e', `trace=${names}`, '-e', argument(injection), ...(calls === undefined ? [] : wholly)];
  const only = paths.flatMap((path) => ['-P', path]);
  const child = spawn('strace', ['-f', '-o', log ?? '/dev/null', ...trace, ...only, '-p', String(pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let said = '';
  const attached = new Promise<void>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes(`Process ${pid} attached`)) resolve();
    });
    child.once('close', () => reject(new Error(`strace could not attach to ${pid}: ${said}`)));
  });
  await attached;
  return {
    async stop() {
      child.kill('SIGINT');
      // It may wait for a thread that waits for it: without its tracer the thread goes on, or dies.
      const last = setTimeout(() => child.kill('SIGKILL'), 300);
      await gone;
      clearTimeout(last);
    },
  };
}
