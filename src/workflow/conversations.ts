/**
 * The conversation moves on while an answer waits: a newer message came, somebody answered without us, or the message is
 * gone. What is heard goes on record, and in the same transaction every draft that answers it is looked at anew.
 */
import type { Decision } from '../domain/decision.ts';
import { bareAddress } from '../domain/effect.ts';
import type { Effect } from '../domain/effect.ts';
import type { Item } from '../domain/item.ts';
import type { Tables } from '../domain/ledger-port.ts';
import { goneKey } from '../domain/news.ts';
import type { News, Noted } from '../domain/news.ts';
import type { Conversations } from '../domain/ports.ts';
import { warns } from '../domain/problem.ts';
import type { Problem } from '../domain/problem.ts';
import { localDate } from '../lib/local-time.ts';
import { strange } from '../lib/words.ts';
import { clockOn } from './decided-by.ts';
import { jobKinds } from './parts.ts';
import type { Parts } from './parts.ts';

export const createConversations = (parts: Parts): Conversations => ({
  async awaited() {
    const { drafts, news } = parts.ledger;
    const ids = await drafts.awaited();
    return await Promise.all(ids.map(async (id) => ({ id, told: (await news.of(id)).map(({ key }) => key) })));
  },
  async note(all) {
    if (all.length === 0) return;
    await parts.ledger.tx(async (tables) => noteNews(parts, tables, await knownOf(tables, all)));
    parts.jobs.wake();
  },
  async back(ids) {
    if (ids.length === 0) return;
    await parts.ledger.tx(async (tables) => {
      for (const id of ids) if (await tables.news.remove(id, goneKey)) await lookAnew(parts, tables, id);
    });
    parts.jobs.wake();
  },
});

/** What a message that comes in is to those before it. */
export function newsOf({ incoming, conversation, at }: Item): readonly News[] {
  if (incoming === undefined || conversation === undefined) return [];
  const { id, from } = incoming;
  const what = { kind: 'newer', from } as const;
  return conversation.follows.filter((one) => one !== id).map((messageId) => ({ messageId, key: id, at, what }));
}

/** The same, as far as it is about messages that came in here: what else somebody names is nothing to us. */
export async function knownOf(tables: Pick<Tables, 'incoming'>, all: readonly News[]): Promise<readonly News[]> {
  const known: News[] = [];
  for (const one of all) if ((await tables.incoming.find(one.messageId)).length > 0) known.push(one);
  return known;
}

/** More would say nothing new, and a stranger may send as many as they like. */
const mostNewer = 50;

/** @param all about messages that came in */
export async function noteNews(
  parts: Pick<Parts, 'clock'>,
  tables: Pick<Tables, 'news' | 'drafts' | 'jobs'>,
  all: readonly News[],
): Promise<void> {
  for (const one of all) {
    const before = one.what.kind === 'newer' ? await tables.news.of(one.messageId) : [];
    if (before.filter(({ what }) => what.kind === 'newer').length >= mostNewer) continue;
    if (await tables.news.put(one, parts.clock.now())) await lookAnew(parts, tables, one.messageId);
  }
}

async function lookAnew(
  { clock }: Pick<Parts, 'clock'>,
  tables: Pick<Tables, 'drafts' | 'jobs'>,
  messageId: string,
): Promise<void> {
  const runAt = clock.now();
  for (const { id } of await tables.drafts.answering(messageId)) {
    await tables.jobs.add({ kind: jobKinds.settle, key: id, serialKey: id, runAt });
  }
}

/** Newest first. */
export const newsFor = (tables: Pick<Tables, 'news'>, { thread }: Effect): Promise<readonly Noted[]> =>
  thread === undefined ? Promise.resolve([]) : tables.news.of(thread.inReplyTo);

/** Why an approval no longer lets it out: it was given before somebody wrote. Whoever tidies up takes nothing back. */
export async function movedOnSince(
  tables: Pick<Tables, 'news'>,
  effect: Effect,
  { at }: Pick<Decision, 'at'>,
): Promise<Problem | undefined> {
  const since = (await newsFor(tables, effect)).some(({ what, notedAt }) => what.kind !== 'gone' && notedAt > at);
  return since
    ? movedOn('The conversation moved on after this was approved.', 'Approve it again if it still fits.')
    : undefined;
}

const movedOn = (what: string, remedy: string): Problem => warns('conversation_moved_on', what, remedy);

/** Of each kind only what was heard last: of two answers the one that says to whom it went. */
function told(all: readonly Noted[]): readonly Noted[] {
  const kinds = ['answered', 'newer', 'gone'] as const;
  return kinds.flatMap((kind) => {
    const alike = all.filter(({ what }) => what.kind === kind);
    const [first] = [...alike.filter(({ what }) => what.kind === 'answered' && what.to.length > 0), ...alike];
    return first === undefined ? [] : [first];
  });
}

/** One sentence without its full stop; the same on every day, because a card is not made anew at midnight. */
function newsWords({ at, what }: News): string {
  switch (what.kind) {
    case 'answered': {
      const to = what.to.slice(0, 3).map((address) => strange(address, 254));
      const more = what.to.length > 3 ? ` and ${what.to.length - 3} more` : '';
      return to.length === 0
        ? 'The message was answered elsewhere already'
        : `You wrote in this conversation elsewhere at ${clockOn(at)}, to ${to.join(', ')}${more}`;
    }
    case 'newer':
      return `A newer message of this conversation came in on ${localDate(at)} from ${strange(what.from.address, 254)}`;
    case 'gone':
      return 'The message that is answered was deleted, or moved out of sight';
  }
}

const remedies: Readonly<Record<News['what']['kind'], string>> = {
  answered: 'Close this draft if that was the answer.',
  newer: 'Read it first: its text stands before what is answered.',
  gone: 'Approve it only if it still needs an answer.',
};

/** What makes an approval risky, in words. */
export const newsRisks = (all: readonly Noted[]): readonly string[] => told(all).map(newsWords);

export const newsProblems = (all: readonly Noted[]): readonly Problem[] =>
  told(all).map((one) => movedOn(`${newsWords(one)}.`, remedies[one.what.kind]));

const mostTexts = 3;

/** Texts of the newer messages, the newest first, to stand before what is answered; empty when there is none. */
export async function newerTexts(tables: Pick<Tables, 'incoming'>, all: readonly Noted[]): Promise<string> {
  const texts: string[] = [];
  for (const { key, what } of all) {
    if (what.kind !== 'newer' || texts.length >= mostTexts) continue;
    // Two senders may have used one id.
    const sender = bareAddress(what.from.address);
    const message = (await tables.incoming.find(key)).find(({ from }) => bareAddress(from.address) === sender);
    if (message?.excerpt !== undefined && message.excerpt !== '') texts.push(`${message.excerpt}\n\n---\n\n`);
  }
  return texts.join('');
}
