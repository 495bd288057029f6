/** What an approver should see about a draft right now, worked out from the record alone. Pure. */
import type { Attempt } from '../domain/attempt.ts';
import type { Card, CardCandidate, CardComment, CardLink, CardMood, CardPart } from '../domain/card.ts';
import type { Decision, DraftVerb } from '../domain/decision.ts';
import { isPutOff, markLength } from '../domain/draft.ts';
import type { Draft, FileLayout, Revision } from '../domain/draft.ts';
import type { Effect } from '../domain/effect.ts';
import type { Platform } from '../domain/platform.ts';
import { isBlocked } from '../domain/problem.ts';
import type { Problem } from '../domain/problem.ts';
import type { Candidate, LeftOut, LineRange } from '../domain/reading.ts';
import { sha256 } from '../lib/hash.ts';
import { localMoment, localSeconds, zonedMoment } from '../lib/local-time.ts';
import { oneLine, strange } from '../lib/words.ts';
import type { AnswerWords } from './answer-words.ts';
import { changesBetween } from './changes-between.ts';
import { cardNames } from './card-names.ts';
import { by } from './decided-by.ts';
import { wishedBy } from './enough.ts';
import type { Risks } from './risks.ts';

export type CardFacts = {
  readonly draft: Draft;
  readonly revision: Revision | undefined;
  /** What the last decision was about, when that was another effect. */
  readonly before: Effect | undefined;
  /** Whether the newest decision is an edit that can be taken back. */
  readonly mayRestore: boolean;
  /** Of what is on offer. */
  readonly risks: Pick<Risks, 'words' | 'sure'>;
  /** What else would do, or did, the same. */
  readonly twins: readonly Problem[];
  readonly answer: AnswerWords;
  /** The one that made the draft what it is now. */
  readonly decision: Decision | undefined;
  /** Those that count now, oldest first, and how many have to. */
  readonly approvals: readonly Decision[];
  readonly needed: number;
  /** The one under which `attempt` was made. */
  readonly approval: Decision | undefined;
  /** Why it was rejected; empty when nobody said. */
  readonly reason: string;
  /** Those that are shown. */
  readonly comments: readonly CardComment[];
  readonly attempt: Attempt | undefined;
  readonly platform: Platform | undefined;
  /** Undefined when there is nothing to show for the attempt. */
  readonly logUrl: string | undefined;
  readonly paused: boolean;
  readonly now: Date;
};

export function buildCard(facts: CardFacts): Card {
  const { draft, revision } = facts;
  const effect = revision?.effect;
  const mood = moodOf(facts);
  const verbs = verbsOf(facts, mood);
  const problems = [
    ...(draft.trouble === undefined ? [] : [draft.trouble]),
    ...(draft.state === 'pending' ? [...facts.answer.problems, ...(revision?.problems ?? []), ...facts.twins] : []),
  ];
  return {
    key: draft.key,
    revision: revision?.mark ?? '',
    mood,
    ...cardNames({ draft, effect, platform: facts.platform }),
    standing: standingOf(facts, mood),
    fields: effect === undefined ? [] : fieldsOf(effect, facts),
    text: effect?.text ?? '',
    ...(effect?.parts === undefined ? {} : { parts: effect.parts }),
    changes: draft.state === 'pending' ? changesBetween(facts.before, effect) : [],
    ...(facts.comments.length === 0 ? {} : { comments: facts.comments }),
    candidates: draft.state === 'pending' && revision !== undefined ? candidatesOf(revision) : [],
    leftOut: draft.state === 'pending' ? (revision?.layout.leftOut ?? []).map(partOf) : [],
    original: `${facts.answer.newer}${revision?.original ?? ''}`.trimEnd(),
    media: (effect?.media ?? []).map(({ name, type, bytes, path, sha256: hash, shape }) => {
      return { name, type, bytes, path, sha256: hash, ...(shape === undefined ? {} : { shape }) };
    }),
    problems,
    risks: verbs.includes('approve') ? facts.risks.words : [],
    sure: verbs.includes('approve') ? facts.risks.sure : '',
    ...(facts.needed > 1 && draft.state === 'pending'
      ? { approvals: { given: facts.approvals.length, needed: facts.needed } }
      : {}),
    ...(facts.platform === undefined ? {} : { platform: facts.platform.label }),
    ...setOf(revision),
    verbs,
    links: linksOf(facts),
    file: `${draft.file.folder}/${draft.file.path}`,
  };
}

