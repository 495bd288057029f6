import { emptyEffect } from '../../domain/effect.ts';
import type { Effect } from '../../domain/effect.ts';
import type { Platform } from '../../domain/platform.ts';
import { blocks, warns } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Candidate, Reading } from '../../domain/reading.ts';
import { readFrontMatter } from '../front-matter.ts';
import type { FrontMatter } from '../front-matter.ts';
import { linesOf } from '../lines.ts';
import type { Lines } from '../lines.ts';
import { addressesOf, threadOf } from './addresses.ts';
import { agreed, bodyFields } from './body-fields.ts';
import { underHeadings, wholeBody } from './candidates.ts';
import type { Form, Found } from './candidates.ts';
import type { Field } from './text-range.ts';
import { choose, textInKey } from './choose.ts';
import type { Choice } from './choose.ts';
import { headingsOf } from './headings.ts';
import type { Heading } from './headings.ts';
import { expiryProblems, scheduleOf } from './instant.ts';
import { createFields, synonyms } from './keys.ts';
import type { Fields } from './keys.ts';
import { originalOf } from './original.ts';
import { otherKind } from './other-kind.ts';
import { placeholderProblems } from './placeholders.ts';
import { routeOf } from './route.ts';
import type { Route } from './route.ts';
import { textId } from './text-id.ts';

/** What a decoded file says, without looking at any other file. */
export type Read = {
  readonly reading: Reading;
  readonly form: Form;
  /** Media as the file names them, not yet looked for. */
  readonly media: readonly string[];
};

/**
 * Reads a draft. Pure; never throws; time grows with the length of the file. Right or asking, never silently wrong:
 * whatever is doubtful becomes `unclear` with the possible texts.
 *
 * @param text decoded, without byte order mark
 * @param fileName without folders
 * @param picked id of the text a person picked where there are several
 */
export function readDraft(
  text: string,
  fileName: string,
  platforms: readonly Platform[],
  now: Date,
  picked = '',
): Read {
  const lines = linesOf(text);
  const matter = readFrontMatter(lines);
  const fields = createFields(matter.fields);
  const headings = headingsOf(lines, matter.bodyLine);
  const route = routeOf(fields, fileName, platforms);
  const choice = choiceOf(lines, matter, fields, headings, picked);
  const found = choice.kind === 'one' ? choice.found : undefined;
  const firstText = choice.kind === 'several' ? choice.found[0] : found;
  const textLine = (firstText?.span.firstLine ?? lines.length + 1) - 1;
  const written = bodyFields(lines, matter.bodyLine, textLine, headings);
  const addressed = effectOf(fields, written, route);
  const effect: Effect = { ...addressed.effect, text: found?.text ?? '' };
  const problems = [
    ...route.problems,
    ...addressed.problems,
    ...matterProblems(matter),
    ...expiryProblems(fields.value('expires'), now),
  ];
  const schedule = scheduleOf(fields.value('schedule'), now);
  const timed = { ...effect, schedule: schedule.schedule };
  problems.push(...schedule.problems);
  const candidates = choice.kind === 'several' ? choice.found : [];
  const kind = otherKind({
    fields,
    headings,
    written,
    told: route.told,
    pointsElsewhere: pointsElsewhere(fields, fileName),
  });
  const read = (reading: Reading): Read => ({ reading, form: found?.form ?? 'plain', media: fields.values('media') });
  if (kind !== undefined) {
    const words = `This looks like ${kind}, not like something to send.`;
    const why = blocks('not_publishable', words, 'Move it out of here, or write a draft of its own for it.');
    return read({ kind: 'not_publishable', effect: emptyEffect, problems: [why] });
  }
  if (choice.kind === 'none') {
    return read({ kind: 'not_publishable', effect: timed, problems: [...problems, noText(choice.placeholder)] });
  }
  if (found === undefined) {
    return read({
      kind: 'unclear',
      effect: timed,
      problems: [...problems, unclear(candidates.length)],
      candidates: candidates.map(shown),
    });
  }
  problems.push(
    ...placeholderProblems(`${effect.subject}\n${effect.text}`),
    ...hashtagProblems(fields, headings, lines, found.text),
  );
  return read({ kind: 'draft', effect: timed, problems, span: found.span, original: originalOf(lines, headings) });
}

const shown = ({ text, span, why, doubt }: Found): Candidate => ({
  id: textId(text),
  text,
  span,
  why: doubt === undefined ? why : `${why} ${doubt}`,
});

