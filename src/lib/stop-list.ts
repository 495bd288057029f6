import { messageOf } from './words.ts';
import type { Logger } from './logger.ts';

/** Things that were started and must be stopped, in reverse order, each with a time limit so that none can hang the rest. */
export type StopList = {
  add(name: string, stop: () => Promise<void> | void): void;
  stopAll(): Promise<void>;
};

/** @param limitMs how long one part may take before the next is stopped */
export function createStopList(logger: Logger, limitMs: number): StopList {
  const started: { name: string; stop: () => Promise<void> | void }[] = [];
  return {
    add(name, stop) {
      started.push({ name, stop });
    },
    async stopAll() {
      for (let part = started.pop(); part !== undefined; part = started.pop()) {
        const { name, stop } = part;
        let timer: NodeJS.Timeout | undefined;
        const late = new Promise<'late'>((resolve) => {
          timer = setTimeout(() => resolve('late'), limitMs);
        });
        try {
          const result = await Promise.race([Promise.resolve(stop()), late]);
          if (result === 'late') logger.warn(`Stopping ${name} took longer than ${limitMs} ms; went on without it.`);
        } catch (thrown) {
          logger.error(`Stopping ${name} failed: ${messageOf(thrown)}`, thrown);
        } finally {
          clearTimeout(timer);
        }
      }
    },
  };
}
