/** When the messages below the cards of one idea are drawn: a moment after the last change, and not all the time. */
import type { Clock } from '../../../lib/clock.ts';

export type SetWake = {
  /** Something changed. */
  soon(): void;
  /** The chat asks to wait so long. */
  retry(ms: number): void;
  start(): void;
  stop(): void;
};

/** What comes together comes within that. */
const settleMs = 1_500;
const longestMs = 6_000;
const failedMs = 60_000;

export function createSetWake(parts: {
  clock: Clock;
  run: () => Promise<void>;
  failed: (thrown: unknown) => void;
}): SetWake {
  const { clock, run, failed } = parts;
  let cancel: (() => void) | undefined;
  let stopped = false;
  let since: number | undefined;
  /** Told to wait: nothing is tried before. */
  let waits = false;

  const arm = (ms: number): void => {
    cancel?.();
    if (stopped) return;
    cancel = clock.after(ms, () => {
      [cancel, since, waits] = [undefined, undefined, false];
      run().catch((thrown: unknown) => {
        failed(thrown);
        arm(failedMs);
      });
    });
  };

  return {
    soon() {
      if (waits) return;
      const now = clock.now().getTime();
      // The clock may be set back meanwhile.
      since = since === undefined || since > now ? now : since;
      arm(Math.min(settleMs, Math.max(0, since + longestMs - now)));
    },
    retry(ms) {
      waits = true;
      arm(ms);
    },
    start() {
      stopped = false;
    },
    stop() {
      stopped = true;
      cancel?.();
    },
  };
}
