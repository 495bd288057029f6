/** Time as a part that is passed in, so that tests can hold it. */
export type Clock = {
  now(): Date;
  /** Milliseconds since some instant, set forward or back by nobody. Whether a machine that sleeps counts is the system's choice. */
  steady(): number;
  /** Calls once after at least `ms`; returns a function that cancels. Doesn't keep the process alive. */
  after(ms: number, call: () => void): () => void;
};

// setTimeout fires at once for delays above 24.8 days; the workflow re-arms, so waking early is harmless.
const longest = 2_000_000_000;

export const systemClock: Clock = {
  now: () => new Date(),
  steady: () => performance.now(),
  after(ms, call) {
    const timer = setTimeout(call, Math.min(Math.max(ms, 0), longest));
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Resolves after `ms`, or at once when aborted. Never rejects. */
export const sleep = (clock: Clock, ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve();
      return;
    }
    const finish = () => {
      cancel();
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const cancel = clock.after(ms, finish);
    signal?.addEventListener('abort', finish, { once: true });
  });
