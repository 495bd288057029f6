import { emptyEffect } from '../../domain/effect.ts';
import type { Effect } from '../../domain/effect.ts';
import type { Platform } from '../../domain/platform.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Candidate, LineRange, Reading } from '../../domain/reading.ts';
import type { Choice } from './choose.ts';
import { effectOf } from './effect-of.ts';
import { hashtagsApart } from './hashtags.ts';
import { mostHeadings } from './headings.ts';
import { layoutOf } from './layout.ts';
import type { Layout } from './layout.ts';
import { isCounted } from './line-kinds.ts';
import type { Field } from './line-kinds.ts';
import { mediaNames } from './media-names.ts';
import { originalLines, originalOf } from './original.ts';
import { otherKind } from './other-kind.ts';
import { placeholderProblems } from './placeholders.ts';
import { planOf } from './plan.ts';
import {
  actProblems,
  behindProblems,
  embedProblems,
  hashtagProblems,
  matterProblems,
  notPublishable,
  noText,
  noteMarkProblems,
  saysItWent,
  sentProblems,
  threadProblems,
  unclear,
} from './reading-problems.ts';
import { conflictProblems, residueProblems } from './residue.ts';
import { routeOf } from './route.ts';
import type { Route } from './route.ts';
import { saysSent } from './sent-already.ts';
import type { SaysSent } from './sent-already.ts';
import { setNameOf } from './set-name.ts';
import { leftOutOf, sourcesOf } from './sources.ts';
import { isPicked, textId } from './text-id.ts';
import type { Form, Found } from './found.ts';
import { choiceOf } from './texts.ts';

/** What a decoded file says, without looking at any other file. */
export type Read = {
  readonly reading: Reading;
  readonly form: Form;
  /** Media as the file names them, not yet looked for. */
  readonly media: readonly string[];
  /** What stands within the text and is no part of it, as written: an edit keeps it. */
  readonly kept: readonly string[];
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
  kept: [],
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
  const layout = layoutOf(text);
  const { fields, headings, lines } = layout;
  if (headings.length === mostHeadings) return long;
  const route = routeOf(layout, fileName, platforms);
  const sure = choiceOf(layout, route, fileName);
  const sent = saysSent(layout, above(layout, foundIn(sure)[0]), fileName);
  const choice = withPicked(doubted(sure, layout, route, sent), picked);
  const texts = foundIn(choice);
  const written = [
    ...above(layout, texts[0]).filter(({ key }) => isCounted(key)),
    ...(choice.kind === 'one' ? headerOf(choice.found) : []),
  ];
  const pointers = fields.pointers().filter((pointer) => !pointer.endsWith(fileName));
  const kind = otherKind({
    fields,
    headings,
    written,
    told: route.told,
    pointsElsewhere: pointers.length > 0,
    texts: texts.map((one) => one.text),
    firstWord: /^[a-z]+/i.exec(fileName)?.[0].toLowerCase() ?? '',
  });
  const one = choice.kind === 'one' ? choice.found : undefined;
  const media = mediaNames(layout, one?.files ?? []);
  const read = (reading: Reading): Read => ({
    reading,
    form: one?.form ?? 'plain',
    media,
    kept: one === undefined ? [] : [...one.kept, ...commentsWithin(text, layout, one)],
  });
  const conflicts = conflictProblems(text, lines);
  if (kind !== undefined) {
    const problems = [notPublishable(kind, pointers[0] ?? ''), ...conflicts];
    return read({ kind: 'not_publishable', effect: emptyEffect, problems, why: kind });
  }
  return read(toSend({ layout, route, choice, texts, written, sent, conflicts, now }));
}

const foundIn = (choice: Choice): readonly Found[] => {
  switch (choice.kind) {
    case 'none':
      return [];
    case 'one':
      return [choice.found];
    case 'several':
      return choice.found;
  }
};

