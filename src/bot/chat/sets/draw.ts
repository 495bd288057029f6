/** Draws the message below the cards of one idea: sends it, rewrites it, or sends it anew below what joined. */
import type { Card } from '../../../domain/card.ts';
import type { Clock } from '../../../lib/clock.ts';
import { sha256 } from '../../../lib/hash.ts';
import { marksOf } from '../decide-many.ts';
import type { DraftMark } from '../memory/draft-mark.ts';
import { setKey } from '../cards/unconfirmed.ts';
import type { Doubts } from '../cards/unconfirmed.ts';
import type { MessageId, Messenger, Place } from '../messenger.ts';
import { homeOf, placeFor } from '../places.ts';
import { aboutAll } from '../routing.ts';
import type { Quiet } from '../sound/quiet.ts';
import type { Remembered } from '../memory/memory.ts';
import { mostLists } from '../memory/set-rows.ts';
import type { SetMark } from '../memory/set-rows.ts';
import { richText } from '../text/text.ts';
import { setLook } from './look.ts';
import type { SetLook } from './look.ts';
import { membersOf } from './members.ts';
import type { Member } from './members.ts';
import type { MediaMemory } from '../cards/shown-attachments.ts';
import type { Answer } from '../trouble.ts';

export type SetDrawing = {
  /**
   * @param cards all of the idea, in the order they are said
   * @param mark undefined while there is no message
   * @param owed keys of those whose cards came without a sound, because this message is to make it
   * @returns how many it offers to decide, or why it is not there
   */
  draw(cards: readonly Card[], mark: SetMark | undefined, owed: ReadonlySet<string>): Promise<Answer<number>>;
  /** From now on it is a plain summary. Best effort. */
  close(cards: readonly Card[], mark: SetMark): Promise<void>;
};

/** Not every chat lets messages older than 48 hours be taken away. */
const removableMs = 47 * 3_600_000;
/** So many fit into one list. */
const mostOffered = 10;

export type SetDrawingParts = {
  readonly messenger: Messenger;
  readonly remembered: Remembered;
  readonly media: MediaMemory;
  readonly doubts: Doubts;
  readonly quiet: Quiet;
  readonly clock: Clock;
  /** Remembers one; called before its buttons stand anywhere, and again when it stands. */
  readonly keep: (mark: SetMark) => Promise<void>;
  readonly forget: (mark: SetMark) => Promise<void>;
};

export function createSetDrawing(parts: SetDrawingParts): SetDrawing {
  const { messenger, remembered, doubts, quiet, clock, keep, forget } = parts;

  async function send(next: Drawn, silent: boolean): Promise<Answer<number>> {
    const { look, mark, offered } = next;
    // One that stands there without our knowing makes way for this one.
    const doubt = await doubts.settle();
    if (doubt !== undefined) return { kind: 'trouble', trouble: doubt };
    const place = await placeFor(messenger, aboutAll);
    if (place.kind === 'trouble') return place;
    const options = { rows: look.rows, silent: await quiet.hush(silent) };
    const key = setKey(mark.id);
    const call = () => messenger.send(place.value, look.text, options);
    return await doubts.send(key, place.value, look.text, call, async ({ messageId }) => {
      const chat = await homeOf(messenger);
      await keep({ ...mark, chat, messageId, sentAt: clock.now(), look: hashOf(look) });
      await remembered.keepCardAt(key, messageId);
      return offered.length;
    });
  }

  async function rewrite(next: Drawn): Promise<Answer<number>> {
    const { look, mark, offered } = next;
    if (mark.messageId === undefined) return nothing;
    const answer = await messenger.edit(mark.messageId, look.text, look.rows);
    if (answer.kind === 'trouble' && answer.trouble.kind === 'message_gone') {
      // Deleted by a person: it comes back as long as it has something to ask.
      if (offered.length > 0) return await send(next, true);
      await forget(mark);
      return nothing;
    }
    if (answer.kind === 'trouble' && answer.trouble.kind !== 'unchanged') return answer;
    await keep({ ...mark, look: hashOf(look) });
    return { kind: 'ok', value: offered.length };
  }

  return {
    async draw(cards, mark, owed) {
      const members = await membersOf(parts, cards);
      const next = drawn(cards, members, mark, await homeOf(messenger));
      if (next === undefined) return nothing;
      const offered = members.filter(({ card }) => next.offered.includes(card));
      const joined = offered.some(({ card }) => mark?.members.includes(card.key) !== true || owed.has(card.key));
      const { messageId: at } = next.mark;
      const isBelow = offered.some(({ messageId }) => isAfter(messenger, messageId, at));
      const moves = at === undefined ? offered.length > 0 : offered.length > 0 && (joined || isBelow);
      if (!moves && (at === undefined || hashOf(next.look) === mark?.look)) {
        return { kind: 'ok', value: offered.length };
      }
      // A tap may come before we know that the message stands, and after a death. Who joins is heard only when it does.
      await keep({ ...next.mark, members: mark?.members ?? [] });
      if (!moves) return await rewrite(next);
      const sent = await send(next, !joined);
      if (sent.kind === 'ok' && mark !== undefined) await clear(parts, mark);
      return sent;
    },
    async close(cards, mark) {
      if (mark.messageId === undefined) return;
      const { words, verb } = mark;
      const members = await membersOf(parts, cards);
      const look = setLook({ words, members, offered: [], undo: [], verb });
      const text = cards.length === 0 ? richText('These drafts no longer name one idea.') : look.text;
      if (hashOf({ text, rows: [] }) !== mark.look) await messenger.edit(mark.messageId, text, []);
    },
  };
}

