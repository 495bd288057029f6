/** Cards that are being sent, as they are remembered. */
import type { Memory } from '../../../domain/ports.ts';
import { isObject, parsed } from './json.ts';
import type { MessageId } from '../messenger.ts';
import { chatOf, numberOf } from './old-rows.ts';

/** A card that is being sent, or was. */
export type SendingMark = {
  readonly key: string;
  /** What finds it, should nobody hear that it arrived. Empty: nothing does. */
  readonly trace: string;
  /** What was the draft's card before, as it was remembered; empty: it had none. */
  readonly before: string;
};

export type SendingRows = {
  /** Cards that may stand in the chat without our knowing where. */
  sending(): Promise<readonly SendingMark[]>;
  keepSending(marks: readonly SendingMark[]): Promise<void>;
};

/** @param cardAt the message that is the draft's card now */
export function createSendingRows(
  memory: Memory,
  put: Memory['set'],
  cardAt: (key: string) => Promise<MessageId | undefined>,
): SendingRows {
  return {
    async sending() {
      const value = parsed(await memory.get('sending'));
      const marks = Array.isArray(value) ? value.filter(isMark) : [];
      return await Promise.all(
        marks.map(async (mark) => ('trace' in mark ? mark : asNow(mark, await cardAt(mark.key)))),
      );
    },
    keepSending: (marks) => put('sending', JSON.stringify(marks)),
  };
}

/** As earlier versions kept it: with the newest number that was known before. */
type OldMark = { readonly chatId: string; readonly key: string; readonly after: number; readonly words: string };

/** What they kept is the trace. The card that stood there then is known by its number, and so is one that came after it. */
function asNow({ key, ...trace }: OldMark, card: MessageId | undefined): SendingMark {
  const isBefore = card !== undefined && chatOf(card) === trace.chatId && numberOf(card) <= trace.after;
  return { key, trace: JSON.stringify(trace), before: isBefore ? card : '' };
}

const isMark = (value: unknown): value is SendingMark | OldMark =>
  isObject(value) &&
  (hasStrings(value, ['key', 'trace', 'before']) ||
    (hasStrings(value, ['key', 'chatId', 'words']) && typeof Reflect.get(value, 'after') === 'number'));

const hasStrings = (value: object, names: readonly string[]): boolean =>
  names.every((name) => typeof Reflect.get(value, name) === 'string');
