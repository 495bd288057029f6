/**
 * The ledger: what was shown, decided and attempted, and the proof of it. A port of promises, so that SQLite on this
 * machine and PostgreSQL elsewhere fulfil it with one contract suite. Rows that prove something are never deleted.
 * Every write is durable (synced) when its promise resolves; a promise that rejects wrote nothing.
 */
import type { Attempt } from './attempt.ts';
import type { Card, Note } from './card.ts';
import type { Comment } from './comment.ts';
import type { Decision } from './decision.ts';
import type { Draft, Revision } from './draft.ts';
import type { Incoming } from './item.ts';
import type { DraftState, Folder } from './lifecycle.ts';
import type { Evidence, Outcome } from './outcome.ts';
import type { News, Noted } from './news.ts';
import type { Cursor, Inbox, Memory } from './ports.ts';
import type { UndraftedTable } from './undrafted.ts';

export type Ledger = Tables & {
  /**
   * Runs `work` in one transaction: all of its writes or none, synced once, nobody else in between. `work` must use
   * the tables it is given (calling the ledger itself would wait for ever) and must not wait for anything outside.
   */
  tx<T>(work: (tables: Tables) => Promise<T>): Promise<T>;
  inbox(channel: string): Inbox;
  cursor(watcher: string): Cursor;
  memory(channel: string): Memory;
  close(): Promise<void>;
};

export type Tables = {
  readonly items: ItemTable;
  readonly incoming: IncomingTable;
  readonly undrafted: UndraftedTable;
  readonly news: NewsTable;
  readonly drafts: DraftTable;
  readonly revisions: RevisionTable;
  readonly decisions: DecisionTable;
  readonly comments: CommentTable;
  readonly attempts: AttemptTable;
  readonly cards: CardTable;
  readonly outbox: OutboxTable;
  readonly flags: FlagTable;
  readonly jobs: JobTable;
};

export type ItemRow = {
  readonly key: string;
  readonly watcher: string;
  readonly at: Date;
  /** `Folder/name.md` of the item file; empty until written. */
  readonly file: string;
  /** Name of the draft file written for it; empty when none (yet). */
  readonly draftFile: string;
  readonly state: 'seen' | 'written' | 'drafted';
  /** Where it is a message that an answer can name: its id, and its sender's address in lower case; else both are empty. */
  readonly messageId: string;
  readonly sender: string;
};

export type ItemTable = {
  find(key: string): Promise<ItemRow | undefined>;
  /** Those of this message from this sender (lower case), oldest first; none for an empty id. At most 20. */
  ofMessage(id: string, sender: string): Promise<readonly ItemRow[]>;
  /** Those for which a draft was written under one of these names (`Folder/name.md`); of each name the oldest first. At most 20. */
  ofDraft(files: readonly string[]): Promise<readonly ItemRow[]>;
  /** Inserts, or replaces the row with the same key. */
  put(row: ItemRow): Promise<void>;
  /** Rows not yet `drafted`, oldest first: what a crash left half done. */
  unfinished(): Promise<readonly ItemRow[]>;
};

export type IncomingTable = {
  /** Keeps the first row of an id and sender; later ones are ignored. */
  put(message: Incoming): Promise<void>;
  /** Messages with this id: one from each sender who used it, in the order they came. An id proves nothing by itself. */
  find(id: string): Promise<readonly Incoming[]>;
};

export type NewsTable = {
  /** Keeps the first row of a message and key. @returns whether it is new */
  put(news: News, notedAt: Date): Promise<boolean>;
  /** @returns whether there was one */
  remove(messageId: string, key: string): Promise<boolean>;
  /** What was heard last first, at most 200. */
  of(messageId: string): Promise<readonly Noted[]>;
};

export type DraftChange = Partial<
  Pick<Draft, 'state' | 'file' | 'revision' | 'platform' | 'account' | 'choice' | 'notBefore' | 'askedFrom' | 'trouble'>
>;

