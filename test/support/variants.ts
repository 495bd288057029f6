/**
 * Files as people and their AIs write them, each the smallest of its kind, and what must be read from them. The kinds were
 * seen in public vaults; every word is our own.
 */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { platforms } from '../../src/executors/platforms.ts';
import { readDraft } from '../../src/vault/reading/read-draft.ts';

/** What is wanted: the text; `?` and the text: it is among those to choose from; `?`: a question; `!` and why not. */
type Variant = readonly [name: string, file: string, content: string, wanted: string];

export const fm = (keys: string): string => `---\n${keys}\n---\n\n`;
export const post = 'We opened a second shop today.\n\nCome and see it, the coffee is on us.';
export const letter = 'Dear Ann,\n\nthank you for asking, the parts are in stock.\n\nBest regards,\nBob';
export const mail = 'type: email\nto: ann@example.com\nsubject: Parts';

const now = new Date('2026-11-28T12:00:00Z');

export function tryVariants(variants: readonly Variant[]): void {
  for (const [name, file, content, wanted] of variants) {
    it(name, () => {
      const { reading } = readDraft(content, file, platforms, now);
      switch (reading.kind) {
        case 'draft':
          assert.equal(reading.effect.text, wanted);
          return;
        case 'not_publishable':
          assert.equal(`!${reading.why}`, wanted);
          return;
        case 'unclear': {
          const offered = reading.candidates.map(({ text }) => text);
          assert.ok(wanted.startsWith('?'), `asks: ${offered.join(' | ')}`);
          if (wanted !== '?') assert.ok(offered.includes(wanted.slice(1)), offered.join(' | '));
        }
      }
    });
  }
}
