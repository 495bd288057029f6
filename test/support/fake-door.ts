import type { Actor } from '../../src/domain/actor.ts';
import type { Attempt } from '../../src/domain/attempt.ts';
import type { Card } from '../../src/domain/card.ts';
import type { Tap, Verb, Verdict } from '../../src/domain/decision.ts';
import type { DraftFile, HistoryEvent, WholeDraft } from '../../src/domain/history.ts';
import type { Door, Knock, Status } from '../../src/domain/ports.ts';
import type { UndraftedMessage } from '../../src/domain/undrafted.ts';
import { strange } from '../../src/lib/words.ts';

/** A door that records who asked for what and answers what the test told it to. */
export type FakeDoor = Door & {
  /** Everything that reached `decide` and was not asked about once more, oldest first. */
  readonly taps: readonly Tap[];
  /** Who paused and resumed, oldest first. */
  readonly switches: readonly { readonly verb: 'pause' | 'resume'; readonly actor: Actor }[];
  /** Strangers who were turned away, oldest first. */
  readonly knocks: readonly { readonly actor: Actor; readonly how: Knock }[];
  /** Adds a card, or replaces the one with the same key. */
  put(card: Card): void;
  remove(key: string): void;
  /** From now on this attempt is known. */
  putAttempt(attempt: Pick<Attempt, 'id' | 'number'>): void;
  /** What `decide`, `pause` and `resume` say from now on. */
  answer(verdict: Verdict): void;
  /** The next `times` calls of `decide` throw. */
  fail(times: number): void;
  /** From now on `pair` takes this code and lets its sender in. */
  awaitCode(code: string): void;
  setStatus(change: Partial<Status>): void;
  /** Messages without a draft, the newest first. */
  setUndrafted(messages: readonly UndraftedMessage[]): void;
  /** For which of them a draft was wished, and by whom. */
  readonly wishes: readonly { readonly actor: Actor; readonly key: string }[];
  /** What a closer look finds, from now on. */
  setLook(look: Beyond): void;
};

type Beyond = {
  readonly history?: readonly HistoryEvent[];
  readonly whole?: Partial<WholeDraft>;
  readonly file?: DraftFile;
  readonly slot?: Date;
};

export const accepted = (say: string): Verdict => ({ kind: 'accepted', say });
export const refused = (why: Extract<Verdict, { kind: 'refused' }>['why'], say: string): Verdict => ({
  kind: 'refused',
  why,
  say,
});

/** @param allowed tells who may do what; everything else is refused */
export function createFakeDoor(allowed: (actor: Actor, verb: Verb | 'look') => boolean): FakeDoor {
  const taps: Tap[] = [];
  const switches: { verb: 'pause' | 'resume'; actor: Actor }[] = [];
  const knocks: { actor: Actor; how: Knock }[] = [];
  const cards = new Map<string, Card>();
  const attempts = new Map<string, Attempt>();
  let verdict = accepted('Noted.');
  let failures = 0;
  let code = '';
  const paired = new Set<string>();
  let status = emptyStatus;
  let beyond: Beyond = {};
  let undrafted: readonly UndraftedMessage[] = [];
  const wishes: { actor: Actor; key: string }[] = [];
  return {
    taps,
    switches,
    knocks,
    put: (card) => void cards.set(card.key, card),
    putAttempt: (known) => void attempts.set(known.id, { ...anyAttempt, ...known }),
    remove: (key) => void cards.delete(key),
    answer: (next) => void (verdict = next),
    fail: (times) => void (failures = times),
    setStatus: (change) => void (status = { ...status, ...change }),
    setLook: (look) => void (beyond = look),
    wishes,
    setUndrafted: (messages) => void (undrafted = messages),
    undrafted: async (from, limit) => pageOf(undrafted, from, limit),
    undraftedMessage: async (key) => undrafted.find((message) => message.key === key),
    async draftReply(actor, key) {
      if (!allowed(actor, 'draft_reply')) return refused('not_allowed', 'You may only look.');
      wishes.push({ actor, key });
      return verdict;
    },
    awaitCode: (next) => void (code = next),
    async pair(actor, given) {
      if (code === '') return refused('not_allowed', 'This bot works for somebody else.');
      if (given !== code) return refused('bad_text', 'That is not the code.');
      paired.add(actor.id);
      code = '';
      return accepted('Paired.');
    },
    may: (actor, verb) =>
      allowed(actor, verb) || paired.has(actor.id)
        ? { kind: 'allowed' }
        : { kind: 'refused', why: 'You are not on the list of approvers.' },
    knocked(actor, how) {
      knocks.push({ actor, how });
      return { lately: knocks.filter(({ actor: one }) => one.id === actor.id).length, waitMs: 0 };
    },
    async decide(tap) {
      const question = questionOf(cards.get(tap.key), tap);
      if (question !== undefined) return question;
      taps.push(tap);
      if (failures > 0) {
        failures -= 1;
        throw new Error('the ledger is full');
      }
      return verdict;
    },
    async pause(actor) {
      switches.push({ verb: 'pause', actor });
      status = { ...status, paused: true };
      return verdict;
    },
    async resume(actor) {
      switches.push({ verb: 'resume', actor });
      status = { ...status, paused: false };
      return verdict;
    },
    cards: async () => [...cards.values()],
    card: async (key) => cards.get(key),
    attempts: async () => [],
    attempt: async (id) => attempts.get(id),
    status: async () => status,
    history: async () => beyond.history ?? [],
    async whole(key) {
      const card = cards.get(key);
      if (card === undefined) return undefined;
      const { revision, text, leftOut, original } = card;
      return { revision, text, leftOut, original, ...beyond.whole };
    },
    file: async () => beyond.file,
    nextSlot: async () => beyond.slot,
  };
}