const isAfter = (messenger: Messenger, a: MessageId | undefined, b: MessageId | undefined): boolean =>
  a !== undefined && b !== undefined && messenger.isAfter?.(a, b) === true;

/** Best effort: what its buttons mean stays what the person saw. */
async function clear({ messenger, clock }: SetDrawingParts, { messageId, sentAt }: SetMark): Promise<void> {
  if (messageId === undefined) return;
  if (clock.now().getTime() - sentAt.getTime() < removableMs) await messenger.remove([messageId]);
  else await messenger.edit(messageId, richText('The newest list of this idea is further below.'), []);
}

const nothing: Answer<number> = { kind: 'ok', value: 0 };

type Drawn = { readonly look: SetLook; readonly mark: SetMark; readonly offered: readonly Card[] };

const hashOf = ({ text, rows }: SetLook): string => sha256(JSON.stringify([text, rows]));

/** How it is to look now; undefined when there is no message, and nothing to say in one. */
function drawn(
  cards: readonly Card[],
  members: readonly Member[],
  before: SetMark | undefined,
  chat: Place,
): Drawn | undefined {
  const fit = members.filter(({ kind }) => kind === 'counts').map(({ card }) => card);
  const offered = fit.length < 2 ? [] : fit.slice(0, mostOffered);
  const set = cards.find((card) => card.set !== undefined)?.set;
  if (set === undefined || (before === undefined && offered.length === 0)) return undefined;
  const { last = [], verb = 'approve', lists = [] } = before ?? {};
  const undo = cards.filter((card) => last.some(({ key }) => key === card.key) && card.verbs.includes('undo'));
  const seen = members.filter(({ messageId }) => messageId !== undefined).map(({ card }) => card.key);
  const mark: SetMark = {
    chat,
    messageId: undefined,
    sentAt: new Date(0),
    ...before,
    id: set.id,
    words: set.words,
    look: '',
    last,
    verb,
    members: [...new Set([...(before?.members ?? []), ...seen])],
    lists: withLists(lists, [marksOf(offered), marksOf(undo)]),
  };
  return { look: setLook({ words: set.words, members, offered, undo, verb }), mark, offered };
}

/** The newest last, each once. */
function withLists(
  before: readonly (readonly DraftMark[])[],
  next: readonly (readonly DraftMark[])[],
): SetMark['lists'] {
  const fresh = next.filter((list) => list.length > 0);
  const known = new Set(fresh.map((list) => JSON.stringify(list)));
  return [...before.filter((list) => !known.has(JSON.stringify(list))), ...fresh].slice(-mostLists);
}
