import type { Clock } from '../../lib/clock.ts';

/** Ends a wait early. A ring while nobody waits is kept for the next wait. */
export type Bell = {
  ring(): void;
  /** Resolves after `ms`, at a ring, or when aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
};

export function createBell(clock: Clock): Bell {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    wait: (ms, signal) =>
      new Promise((resolve) => {
        const finish = (): void => {
          rung = false;
          wake = undefined;
          cancel();
          signal.removeEventListener('abort', finish);
          resolve();
        };
        const cancel = clock.after(ms, finish);
        if (rung || signal.aborted) {
          finish();
          return;
        }
        wake = finish;
        signal.addEventListener('abort', finish, { once: true });
      }),
  };
}
