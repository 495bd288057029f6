import { emptyEffect } from '../../domain/effect.ts';
import type { Effect } from '../../domain/effect.ts';
import type { Platform } from '../../domain/platform.ts';
import type { Candidate, Reading } from '../../domain/reading.ts';
import { readFrontMatter } from '../front-matter.ts';
import { linesOf } from '../lines.ts';
import { bodyFields } from './body-fields.ts';
import type { Form, Found } from './candidates.ts';
import { effectOf } from './effect-of.ts';
import { hashtagsApart } from './hashtags.ts';
import { mostHeadings } from './headings.ts';
import { expiryOf, scheduleOf } from './instant.ts';
import { originalLines, originalOf } from './original.ts';
import { otherKind } from './other-kind.ts';
import { layoutOf } from './layout.ts';
import type { Layout } from './layout.ts';
import { placeholderProblems } from './placeholders.ts';
import { hashtagProblems, matterProblems, notPublishable, noText, unclear } from './reading-problems.ts';
import { routeOf } from './route.ts';
import type { Route } from './route.ts';
import type { Choice } from './choose.ts';
import type { Field } from './line-kinds.ts';
import { setNameOf } from './set-name.ts';
import { leftOutOf, sourcesOf } from './sources.ts';
import { isPicked, textId } from './text-id.ts';
import { choiceOf } from './texts.ts';

/** What a decoded file says, without looking at any other file. */
export type Read = {
  readonly reading: Reading;
  readonly form: Form;
  /** Media as the file names them, not yet looked for. */
  readonly media: readonly string[];
};

/** No draft has more; what has is not looked at any further, so that no file takes long. */
const mostLines = 3_000;

const long: Read = {
  reading: {
    kind: 'not_publishable',
    effect: emptyEffect,
    problems: [notPublishable('long_document', '')],
    why: 'long_document',
  },
  form: 'plain',
  media: [],
};

/**
 * Reads a draft. Pure; never throws; time grows with the length of the file. Right or asking, never silently wrong:
 * whatever is doubtful becomes `unclear` with the possible texts.
 *
 * @param text decoded, without byte order mark
 * @param fileName without folders
 * @param picked id of the text a person picked where there are several; empty when nobody did
 */
export function readDraft(
  text: string,
  fileName: string,
  platforms: readonly Platform[],
  now: Date,
  picked = '',
): Read {
  if (hasMoreLines(text, mostLines)) return long;
  const lines = linesOf(text);
  const layout = layoutOf(lines, readFrontMatter(lines));
  const { fields, headings } = layout;
  if (headings.length === mostHeadings) return long;
  const route = routeOf(fields, fileName, platforms);
  const choice = withPicked(choiceOf(layout, route, fileName), picked);
  const texts = choice.kind === 'none' ? [] : choice.kind === 'one' ? [choice.found] : choice.found;
  const written = [...writtenAbove(layout, texts[0]), ...(choice.kind === 'one' ? headerOf(choice.found) : [])];
  const kind = otherKind({
    fields,
    headings,
    written,
    told: route.told,
    pointsElsewhere: fields.values('pointer').some((pointer) => !pointer.endsWith(fileName)),
    texts: texts.map((one) => one.text),
    firstWord: /^[a-z]+/i.exec(fileName)?.[0].toLowerCase() ?? '',
  });
  const media = fields.values('media');
  const form = choice.kind === 'one' ? choice.found.form : 'plain';
  const read = (reading: Reading): Read => ({ reading, form, media });
  if (kind !== undefined) {
    const problems = [notPublishable(kind, fields.value('pointer'))];
    return read({ kind: 'not_publishable', effect: emptyEffect, problems, why: kind });
  }
  return read(toSend({ layout, route, choice, texts, written, now }));
}

/** What a person picked is certain as long as it is one of the possible texts. */
function withPicked(choice: Choice, picked: string): Choice {
  if (choice.kind !== 'several' || picked === '') return choice;
  const found = choice.found.find(({ text }) => isPicked(text, picked));
  return found === undefined ? choice : { kind: 'one', found };
}

/** Counted before the text is cut into lines: half a million of them take a while by themselves. */
function hasMoreLines(text: string, most: number): boolean {
  let at = -1;
  for (let count = 0; count < most; count += 1) {
    at = text.indexOf('\n', at + 1);
    if (at === -1) return false;
  }
  return true;
}

type Parts = {
  readonly layout: Layout;
  readonly route: Route;
  readonly choice: Choice;
  readonly texts: readonly Found[];
  readonly written: readonly Field[];
  readonly now: Date;
};

/** The reading of a file that is meant to be sent, as far as its text is known. */
function toSend({ layout, route, choice, texts, written, now }: Parts): Reading {
  const { lines, matter, fields, headings } = layout;
  const addressed = effectOf(fields, written, route);
  const expiry = expiryOf(fields.value('expires'), now);
  const schedule = scheduleOf(fields.value('schedule'), now);
  const found = choice.kind === 'one' ? choice.found : undefined;
  const effect: Effect = {
    ...addressed.effect,
    ...(found?.action === undefined ? {} : { action: found.action }),
    schedule: schedule.schedule,
    text: found?.text ?? '',
  };
  const problems = [
    ...route.problems,
    ...addressed.problems,
    ...matterProblems(matter),
    ...expiry.problems,
    ...schedule.problems,
  ];
  if (choice.kind === 'none') {
    const why = choice.placeholder ? 'placeholder' : 'no_text';
    return { kind: 'not_publishable', effect, problems: [...problems, noText(choice.placeholder)], why };
  }
  const sources = sourcesOf({ layout, written, effect, route, span: found?.span });
  const answered = originalLines(lines, headings);
  // The card shows the message that is answered in any case.
  const spans = [...texts.map((one) => one.span), ...(answered === undefined ? [] : [answered])];
  const hashtags = hashtagsApart(fields, headings, lines, texts.map((one) => one.text).join('\n'));
  const leftOut = leftOutOf(lines, layout.bodyLine, spans, sources);
  const told = { effect, sources, leftOut, expires: expiry.expires, hashtags, set: setNameOf(fields) };
  if (found === undefined) {
    const all = [...problems, unclear(texts.length)];
    return { ...told, kind: 'unclear', problems: all, candidates: texts.map(shown) };
  }
  problems.push(...placeholderProblems(`${effect.subject}\n${effect.text}`), ...hashtagProblems(hashtags));
  return { ...told, kind: 'draft', problems, span: found.span, original: originalOf(lines, answered) };
}

/** A possible text as a card shows it. */
const shown = (one: Found): Candidate => ({
  id: textId(one.text),
  text: one.text,
  span: one.span,
  why: one.doubt === undefined ? one.why : `${one.why} ${one.doubt}`,
});

/** What a quoted or fenced mail says above its text; the plain ones were found above the text already. */
const headerOf = ({ form, fields }: Found): readonly Field[] => (form === 'quoted' || form === 'fenced' ? fields : []);

const writtenAbove = ({ lines, bodyLine, headings }: Layout, first: Found | undefined) =>
  bodyFields(lines, bodyLine, (first?.span.firstLine ?? lines.length + 1) - 1, headings);