/** The second question, as the core asks it: about the version that was tapped, until it is answered with yes. */
function questionOf(card: Card | undefined, { verb, revision, sure: given }: Tap): Verdict | undefined {
  if (card === undefined || card.revision !== revision || verb !== 'approve' || card.risks.length === 0)
    return undefined;
  const sure = card.sure === '' ? 'sure0123456789abcdef' : card.sure;
  return given === sure
    ? undefined
    : { kind: 'asks', say: `Really? ${card.risks.join('. ')}.`, risks: card.risks, sure };
}

const anyAttempt: Omit<Attempt, 'id' | 'number'> = {
  draftId: 'd1',
  decisionId: 'e1',
  revision: 'abcdef0123',
  needed: 1,
  phase: 'ended',
  startedAt: new Date('2026-03-02T08:00:00Z'),
  committedAt: undefined,
  endedAt: undefined,
  outcome: 'refused',
  evidence: undefined,
  words: '',
  held: false,
};

const emptyStatus: Status = {
  startedAt: new Date('2026-03-02T08:00:00Z'),
  paused: false,
  counts: { pending: 0, approved: 0, inProgress: 0, unknown: 0, done: 0, rejected: 0, failed: 0 },
  parts: [],
  last: [],
  limits: [],
  knocks: [],
};

/** A card that asks, with every field filled; its title and headline follow from what is changed. */
export const sampleCard = (change: Partial<Card> = {}): Card => ({
  key: 'k3y0000001',
  revision: 'abcdef0123',
  mood: 'asks',
  noun: 'LinkedIn post',
  account: 'you@example.com',
  action: 'linkedin/post_update',
  headline: strange(change.text ?? sampleText, 80),
  title: `${change.noun ?? 'LinkedIn post'} · ${change.account ?? 'you@example.com'}`,
  standing: 'Waiting for you',
  fields: [],
  text: sampleText,
  changes: [],
  candidates: [],
  leftOut: [],
  original: '',
  media: [],
  problems: [],
  risks: [],
  sure: '',
  verbs: ['approve', 'edit', 'reject'],
  links: [],
  file: 'Pending_Approval/LINKEDIN_hiring.md',
  ...change,
});

function pageOf(
  all: readonly UndraftedMessage[],
  { olderThan, newerThan }: Parameters<Door['undrafted']>[0],
  limit: number,
): Awaited<ReturnType<Door['undrafted']>> {
  const place = (key: string | undefined) => all.findIndex((message) => message.key === key);
  const start = newerThan === undefined ? place(olderThan) + 1 : Math.max(0, place(newerThan) - limit);
  const end = newerThan === undefined ? start + limit : place(newerThan);
  const messages = all.slice(start, end);
  return { messages, total: all.length, hasNewer: start > 0, hasOlder: end < all.length };
}
const sampleText = 'We are hiring a gardener.\n\nWrite to us.';