/** Written in other cases it is the same name. */
function setOf(revision: Revision | undefined): Pick<Card, 'set'> {
  const name = revision?.layout.set;
  if (name === undefined) return {};
  return { set: { id: sha256(name.toLowerCase()), words: oneLine(name, 120) } };
}

function moodOf({ draft, revision }: CardFacts): CardMood {
  switch (draft.state) {
    case 'pending':
      if (isPutOff(draft)) return 'later';
      if (revision?.layout.kind === 'not_publishable') return 'nothing';
      return revision === undefined || isBlocked(revision.problems) ? 'blocked' : 'asks';
    case 'approved':
      return 'waits';
    case 'in_progress':
      return 'works';
    case 'vanished':
      return 'gone';
    case 'unknown':
    case 'done':
    case 'rejected':
    case 'failed':
      return draft.state;
  }
}

/** Nothing is wrong with the file but that a person must say which text it is. */
const isChoice = ({ draft, revision }: Pick<CardFacts, 'draft' | 'revision'>): boolean =>
  draft.state === 'pending' && revision?.layout.kind === 'unclear' && revision.layout.candidates.length > 0;

const candidatesOf = (revision: Revision): readonly CardCandidate[] =>
  revision.layout.candidates.map(({ id, text, span, why }) => ({
    id: candidateMark(revision, id),
    text,
    where: `${linesWords(span)}. ${why}`,
  }));

/** What a button carries for a candidate. With the mark in it nobody who writes drafts can make two that share one. */
export const candidateMark = ({ mark }: Pick<Revision, 'mark'>, id: Candidate['id']): string =>
  sha256(`${mark}\n${id}`).slice(0, markLength);

export const partOf = (part: LeftOut): CardPart => ({ where: linesWords(part), text: part.text });

const linesWords = ({ firstLine, lastLine }: LineRange): string =>
  firstLine === lastLine ? `Line ${firstLine}` : `Lines ${firstLine}–${lastLine}`;

function standingOf(facts: CardFacts, mood: CardMood): string {
  const { draft } = facts;
  const who = by(facts.decision, facts.now);
  switch (mood) {
    case 'asks':
      return asksWords(facts);
    case 'later':
      return `Put off ${who} until ${localMoment(draft.notBefore ?? facts.now, facts.now)}`;
    case 'blocked':
      return isChoice(facts) ? 'Which part is the text?' : 'Can’t go out like this';
    case 'nothing':
      return 'Nothing in it to send';
    case 'waits':
      return `Approved ${approvers(facts, who)}${waitOf(facts)}`;
    case 'works':
      return `Approved ${approvers(facts, who)} · going out now`;
    case 'done':
      return howItEnded(facts, who);
    case 'rejected':
      return facts.reason === '' ? `Rejected ${who}` : `Rejected ${who} · ${strange(facts.reason, 500)}`;
    case 'failed':
      return draft.trouble?.code === 'outcome_unknown' ? `Left as it is ${who}` : 'Did not go out';
    case 'unknown':
      return 'It may have gone out. Looking for proof; if you know, say so';
    case 'gone':
      return 'The file is gone; nothing will be sent';
  }
}

function asksWords({ approvals, needed, now }: CardFacts): string {
  if (approvals.length > 0) {
    const wished = wishedBy(approvals);
    const when = wished > now ? ` · not before ${localMoment(wished, now)}` : '';
    return `${approvals.length} of ${needed} · approved ${everybody(approvals, now)}${when}`;
  }
  return needed > 1 ? `Waiting for you · needs ${needed} approvals` : 'Waiting for you';
}

/** "by Sara at 14:02", "by Sara at 14:02 and by Bob at 14:05"; empty for nobody. */
const everybody = (approvals: readonly Decision[], now: Date): string =>
  approvals.map((one) => by(one, now)).join(' and ');

/** Where one is enough, it is the one who said it last. */
const approvers = ({ approvals, needed, now }: CardFacts, last: string): string =>
  (needed > 1 ? everybody(approvals, now) : '') || last;

/** @param closedBy who made the last decision: not always whoever approved what went out */
function howItEnded(facts: CardFacts, closedBy: string): string {
  const { attempt, approval, approvals, now } = facts;
  if (attempt?.outcome !== 'posted' || attempt.endedAt === undefined) {
    return `Nothing was sent from here · closed ${closedBy}`;
  }
  const when = localMoment(attempt.endedAt, now);
  // Somebody may have closed it since; then only the last one is known for sure.
  const known = approvals.some(({ id }) => id === approval?.id);
  const approvedBy = known ? approvers(facts, by(approval, now)) : by(approval, now);
  // Only a dry run ends well without having passed its point of no return.
  if (attempt.committedAt === undefined) return `Dry run at ${when}, nothing was sent · approved ${approvedBy}`;
  return `Went out at ${when} · approved ${approvedBy}`;
}

