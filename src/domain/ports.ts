/**
 * What the core needs from outside. Facts go in (a watcher, a channel calls a function it was given), orders go out
 * (the workflow calls a method). An adapter never reads the ledger and never calls another adapter. Everything is
 * asynchronous, so that a part may live on another machine one day.
 */
import type { UndraftedMessage, UndraftedPage } from './undrafted.ts';
import type { Actor } from './actor.ts';
import type { Permission } from './approver.ts';
import type { Attempt } from './attempt.ts';
import type { Card, Note } from './card.ts';
import type { Tap, Verb, Verdict } from './decision.ts';
import type { Effect } from './effect.ts';
import type { Health } from './health.ts';
import type { DraftFile, HistoryEvent, WholeDraft } from './history.ts';
import type { Item } from './item.ts';
import type { News } from './news.ts';
import type { Confirmation, Outcome } from './outcome.ts';
import type { Platform } from './platform.ts';
import type { Problem } from './problem.ts';

// --- watchers ---------------------------------------------------------------------------------------------------

/** Finds items. Runs by itself after `start`; must survive any fault of the far side without throwing. */
export type Watcher = {
  readonly name: string;
  start(): Promise<void>;
  /** Looks once, now. Resolves when everything that was there has been handed in. */
  check(): Promise<void>;
  stop(): Promise<void>;
  health(): Health;
};

/**
 * Takes an item in. Resolves only after it is safe (file and row); a watcher moves its cursor after that, so a crash
 * in between repeats the item, and the key makes the repetition harmless.
 */
export type TakeIn = (item: Item) => Promise<'new' | 'known'>;

/** Of messages that came in: what a watcher is to look for while their answers wait, and to whom it tells. */
export type Conversations = {
  /** Messages whose answers wait, at most 2,000; `told`: keys of the news on record. */
  awaited(): Promise<readonly { readonly id: string; readonly told: readonly string[] }[]>;
  /** Resolves when it is on record. The same news twice is one. */
  note(news: readonly News[]): Promise<void>;
  /** These messages are not gone after all. */
  back(ids: readonly string[]): Promise<void>;
};

/** How far a watcher has read; kept in the ledger, opaque to it. */
export type Cursor = {
  read(): Promise<string | undefined>;
  write(value: string): Promise<void>;
};

/** Turns an item into the text of a draft file, or into nothing. Pure apart from the clock it was given. */
export type Drafter = {
  readonly name: string;
  draft(item: Item): Promise<{ readonly fileStem: string; readonly content: string } | undefined>;
};

// --- channels ---------------------------------------------------------------------------------------------------

/** A chat in which we ask. Shows what it is told and reports what people do; decides nothing. */
export type Channel = {
  readonly name: string;
  /** Begins to receive. Resolves without waiting for the far side: a chat that is down must not stop the start. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /**
   * Makes the far side show `card`.
   * @param ref what an earlier `show` of the same draft returned; then that card is rewritten
   */
  show(card: Card, ref: string | undefined): Promise<ShowResult>;
  /** Takes the buttons off a card that a newer one replaces, where it has a message. Best effort. */
  retire(ref: string, words: string): Promise<void>;
  /** Sends a note, as a reply to the card `ref` when given. */
  say(note: Note, ref: string | undefined): Promise<SayResult>;
  health(): Health;
};

/**
 * Not now. Without `paced` something is wrong with the channel as a whole, and it waits with everything. `paced`:
 * nothing is wrong, only too much at once. Then the whole channel rests, or (`card`) just this card, as long as nothing
 * newer is to be shown of it; of a note: just the notes of its draft, where only the place they go to is busy.
 */
export type TryLater = {
  readonly kind: 'later';
  readonly afterSeconds: number;
  readonly words: string;
  readonly paced?: 'channel' | 'card';
};

