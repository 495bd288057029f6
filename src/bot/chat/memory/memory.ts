/**
 * What the chat must know after a restart. Only hints for finding the right draft: whether something may still be done
 * is decided by the core, never by what stands here.
 */
import type { Sound } from '../buttons/action.ts';
import type { Memory } from '../../../domain/ports.ts';
import { isDraftMark } from './draft-mark.ts';
import type { DraftMark } from './draft-mark.ts';
import { isNumbers, isObject, parsed } from './json.ts';
import { createAskedRows } from './asked-rows.ts';
import type { AskedRows } from './asked-rows.ts';
import { createCutRows } from './cut-rows.ts';
import type { CutRows } from './cut-rows.ts';
import { createPlaceRows } from './placement-rows.ts';
import type { PlaceRows } from './placement-rows.ts';
import { createSetRows } from './set-rows.ts';
import type { SetRows } from './set-rows.ts';
import { readReview } from './review-rows.ts';
import type { ReviewMark } from './review-rows.ts';
import { readSending } from './sending-rows.ts';
import type { SendingMark } from './sending-rows.ts';

/** A question for a new text, a reason or a time, open until it is answered. */
export type Prompt = DraftMark & {
  readonly chatId: string;
  readonly messageId: number;
  readonly asks: Asked;
  /** In a group: who was asked, and until when nobody else may answer. */
  readonly by?: AskedPerson | undefined;
};
export type AskedPerson = { readonly id: number; readonly name: string; readonly until: number };
/** What the answer will do. */
export type Asked = 'edit' | 'reason' | 'approve' | 'comment';
const asked: readonly unknown[] = ['edit', 'reason', 'approve', 'comment'] satisfies readonly Asked[];

/** The messages above a long card. */
export type Above = {
  /** Hash of what they say; empty when there are none. */
  readonly digest: string;
  readonly ids: readonly number[];
  /** The card below them; 0 while it is not sent. */
  readonly card: number;
  /** Earlier ones that no longer count and may be taken away. */
  readonly old: readonly number[];
};

/** A message that changed a draft: all of its text, or the passage that the message stands for now. */
export type TextAnswer = { readonly key: string; readonly passage?: string | undefined };

export type { CutText } from './cut-rows.ts';
type Rows = PlaceRows & SetRows & CutRows & AskedRows;
export type Remembered = Rows & {
  draftAt(chatId: string, messageId: number): Promise<DraftMark | undefined>;
  keepDraftAt(chatId: string, messageId: number, draft: DraftMark): Promise<void>;
  /** Whether this message of ours is a picture: its words are a caption. */
  isPicture(chatId: string, messageId: number): Promise<boolean>;
  keepIsPicture(chatId: string, messageId: number): Promise<void>;
  /** The draft that a message of a person changed, so that correcting the message corrects the draft. */
  answerAt(chatId: string, messageId: number): Promise<TextAnswer | undefined>;
  keepAnswerAt(chatId: string, messageId: number, answer: TextAnswer): Promise<void>;
  /** Whether this message of a person was put to use, for a draft or a decision. */
  isUsed(chatId: string, messageId: number): Promise<boolean>;
  keepUsed(chatId: string, messageId: number): Promise<void>;
  /** Whether this is the first message of an album, a later one, or one after that was said. */
  placeInAlbum(album: string, messageId: number): Promise<'first' | 'next' | 'told'>;
  prompts(): Promise<readonly Prompt[]>;
  keepPrompts(prompts: readonly Prompt[]): Promise<void>;
  above(key: string): Promise<Above>;
  keepAbove(key: string, above: Above): Promise<void>;
  /** Whether something came without a sound for the hour, and a message in the morning is owed. */
  night(): Promise<boolean>;
  keepNight(owed: boolean): Promise<void>;
  sound(): Promise<Sound>;
  keepSound(sound: Sound): Promise<void>;
  /** The last time we heard the chat. */
  heard(): Promise<Date | undefined>;
  keepHeard(at: Date): Promise<void>;
  /** The one in this chat. */
  review(chatId: string): Promise<ReviewMark | undefined>;
  keepReview(review: ReviewMark): Promise<void>;
  /** Cards whose number may not be known. */
  sending(): Promise<readonly SendingMark[]>;
  keepSending(marks: readonly SendingMark[]): Promise<void>;
  /** A message that stands in this chat, not always the newest; undefined when none was ever sent there. */
  knownIn(chatId: string): Promise<number | undefined>;
  keepKnownIn(chatId: string, messageId: number): Promise<void>;
  /** Whether this stranger was told before; from now on yes. */
  greet(personId: number): Promise<'new' | 'known'>;
  /** The chat of whoever paired; undefined while nobody did. */
  home(): Promise<string | undefined>;
  keepHome(chatId: string): Promise<void>;
  /** Topics of a group by name. */
  topics(chatId: string): Promise<Readonly<Record<string, number>>>;
  keepTopics(chatId: string, topics: Readonly<Record<string, number>>): Promise<void>;
  /** Whether the group was told that no topics can be made. */
  topicsRefused(chatId: string): Promise<boolean>;
  keepTopicsRefused(chatId: string, refused: boolean): Promise<void>;
  /** The topic a draft's card lies in. */
  topicOf(key: string): Promise<number | undefined>;
  keepTopicOf(key: string, topic: number | undefined): Promise<void>;
  /** When somebody without a name was last told in this chat to write as himself. */
  namelessTold(chatId: string): Promise<Date | undefined>;
  keepNamelessTold(chatId: string, at: Date): Promise<void>;
  movedTo(chatId: string): Promise<string | undefined>;
  keepMovedTo(chatId: string, newId: string): Promise<void>;
};

