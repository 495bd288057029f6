import type { LineRange } from '../../domain/reading.ts';
import { actionOfHeading } from './action.ts';
import { underHeadings } from './candidates.ts';
import { choose, mostShown, textInKey } from './choose.ts';
import type { Choice } from './choose.ts';
import { answerWords, postWords } from './heading-words.ts';
import { roleOf } from './headings.ts';
import type { Heading } from './headings.ts';
import { ourTypes, senderKeys } from './kind-words.ts';
import { inLabels } from './labels.ts';
import type { Layout } from './layout.ts';
import { originalLines } from './original.ts';
import { isIncoming, kindOfTitles } from './other-kind.ts';
import { isMachineTalk } from './placeholders.ts';
import type { Route } from './route.ts';
import type { Found } from './found.ts';
import { bodyThread, hasLooseMarks, textThread } from './threads.ts';
import { wholeBody } from './whole-body.ts';

/** The text of a file, or the possible ones; a thread is one text with its parts. */
export function choiceOf(layout: Layout, route: Route, fileName: string): Choice {
  const thread = bodyThread(layout, route);
  if (thread !== undefined) {
    const { lastLine } = thread.span;
    const firstLine = thread.headingLine < 0 ? thread.span.firstLine : thread.headingLine + 1;
    // A file may hold one post as well, to choose from.
    const others = underHeadings(layout).filter(
      ({ text, span }) => text !== '' && (span.lastLine < firstLine || span.firstLine > lastLine),
    );
    const all = [thread, ...textInKey(layout, [thread]), ...others];
    return all.length === 1 ? choose(all, []) : { kind: 'several', found: all.slice(0, mostShown) };
  }
  const choice = asAnswers(singleChoice(layout, route, fileName), layout, route);
  switch (choice.kind) {
    case 'none':
      return choice;
    case 'several':
      return { ...choice, found: choice.found.map((one) => inParts(one, route)) };
    case 'one': {
      const found = inParts(choice.found, route);
      return found.doubt === undefined ? { kind: 'one', found } : { kind: 'several', found: [found] };
    }
  }
}

/** Where nothing else says it, a heading for a comment or a reply does. */
function asAnswers(choice: Choice, { headings }: Layout, { platform, action, plainPost }: Route): Choice {
  if (platform === undefined || platform.addressed || action !== platform.defaultAction) return choice;
  const answer = (one: Found): Found => {
    if (one.role !== 'answer' || one.action !== undefined) return one;
    const done = actionOfHeading(titleAt(one.headingLine, headings), platform, plainPost);
    return done === undefined || done === action ? one : { ...one, action: done };
  };
  switch (choice.kind) {
    case 'none':
      return choice;
    case 'one':
      return { kind: 'one', found: answer(choice.found) };
    case 'several':
      // Where the file says that it is a post, whoever picks a text says that it is this one.
      return plainPost ? choice : { kind: 'several', found: choice.found.map(answer) };
  }
}

/** A text in a key or in a fence may be a thread as well. */
function inParts(one: Found, route: Route): Found {
  const parts = textThread(one.text, route);
  if (parts !== undefined) return { ...one, parts, text: parts.join('\n\n') };
  if (!hasLooseMarks(one.text, route)) return one;
  return { ...one, doubt: one.doubt ?? 'It has numbers like a thread, and they are not in order.' };
}

function singleChoice(layout: Layout, route: Route, fileName: string): Choice {
  const { fields, headings } = layout;
  const under = underHeadings(layout);
  const inKey = textInKey(layout, under);
  const all = under.filter((one) => !isBeginning(one, inKey));
  const originals = [...headings.filter(({ role }) => role === 'original').map(({ line }) => line), ...layout.messages];
  const action = actionOfAnswer(under, headings, route);
  const ours = action === undefined ? all : ourAnswer(all, headings, action);
  // A map like `parameters:` is written by a program that means what it says.
  const nested = fields.keyOf('text')?.includes('.') === true;
  const social = route.platform?.addressed === false;
  const sure = route.told || route.named || ['action', 'action_type'].some((key) => fields.key(key).length > 0);
  const marked = [...ours.map(social ? same : headed), ...inKey.map(sure || nested ? same : unsaid)];
  const theirs = originalLines(layout.lines, headings);
  const labelled = inLabels(layout, roleOf).filter(({ span }) => !isWithin(span, theirs));
  // Below a title that is called like a text may stand a label that is called so as well.
  const onlyLabels =
    labelled.length > 0 && marked.every(({ span }) => labelled.some((one) => one.span.firstLine === span.firstLine));
  if (marked.length > 0 && !onlyLabels) {
    const incoming = isIncoming({ fields, written: [], told: route.told, headings: [] }) && !saysOurs(fields);
    const placed = route.told || route.named;
    const asks = kindOfTitles(placed ? headings.slice(0, 1) : headings.filter(({ quoted }) => !quoted)) !== undefined;
    const sent = senderKeys.some((key) => fields.key(key).length > 0) && !saysOurs(fields);
    const doubted = incoming && action === undefined ? cameIn : sent && !incoming ? namesSender : asks ? isAsked : same;
    return choose(marked.map(doubted).map(saidByProgram), originals);
  }
  if (labelled.length > 0) return choose(labelled, originals);
  if (layout.messages.length > 0) return { kind: 'none', placeholder: false };
  const sender = senderKeys.some((key) => fields.key(key).length > 0) && !route.told && !saysOurs(fields);
  const isPost = route.toldKind && social;
  const body = wholeBody(layout, isMeant(layout, route, fileName), isPost).map(sender ? namesSender : same);
  return choose(body, originals);
}