export type DraftTable = {
  insert(draft: Draft): Promise<void>;
  byId(id: string): Promise<Draft | undefined>;
  byKey(key: string): Promise<Draft | undefined>;
  /** Not vanished, last seen at exactly this place; the newest when several. */
  byPlace(folder: Folder, path: string): Promise<Draft | undefined>;
  /** Last seen with these bytes, this inode or this file name (last part of the path), in any state; newest first, at most 20. */
  byTrace(trace: {
    readonly contentHash: string;
    readonly inode: string;
    readonly name: string;
  }): Promise<readonly Draft[]>;
  /** pending, approved, in_progress, unknown; oldest first. */
  open(): Promise<readonly Draft[]>;
  /** done, rejected, failed, vanished; newest change first. */
  settled(limit: number): Promise<readonly Draft[]>;
  /**
   * Other drafts whose revision on offer has this likeness, in any state but `vanished`; the newest text first, at most 50.
   * An empty likeness is like nothing.
   */
  alike(likeness: string, exceptId: string): Promise<readonly Draft[]>;
  /** Open ones whose text on offer answers this message, at most 200. */
  answering(messageId: string): Promise<readonly Draft[]>;
  /** Ids of messages that came in and that open drafts answer, each once, at most 2,000. */
  awaited(): Promise<readonly string[]>;
  /** From counters kept by triggers, never by counting. Every state is present. */
  counts(): Promise<Readonly<Record<DraftState, number>>>;
  /**
   * Compare-and-set: changes the draft only while it is in one of `from` (and on `revision`, when given).
   * Fields set to undefined are cleared; fields left out stay. Sets `updatedAt`. A draft that is asked (again), or gets
   * another revision, counts approvals anew: `askedFrom` then becomes the number of its decisions unless it is given.
   * @returns whether it was changed
   */
  change(
    id: string,
    expected: { readonly from: readonly DraftState[]; readonly revision?: string },
    to: DraftChange,
    at: Date,
  ): Promise<boolean>;
};

export type RevisionTable = {
  /** Keeps the first row of a (draft, hash); later ones only refresh `problems` and `layout`. The effect never changes. */
  put(revision: Revision): Promise<void>;
  find(draftId: string, hash: string): Promise<Revision | undefined>;
  /** All of a draft without what is in them, in the order they were first put. `signs`: length of the text in code points. */
  of(draftId: string): Promise<readonly { hash: string; likeness: string; at: Date; signs: number }[]>;
};

export type DecisionTable = {
  /** @param tap names the tap it came from among those of all channels; throws when that tap has a decision already */
  append(decision: Decision, tap?: string): Promise<void>;
  byTap(tap: string): Promise<Decision | undefined>;
  byId(id: string): Promise<Decision | undefined>;
  /** Oldest first. */
  of(draftId: string): Promise<readonly Decision[]>;
};

export type CommentTable = {
  /** `after` is counted here. @param tap as for a decision; one that has a comment already adds nothing */
  append(comment: Omit<Comment, 'after'>, tap?: string): Promise<void>;
  /** In the order they came. */
  of(draftId: string): Promise<readonly Comment[]>;
};

export type AttemptTable = {
  /** Adds it with phase `started`. The number is one more than the last of the draft; `needed` is 1 when left out. */
  start(
    attempt: Pick<Attempt, 'id' | 'draftId' | 'decisionId' | 'revision' | 'startedAt'> &
      Partial<Pick<Attempt, 'needed'>>,
  ): Promise<Attempt>;
  /** started → committed; false when it was not `started`. `platform` and `account` are kept for the limit. */
  commit(id: string, at: Date, platform: string, account: string): Promise<boolean>;
  /** started or committed → ended; false when it was ended before. `held`: by ourselves, before anything left. */
  end(
    id: string,
    at: Date,
    outcome: Outcome['kind'],
    evidence: Evidence | undefined,
    words: string,
    held?: boolean,
  ): Promise<boolean>;
  /** An ended `unknown` whose answer was found: sets outcome and evidence; false when it was not `unknown`. */
  settle(id: string, outcome: 'posted' | 'refused', evidence: Evidence | undefined, words: string): Promise<boolean>;
  byId(id: string): Promise<Attempt | undefined>;
  /** Oldest first. */
  of(draftId: string): Promise<readonly Attempt[]>;
  /**
   * Attempts of any draft on an effect of this likeness that left, are leaving or may have left since; newest first, at
   * most 50. A dry run left nothing, and an empty likeness is like nothing. `file`: name of the draft's file now.
   */
  leftAlike(likeness: string, since: Date): Promise<readonly LeftAlike[]>;
  /** Those of the addresses (lower case) to which nothing of this platform was ever sent. */
  neverReached(platform: string, addresses: readonly string[]): Promise<readonly string[]>;
  /** Domains (lower case) of about this length, a sign more or less, to which something was sent. */
  reachedDomains(length: number): Promise<readonly string[]>;
  /** Instants of commits of this account since, for the limit. */
  commitsSince(platform: string, account: string, since: Date): Promise<readonly Date[]>;
};

