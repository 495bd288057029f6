/** When the messages below the cards of one idea are drawn: a moment after the last change, and not all the time. */
import { createAlarm } from '../../../lib/alarm.ts';
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
  let since: number | undefined;
  /** Told to wait: nothing is tried before. */
  let waits = false;

  const alarm = createAlarm({
    clock,
    ring() {
      [since, waits] = [undefined, false];
      return run();
    },
    failed,
    againMs: failedMs,
  });

  return {
    soon() {
      if (waits) return;
      const now = clock.now().getTime();
      // The clock may be set back meanwhile.
      since = since === undefined || since > now ? now : since;
      alarm.set(Math.min(settleMs, Math.max(0, since + longestMs - now)));
    },
    retry(ms) {
      waits = true;
      alarm.set(ms);
    },
    start: alarm.start,
    stop: alarm.stop,
  };
}
