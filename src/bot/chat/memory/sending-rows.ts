/** Cards that are being sent, as they are remembered. */
import { isObject } from './json.ts';

/** A card that is being sent, or was. */
export type SendingMark = {
  readonly chatId: string;
  readonly key: string;
  /** The newest message that was known before it. */
  readonly after: number;
  /** Hash of its words. */
  readonly words: string;
};

export const readSending = (value: unknown): readonly SendingMark[] =>
  Array.isArray(value) ? value.filter(isSendingMark) : [];

const isSendingMark = (value: unknown): value is SendingMark =>
  isObject(value) &&
  'chatId' in value &&
  typeof value.chatId === 'string' &&
  'key' in value &&
  typeof value.key === 'string' &&
  'after' in value &&
  typeof value.after === 'number' &&
  'words' in value &&
  typeof value.words === 'string';
