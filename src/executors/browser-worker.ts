/**
 * The parent's end of a browser: one child at a time, started for the first order, ended when idle. What must stay
 * true: a child that dies is never mistaken for an answer, and the caller learns whether commit was given before.
 */
import { fork } from 'node:child_process';
import { createKeyedLock } from '../lib/keyed-lock.ts';
import { sleep } from '../lib/clock.ts';
import type { ChildProcess } from 'node:child_process';
import type { ChildAnswer, Order, ToChild, ToParent } from './browser-protocol.ts';
import type { Clock } from '../lib/clock.ts';
import type { CommitAnswer } from '../domain/ports.ts';
import type { Logger } from '../lib/logger.ts';

export type ProcessEnvironment = Readonly<Record<string, string | undefined>>;

/** What the parent does when the child asks. */
export type OrderHooks = {
  commit(): Promise<CommitAnswer>;
  password(): string;
  log(line: string): void;
  keep(name: string, bytes: Uint8Array): Promise<void>;
  readonly signal?: AbortSignal;
};

export type Ending =
  | { readonly kind: 'answered'; readonly answer: ChildAnswer }
  /** `committed`: the child had been told to go, so nobody can tell what happened. */
  | { readonly kind: 'died'; readonly committed: boolean; readonly words: string };

export type BrowserWorker = {
  run(order: Order, hooks: OrderHooks): Promise<Ending>;
  /** Before commit the order is given up, after it the child gets 4 s to finish. */
  stop(): Promise<void>;
};

// The child sees these and nothing else: tokens and passwords of other parts must not be readable from a browser.
const passedOn =
  /^(?:PATH|HOME|USERPROFILE|LOCALAPPDATA|APPDATA|PROGRAMFILES.*|SYSTEMROOT|WINDIR|TEMP|TMP|TMPDIR|LANG|LANGUAGE|LC_.*|TZ|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|XDG_RUNTIME_DIR|DBUS_SESSION_BUS_ADDRESS)$/i;

/** The part of an environment a browser may see. */
export const browserEnvironment = (environment: ProcessEnvironment): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value !== undefined && passedOn.test(name) ? [[name, value] as const] : [],
    ),
  );

type WorkerParts = {
  /** Module the child runs; it serves orders with `serveBrowserOrders`. */
  readonly entry: URL;
  readonly environment: ProcessEnvironment;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly idleMs: number;
  /** How long an order may take; then the child is killed, or one that hangs would hold up the account for ever. */
  readonly orderMs: number;
};

export function createBrowserWorker(parts: WorkerParts): BrowserWorker {
  const { clock, logger } = parts;
  const lock = createKeyedLock();
  let child: ChildProcess | undefined;
  let stopped = false;
  let cancelIdle = () => {};

  const start = (): ChildProcess => {
    const born = fork(parts.entry, {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: browserEnvironment(parts.environment),
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    born.stderr?.on('data', (bytes: Buffer) => {
      logger.debug(`Browser: ${bytes.toString('utf8').trim()}`);
    });
    born.on('exit', () => {
      if (child === born) child = undefined;
    });
    // A failed fork also ends the order; without a listener it would end the whole program.
    born.on('error', (cause) => {
      logger.warn(`The browser could not be started or reached: ${cause.message}`);
    });
    child = born;
    return born;
  };

  const end = async () => {
    cancelIdle();
    const leaving = child;
    if (leaving === undefined) return;
    child = undefined;
    const gone = exited(leaving);
    send(leaving, { kind: 'end' });
    const late = await Promise.race([gone, sleep(clock, 4000).then(() => 'late' as const)]);
    if (late === 'late') leaving.kill('SIGKILL');
    await gone;
  };

  return {
    run: (order, hooks) =>
      lock('browser', async () => {
        if (stopped) return { kind: 'died', committed: false, words: 'the program is stopping' };
        cancelIdle();
        const working = child ?? start();
        const cancelLimit = clock.after(parts.orderMs, () => working.kill('SIGKILL'));
        const ending = await converse(working, order, hooks);
        cancelLimit();
        cancelIdle = clock.after(parts.idleMs, () => void end());
        return ending;
      }),
    async stop() {
      stopped = true;
      await end();
    },
  };
}

const send = (child: ChildProcess, message: ToChild) => {
  if (child.connected) child.send(message, () => undefined);
};

const exited = (child: ChildProcess): Promise<'gone'> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) resolve('gone');
    else child.once('exit', () => resolve('gone'));
  });

function converse(child: ChildProcess, order: Order, hooks: OrderHooks): Promise<Ending> {
  return new Promise((resolve) => {
    let committed = false;
    const finish = (ending: Ending) => {
      child.off('message', hear);
      child.off('exit', died);
      child.off('error', died);
      hooks.signal?.removeEventListener('abort', abort);
      resolve(ending);
    };
    const died = () => finish({ kind: 'died', committed, words: 'the browser ended unexpectedly' });
    const abort = () => send(child, { kind: 'end' });
    const commit = async () => {
      const answer = await hooks.commit();
      if (answer.kind === 'go') committed = true;
      send(child, { kind: 'commit_answer', answer });
    };
    const hear = (raw: unknown) => {
      const message = raw as ToParent;
      if (message.kind === 'log') hooks.log(message.line);
      else if (message.kind === 'commit') commit().catch(() => child.kill('SIGKILL'));
      else if (message.kind === 'password_wanted') send(child, { kind: 'password', password: hooks.password() });
      else if (message.kind === 'keep') {
        const kept = () => send(child, { kind: 'kept' });
        hooks.keep(message.name, message.bytes).then(kept, kept);
      } else finish({ kind: 'answered', answer: message.answer });
    };
    child.on('message', hear);
    child.once('exit', died);
    child.once('error', died);
    hooks.signal?.addEventListener('abort', abort, { once: true });
    send(child, { kind: 'order', order });
    if (hooks.signal?.aborted === true) abort();
  });
}
