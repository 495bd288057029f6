/** Where a draft stands in the chat, and the digest: what is remembered of it. */
import type { Memory } from '../../../domain/ports.ts';
import { isObject, parsed } from './json.ts';
import { formatRef, readRef } from './message-ref.ts';

/** The message that leads to the drafts without one of their own. */
export type DigestMark = {
  readonly chatId: string;
  readonly messageId: number;
  /** When it was sent, not when it was rewritten last. */
  readonly sentAt: Date;
  readonly text: string;
};

export type PlaceRows = {
  /** What is remembered as the draft's card, as it is kept; empty: nothing. */
  cardRow(key: string): Promise<string>;
  /** The message in this chat that is the draft's card now. */
  cardAt(chatId: string, key: string): Promise<number | undefined>;
  /** Undefined: it has none any more. */
  keepCardAt(chatId: string, key: string, messageId: number | undefined): Promise<void>;
  /** Whether only the digest leads to this draft. */
  held(key: string): Promise<boolean>;
  keepHeld(key: string, held: boolean): Promise<void>;
  digest(): Promise<DigestMark | undefined>;
  keepDigest(digest: DigestMark | undefined): Promise<void>;
  /** Whether this message was a card until a newer one took its place. */
  replaced(chatId: string, messageId: number): Promise<boolean>;
  keepReplaced(chatId: string, messageId: number): Promise<void>;
};

export function createPlaceRows(memory: Memory, put: Memory['set']): PlaceRows {
  return {
    cardRow: async (key) => (await memory.get(`card:${key}`)) ?? '',
    async cardAt(chatId, key) {
      const value = (await memory.get(`card:${key}`)) ?? '';
      // Earlier versions kept the number alone.
      const at = readRef(/^\d+$/.test(value) ? formatRef(chatId, Number(value)) : value);
      return at?.chatId === chatId && at.messageId > 0 ? at.messageId : undefined;
    },
    keepCardAt: (chatId, key, messageId) =>
      put(`card:${key}`, messageId === undefined ? '' : formatRef(chatId, messageId)),
    held: async (key) => (await memory.get(`held:${key}`)) === 'yes',
    async keepHeld(key, held) {
      // Most drafts never are: no row for them.
      if (held || (await memory.get(`held:${key}`)) !== undefined) await put(`held:${key}`, held ? 'yes' : 'no');
    },
    async digest() {
      const value = parsed(await memory.get('digest'));
      return isDigest(value) ? { ...value, sentAt: new Date(value.sentAt) } : undefined;
    },
    keepDigest: (digest) => put('digest', digest === undefined ? '' : JSON.stringify(digest)),
    replaced: async (chatId, messageId) => (await memory.get(`replaced:${chatId}:${messageId}`)) === 'yes',
    keepReplaced: (chatId, messageId) => put(`replaced:${chatId}:${messageId}`, 'yes'),
  };
}

type KeptDigest = Omit<DigestMark, 'sentAt'> & { readonly sentAt: string };

const isDigest = (value: unknown): value is KeptDigest =>
  isObject(value) &&
  'chatId' in value &&
  typeof value.chatId === 'string' &&
  'messageId' in value &&
  typeof value.messageId === 'number' &&
  'sentAt' in value &&
  typeof value.sentAt === 'string' &&
  !Number.isNaN(Date.parse(value.sentAt)) &&
  'text' in value &&
  typeof value.text === 'string';
