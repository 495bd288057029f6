/** Whether everything that people did counted once, or was refused in words. */
import Database, { type Database as Db } from 'better-sqlite3';
import type { Person, SeenMessage } from '../../sandbox/telegram/index.ts';
import { decodeWish } from '../../src/bot/chat/buttons/action.ts';
import type { DraftVerb } from '../../src/domain/decision.ts';
import type { AcceptedTap } from '../../src/workflow/audit/seen.ts';
import type { Deed } from './crowd.ts';

const openers: readonly DraftVerb[] = ['edit', 'reason', 'postpone', 'comment'];

/** What a tap decides when it is accepted; undefined for a button that only opens something. */
export function verbOf(data: string): DraftVerb | undefined {
  const wish = decodeWish(data);
  switch (wish?.kind) {
    case 'draft':
      return openers.includes(wish.verb) ? undefined : wish.verb;
    case 'choose':
      return 'choose';
    case 'because':
      return 'reason';
    case 'time':
      return wish.what;
    case 'sure':
    case 'slot':
      return 'approve';
    default:
      return undefined;
  }
}

const keyOf = (data: string): string => {
  const wish = decodeWish(data);
  return wish !== undefined && 'key' in wish ? wish.key : '';
};

export type Inbox = { readonly waiting: number; readonly givenUp: number };

/** What came in and is not acted on yet, and what was given up. */
export function readInbox(ledgerFile: string): Inbox {
  return read(ledgerFile, (db) => {
    const count = db.prepare<{ n: number }>('SELECT count(*) AS n FROM inbox WHERE state = ?');
    return { waiting: count.get('waiting')?.n ?? 0, givenUp: count.get('given_up')?.n ?? 0 };
  });
}

/**
 * How many decisions came of each callback and of each message. On record they are `telegram:CALLBACK:KEY` and
 * `telegram:UPDATE/MESSAGE:KEY`.
 */
const readCounts = (ledgerFile: string): ReadonlyMap<string, number> =>
  read(ledgerFile, (db) => {
    const rows = db.prepare<{ tap: string }>('SELECT tap FROM decisions WHERE tap IS NOT NULL').all();
    const counts = new Map<string, number>();
    for (const { tap } of rows) {
      const id = /[:/](\d+):[^:]*$/.exec(tap)?.[1] ?? '';
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
  });

function read<T>(ledgerFile: string, ask: (db: Db) => T): T {
  const db = new Database(ledgerFile, { readonly: true, timeout: 5_000 });
  try {
    return ask(db);
  } finally {
    db.close();
  }
}

export type Account = {
  /** In words, what did not count once; empty when all did. */
  readonly wrong: readonly string[];
  readonly accepted: readonly AcceptedTap[];
  readonly refused: number;
  /** Acted on, but too late for the app to show the answer. */
  readonly late: number;
};

export function accountFor(parts: {
  readonly deeds: readonly Deed[];
  readonly tried: ReadonlySet<string>;
  readonly person: Person;
  readonly messages: readonly SeenMessage[];
  readonly ledgerFile: string;
}): Account {
  const { deeds, tried, person, ledgerFile } = parts;
  const counts = readCounts(ledgerFile);
  const answered = new Set(parts.messages.map(({ replyTo }) => replyTo));
  const wrong: string[] = [];
  const accepted: AcceptedTap[] = [];
  let [refused, late] = [0, 0];
  for (const { kind, id, personId, data } of deeds) {
    const name = `${kind} ${id} of ${personId} (${data})`;
    const count = counts.get(id) ?? 0;
    if (kind === 'reply') {
      if (count > 1) wrong.push(`${name} counted ${count} times`);
      if (count === 0 && !answered.has(Number(id))) wrong.push(`${name} neither counted nor was answered`);
      continue;
    }
    const toast = person.toast(id);
    const verb = verbOf(data);
    if (count > 1) wrong.push(`${name} counted ${count} times`);
    if (toast === undefined) {
      late += 1;
      if (!tried.has(id)) wrong.push(`${name} was never answered`);
    } else if (toast.alert) {
      refused += 1;
      // Marks are taken out in two steps, and the second may fail when the first is on record.
      if (count > 0 && verb !== 'plain') wrong.push(`${name} counted, but the person heard “${toast.text}”`);
    } else if (verb !== undefined) {
      accepted.push({ key: keyOf(data), verb, actorId: String(personId) });
      if (count === 0) wrong.push(`${name} did not count, but the person heard “${toast.text}”`);
    }
  }
  return { wrong, accepted, refused, late };
}