/** Whether the text is said to be in another file, so that what is here can only be a preview. */
const pointsElsewhere = (fields: Fields, fileName: string): boolean =>
  fields.values('pointer').some((pointer) => !pointer.endsWith(fileName));

function choiceOf(
  lines: Lines,
  matter: FrontMatter,
  fields: Fields,
  headings: readonly Heading[],
  picked: string,
): Choice {
  const under = underHeadings(lines, headings);
  const inKey = textInKey(fields, matter, lines, under);
  const marked = [...under, ...inKey];
  if (marked.length > 0) return choose(marked, picked);
  return choose(wholeBody(lines, matter.bodyLine, headings), picked);
}

type Addressed = { readonly effect: Effect; readonly problems: readonly Problem[] };

/** Everything of the effect but text, media and time. Whether addresses are usable is the executor's check. */
function effectOf(fields: Fields, written: readonly Field[], route: Route): Addressed {
  const { platform, action } = route;
  if (platform === undefined) return { effect: emptyEffect, problems: [] };
  const effect = { ...emptyEffect, platform: platform.id, action, target: fields.value('target') };
  if (!platform.addressed) return { effect, problems: [] };
  const field = (name: 'to' | 'cc' | 'bcc' | 'subject') =>
    agreed(
      name,
      fields.values(name),
      written.filter(({ key }) => key === name).map(({ value }) => value),
    );
  const [to, cc, bcc, subject] = [field('to'), field('cc'), field('bcc'), field('subject')];
  const lists = { to: addressesOf(to.values), cc: addressesOf(cc.values), bcc: addressesOf(bcc.values) };
  const problems = [to, cc, bcc, subject].flatMap((one) => one.problems);
  const isReply = action !== platform.defaultAction;
  const answered =
    [fields.values('inReplyTo'), isReply ? fields.values('messageId') : []].find((ids) => ids.length > 0) ?? [];
  const thread = threadOf(answered, fields.values('references'));
  if (isReply && thread === undefined) problems.push(noThread);
  const oneLineSubject = subject.values.join(' ').replaceAll(/\s+/g, ' ').trim();
  return { effect: { ...effect, ...lists, subject: oneLineSubject, thread }, problems };
}

const noThread = warns(
  'unknown_action',
  'It is called a reply, but the file does not name the mail it answers; it would leave as a new mail.',
  'Add “in_reply_to: <Message-ID>” if it should stay in the conversation.',
);

const noText = (placeholder: boolean): Problem =>
  placeholder
    ? blocks('placeholder', 'There is only a placeholder where the text should be.', 'Write the text into the file.')
    : blocks('no_text', 'There is no text in it that could go out.', 'Write the text under a heading like “## Draft”.');

const unclear = (count: number): Problem =>
  blocks(
    'unclear_text',
    count > 1 ? `I found ${count} possible texts.` : 'I am not sure that this is the whole text and nothing else.',
    'Put the text that should go out alone under one heading “## Draft”, and instructions under another.',
  );

/** Keys that mean something and occur twice differently. */
function matterProblems(matter: FrontMatter): readonly Problem[] {
  if (matter.kind !== 'damaged') return [];
  const meant: readonly string[] = ['platform', 'type', 'action', 'action_type', ...Object.values(synonyms).flat()];
  const twice = matter.conflicts.filter((key) => meant.includes(key));
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
        blocks('contradiction', `The front matter has “${key}” twice, and not the same.`, 'Leave one of them.'),
      ),
  ];
}

/** Hashtags kept apart from the text would silently stay behind: the card says so. */
function hashtagProblems(fields: Fields, headings: readonly Heading[], lines: Lines, text: string): readonly Problem[] {
  const heading = headings.find(({ role, quoted }) => role === 'hashtags' && !quoted);
  const section = heading === undefined ? '' : lines.slice(heading.line + 1, Math.min(heading.line + 6, lines.length));
  const apart = `${fields.key('hashtags').join(' ')} ${section}`.match(/#[\p{L}\p{N}_]{1,60}/gu) ?? [];
  const missing = apart.filter((tag) => !text.toLowerCase().includes(tag.toLowerCase()));
  if (missing.length === 0) return [];
  const what = `The hashtags stand apart from the text and would not go out (${missing.slice(0, 3).join(' ')} …).`;
  return [warns('unclear_text', what, 'Put them under the text if they should go out.')];
}