export type ShowResult =
  /**
   * People find it: at a message of its own, or, when many wait, in a list that a message leads to and that shows it as
   * it is. `ref` is the channel's own name for the place; it may become another one with each `show`.
   */
  | { readonly kind: 'shown'; readonly ref: string }
  /** The old card is gone at the far side: call again without `ref`. */
  | { readonly kind: 'card_gone' }
  /** Not shown, try later. */
  | TryLater
  /**
   * The far side does not take this card as it is; others may go. It rests alone and is tried now and then, at once when
   * it changes. A chat that takes nothing at all (blocked, gone) is `later`.
   */
  | { readonly kind: 'refused'; readonly words: string };

export type SayResult =
  | { readonly kind: 'said' }
  /** Certainly not sent. */
  | TryLater
  /** May or may not have arrived: not repeated. */
  | { readonly kind: 'unknown'; readonly words: string }
  | { readonly kind: 'refused'; readonly words: string };

/** What channels, the command line and the web page may ask of the core. The only way in. */
export type Door = {
  /** Whether the person may; whoever is asked for more than a look is asked before a question is put to them. */
  may(actor: Actor, verb: Verb | 'look'): Permission;
  /**
   * Somebody who may do nothing yet shows a one-time code. Refused as `not_allowed` where there is nobody to be paired,
   * as `bad_text` when another code may work; an empty code is no guess.
   */
  pair(actor: Actor, code: string): Promise<Verdict>;
  /**
   * Somebody who may do nothing tried to, and is turned away; an empty code was no try. Counted, and told to the owner once
   * a day. Never throws.
   * @returns how often this one did lately, and how many milliseconds an answer may take its time
   */
  knocked(actor: Actor, how: Knock): { readonly lately: number; readonly waitMs: number };
  /** Records what a person wants. Answers in words, always, within the time of one ledger write. */
  decide(tap: Tap): Promise<Verdict>;
  /** Stops or lets go everything that has not reached its point of no return; holds at once and over restarts. */
  pause(actor: Actor): Promise<Verdict>;
  resume(actor: Actor): Promise<Verdict>;
  /** Cards of everything that is open, oldest first, then the newest `settled` settled ones. */
  cards(settled?: number): Promise<readonly Card[]>;
  card(key: string): Promise<Card | undefined>;
  attempts(key: string): Promise<readonly Attempt[]>;
  attempt(id: string): Promise<Attempt | undefined>;
  status(): Promise<Status>;
  /** All that happened to a draft, oldest first; empty when it is not known. */
  history(key: string): Promise<readonly HistoryEvent[]>;
  whole(key: string): Promise<WholeDraft | undefined>;
  /** Undefined when it is not there, is another draft's by now, or is larger than `mostBytes`. */
  file(key: string, mostBytes: number): Promise<DraftFile | undefined>;
  /**
   * When the account of this draft has room for one more under its limit per hour, those counted that are approved
   * already. Undefined when that is now, or there is no limit.
   */
  nextSlot(key: string): Promise<Date | undefined>;
  /**
   * Messages without a draft, the newest first, at most `limit`; of those next to one of them when its key is given.
   * What is older than thirty days is forgotten.
   */
  undrafted(from: { readonly olderThan?: string; readonly newerThan?: string }, limit: number): Promise<UndraftedPage>;
  undraftedMessage(key: string): Promise<UndraftedMessage | undefined>;
  /** Has the draft written that the message would have got. Once: who asks again is told where it is. */
  draftReply(actor: Actor, key: string): Promise<Verdict>;
};

/** How a stranger tried. `key`: one that opens the page, in a link or from a program. */
export type Knock = 'key' | 'tap' | 'message' | 'code';

export type Status = {
  readonly startedAt: Date;
  readonly paused: boolean;
  /** Drafts per folder, from counters, never by listing. */
  readonly counts: {
    readonly pending: number;
    readonly approved: number;
    readonly inProgress: number;
    readonly unknown: number;
    readonly done: number;
    readonly rejected: number;
    readonly failed: number;
  };
  readonly parts: readonly Health[];
  /** What went out last, newest first, at most three; `file`: its name. */
  readonly last: readonly { readonly label: string; readonly file: string; readonly at: Date }[];
  readonly limits: readonly {
    readonly platform: string;
    readonly label: string;
    readonly used: number;
    readonly perHour: number;
  }[];
  /** Tries of strangers since the start, for each way in where there were any. */
  readonly knocks: readonly { readonly source: string; readonly count: number; readonly last: Date }[];
};

