import { Worker } from 'node:worker_threads';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { messageOf } from '../lib/words.ts';

/** What a check of the whole file found; `unknown` when it could not be carried out or was broken off. */
export type Soundness = 'sound' | 'damaged' | 'unknown';

export type SoundnessCheck = {
  readonly result: Promise<Soundness>;
  /** Breaks it off. */
  stop(): Promise<void>;
};

/**
 * Checks `file` without holding up whoever uses it. Doesn't keep the process alive.
 *
 * @param parts.afterMs waits so long before it begins; 0: not at all
 */
export function checkBeside(parts: {
  readonly file: string;
  readonly afterMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
}): SoundnessCheck {
  const { file, afterMs, clock, logger } = parts;
  const { promise: result, resolve } = Promise.withResolvers<Soundness>();
  let worker: Worker | undefined;
  const begin = () => {
    worker = new Worker(new URL('./check-worker.ts', import.meta.url), { workerData: { file } });
    worker.unref();
    worker.once('message', (found: unknown) => resolve(found === 'sound' || found === 'damaged' ? found : 'unknown'));
    worker.once('error', (thrown) => {
      logger.warn(`The ledger could not be checked: ${messageOf(thrown)}`);
      resolve('unknown');
    });
    worker.once('exit', () => resolve('unknown'));
  };
  let cancel = (): void => undefined;
  if (afterMs > 0) cancel = clock.after(afterMs, begin);
  else begin();
  return {
    result,
    async stop() {
      cancel();
      await worker?.terminate();
      resolve('unknown');
    },
  };
}
