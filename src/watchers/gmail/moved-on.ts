/**
 * Whether the conversation of a mail moved on while its answer waits: it got the flag of an answered one, a mail of ours in
 * Sent names it, or it is gone. Looked up after each look into the INBOX, only for mails whose answers wait, read-only.
 */
import { goneKey } from '../../domain/news.ts';
import type { News } from '../../domain/news.ts';
import type { Conversations } from '../../domain/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { messageOf, oneLine } from '../../lib/words.ts';
import { createSentHeads } from './sent-heads.ts';
import type { SentHeads } from './sent-heads.ts';
import type { ImapFlow, ListResponse } from 'imapflow';

/** A mail whose answer waits, and the keys of the news on record. */
type Awaited = { readonly id: string; readonly told: readonly string[] };

type On = {
  readonly client: ImapFlow;
  /** Called as it goes on: don't give up on us. */
  progress(): void;
  readonly signal: AbortSignal;
};

/** @returns whether something may have come into the INBOX meanwhile without a hint */
export type LookForNews = (on: On) => Promise<boolean>;

/** Each costs the server a search; the other mails have their turn at the next looks. */
const mostSearches = 100;
const mostAtOnce = 500;
const flagKey = 'answered';

/** Rejects when the connection fails. Leaves the INBOX open, for hints come for what is open. */
export function createLookForNews(parts: {
  readonly conversations: Conversations;
  readonly clock: Clock;
  readonly logger: Logger;
}): LookForNews {
  const { conversations, clock, logger } = parts;
  const known: Known = { uidValidity: '', uids: new Map(), kept: new Set() };
  const sent = createSentHeads();
  let said = '';
  let left = '';
  const look = async (on: On): Promise<boolean> => {
    const awaited = await conversations.awaited();
    if (awaited.length === 0 || on.signal.aborted) return false;
    const { flags, missing } = await inMailbox(on, 'INBOX', () => lookInInbox(on, known, awaited));
    const folders = await on.client.list();
    const gone = await goneOf(on, known, folders, missing);
    const answers = await lookInSent(on, sent, folders, awaited);
    const before = left;
    left = await inMailbox(on, 'INBOX', async () => stateOf(on));
    const at = clock.now();
    const flagged = awaited.filter(
      ({ id, told }) => flags.get(id)?.has('\\Answered') === true && !told.includes(flagKey),
    );
    await conversations.note([
      ...answers,
      ...flagged.map(({ id }) => ({ messageId: id, key: flagKey, at, what: { kind: 'answered', to: [] } }) as const),
      ...awaited
        .filter(({ id, told }) => gone.has(id) && !told.includes(goneKey))
        .map(({ id }) => ({ messageId: id, key: goneKey, at, what: { kind: 'gone' } }) as const),
    ]);
    const back = awaited.filter(({ id, told }) => told.includes(goneKey) && (flags.has(id) || known.kept.has(id)));
    await conversations.back(back.map(({ id }) => id));
    return left !== before;
  };
  return async (on) => {
    try {
      const changed = await look(on);
      said = '';
      return changed;
    } catch (thrown) {
      if (!on.client.usable || on.signal.aborted) throw thrown;
      // New mail comes in all the same. Said once: a week without a remedy must not fill the log.
      const words = oneLine(`Whether mails were answered elsewhere can’t be looked up: ${messageOf(thrown)}`, 300);
      if (words !== said) logger.warn(words);
      said = words;
      return false;
    }
  };
}

/** Where mails were found; the UIDs count while the INBOX is numbered like this. */
type Known = {
  uidValidity: string;
  readonly uids: Map<string, number>;
  /** In no INBOX any more, and found where mails are kept: looked for no further. */
  readonly kept: Set<string>;
};

/** The server tells of nothing that happens while another mailbox is open. */
const stateOf = ({ client: { mailbox } }: On): string =>
  mailbox === false ? '' : `${mailbox.uidValidity} ${mailbox.uidNext} ${mailbox.exists} ${mailbox.highestModseq ?? ''}`;

async function inMailbox<T>({ client }: On, path: string, work: () => Promise<T>): Promise<T> {
  const lock = await client.getMailboxLock(path, { readOnly: true, acquireTimeout: 30_000 });
  try {
    return await work();
  } finally {
    lock.release();
  }
}