function waitOf({ draft, paused, now }: CardFacts): string {
  if (paused) return ' · everything is paused';
  if (draft.notBefore === undefined || draft.notBefore <= now) return ' · next in line';
  const far = draft.notBefore.getTime() - now.getTime() > 60_000;
  return ` · goes out at ${far ? localMoment(draft.notBefore, now) : localSeconds(draft.notBefore)}`;
}

function fieldsOf(effect: Effect, { draft, platform, revision, answer }: CardFacts): Card['fields'] {
  const counts = draft.state === 'pending' && effect.text !== '';
  const fields: Card['fields'] = [
    { id: 'to', label: 'To', value: effect.to.join(', ') },
    { id: 'cc', label: 'Cc', value: effect.cc.join(', ') },
    { id: 'bcc', label: 'Bcc', value: effect.bcc.join(', ') },
    { id: 'subject', label: 'Subject', value: effect.subject },
    { id: 'answers', label: 'In answer to', value: answer.field },
    { id: 'target', label: 'On', value: effect.target },
    { id: 'length', label: 'Length', value: counts ? (platform?.size(effect) ?? '') : '' },
    { id: 'lines', label: 'In the file', value: draft.state === 'pending' ? placeOf(revision?.layout) : '' },
    {
      id: 'schedule',
      label: 'Not before',
      value: effect.schedule === '' ? '' : zonedMoment(new Date(effect.schedule), revision?.layout.zone ?? ''),
    },
  ];
  return fields.filter((field) => field.value !== '');
}

/** Where the text stands, when there is more in the file than the text. */
const placeOf = (layout: FileLayout | undefined): string =>
  layout?.lines === undefined || layout.leftOut.length === 0
    ? ''
    : `${linesWords(layout.lines).toLowerCase()}; the rest stays behind`;

function verbsOf(facts: CardFacts, mood: CardMood): readonly DraftVerb[] {
  const { draft, revision, reason } = facts;
  switch (mood) {
    case 'asks':
      return [
        'approve',
        'edit',
        ...changesOffered(facts),
        'reject',
        'postpone',
        ...(facts.approvals.length > 0 ? (['undo'] as const) : []),
      ];
    case 'later': {
      const asleep = { ...facts, draft: { ...draft, notBefore: undefined } };
      return [...verbsOf(asleep, moodOf(asleep)).filter((verb) => verb !== 'postpone' && verb !== 'undo'), 'undo'];
    }
    case 'blocked':
      if (isChoice({ draft, revision })) return ['choose', 'reject'];
      if (revision === undefined || revision.effect.text === '') return ['reject'];
      return ['edit', ...changesOffered(facts), 'reject', 'postpone'];
    case 'nothing':
      return ['reject'];
    case 'waits':
      return draft.trouble === undefined || draft.trouble.code === 'limit_reached' ? ['undo'] : ['retry', 'undo'];
    case 'rejected':
      return reason === '' && revision !== undefined ? ['undo', 'reason'] : ['undo'];
    case 'failed':
      return ['retry', 'edit', 'reject'];
    case 'unknown':
      return ['happened', 'not_happened', 'leave'];
    case 'works':
      return facts.attempt?.phase === 'started' ? ['undo'] : [];
    case 'done':
    case 'gone':
      return [];
  }
}

const changesOffered = ({ revision, answer, mayRestore }: CardFacts): readonly DraftVerb[] => [
  ...(mayRestore ? (['restore'] as const) : []),
  ...(revision?.problems.some(({ code }) => code === 'markdown_marks') === true ? (['plain'] as const) : []),
  ...(answer.elsewhere ? (['close'] as const) : []),
  ...(answer.leavesOut ? (['reply_all'] as const) : []),
];

function linksOf({ attempt, logUrl }: CardFacts): Card['links'] {
  const links: CardLink[] = [];
  const post = attempt?.evidence?.link ?? '';
  if (attempt?.outcome === 'posted' && post !== '') links.push({ label: 'Open post', url: post });
  if (attempt !== undefined && logUrl !== undefined) links.push({ label: 'Log', url: logUrl, attempt: attempt.id });
  return links;
}
