/** Where a draft stands in the chat, and the digest: what is remembered of it. */
import type { Memory } from '../../../domain/ports.ts';
import { isObject, parsed } from './json.ts';
import type { MessageId, Place } from '../messenger.ts';
import { chatOf, idIn, isOfChat, placeIn } from './old-rows.ts';

/** The message that leads to the drafts without one of their own. */
export type DigestMark = {
  readonly place: Place;
  readonly messageId: MessageId;
  /** When it was sent, not when it was rewritten last. */
  readonly sentAt: Date;
  readonly text: string;
};

export type PlaceRows = {
  /** The message that is the draft's card now. */
  cardAt(key: string): Promise<MessageId | undefined>;
  /** Undefined: it has none any more. */
  keepCardAt(key: string, messageId: MessageId | undefined): Promise<void>;
  /** Whether only the digest leads to this draft. */
  held(key: string): Promise<boolean>;
  keepHeld(key: string, held: boolean): Promise<void>;
  /** Where the draft's card lies, or lay last. */
  placeOf(key: string): Promise<Place | undefined>;
  keepPlaceOf(key: string, place: Place): Promise<void>;
  /** The one in this chat. */
  digest(chat: Place): Promise<DigestMark | undefined>;
  keepDigest(chat: Place, digest: DigestMark | undefined): Promise<void>;
  /** Whether this message was a card until a newer one took its place. */
  replaced(messageId: MessageId): Promise<boolean>;
  keepReplaced(messageId: MessageId): Promise<void>;
};

/** @param home the chat where we ask: earlier versions kept the number of a card alone */
export function createPlaceRows(memory: Memory, put: Memory['set'], home: () => Promise<string>): PlaceRows {
  const cardAt = async (key: string): Promise<MessageId | undefined> => {
    const value = (await memory.get(`card:${key}`)) ?? '';
    return /^\d+$/.test(value) ? idIn(await home(), Number(value)) : idIn('', value);
  };
  return {
    cardAt,
    keepCardAt: (key, messageId) => put(`card:${key}`, messageId ?? ''),
    held: async (key) => (await memory.get(`held:${key}`)) === 'yes',
    async keepHeld(key, held) {
      // Most drafts never are: no row for them.
      if (held || (await memory.get(`held:${key}`)) !== undefined) await put(`held:${key}`, held ? 'yes' : 'no');
    },
    async placeOf(key) {
      const place = await memory.get(`place:${key}`);
      if (place !== undefined) return place;
      const card = await cardAt(key);
      return placeIn(card === undefined ? await home() : chatOf(card), await memory.get(`topic:${key}`));
    },
    keepPlaceOf: (key, place) => put(`place:${key}`, place),
    async digest(chat) {
      const own = await memory.get(`digest:${chat}`);
      const value = parsed(own ?? (await memory.get('digest')));
      if (!isDigest(value) || (own === undefined && !isOfChat(value, chat))) return undefined;
      const messageId = idIn(chat, value.messageId);
      if (messageId === undefined) return undefined;
      const { place = chat, sentAt, text } = value;
      return { messageId, place, sentAt: new Date(sentAt), text };
    },
    keepDigest: (chat, digest) => put(`digest:${chat}`, digest === undefined ? '' : JSON.stringify(digest)),
    replaced: async (messageId) => (await memory.get(`replaced:${messageId}`)) === 'yes',
    keepReplaced: (messageId) => put(`replaced:${messageId}`, 'yes'),
  };
}

type KeptDigest = {
  readonly place?: string;
  readonly messageId: unknown;
  readonly sentAt: string;
  readonly text: string;
};

const isDigest = (value: unknown): value is KeptDigest =>
  isObject(value) &&
  (!('place' in value) || typeof value.place === 'string') &&
  'messageId' in value &&
  'sentAt' in value &&
  typeof value.sentAt === 'string' &&
  !Number.isNaN(Date.parse(value.sentAt)) &&
  'text' in value &&
  typeof value.text === 'string';
