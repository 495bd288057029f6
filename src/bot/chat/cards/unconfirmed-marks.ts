/** The list of cards that are being sent, or were: those whose number nobody knows yet may stand in the chat unseen. */
import { createKeyedLock } from '../../../lib/keyed-lock.ts';
import type { Remembered } from '../memory/memory.ts';
import type { SendingMark } from '../memory/sending-rows.ts';

export type SendingMarks = {
  all(): Promise<readonly SendingMark[]>;
  /** Those whose number is not known. @param chatId the chat as it is now */
  inDoubt(chatId: string): Promise<readonly SendingMark[]>;
  /** Before it is sent. Takes the place of the draft's earlier one. */
  add(mark: SendingMark): Promise<void>;
  /** Nothing is in doubt any more. @param known a message that stands in the chat: the next search begins there */
  drop(key: string, chatId: string, known: number): Promise<void>;
};

const mostKept = 20;

export function createSendingMarks(remembered: Remembered): SendingMarks {
  // A card is forgotten while another is sent; neither may write over what the other changed.
  const lock = createKeyedLock();
  const all = () => remembered.sending();

  async function inDoubt(chatId: string): Promise<readonly SendingMark[]> {
    const marks = await all();
    const places = await Promise.all(marks.map(async ({ key }) => (await remembered.cardAt(chatId, key)) ?? 0));
    // In a chat that got a new id meanwhile, any number is one after it.
    return marks.filter((mark, at) => (places[at] ?? 0) <= (mark.chatId === chatId ? mark.after : 0));
  }

  return {
    all,
    inDoubt,
    add: (mark) =>
      lock('', async () => {
        const others = (await inDoubt(mark.chatId)).filter(({ key }) => key !== mark.key);
        await remembered.keepSending([...others, mark].slice(-mostKept));
      }),
    drop: (key, chatId, known) =>
      lock('', async () => {
        const marks = await all();
        const others = marks.filter((mark) => mark.key !== key);
        if (others.length === marks.length) return;
        await remembered.keepKnownIn(chatId, Math.max(known, (await remembered.knownIn(chatId)) ?? 0));
        await remembered.keepSending(others);
      }),
  };
}
