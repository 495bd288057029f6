import { Worker } from 'node:worker_threads';
import type { Logger } from '../lib/logger.ts';
import { messageOf } from '../lib/words.ts';

/** What a check of the whole file found; `unknown` when it could not be carried out or was broken off. */
export type Soundness = 'sound' | 'damaged' | 'unknown';

export type SoundnessCheck = {
  readonly result: Promise<Soundness>;
  /** Breaks it off. */
  stop(): Promise<void>;
};

/** Checks `file` without holding up whoever uses it. Doesn't keep the process alive. */
export function checkBeside(file: string, logger: Logger): SoundnessCheck {
  const worker = new Worker(new URL('./check-worker.ts', import.meta.url), { workerData: { file } });
  worker.unref();
  const result = new Promise<Soundness>((resolve) => {
    worker.once('message', (found: unknown) => resolve(found === 'sound' || found === 'damaged' ? found : 'unknown'));
    worker.once('error', (thrown) => {
      logger.warn(`The ledger could not be checked: ${messageOf(thrown)}`);
      resolve('unknown');
    });
    worker.once('exit', () => resolve('unknown'));
  });
  return {
    result,
    async stop() {
      await worker.terminate();
    },
  };
}
