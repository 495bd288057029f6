/**
 * One timer for one piece of work, which may fail: that is said, and it is tried again. Whoever sets it anew while the work
 * goes on has decided when it is next.
 */
import type { Clock } from './clock.ts';

export type Alarm = {
  /** Rings once after `ms`; what it was set to before no longer counts. Nothing happens once it is stopped. */
  set(ms: number): void;
  isSet(): boolean;
  cancel(): void;
  /** It can be set again after a stop. */
  start(): void;
  stop(): void;
};

export function createAlarm(parts: {
  readonly clock: Clock;
  readonly ring: () => Promise<void>;
  /** The work failed; never throws. */
  readonly failed: (thrown: unknown) => void;
  /** Milliseconds until it is tried again; left out: it is not. */
  readonly againMs?: number;
}): Alarm {
  const { clock, ring, failed, againMs } = parts;
  let pending: (() => void) | undefined;
  let stopped = false;
  const cancel = () => {
    pending?.();
    pending = undefined;
  };
  const set = (ms: number) => {
    cancel();
    if (stopped) return;
    pending = clock.after(ms, () => {
      pending = undefined;
      ring().catch((thrown: unknown) => {
        failed(thrown);
        if (againMs !== undefined && pending === undefined) set(againMs);
      });
    });
  };
  return {
    set,
    isSet: () => pending !== undefined,
    cancel,
    start() {
      stopped = false;
    },
    stop() {
      stopped = true;
      cancel();
    },
  };
}
