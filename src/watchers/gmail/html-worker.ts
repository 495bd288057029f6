/** The worker behind html-text.ts: one HTML text in, one plain text out. Nobody imports this file. */
import { parentPort, workerData } from 'node:worker_threads';
import { convert } from 'html-to-text';
import { hidingStyles } from './html-text.ts';

const skip = (selector: string) => ({ selector, format: 'skip' });

parentPort?.postMessage(
  convert(String(workerData), {
    wordwrap: false,
    limits: { maxInputLength: 262_144, maxDepth: 60, maxChildNodes: 5_000 },
    selectors: [
      skip('img'),
      skip('[hidden]'),
      ...hidingStyles.map((style) => skip(`[style*="${style}" i]`)),
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false } },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    ],
  }),
  [],
);
