import type { Worker } from 'node:worker_threads';
import type { Clock } from '../../../../lib/clock.ts';

/** At most this many characters of HTML are looked at in one mail. */
export const htmlLimit = 262_144;

const deadlineMs = 3_000;

/** `hidden`: there was text a reader would not have seen; it is left out. `cut`: it was too deep or too long. */
export type HtmlText = { readonly text: string; readonly hidden: boolean; readonly cut: boolean };

export type HtmlReader = {
  /**
   * All pieces of HTML of a mail as text; one mail at a time.
   *
   * @returns undefined when there was no answer in time
   */
  read(pieces: readonly string[]): Promise<readonly HtmlText[] | undefined>;
  end(): Promise<void>;
};

/**
 * Reads strangers' HTML in a worker, which begins with the first of it. Whoever lets it work for more than 3 s, or to death,
 * costs his own mail its text and nothing else: the next one gets a new worker.
 */
export function createHtmlReader(clock: Clock): HtmlReader {
  let worker: Worker | undefined;
  const forget = (gone: Worker): void => {
    if (worker === gone) worker = undefined;
  };
  const end = async (): Promise<void> => {
    const ended = worker;
    worker = undefined;
    await ended?.terminate();
  };
  return {
    async read(pieces) {
      worker ??= await startWorker(forget);
      const asked = worker;
      const texts = await answerOf(
        asked,
        pieces.map((html) => html.slice(0, htmlLimit)),
        clock,
      );
      if (texts === undefined) await end();
      return texts;
    },
    end,
  };
}

/** @param onEnd called when it has ended, by itself too */
async function startWorker(onEnd: (worker: Worker) => void): Promise<Worker> {
  const { Worker } = await import('node:worker_threads');
  const worker = new Worker(new URL('worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 128 },
    env: {},
    // The library warns on the console when it truncates; that output goes nowhere.
    stdout: true,
    stderr: true,
  });
  // Whatever becomes of it between two mails is no reason to end the program.
  worker.on('error', () => {});
  worker.once('exit', () => onEnd(worker));
  worker.unref();
  return worker;
}

async function answerOf(
  worker: Worker,
  pieces: readonly string[],
  clock: Clock,
): Promise<readonly HtmlText[] | undefined> {
  const { promise: answer, resolve: finish } = Promise.withResolvers<readonly HtmlText[] | undefined>();
  const giveUp = (): void => finish(undefined);
  const cancel = clock.after(deadlineMs, giveUp);
  worker.once('message', finish).once('error', giveUp).once('exit', giveUp);
  worker.postMessage(pieces);
  const texts = await answer;
  cancel();
  worker.off('message', finish).off('error', giveUp).off('exit', giveUp);
  return texts;
}