/**
 * What a chat delivers at least once, made to count once: on record, in one transaction with how far it was read, before
 * the chat is told that it was taken; handed out in order; done or given up on record. Ids and cursor are the chat's own.
 */
export type Inbox = {
  /** How far it was read; undefined: never, or the chat has no such thing. */
  cursor(): Promise<string | undefined>;
  /**
   * Adds what is new; one transaction, synced. Ids already there are ignored.
   * @param cursor left out: it stays
   */
  store(rows: readonly InboxRow[], cursor?: string): Promise<void>;
  /** Not yet done, oldest first. `receivedAt`: undefined in rows of versions that did not note it. */
  waiting(): Promise<
    readonly (Omit<InboxRow, 'receivedAt'> & { readonly receivedAt: Date | undefined; readonly tries: number })[]
  >;
  /** One transaction: what was acted on as one is done as one. */
  done(...ids: string[]): Promise<void>;
  /** Counts a failed try; the row stays waiting unless `giveUp`. */
  failed(id: string, words: string, giveUp: boolean): Promise<void>;
};

export type InboxRow = { readonly id: string; readonly payload: string; readonly receivedAt: Date };

/** Small things a channel must remember over restarts, e.g. which prompt asked for which draft. */
export type Memory = {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
};

// --- executors --------------------------------------------------------------------------------------------------

/** Carries out drafts of one platform. One at a time per account; the workflow sees to that. */
export type Executor = {
  readonly platform: Platform;
  /** Account the drafts leave from; empty when not set up. */
  readonly account: string;
  /** What must be settled before it can work; empty when set up. */
  missing(): readonly Problem[];
  /** Checks before the approval (promise P7), besides those of its platform. No network, no side effects, no throwing. */
  check(effect: Effect): readonly Problem[];
  /**
   * Prepares, asks `run.commit()` exactly once right before the one irreversible act, and reports. Must not act
   * when the answer is `stop`. Never throws for expected things; a throw after commit counts as `unknown`.
   */
  carryOut(effect: Effect, run: Run): Promise<Outcome>;
  /** A read-only look whether an earlier attempt happened. */
  confirm(effect: Effect, past: PastRun): Promise<Confirmation>;
  health(): Health;
  stop(): Promise<void>;
};

/** One running attempt, as the executor sees it. */
export type Run = {
  /** Stable per approved revision: the same for every attempt of one approval. [a-z0-9]{20} */
  readonly key: string;
  readonly attempt: number;
  /** Absolute path of the vault, for reading `effect.media`. */
  readonly vaultPath: string;
  /** The point of no return: resolves `go` after it is on record, or `stop` with the reason. */
  commit(): Promise<CommitAnswer>;
  /** Adds a line to the attempt's log. No secrets. */
  log(line: string): void;
  /**
   * Keeps a file beside the log (a screenshot); resolves when written. Name: [a-z0-9-]+\.[a-z]+
   * One called `proof.png` or `proof.jpg` shows what came out and nothing else: people see it beside the result.
   */
  keep(name: string, bytes: Uint8Array): Promise<void>;
  /** Aborts when the process stops or somebody takes it back: give up before commit, finish after it. */
  readonly signal: AbortSignal;
  /** Do everything but the irreversible act. */
  readonly dryRun: boolean;
};

export type CommitAnswer = { readonly kind: 'go' } | { readonly kind: 'stop'; readonly problem: Problem };

export type PastRun = {
  readonly key: string;
  readonly committedAt: Date;
  readonly vaultPath: string;
  readonly log: (line: string) => void;
};
