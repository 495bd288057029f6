/** The list of cards that are being sent, or were: those that nobody heard of may stand in the chat unseen. */
import { createKeyedLock } from '../../../lib/keyed-lock.ts';
import type { Remembered } from '../memory/memory.ts';
import type { MessageId } from '../messenger.ts';
import type { SendingMark } from '../memory/sending-rows.ts';

export type SendingMarks = {
  /** Those of which no card was remembered since. */
  inDoubt(): Promise<readonly SendingMark[]>;
  /** Before it is sent. Takes the place of the draft's earlier one. */
  add(key: string, trace: string): Promise<void>;
  /** Nothing is in doubt any more. */
  drop(key: string): Promise<void>;
  /** This message is the draft's card no longer, and is about to be forgotten as such. */
  forget(key: string, card: MessageId): Promise<void>;
};

const mostKept = 20;

export function createSendingMarks(remembered: Remembered): SendingMarks {
  // A card is forgotten while another is sent; neither may write over what the other changed.
  const lock = createKeyedLock();
  const cardOf = async (key: string) => (await remembered.cardAt(key)) ?? '';

  async function inDoubt(): Promise<readonly SendingMark[]> {
    const marks = await remembered.sending();
    const cards = await Promise.all(marks.map(({ key }) => cardOf(key)));
    return marks.filter((mark, at) => cards[at] === mark.before);
  }

  return {
    inDoubt,
    add: (key, trace) =>
      lock('', async () => {
        const others = (await inDoubt()).filter((mark) => mark.key !== key);
        const mark = { key, trace, before: await cardOf(key) };
        await remembered.keepSending([...others, mark].slice(-mostKept));
      }),
    drop: (key) =>
      lock('', async () => {
        const marks = await remembered.sending();
        const others = marks.filter((mark) => mark.key !== key);
        if (others.length < marks.length) await remembered.keepSending(others);
      }),
    forget: (key, card) =>
      lock('', async () => {
        // A draft without a card would look like one whose card is in doubt; but the next one may be on its way already.
        const marks = await remembered.sending();
        if (!marks.some((mark) => mark.key === key)) return;
        await remembered.keepSending(
          marks.flatMap((mark) => {
            if (mark.key !== key) return [mark];
            return mark.before === card ? [{ ...mark, before: '' }] : [];
          }),
        );
      }),
  };
}
