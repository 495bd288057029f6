import { blocks, warns } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';
import type { NotPublishable } from '../../domain/reading.ts';
import { strange } from '../../lib/words.ts';
import type { FrontMatter } from '../front-matter.ts';
import { kindWords } from './kind-words.ts';
import { nestings, synonyms } from './keys.ts';

export const noText = (placeholder: boolean): Problem =>
  placeholder
    ? blocks('placeholder', 'There is only a placeholder where the text should be.', 'Write the text into the file.')
    : blocks('no_text', 'There is no text in it that could go out.', 'Write the text under a heading like “## Draft”.');

export const unclear = (count: number): Problem =>
  blocks(
    'unclear_text',
    count > 1 ? `I found ${count} possible texts.` : 'I am not sure that this is the whole text and nothing else.',
    'Put the text that should go out alone under one heading “## Draft”, and instructions under another.',
  );

/** @param pointsTo the other file, when it is a pointer */
export const notPublishable = (why: NotPublishable, pointsTo: string): Problem =>
  blocks(
    'not_publishable',
    `This looks like ${kindWords[why]}, not like something to send.`,
    why === 'pointer' && pointsTo !== ''
      ? `Put the text of “${strange(pointsTo, 80)}” into a file of its own here.`
      : 'Move it out of here, or write a draft of its own for it.',
  );

/** Keys that mean something and occur twice differently. */
export function matterProblems(matter: FrontMatter): readonly Problem[] {
  if (matter.kind !== 'damaged') return [];
  const top = ['platform', 'type', 'action', 'action_type', ...Object.values(synonyms).flat()];
  const meant = new Set(nestings.flatMap((nesting) => top.map((key) => nesting + key)));
  const twice = matter.conflicts.filter((key) => meant.has(key));
  const damaged = warns(
    'unreadable_file',
    'The front matter is not valid YAML; it was read line by line.',
    'Check the fields on the card.',
  );
  return [
    damaged,
    ...twice
      .slice(0, 3)
      .map((key) =>
        blocks(
          'contradiction',
          `The front matter has “${strange(key, 40)}” twice, and not the same.`,
          'Leave one of them.',
        ),
      ),
  ];
}

/** Hashtags kept apart from the text would silently stay behind: the card says so. */
export function hashtagProblems(missing: readonly string[]): readonly Problem[] {
  if (missing.length === 0) return [];
  const what = `The hashtags stand apart from the text and would not go out (${strange(missing.slice(0, 3).join(' '), 120)} …).`;
  return [warns('unclear_text', what, 'Put them under the text if they should go out.')];
}