type Found = { readonly flags: ReadonlyMap<string, ReadonlySet<string>>; readonly missing: readonly string[] };

async function lookInInbox(on: On, known: Known, awaited: readonly Awaited[]): Promise<Found> {
  const { mailbox } = on.client;
  if (mailbox === false) throw new Error('The INBOX is not open');
  if (String(mailbox.uidValidity) !== known.uidValidity) {
    known.uids.clear();
    known.uidValidity = String(mailbox.uidValidity);
  }
  const ids = awaited.map(({ id }) => id);
  for (const id of known.uids.keys()) if (!ids.includes(id)) known.uids.delete(id);
  const flags = await flagsOf(on, known);
  const missing: string[] = [];
  const unknown = ids.filter((id) => !flags.has(id) && !known.kept.has(id));
  for (const id of unknown.slice(0, mostSearches)) {
    const uid = await find(on, id);
    if (uid === undefined) missing.push(id);
    else known.uids.set(id, uid);
  }
  return { flags: new Map([...flags, ...(await flagsOf(on, known))]), missing };
}

/** Of mails found before; one that is there no more is forgotten. */
async function flagsOf({ client, progress }: On, { uids }: Known): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const byUid = new Map([...uids].map(([id, uid]) => [uid, id]));
  const all = [...byUid.keys()];
  const found = new Map<string, ReadonlySet<string>>();
  for (let from = 0; from < all.length; from += mostAtOnce) {
    progress();
    for await (const { uid, flags } of client.fetch(
      all.slice(from, from + mostAtOnce),
      { uid: true, flags: true },
      { uid: true },
    )) {
      const id = byUid.get(uid);
      if (id !== undefined && flags?.has('\\Deleted') !== true) found.set(id, flags ?? new Set());
    }
  }
  if (!client.usable) throw new Error('The connection was lost');
  for (const id of uids.keys()) if (!found.has(id)) uids.delete(id);
  return found;
}

/** UID in the open mailbox of the mail with exactly this Message-ID. */
async function find({ client, progress }: On, messageId: string): Promise<number | undefined> {
  progress();
  const header = { 'message-id': messageId.replaceAll(/[<>]/g, '') };
  const uids = await client.search({ header, deleted: false }, { uid: true });
  if (!Array.isArray(uids)) throw new Error('The connection was lost');
  for (const uid of uids.slice(-20)) {
    const mail = await client.fetchOne(uid, { headers: ['message-id'] }, { uid: true });
    // The server finds pieces too; only the whole id counts.
    const head = mail === false ? '' : Buffer.from(mail.headers ?? []).toString('latin1');
    if (head.replaceAll(/\s+/g, ' ').includes(messageId)) return uid;
  }
  if (!client.usable) throw new Error('The connection was lost');
  return undefined;
}

/** Those that are nowhere where mails are kept: a mail that was only put away is not gone. */
async function goneOf(
  on: On,
  known: Known,
  folders: readonly ListResponse[],
  missing: readonly string[],
): Promise<ReadonlySet<string>> {
  const gone = new Set(missing);
  const keeps = folders.filter(({ specialUse }) => specialUse === '\\All' || specialUse === '\\Archive');
  if (missing.length === 0) return gone;
  for (const { path } of keeps) {
    await inMailbox(on, path, async () => {
      for (const id of gone) {
        if ((await find(on, id)) === undefined) continue;
        known.kept.add(id);
        gone.delete(id);
      }
    });
  }
  return gone;
}

async function lookInSent(
  on: On,
  sent: SentHeads,
  folders: readonly ListResponse[],
  awaited: readonly Awaited[],
): Promise<readonly News[]> {
  const place = folders.find(({ specialUse }) => specialUse === '\\Sent');
  if (place === undefined) return [];
  await inMailbox(on, place.path, () => sent.renew(on.client, on.progress));
  return awaited.flatMap(({ id, told }) => {
    const answer = sent.answerTo(id);
    if (answer === undefined || told.includes(answer.key)) return [];
    return [{ messageId: id, key: answer.key, at: answer.at, what: { kind: 'answered', to: answer.to } }];
  });
}