const mostPrompts = 50;
/** Anybody may write to a bot: strangers must not make the record grow without end. */
const mostGreeted = 1_000;

/** Typed rows over a channel's memory. What can't be read counts as forgotten. */
export function createRemembered(memory: Memory): Remembered {
  const put = async (key: string, value: string) => {
    // Redraws are frequent and a write is synced to disk: write only what is new.
    if ((await memory.get(key)) !== value) await memory.set(key, value);
  };
  const read = async (key: string): Promise<unknown> => parsed(await memory.get(key));
  return {
    ...createMarks(memory, put),
    placeInAlbum: createAlbums(memory),
    ...createPlaceRows(memory, put),
    ...createSetRows(memory, put),
    ...createCutRows(memory, put),
    ...createAskedRows(memory, put),
    async draftAt(chatId, messageId) {
      const value = await read(`message:${chatId}:${messageId}`);
      return isDraftMark(value) ? value : undefined;
    },
    keepDraftAt: (chatId, messageId, { key, revision }) =>
      put(`message:${chatId}:${messageId}`, JSON.stringify({ key, revision })),
    isPicture: async (chatId, messageId) => (await memory.get(`picture:${chatId}:${messageId}`)) === 'yes',
    keepIsPicture: (chatId, messageId) => put(`picture:${chatId}:${messageId}`, 'yes'),
    async answerAt(chatId, messageId) {
      const value = await memory.get(`answer:${chatId}:${messageId}`);
      // Keys have no line breaks, and texts may be anything.
      const [, key, passage] = /^([^\n]+)(?:\n([^]*))?$/.exec(value ?? '') ?? [];
      return key === undefined ? undefined : { key, passage };
    },
    keepAnswerAt: (chatId, messageId, { key, passage }) =>
      put(`answer:${chatId}:${messageId}`, passage === undefined ? key : `${key}\n${passage}`),
    isUsed: async (chatId, messageId) =>
      (await memory.get(`answer:${chatId}:${messageId}`)) !== undefined ||
      (await memory.get(`used:${chatId}:${messageId}`)) === 'yes',
    keepUsed: (chatId, messageId) => put(`used:${chatId}:${messageId}`, 'yes'),
    async prompts() {
      const value = await read('prompts');
      // Questions of an earlier version asked for a new text.
      return Array.isArray(value)
        ? value.filter(isPrompt).map((prompt) => ({ ...prompt, asks: prompt.asks ?? 'edit' }))
        : [];
    },
    keepPrompts: (prompts) => put('prompts', JSON.stringify(prompts.slice(-mostPrompts))),
    async above(key) {
      const value = await read(`above:${key}`);
      return isAbove(value) ? value : { digest: '', ids: [], card: 0, old: [] };
    },
    keepAbove: (key, above) => put(`above:${key}`, JSON.stringify(above)),
    async review(chatId) {
      const mark = readReview(await read('review'), chatId);
      return mark?.chatId === chatId ? mark : undefined;
    },
    keepReview: (review) => put('review', JSON.stringify(review)),
    sending: async () => readSending(await read('sending')),
    keepSending: (marks) => put('sending', JSON.stringify(marks)),
    async greet(personId) {
      const value = await read('greeted');
      const known = isNumbers(value) ? value : [];
      if (known.includes(personId)) return 'known';
      await memory.set('greeted', JSON.stringify([...known, personId].slice(-mostGreeted)));
      return 'new';
    },
    ...createTopicMarks(memory, put),
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
    if (first === String(messageId)) return 'first';
    if (told === 'told') return 'told';
    const row = at === -1 ? `${album} ${messageId} new` : `${album} ${first} told`;
    await memory.set('albums', [...rows.filter((_, index) => index !== at), row].slice(-mostAlbums).join('\n'));
    return at === -1 ? 'first' : 'next';
  };
}

