/**
 * One look into the INBOX. Events are only hints, the cursor is the truth: search above it, hand in one mail after the
 * other, and move it after each. A crash anywhere repeats at most one mail, and its key makes that harmless.
 */
import type { Item } from '../../domain/item.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { messageOf, oneLine } from '../../lib/words.ts';
import type { CursorState } from './cursor-state.ts';
import { fetchMail } from './fetch-mail.ts';
import type { HtmlReader } from './text/html/reader.ts';
import type { Mail } from './mail.ts';
import { unreadableItem } from './to-item.ts';
import type { ImapFlow, SearchObject } from 'imapflow';

export type LookParts = {
  readonly client: ImapFlow;
  readonly account: string;
  readonly htmlReader: HtmlReader;
  readonly clock: Clock;
  readonly logger: Logger;
  readCursor(): Promise<CursorState | undefined>;
  writeCursor(state: CursorState): Promise<void>;
  /** Hands a mail in, or decides that it is none of our business. */
  handIn(mail: Mail): Promise<void>;
  handInUnreadable(item: Item): Promise<void>;
  /** UID above the cursor → how often reading it failed; outlives a connection. */
  readonly failures: Map<number, number>;
  /** Called per mail: it goes on, don't give up on us. */
  progress(): void;
  readonly signal: AbortSignal;
};

const enoughTries = 3;
const replayDays = 14;

/** Rejects when the connection or the storage fails; what was handed in by then stays so. */
export async function lookOnce(look: LookParts): Promise<void> {
  const lock = await look.client.getMailboxLock('INBOX', { readOnly: true, acquireTimeout: 30_000 });
  try {
    const { mailbox } = look.client;
    if (mailbox === false) throw new Error('The INBOX is not open');
    const uidValidity = String(mailbox.uidValidity);
    const known = await look.readCursor();
    if (known === undefined) {
      await look.writeCursor({ uidValidity, lastUid: mailbox.uidNext - 1, startedAt: look.clock.now().toISOString() });
    } else if (known.uidValidity === uidValidity) {
      await handInAll(look, known, await search(look, { uid: `${known.lastUid + 1}:*` }), new Date(0));
    } else {
      await startOver(look, { ...known, uidValidity, lastUid: mailbox.uidNext - 1 });
    }
  } finally {
    lock.release();
  }
}

/**
 * The server numbered the mails anew. Nothing older than our first look is handed in; what is younger is handed in by
 * its key, so that only what was missed is new.
 */
async function startOver(look: LookParts, state: CursorState): Promise<void> {
  look.logger.warn(`The mail server numbered the INBOX anew; looking through the last ${replayDays} days.`);
  const recent = look.clock.now().getTime() - replayDays * 86_400_000;
  // The server's instants are in whole seconds.
  const first = Math.floor(Date.parse(state.startedAt) / 1_000) * 1_000;
  const since = new Date(Math.max(recent, first));
  const uids = await search(look, { since });
  await handInAll(look, { ...state, lastUid: 0 }, uids, since);
  if (look.signal.aborted) return;
  await look.writeCursor({ ...state, lastUid: Math.max(state.lastUid, ...uids) });
  look.failures.clear();
}

/** UIDs found, ascending. NOOP first: some servers search only what the session was told about. */
async function search({ client }: LookParts, query: SearchObject): Promise<readonly number[]> {
  await client.noop();
  const found = await client.search(query, { uid: true });
  // The library answers a dead connection with something that is not a list.
  if (!Array.isArray(found) || !client.usable) throw new Error('The connection was lost');
  return found.toSorted((a, b) => a - b);
}

async function handInAll(look: LookParts, state: CursorState, found: readonly number[], since: Date): Promise<void> {
  // `n:*` also finds the last mail when its UID is below n.
  for (const uid of found.filter((one) => one > state.lastUid)) {
    if (look.signal.aborted) return;
    look.progress();
    await handInOne(look, state.uidValidity, uid, since);
    // While starting over, the cursor of the old numbering stays until all is done.
    if (since.getTime() === 0) {
      await look.writeCursor({ ...state, lastUid: uid });
      look.failures.delete(uid);
    }
  }
}

async function handInOne(look: LookParts, uidValidity: string, uid: number, since: Date): Promise<void> {
  const mail = await readOne(look, uid);
  if (mail === 'unreadable') {
    await look.handInUnreadable(unreadableItem(look.account, uidValidity, uid, look.clock.now()));
  } else if (mail !== undefined && mail.at.getTime() >= since.getTime()) {
    await look.handIn(mail);
  }
}

/** A mail that can't be read three times over is given up with an item of its own; it must not stop the others. */
async function readOne(look: LookParts, uid: number): Promise<Mail | undefined | 'unreadable'> {
  for (;;) {
    const tries = (look.failures.get(uid) ?? 0) + 1;
    if (tries > enoughTries) return 'unreadable';
    // Counted before the try: a mail that ends the connection, or the worker in it, counts as well.
    look.failures.set(uid, tries);
    try {
      const mail = await fetchMail(look.client, uid, look);
      look.failures.delete(uid);
      return mail;
    } catch (thrown) {
      if (!look.client.usable || look.signal.aborted) throw thrown;
      look.logger.warn(oneLine(`Mail ${uid} could not be read (try ${tries}): ${messageOf(thrown)}`, 300));
    }
  }
}
