/**
 * The conversation moves on while an answer waits: a newer message came, somebody answered without us, or the message is
 * gone. What is heard goes on record, and in the same transaction every draft that answers it is looked at anew.
 */
import type { Decision } from '../domain/decision.ts';
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
    await parts.ledger.tx((tables) => noteNews(parts, tables, all));
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
  const { id, from, subject } = incoming;
  const what = { kind: 'newer', from, subject, text: conversation.text } as const;
  return conversation.follows.filter((one) => one !== id).map((messageId) => ({ messageId, key: id, at, what }));
}

/** Of messages that came in here; what else somebody names is nothing to us. */
export async function noteNews(
  parts: Pick<Parts, 'clock'>,
  tables: Pick<Tables, 'news' | 'incoming' | 'drafts' | 'jobs'>,
  all: readonly News[],
): Promise<void> {
  for (const one of all) {
    if ((await tables.incoming.find(one.messageId)).length === 0) continue;
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
export const newerTexts = (all: readonly Noted[]): string =>
  all
    .flatMap(({ what }) => (what.kind === 'newer' && what.text !== '' ? [`${what.text}\n\n---\n\n`] : []))
    .slice(0, mostTexts)
    .join('');
