/**
 * Rows of versions that kept the number of a message alone, or beside the name of its chat: number `n` of chat `c` reads as
 * the id `c:n`, a section `t` of it as the place `c#t`, and 0 as none. The rows can't be listed, so they are read so for good, and written with whole ids. Only
 * here is an id put together or taken apart, and only for what was kept then.
 */
import type { MessageId, Place } from '../messenger.ts';
import { isObject } from './json.ts';

/** @param chat where a number stands; empty: nobody knows */
export function idIn(chat: string, value: unknown): MessageId | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && chat !== ''
    ? `${chat}:${value}`
    : undefined;
}

export const idsIn = (chat: string, values: readonly unknown[]): readonly MessageId[] =>
  values.flatMap((value) => idIn(chat, value) ?? []);

/** The section of this number in a chat; a chat by itself was 0, or no row at all. */
export function placeIn(chat: Place, topic: string | undefined): Place | undefined {
  if (chat === '' || topic === undefined) return undefined;
  return /^[1-9]\d*$/.test(topic) ? `${chat}#${topic}` : chat;
}

/** The chat of a message whose number stood beside others. */
export const chatOf = (id: MessageId): string => id.slice(0, Math.max(0, id.lastIndexOf(':')));

/** Its number there. */
export const numberOf = (id: MessageId): number => Number(id.slice(id.lastIndexOf(':') + 1));

export const isId = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number';
export const areIds = (value: unknown): value is readonly (string | number)[] =>
  Array.isArray(value) && value.every(isId);

/** Whether this row says that it is about this chat. */
export const isOfChat = (value: unknown, chat: string): boolean =>
  isObject(value) && Reflect.get(value, 'chatId') === chat;

/** Whether the number that was kept alone is that of this message. */
export const isNumberOf = (number: string | undefined, id: MessageId): boolean =>
  number !== undefined && /^\d+$/.test(number) && id === `${chatOf(id)}:${number}`;
