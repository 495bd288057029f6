/** What the chat must know about the pictures of a card after a restart: what stands where, and what could not be shown. */
import type { Memory } from '../../../domain/ports.ts';
import type { Remembered } from '../memory/memory.ts';
import { areIds, idIn, idsIn, isId } from '../memory/old-rows.ts';
import type { MessageId } from '../messenger.ts';

export type ShownMedia = {
  /** Names the files; empty when there are none. */
  readonly digest: string;
  /** The messages above the card that show them; none when the card itself is the picture. */
  readonly ids: readonly MessageId[];
  /** How many of the files are dealt with: shown, or given up. */
  readonly handled: number;
  /** Those that could not be shown, by their place among the files, and why. */
  readonly missing: readonly { readonly at: number; readonly why: string }[];
  /** Tries that failed for reasons that pass. */
  readonly tries: number;
  /** The card that asks about them; undefined while it is not sent. */
  readonly card: MessageId | undefined;
  readonly isPicture: boolean;
  /** Earlier messages that no longer count and may be taken away. */
  readonly old: readonly MessageId[];
};

export const noMedia: ShownMedia = {
  digest: '',
  ids: [],
  handled: 0,
  missing: [],
  tries: 0,
  card: undefined,
  isPicture: false,
  old: [],
};

export type MediaMemory = {
  of(key: string): Promise<ShownMedia>;
  keep(key: string, shown: ShownMedia): Promise<void>;
};

/** What can't be read counts as forgotten. */
export function createMediaMemory(memory: Memory, remembered: Pick<Remembered, 'chatOfCard'>): MediaMemory {
  return {
    async of(key) {
      try {
        const value: unknown = JSON.parse((await memory.get(`media:${key}`)) ?? 'null');
        if (!isShown(value)) return noMedia;
        const chat = await remembered.chatOfCard(key);
        const { ids, card, old } = value;
        return { ...value, ids: idsIn(chat, ids), card: idIn(chat, card), old: idsIn(chat, old) };
      } catch {
        return noMedia;
      }
    },
    async keep(key, shown) {
      const value = JSON.stringify(shown);
      // A write is synced to disk: write only what is new.
      if ((await memory.get(`media:${key}`)) !== value) await memory.set(`media:${key}`, value);
    },
  };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isMissing = (value: unknown): boolean =>
  isObject(value) && typeof value['at'] === 'number' && typeof value['why'] === 'string';

type Kept = Omit<ShownMedia, 'ids' | 'card' | 'old'> & {
  readonly ids: readonly unknown[];
  readonly card?: unknown;
  readonly old: readonly unknown[];
};

function isShown(value: unknown): value is Kept {
  if (!isObject(value) || typeof value['digest'] !== 'string' || typeof value['isPicture'] !== 'boolean') return false;
  const { missing } = value;
  return (
    areIds(value['ids']) &&
    areIds(value['old']) &&
    (value['card'] === undefined || isId(value['card'])) &&
    ['handled', 'tries'].every((name) => typeof value[name] === 'number') &&
    Array.isArray(missing) &&
    missing.every(isMissing)
  );
}
