/**
 * What the chat must know after a restart. Only hints for finding the right draft: whether something may still be done
 * is decided by the core, never by what stands here.
 */
import type { Sound } from '../buttons/action.ts';
import type { Memory } from '../../../domain/ports.ts';
import { createKeyedLock } from '../../../lib/keyed-lock.ts';
import { isDraftMark } from './draft-mark.ts';
import type { DraftMark } from './draft-mark.ts';
import { isObject, parsed } from './json.ts';
import { areIds, chatOf, idIn, idsIn, isId, isNumberOf, isOfChat } from './old-rows.ts';
import { createAskedRows } from './asked-rows.ts';
import type { AskedRows } from './asked-rows.ts';
import { createCutRows } from './cut-rows.ts';
import type { CutRows } from './cut-rows.ts';
import { createPromptRows } from './prompt-rows.ts';
import type { PromptRows } from './prompt-rows.ts';
import { createPlaceRows } from './placement-rows.ts';
import type { PlaceRows } from './placement-rows.ts';
import { createSetRows } from './set-rows.ts';
import type { SetRows } from './set-rows.ts';
import { readReview } from './review-rows.ts';
import type { ReviewMark } from './review-rows.ts';
import type { MessageId, Place } from '../messenger.ts';
import { createSendingRows } from './sending-rows.ts';
import type { SendingRows } from './sending-rows.ts';

/** The messages above a long card. */
export type Above = {
  /** Names what they say; empty when there are none. */
  readonly digest: string;
  readonly ids: readonly MessageId[];
  /** The card below them; undefined while it is not sent. */
  readonly card: MessageId | undefined;
  /** Earlier ones that no longer count and may be taken away. */
  readonly old: readonly MessageId[];
};

/** A message that changed a draft: all of its text, or the passage that the message stands for now. */
export type TextAnswer = { readonly key: string; readonly passage?: string | undefined };

export type { CutText } from './cut-rows.ts';
export type { Asked, AskedPerson, Prompt } from './prompt-rows.ts';
type Rows = PlaceRows & SetRows & CutRows & AskedRows & PromptRows & SendingRows;
export type Remembered = Rows & {
  draftAt(messageId: MessageId): Promise<DraftMark | undefined>;
  keepDraftAt(messageId: MessageId, draft: DraftMark): Promise<void>;
  /** Whether this message of ours is a picture: its words are a caption. */
  isPicture(messageId: MessageId): Promise<boolean>;
  keepIsPicture(messageId: MessageId): Promise<void>;
  /** The draft that a message of a person changed, so that correcting the message corrects the draft. */
  answerAt(messageId: MessageId): Promise<TextAnswer | undefined>;
  keepAnswerAt(messageId: MessageId, answer: TextAnswer): Promise<void>;
  /** Whether this message of a person was put to use, for a draft or a decision. */
  isUsed(messageId: MessageId): Promise<boolean>;
  keepUsed(messageId: MessageId): Promise<void>;
  /** Whether this is the first message of an album, a later one, or one after that was said. */
  placeInAlbum(album: string, messageId: MessageId): Promise<'first' | 'next' | 'told'>;
  /** The chat of a draft's card, for numbers that earlier versions kept without one. */
  chatOfCard(key: string): Promise<string>;
  above(key: string): Promise<Above>;
  keepAbove(key: string, above: Above): Promise<void>;
  /** Whether something came without a sound for the hour, and a message in the morning is owed. */
  night(chat: Place): Promise<boolean>;
  keepNight(chat: Place, owed: boolean): Promise<void>;
  sound(): Promise<Sound>;
  keepSound(sound: Sound): Promise<void>;
  /** The last time we heard the chat. */
  heard(): Promise<Date | undefined>;
  keepHeard(at: Date): Promise<void>;
  /** The one in this chat. */
  review(chat: Place): Promise<ReviewMark | undefined>;
  keepReview(chat: Place, review: ReviewMark): Promise<void>;
  /** Whether this stranger was told before; from now on yes. */
  greet(personId: string): Promise<'new' | 'known'>;
  /** When somebody without a name was last told in this chat to write as himself. */
  namelessTold(chat: Place): Promise<Date | undefined>;
  keepNamelessTold(chat: Place, at: Date): Promise<void>;
};

/** Anybody may write to a bot: strangers must not make the record grow without end. */
const mostGreeted = 1_000;

/**
 * Typed rows over a channel's memory. What can't be read counts as forgotten.
 * @param home the chat where we ask, for numbers that were kept without one; empty while there is none
 */
export function createRemembered(memory: Memory, home: () => Promise<string>): Remembered {
  const put = async (key: string, value: string) => {
    // Redraws are frequent and a write is synced to disk: write only what is new.
    if ((await memory.get(key)) !== value) await memory.set(key, value);
  };
  const read = async (key: string): Promise<unknown> => parsed(await memory.get(key));
  const places = createPlaceRows(memory, put, home);
  const chatOfCard = async (key: string): Promise<string> => {
    const card = await places.cardAt(key);
    return card === undefined ? await home() : chatOf(card);
  };
  return {
    ...createMarks(memory, put),
    ...places,
    ...createSetRows(memory, put),
    ...createCutRows(memory, put),
    ...createAskedRows(memory, put),
    ...createPromptRows(memory, put),
    ...createSendingRows(memory, put, places.cardAt),
    ...createMessageRows(memory, put),
    chatOfCard,
    async above(key) {
      const value = await read(`above:${key}`);
      if (!isAbove(value)) return { digest: '', ids: [], card: undefined, old: [] };
      const chat = await chatOfCard(key);
      const { digest, ids, card, old } = value;
      return { digest, ids: idsIn(chat, ids), card: idIn(chat, card), old: idsIn(chat, old) };
    },
    keepAbove: (key, above) => put(`above:${key}`, JSON.stringify(above)),
    async review(chat) {
      const own = await memory.get(`review:${chat}`);
      if (own !== undefined) return readReview(parsed(own));
      const old = await read('review');
      return isOfChat(old, chat) ? readReview(old, chat) : undefined;
    },
    keepReview: (chat, review) => put(`review:${chat}`, JSON.stringify(review)),
    ...createCrowdRows(memory),
  };
}

