import type { LineRange } from '../../domain/reading.ts';
import { inLabels, underHeadings, wholeBody } from './candidates.ts';
import type { Found } from './candidates.ts';
import { choose, textInKey } from './choose.ts';
import type { Choice } from './choose.ts';
import { answerWords, postWords } from './heading-words.ts';
import { roleOf } from './headings.ts';
import type { Heading } from './headings.ts';
import { ourTypes, senderKeys } from './kind-words.ts';
import type { Layout } from './layout.ts';
import { originalLines } from './original.ts';
import { isIncoming, kindOfTitles } from './other-kind.ts';
import { isMachineTalk } from './placeholders.ts';
import type { Route } from './route.ts';

/** The text of a file, or the possible ones. */
export function choiceOf(layout: Layout, route: Route, fileName: string): Choice {
  const { lines, matter, fields, headings, bodyLine } = layout;
  const under = underHeadings(lines, headings);
  const inKey = textInKey(fields, matter, lines, under);
  const all = under.filter((one) => !isBeginning(one, inKey));
  const originals = [...headings.filter(({ role }) => role === 'original').map(({ line }) => line), ...layout.messages];
  const action = actionOfAnswer(under, headings, route);
  const ours = action === undefined ? all : ourAnswer(all, headings, action);
  // A map like `parameters:` is written by a program that means what it says.
  const nested = fields.keyOf('text')?.includes('.') === true;
  const social = route.platform?.addressed === false;
  const sure = route.told || route.named || ['action', 'action_type'].some((key) => fields.key(key).length > 0);
  const marked = [...ours.map(social ? same : headed), ...inKey.map(sure || nested ? same : unsaid)];
  if (marked.length > 0) {
    const incoming = isIncoming({ fields, written: [], told: route.told }) && !saysOurs(fields);
    const asks = kindOfTitles(headings.slice(0, 1)) !== undefined;
    const sent = senderKeys.some((key) => fields.key(key).length > 0) && !saysOurs(fields);
    const doubted = incoming && action === undefined ? cameIn : sent && !incoming ? namesSender : asks ? isAsked : same;
    return choose(marked.map(doubted).map(saidByProgram), originals);
  }
  const theirs = originalLines(lines, headings);
  const labelled = inLabels(lines, bodyLine, roleOf).filter(({ span }) => !isWithin(span, theirs));
  if (labelled.length > 0) return choose(labelled, originals);
  if (layout.messages.length > 0) return { kind: 'none', placeholder: false };
  return choose(wholeBody(lines, bodyLine, headings, isMeant(layout, route, fileName)), originals);
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
  one.role === 'generic' ? { ...one, doubt: one.doubt ?? 'The file calls itself a plan or a task.' } : one;

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
  one.role === 'generic' ? { ...one, doubt: one.doubt ?? 'The file names a sender.' } : one;

/** A model that could not answer leaves its error where the draft should be. */
const saidByProgram = (one: Found): Found =>
  isMachineTalk(one.text) ? { ...one, doubt: one.doubt ?? 'It looks like the output of a program.' } : one;

/** In a message that came in a heading like “Draft Reply” may be the sender's: never without a question. */
const cameIn = (one: Found): Found => ({ ...one, doubt: one.doubt ?? 'The file is a message that came in.' });