type Marks = Pick<
  Remembered,
  | 'night'
  | 'keepNight'
  | 'sound'
  | 'keepSound'
  | 'heard'
  | 'keepHeard'
  | 'namelessTold'
  | 'keepNamelessTold'
  | 'movedTo'
  | 'keepMovedTo'
  | 'home'
  | 'keepHome'
  | 'knownIn'
  | 'keepKnownIn'
>;

/** Single values about the chat as a whole. */
function createMarks(memory: Memory, put: Memory['set']): Marks {
  return {
    night: async () => (await memory.get('night')) === 'yes',
    keepNight: (owed) => put('night', owed ? 'yes' : 'no'),
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
    async namelessTold(chatId) {
      const at = new Date((await memory.get(`nameless:${chatId}`)) ?? '');
      return Number.isNaN(at.getTime()) ? undefined : at;
    },
    keepNamelessTold: (chatId, at) => put(`nameless:${chatId}`, at.toISOString()),
    movedTo: (chatId) => memory.get(`moved:${chatId}`),
    keepMovedTo: (chatId, newId) => put(`moved:${chatId}`, newId),
    home: () => memory.get('home'),
    keepHome: (chatId) => put('home', chatId),
    async knownIn(chatId) {
      const messageId = Number((await memory.get(`known:${chatId}`)) ?? 0);
      return Number.isInteger(messageId) && messageId > 0 ? messageId : undefined;
    },
    keepKnownIn: (chatId, messageId) => put(`known:${chatId}`, String(messageId)),
  };
}

type TopicMarks = Pick<
  Remembered,
  'topics' | 'keepTopics' | 'topicsRefused' | 'keepTopicsRefused' | 'topicOf' | 'keepTopicOf'
>;

function createTopicMarks(memory: Memory, put: Memory['set']): TopicMarks {
  return {
    async topics(chatId) {
      const value = parsed(await memory.get(`topics:${chatId}`));
      return isObject(value)
        ? Object.fromEntries(Object.entries(value).filter((entry) => Number.isInteger(entry[1])))
        : {};
    },
    keepTopics: (chatId, topics) => put(`topics:${chatId}`, JSON.stringify(topics)),
    topicsRefused: async (chatId) => (await memory.get(`topics_refused:${chatId}`)) === 'yes',
    keepTopicsRefused: (chatId, refused) => put(`topics_refused:${chatId}`, refused ? 'yes' : 'no'),
    async topicOf(key) {
      const topic = Number((await memory.get(`topic:${key}`)) ?? 0);
      return Number.isInteger(topic) && topic > 0 ? topic : undefined;
    },
    keepTopicOf: (key, topic) => put(`topic:${key}`, String(topic ?? 0)),
  };
}

const isPrompt = (value: unknown): value is Omit<Prompt, 'asks'> & { readonly asks?: Asked } =>
  isDraftMark(value) &&
  'chatId' in value &&
  typeof value.chatId === 'string' &&
  'messageId' in value &&
  typeof value.messageId === 'number' &&
  (!('asks' in value) || asked.includes(value.asks)) &&
  (!('by' in value) || isAskedPerson(value.by));

const isAskedPerson = (value: unknown): value is AskedPerson =>
  isObject(value) &&
  'id' in value &&
  typeof value.id === 'number' &&
  'name' in value &&
  typeof value.name === 'string' &&
  'until' in value &&
  typeof value.until === 'number';

const isAbove = (value: unknown): value is Above =>
  isObject(value) &&
  'digest' in value &&
  typeof value.digest === 'string' &&
  'ids' in value &&
  isNumbers(value.ids) &&
  'card' in value &&
  typeof value.card === 'number' &&
  'old' in value &&
  isNumbers(value.old);