export type LeftAlike = Pick<Attempt, 'draftId' | 'decisionId'> & {
  readonly at: Date;
  /** Whether it surely left; otherwise nobody can tell (yet). */
  readonly certain: boolean;
  readonly file: string;
};

/** One draft's card in one channel: what it should show and what it shows. */
export type CardRow = {
  readonly draftId: string;
  readonly channel: string;
  readonly wanted: Card;
  readonly wantedHash: string;
  /** Hash of what the far side shows; empty when nothing. */
  readonly shownHash: string;
  readonly ref: string | undefined;
  /** A replaced card that still needs its buttons taken off. */
  readonly retiring: string | undefined;
};

export type CardTable = {
  find(draftId: string, channel: string): Promise<CardRow | undefined>;
  /** Sets what should be shown; keeps what is shown, unless that is what it showed before a change that is still on its way: nobody knows then. */
  want(draftId: string, channel: string, card: Card, hash: string): Promise<void>;
  /** The far side shows `hash` at `ref`. */
  shown(draftId: string, channel: string, hash: string, ref: string | undefined): Promise<void>;
  /** Forget the shown card so that a new one is sent; the old `ref` goes to `retiring`. */
  renew(draftId: string, channel: string): Promise<void>;
  retired(draftId: string, channel: string): Promise<void>;
  /** Rows whose wanted and shown hash differ or that have something to retire; longest waiting first. */
  due(channel: string, limit: number): Promise<readonly CardRow[]>;
};

export type OutboxRow = {
  readonly id: string;
  readonly channel: string;
  readonly draftId: string;
  readonly note: Note;
  readonly state: 'new' | 'sending' | 'said' | 'unknown' | 'refused';
  readonly at: Date;
};

export type OutboxTable = {
  /** Adds a note once per (channel, dedupeKey); a second one with the same key is ignored. */
  add(row: Omit<OutboxRow, 'state'>, dedupeKey: string): Promise<void>;
  /** `new` ones, oldest first. */
  due(channel: string, limit: number): Promise<readonly OutboxRow[]>;
  mark(id: string, state: OutboxRow['state']): Promise<void>;
  /** At start: whatever was `sending` when the process died may have arrived: marks it `unknown`. */
  settleSending(channel: string): Promise<number>;
};

export type FlagTable = {
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string): Promise<void>;
};

/**
 * A wake-up: "look at this again, not before then". Handlers get the key, never content, work out what is to do from
 * the ledger, and must bear being called twice.
 */
export type Job = {
  readonly kind: string;
  readonly key: string;
  /** Jobs with the same serial key run one at a time. */
  readonly serialKey: string;
  readonly runAt: Date;
};

export type JobTable = {
  /** Adds, or moves an existing (kind, key) to the earlier of the two instants and takes over the serial key. */
  add(job: Job): Promise<void>;
};

/** Runs jobs. At-least-once: a job is removed only after its handler resolved. */
export type Jobs = {
  /** Sets the handler of a kind; before `start`. */
  handle(kind: string, handler: (key: string) => Promise<void>): void;
  /** Begins to run due jobs; a job that throws comes back later (growing delay). */
  start(): void;
  /** Something was added: look now. Cheap. */
  wake(): void;
  /** Resolves when nothing that was due is left to run, or when it is stopped. */
  calm(): Promise<void>;
  /** Starts no more and waits for those running. */
  stop(): Promise<void>;
};
