import { blocks, warns } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';
import type { NotPublishable } from '../../domain/reading.ts';
import { hasNoteMarks } from '../../lib/plain-text.ts';
import { strange } from '../../lib/words.ts';
import type { FrontMatter } from '../front-matter.ts';
import { unknownAct } from './action.ts';
import { kindWords } from './kind-words.ts';
import type { Route } from './route.ts';
import type { Found } from './found.ts';
import { placeWords } from './residue.ts';
import { isScheduleKey, synonyms } from './keys.ts';

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
  const cut = [...matter.cut].map(([key, comment]) =>
    warns(
      'left_behind',
      `“${strange(comment, 60)}” behind “${strange(key, 40)}” is a comment to YAML and stays behind.`,
      'Put the whole value into quotes if it belongs there.',
    ),
  );
  if (matter.kind !== 'damaged') return cut;
  const meant = new Set(['platform', 'type', 'action', 'action_type', ...Object.values(synonyms).flat()]);
  const twice = matter.conflicts.filter((key) => meant.has(key) || isScheduleKey(key));
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

export const saysItWent = (words: string): string => `The file says that it went out already (${strange(words, 60)}).`;

/** @param sent what says it, empty when nothing does */
export const sentProblems = (sent: string): readonly Problem[] =>
  sent === '' ? [] : [warns('sent_already', saysItWent(sent), 'Reject it, unless it should go out again.')];

/** A file that calls itself a thread, and whose parts nobody can tell. */
export function threadProblems({ thread, platform }: Route, found: Found | undefined): readonly Problem[] {
  if (!thread || platform === undefined || platform.addressed || found === undefined || found.parts !== undefined)
    return [];
  const what = 'It calls itself a thread, but where one part ends and the next begins can’t be told.';
  return [blocks('unknown_action', what, 'Put 1/3, 2/3, 3/3 on lines of their own above the parts.')];
}

/** Blocks that Obsidian fills in when it shows a note: to anybody else they are program text. */
const filledIn =
  /^ {0,3}(?:`{3,}|~{3,})\s*(dataview|dataviewjs|query|tasks|button|meta-bind[\w-]*|mermaid|base|calendar|tracker|templater|excalidraw)\b/m;

/** @param notes embedded in the text, as written */
export function embedProblems(notes: readonly string[], text: string): readonly Problem[] {
  const block = filledIn.exec(text)?.[1];
  const remedy = 'Write what it shows into the text, or take it out.';
  return [
    ...notes
      .slice(0, 3)
      .map((note) => blocks('embedded_note', `The text of ${strange(note, 60)} is not in this file.`, remedy)),
    ...(block === undefined
      ? []
      : [blocks('embedded_note', `A block “${block}” in the text is filled in by Obsidian alone.`, remedy)]),
  ];
}

/** Notes and comments between the lines of the text. */
export function behindProblems({ behind, span }: Found, comments: readonly number[]): readonly Problem[] {
  const within = comments.filter((line) => line + 1 >= span.firstLine && line + 1 <= span.lastLine);
  const [first] = within;
  const last = within.at(-1);
  const place =
    first === undefined || last === undefined ? '' : placeWords({ firstLine: first + 1, lastLine: last + 1 });
  const remedy = 'Nothing to do, if it is not meant to be read.';
  return [
    ...(place === '' ? [] : [warns('left_behind', `A comment in ${place} stays behind.`, remedy)]),
    ...behind.slice(0, 2).map((note) => warns('left_behind', `“${strange(note, 60)}” stays behind.`, remedy)),
  ];
}

/** Marks of notes in a mail; what a post may not hold its platform says. */
export const noteMarkProblems = (text: string, { platform }: Route): readonly Problem[] =>
  platform?.addressed === true && hasNoteMarks(text)
    ? [
        warns(
          'markdown_marks',
          'Signs of Obsidian (==, [^1]) would stand in the mail as they are.',
          'Make it plain text, or leave it if that is what you want.',
        ),
      ]
    : [];

/** @param action what the heading over the text says is done with it */
export const actProblems = ({ platform }: Route, action: string | undefined): readonly Problem[] =>
  platform === undefined || action === undefined || Object.hasOwn(platform.actions, action)
    ? []
    : [unknownAct(action, platform)];
