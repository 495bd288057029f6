import type { Clock } from '../../lib/clock.ts';

/** At most this many characters of HTML are looked at. */
export const htmlLimit = 262_144;

const deadlineMs = 3_000;

/**
 * Turns a stranger's HTML into text. Runs in a worker that is ended after the answer or after 3 s: nested or endless
 * markup costs the sender's mail its text and nothing else.
 *
 * @returns undefined when there was no answer in time
 */
export async function htmlToText(html: string, clock: Clock): Promise<string | undefined> {
  const { Worker } = await import('node:worker_threads');
  // The library warns on the console when it truncates; that output goes nowhere.
  const worker = new Worker(new URL('html-worker.ts', import.meta.url), {
    workerData: html.slice(0, htmlLimit),
    resourceLimits: { maxOldGenerationSizeMb: 128 },
    env: {},
    stdout: true,
    stderr: true,
  });
  worker.unref();
  const text = await new Promise<string | undefined>((resolve) => {
    const cancel = clock.after(deadlineMs, () => resolve(undefined));
    const finish = (answer: unknown): void => {
      cancel();
      resolve(typeof answer === 'string' ? answer : undefined);
    };
    worker.once('message', finish);
    worker.once('error', () => finish(undefined));
    worker.once('exit', () => finish(undefined));
  });
  await worker.terminate();
  return text;
}

/** Ways to hide text that mails use; what is hidden is left out (see the worker) and mentioned. */
export const hidingStyles: readonly string[] = [
  'display:none',
  'display: none',
  'visibility:hidden',
  'visibility: hidden',
  'mso-hide:all',
  'mso-hide: all',
  'font-size:0px',
  'font-size: 0px',
  'font-size:0;',
  'font-size: 0;',
  'font-size:1px',
  'font-size: 1px',
  'max-height:0px',
  'max-height: 0px',
  'max-height:0;',
  'max-height: 0;',
  'opacity:0;',
  'opacity: 0;',
];

/** Whether the HTML hides something. */
export function hidesText(html: string): boolean {
  const lower = html.toLowerCase();
  return hidingStyles.some((style) => lower.includes(style));
}
