/** The messages below the cards of one idea: what is remembered of them. */
import type { Memory } from '../../../domain/ports.ts';
import { isDraftMark } from './draft-mark.ts';
import type { DraftMark } from './draft-mark.ts';
import { isObject, parsed } from './json.ts';
import type { MessageId, Place } from '../messenger.ts';
import { idIn } from './old-rows.ts';

export type SetMark = {
  /** Of the idea. */
  readonly id: string;
  readonly words: string;
  readonly chat: Place;
  /** Undefined while it is on its way. */
  readonly messageId: MessageId | undefined;
  /** When it was sent, not when it was rewritten last. */
  readonly sentAt: Date;
  /** Hash of how it looks; empty while nobody knows. */
  readonly look: string;
  /** Keys of the drafts that were said in it, and had cards of their own. */
  readonly members: readonly string[];
  /** What its buttons meant, the newest last: a tap means the list the person saw, also after a crash. */
  readonly lists: readonly (readonly DraftMark[])[];
  /** What was decided here last, and how. */
  readonly last: readonly DraftMark[];
  readonly verb: 'approve' | 'reject';
};

/** So many ideas at once; the oldest is said no more. */
export const mostSets = 20;
export const mostLists = 6;

export type SetRows = {
  sets(): Promise<readonly SetMark[]>;
  /** The newest last. */
  keepSets(sets: readonly SetMark[]): Promise<void>;
};

export function createSetRows(memory: Memory, put: Memory['set']): SetRows {
  return {
    async sets() {
      const value = parsed(await memory.get('sets'));
      return Array.isArray(value) ? value.filter(isKept).map(toMark) : [];
    },
    keepSets: (sets) => put('sets', JSON.stringify(sets.slice(-mostSets))),
  };
}

type Kept = Omit<SetMark, 'chat' | 'sentAt' | 'messageId'> & {
  readonly chat?: string;
  /** Of earlier versions. */
  readonly chatId?: string;
  readonly sentAt: string;
  readonly messageId?: unknown;
};

const toMark = ({ chatId = '', chat = chatId, ...kept }: Kept): SetMark => ({
  ...kept,
  chat,
  messageId: idIn(chat, kept.messageId),
  sentAt: new Date(kept.sentAt),
});

const isKept = (value: unknown): value is Kept =>
  isObject(value) &&
  ['id', 'words', 'sentAt', 'look'].every((name) => typeof Reflect.get(value, name) === 'string') &&
  ['chat', 'chatId'].some((name) => typeof Reflect.get(value, name) === 'string') &&
  !Number.isNaN(Date.parse(String(Reflect.get(value, 'sentAt')))) &&
  ['approve', 'reject'].includes(String(Reflect.get(value, 'verb'))) &&
  isList(Reflect.get(value, 'members'), (one) => typeof one === 'string') &&
  isList(Reflect.get(value, 'last'), isDraftMark) &&
  isList(Reflect.get(value, 'lists'), (list) => isList(list, isDraftMark));

const isList = (value: unknown, fits: (one: unknown) => boolean): boolean => Array.isArray(value) && value.every(fits);