/** What makes a person say it, however certain the text itself is. */
function doubted(choice: Choice, layout: Layout, route: Route, sent: SaysSent): Choice {
  if (choice.kind !== 'one') return choice;
  const doubt =
    route.doubt ??
    (sent.sure ? saysItWent(sent.words) : undefined) ??
    (layout.openComments.some((line) => isWithin(line, choice.found.span))
      ? 'A comment in it begins and does not end.'
      : undefined);
  return doubt === undefined ? choice : { kind: 'several', found: [{ ...choice.found, doubt }] };
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
  readonly sent: SaysSent;
  readonly conflicts: readonly Problem[];
  readonly now: Date;
};

/** The reading of a file that is meant to be sent, as far as its text is known. */
function toSend({ layout, route, choice, texts, written, sent, conflicts, now }: Parts): Reading {
  const { lines, matter, fields, headings } = layout;
  const found = choice.kind === 'one' ? choice.found : undefined;
  const addressed = effectOf(layout, written, route, found?.action ?? route.action);
  const plan = planOf(layout, outside(layout, texts), now);
  const effect: Effect = {
    ...addressed.effect,
    schedule: plan.schedule,
    text: found?.text ?? '',
    ...(found?.parts === undefined ? {} : { parts: found.parts }),
  };
  const problems = [
    ...conflicts,
    ...route.problems,
    ...addressed.problems,
    ...matterProblems(matter),
    ...plan.problems,
    ...sentProblems(sent.words),
    ...threadProblems(route, found),
    ...actProblems(route, found?.action),
  ];
  if (choice.kind === 'none') {
    const why = choice.placeholder ? 'placeholder' : 'no_text';
    return { kind: 'not_publishable', effect, problems: [...problems, noText(choice.placeholder)], why };
  }
  const sources = sourcesOf({ layout, written, effect, route, plan, span: found?.span });
  const answered = originalLines(lines, headings);
  // The card shows the message that is answered in any case.
  const spans = [...texts.map((one) => one.span), ...(answered === undefined ? [] : [answered])];
  const hashtags = hashtagsApart(fields, headings, lines, texts.map((one) => one.text).join('\n'));
  const leftOut = leftOutOf(lines, layout.bodyLine, spans, sources);
  const { expires } = plan;
  const zone = plan.zone === '' ? {} : { zone: plan.zone };
  const told = { effect, sources, leftOut, expires, hashtags, set: setNameOf(fields), ...zone };
  if (found === undefined) {
    const all = [...problems, unclear(texts.length)];
    return { ...told, kind: 'unclear', problems: all, candidates: texts.map(shown) };
  }
  problems.push(
    ...placeholderProblems(`${effect.subject}\n${effect.text}`),
    ...residueProblems(effect.text, effect.subject, found.span),
    ...embedProblems(found.notes, effect.text),
    ...noteMarkProblems(effect.text, route),
    ...hashtagProblems(hashtags),
    ...behindProblems(found, layout.comments),
  );
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

const isWithin = (line: number, { firstLine, lastLine }: LineRange): boolean =>
  line + 1 >= firstLine && line + 1 <= lastLine;

/** Fields written above the first possible text; all of them where there is none. */
const above = ({ written }: Layout, first: Found | undefined): readonly Field[] =>
  written.filter(({ line = 0 }) => line + 1 < (first?.span.firstLine ?? Infinity));

/** Fields that are no part of a possible text. */
const outside = ({ written }: Layout, texts: readonly Found[]): readonly Field[] =>
  written.filter(({ line = 0 }) => !texts.some(({ span }) => isWithin(line, span)));

/** Comments between the lines of a text, as they stand in the file. */
function commentsWithin(text: string, { comments, lines }: Layout, { span }: Found): readonly string[] {
  return comments
    .filter((line) => isWithin(line, span))
    .flatMap((line) => {
      const raw = text.slice(lines.start(line), lines.end(line));
      return lines.text(line) === '' ? [raw] : (raw.match(/<!--.*?(?:-->|$)|%%.*?(?:%%|$)/g) ?? []);
    });
}
