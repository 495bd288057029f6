/** Texts that an app cut into several messages, until somebody says how the pieces belong together. */
import type { Memory } from '../../../domain/ports.ts';
import { isDraftMark } from './draft-mark.ts';
import type { DraftMark } from './draft-mark.ts';
import { isObject, parsed } from './json.ts';
import type { MessageId, Place } from '../messenger.ts';
import { chatOf, idIn, isId } from './old-rows.ts';
import type { Passage } from '../text/quoted-passage.ts';
import { isJoining } from '../buttons/action.ts';
import type { Joint } from '../buttons/action.ts';

/** The draft as it was when the text came, the pieces in order, and what is known of the cuts between them. */
export type CutText = DraftMark & {
  readonly pieces: readonly { readonly id: MessageId; readonly text: string }[];
  readonly joints: readonly Joint['with'][];
  /** The text stands for this part of the draft's only, as it was quoted from `message`. */
  readonly passage?: Passage & { readonly message: string };
};

export type CutRows = {
  /** By the message that holds the first piece. */
  cutTextAt(first: MessageId): Promise<CutText | undefined>;
  keepCutText(first: MessageId, cut: CutText): Promise<void>;
  /** The first piece of the text that this message is a piece of. */
  cutTextOf(piece: MessageId): Promise<MessageId | undefined>;
  /** A long text that was used as it came: what comes just behind it may be its rest. */
  longAnswer(chat: Place, personId: string): Promise<LongAnswer | undefined>;
  keepLongAnswer(chat: Place, personId: string, answer: LongAnswer): Promise<void>;
};

/** `date`: of the message, in seconds of the chat’s clock. */
export type LongAnswer = { readonly key: string; readonly date: number };

export function createCutRows(memory: Memory, put: Memory['set']): CutRows {
  return {
    async cutTextAt(first) {
      const value = parsed(await memory.get(`cut:${first}`));
      if (!isCutText(value)) return undefined;
      const pieces = value.pieces.flatMap(({ id, text }) => {
        const piece = idIn(chatOf(first), id);
        return piece === undefined ? [] : [{ id: piece, text }];
      });
      return { ...value, pieces };
    },
    async keepCutText(first, cut) {
      await put(`cut:${first}`, JSON.stringify(cut));
      for (const { id } of cut.pieces) await put(`cut_piece:${id}`, first);
    },
    async cutTextOf(piece) {
      const first = await memory.get(`cut_piece:${piece}`);
      return first !== undefined && /^\d+$/.test(first) ? idIn(chatOf(piece), Number(first)) : idIn('', first);
    },
    async longAnswer(chat, personId) {
      const value = parsed(await memory.get(`long_answer:${chat}:${personId}`));
      return isLongAnswer(value) ? value : undefined;
    },
    keepLongAnswer: (chat, personId, answer) =>
      put(`long_answer:${chat}:${personId}`, JSON.stringify({ key: answer.key, date: answer.date })),
  };
}

const isLongAnswer = (value: unknown): value is LongAnswer =>
  isObject(value) &&
  'key' in value &&
  typeof value.key === 'string' &&
  'date' in value &&
  typeof value.date === 'number';

type Kept = Omit<CutText, 'pieces'> & { readonly pieces: readonly { readonly id: unknown; readonly text: string }[] };

const isCutText = (value: unknown): value is Kept =>
  isDraftMark(value) &&
  'pieces' in value &&
  Array.isArray(value.pieces) &&
  value.pieces.every(isPiece) &&
  'joints' in value &&
  Array.isArray(value.joints) &&
  value.joints.every((joint) => typeof joint === 'string' && isJoining(joint)) &&
  (!('passage' in value) || isPassage(value.passage));

const isPiece = (value: unknown): boolean =>
  isObject(value) && 'id' in value && isId(value.id) && 'text' in value && typeof value.text === 'string';

const isPassage = (value: unknown): boolean =>
  isObject(value) &&
  'text' in value &&
  typeof value.text === 'string' &&
  'message' in value &&
  typeof value.message === 'string' &&
  (!('at' in value) || typeof value.at === 'number');