/** In the message that is answered a label is its sender's. */
const isWithin = ({ firstLine, lastLine }: LineRange, range: LineRange | undefined): boolean =>
  range !== undefined && firstLine >= range.firstLine && lastLine <= range.lastLine;

/**
 * Whether a file without any heading for a text says that its body is one. A request for approval describes something;
 * its body is a text only when it is addressed like one.
 */
function isMeant({ fields }: Layout, route: Route, fileName: string): boolean {
  // A place nobody knows: `platform: file_action` is an order to a program.
  if (route.platform === undefined && fields.key('platform').length > 0) return false;
  const addressed = fields.values('to').length > 0 && fields.values('subject').length > 0;
  if (addressed) return true;
  if (route.platform?.addressed === true && fields.values('to').length === 0 && !saysDraft(fileName)) return false;
  if (fields.key('type').some((type) => /approval|request|action/i.test(type))) return false;
  // Only its body says where it goes: a person is asked in any case.
  if (route.doubt !== undefined) return true;
  return route.toldKind || route.named || saysDraft(fileName);
}

/** Words in a file's name that say that something is to be sent. */
const saysDraft = (fileName: string): boolean => /(?:^|[_\s-])(?:draft|reply|post|tweet)(?:[_\s.-]|$)/i.test(fileName);

/** In a file with a comment or a reply of ours a heading like “Post Content” is over the post that is answered. */
const ourAnswer = (under: readonly Found[], headings: readonly Heading[], action: string): readonly Found[] =>
  under
    .filter((one) => !isOverPost(one, headings))
    .map((one) => (one.role === 'answer' && action !== '' ? { ...one, action } : one));

/**
 * Whether the last possible text is a comment or a reply, the only one, and all others are posts above it: then what is
 * done with it. Undefined when it is not so, or when the platform knows no such answer: then both may be meant.
 */
function actionOfAnswer(under: readonly Found[], headings: readonly Heading[], route: Route): string | undefined {
  const posts = under.filter((one) => isOverPost(one, headings));
  const answers = new Set(under.filter(({ role }) => role === 'answer').map(({ headingLine }) => headingLine));
  const last = Math.max(...under.map(({ headingLine }) => headingLine));
  const answersPost =
    posts.length > 0 && answers.size === 1 && answers.has(last) && posts.every((one) => one.headingLine < last);
  if (!answersPost || route.platform === undefined) return answersPost ? '' : undefined;
  const words = titleAt(last, headings).split(/\P{L}+/u);
  return answerWords.find((word) => words.includes(word) && Object.hasOwn(route.platform?.actions ?? {}, word));
}

const titleAt = (line: number, headings: readonly Heading[]): string =>
  headings.find((heading) => heading.line === line)?.title.toLowerCase() ?? '';

function isOverPost(one: Found, headings: readonly Heading[]): boolean {
  const title = titleAt(one.headingLine, headings);
  return one.role === 'draft' && title.split(/\P{L}+/u).some((word) => postWords.includes(word));
}

/** The type itself says that the text is ours: `reply_draft`. */
const saysOurs = (fields: Layout['fields']): boolean =>
  fields.key('type').some((type) =>
    ourTypes.some((word) =>
      type
        .toLowerCase()
        .split(/[^a-z]+/)
        .includes(word),
    ),
  );

const same = (one: Found): Found => one;

/** Below “# Task: …” a heading like “Message” is what somebody wants, not what should go out. */
const isAsked = (one: Found): Found =>
  one.role === 'generic' || one.role === 'draft'
    ? { ...one, doubt: one.doubt ?? 'The file calls itself a plan or a task.' }
    : one;

/** Posts have headings inside; a mail or a message hardly ever, so one may be a remark about it. */
const headed = (one: Found): Found =>
  one.form === 'plain' && /^ {0,3}#{1,6} /m.test(one.text)
    ? { ...one, doubt: one.doubt ?? 'It contains a heading.' }
    : one;

const unsaid = (one: Found): Found => ({ ...one, doubt: one.doubt ?? 'Nothing says where it should go.' });

/** A preview that is the beginning of the text in a key says nothing else. */
const isBeginning = (one: Found, inKey: readonly Found[]): boolean => {
  if (!['preview', 'own_preview'].includes(one.role)) return false;
  const dots = ['...', '…'].find((end) => one.text.endsWith(end)) ?? '';
  const beginning = one.text.slice(0, one.text.length - dots.length).trimEnd();
  return inKey.some(({ text }) => text.startsWith(beginning));
};

/** A file that names a sender may hold the sender's message. */
const namesSender = (one: Found): Found =>
  one.role === 'generic' || one.role === 'body' ? { ...one, doubt: one.doubt ?? 'The file names a sender.' } : one;

/** A model that could not answer leaves its error where the draft should be. */
const saidByProgram = (one: Found): Found =>
  isMachineTalk(one.text) ? { ...one, doubt: one.doubt ?? 'It looks like the output of a program.' } : one;

/** In a message that came in a heading like “Draft Reply” may be the sender's: never without a question. */
const cameIn = (one: Found): Found => ({ ...one, doubt: one.doubt ?? 'The file is a message that came in.' });
