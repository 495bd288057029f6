import type { Clock } from '../../lib/clock.ts';

/** At most this many characters of HTML are looked at in one mail. */
export const htmlLimit = 262_144;

const deadlineMs = 3_000;

/** `hidden`: there was text a reader would not have seen; it is left out. `cut`: it was too deep or too long. */
export type HtmlText = { readonly text: string; readonly hidden: boolean; readonly cut: boolean };

/**
 * Turns a stranger's HTML into text, all pieces of a mail at once. Runs in a worker that is ended after the answer or after
 * 3 s: nested or endless markup costs the sender's mail its text and nothing else.
 *
 * @returns undefined when there was no answer in time
 */
export async function htmlToText(pieces: readonly string[], clock: Clock): Promise<readonly HtmlText[] | undefined> {
  const { Worker } = await import('node:worker_threads');
  // The library warns on the console when it truncates; that output goes nowhere.
  const worker = new Worker(new URL('html-worker.ts', import.meta.url), {
    workerData: pieces.map((html) => html.slice(0, htmlLimit)),
    resourceLimits: { maxOldGenerationSizeMb: 128 },
    env: {},
    stdout: true,
    stderr: true,
  });
  worker.unref();
  const texts = await new Promise<readonly HtmlText[] | undefined>((resolve) => {
    const cancel = clock.after(deadlineMs, () => resolve(undefined));
    const finish = (answer: readonly HtmlText[] | undefined): void => {
      cancel();
      resolve(answer);
    };
    worker.once('message', (answer: readonly HtmlText[]) => finish(answer));
    worker.once('error', () => finish(undefined));
    worker.once('exit', () => finish(undefined));
  });
  await worker.terminate();
  return texts;
}