type MessageRows = Pick<
  Remembered,
  'draftAt' | 'keepDraftAt' | 'isPicture' | 'keepIsPicture' | 'answerAt' | 'keepAnswerAt' | 'isUsed' | 'keepUsed'
>;

/** What single messages mean. */
function createMessageRows(memory: Memory, put: Memory['set']): MessageRows {
  return {
    async draftAt(messageId) {
      const value = parsed(await memory.get(`message:${messageId}`));
      return isDraftMark(value) ? value : undefined;
    },
    keepDraftAt: (messageId, { key, revision }) => put(`message:${messageId}`, JSON.stringify({ key, revision })),
    isPicture: async (messageId) => (await memory.get(`picture:${messageId}`)) === 'yes',
    keepIsPicture: (messageId) => put(`picture:${messageId}`, 'yes'),
    async answerAt(messageId) {
      const value = await memory.get(`answer:${messageId}`);
      // Keys have no line breaks, and texts may be anything.
      const [, key, passage] = /^([^\n]+)(?:\n([^]*))?$/.exec(value ?? '') ?? [];
      return key === undefined ? undefined : { key, passage };
    },
    keepAnswerAt: (messageId, { key, passage }) =>
      put(`answer:${messageId}`, passage === undefined ? key : `${key}\n${passage}`),
    isUsed: async (messageId) =>
      (await memory.get(`answer:${messageId}`)) !== undefined || (await memory.get(`used:${messageId}`)) === 'yes',
    keepUsed: (messageId) => put(`used:${messageId}`, 'yes'),
  };
}

/** Rows that belong to all who write, and several are listened to at once. */
function createCrowdRows(memory: Memory): Pick<Remembered, 'greet' | 'placeInAlbum'> {
  const lock = createKeyedLock();
  const albums = createAlbums(memory);
  return {
    greet: (personId) =>
      lock('greeted', async () => {
        const value = parsed(await memory.get('greeted'));
        // Earlier versions knew persons with numbers only.
        const known = areIds(value) ? value.map(String) : [];
        if (known.includes(personId)) return 'known';
        await memory.set('greeted', JSON.stringify([...known, personId].slice(-mostGreeted)));
        return 'new';
      }),
    placeInAlbum: (album, messageId) => lock('albums', () => albums(album, messageId)),
  };
}

const mostAlbums = 50;

/** Rows of "album first-message told". */
function createAlbums(memory: Memory): Remembered['placeInAlbum'] {
  return async (album, messageId) => {
    const rows = ((await memory.get('albums')) ?? '').split('\n').filter((row) => row !== '');
    const at = rows.findIndex((row) => row.startsWith(`${album} `));
    const [, first, told] = (rows[at] ?? '').split(' ');
    // The same message again, after a crash: it is the first as before.
    if (first === messageId || isNumberOf(first, messageId)) return 'first';
    if (told === 'told') return 'told';
    const row = at === -1 ? `${album} ${messageId} new` : `${album} ${first} told`;
    await memory.set('albums', [...rows.filter((_, index) => index !== at), row].slice(-mostAlbums).join('\n'));
    return at === -1 ? 'first' : 'next';
  };
}

type Marks = Pick<
  Remembered,
  'night' | 'keepNight' | 'sound' | 'keepSound' | 'heard' | 'keepHeard' | 'namelessTold' | 'keepNamelessTold'
>;

/** Single values about the chat as a whole. */
function createMarks(memory: Memory, put: Memory['set']): Marks {
  return {
    // Earlier versions asked in one chat only.
    night: async (chat) => ((await memory.get(`night:${chat}`)) ?? (await memory.get('night'))) === 'yes',
    keepNight: (chat, owed) => put(`night:${chat}`, owed ? 'yes' : 'no'),
    async sound() {
      const value = await memory.get('sound');
      return value === 'never' || value === 'always' ? value : 'usual';
    },
    keepSound: (sound) => put('sound', sound),
    async heard() {
      const at = new Date((await memory.get('heard')) ?? '');
      return Number.isNaN(at.getTime()) ? undefined : at;
    },
    keepHeard: (at) => put('heard', at.toISOString()),
    async namelessTold(chat) {
      const at = new Date((await memory.get(`nameless:${chat}`)) ?? '');
      return Number.isNaN(at.getTime()) ? undefined : at;
    },
    keepNamelessTold: (chat, at) => put(`nameless:${chat}`, at.toISOString()),
  };
}

type KeptAbove = {
  readonly digest: string;
  readonly ids: readonly unknown[];
  readonly card?: unknown;
  readonly old: readonly unknown[];
};

const isAbove = (value: unknown): value is KeptAbove =>
  isObject(value) &&
  'digest' in value &&
  typeof value.digest === 'string' &&
  'ids' in value &&
  areIds(value.ids) &&
  (!('card' in value) || isId(value.card)) &&
  'old' in value &&
  areIds(value.old);
