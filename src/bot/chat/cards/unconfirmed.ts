/**
 * Cards that may stand in the chat without our knowing where: we died, or the answer was lost, after the chat took one.
 * It is sent again, so the first would stand there with its buttons and never change. What finds it is kept before it is
 * sent; when it is found, it is rewritten and loses its buttons.
 */
import { createKeyedLock } from '../../../lib/keyed-lock.ts';
import type { MessageId, Messenger, Place, Sent } from '../messenger.ts';
import { homeOf } from '../places.ts';
import type { OldMessages } from './replaced-messages.ts';
import type { Remembered } from '../memory/memory.ts';
import type { SendingMark } from '../memory/sending-rows.ts';
import type { RichText } from '../text/text.ts';
import type { SendingMarks } from './unconfirmed-marks.ts';
import type { Answer, Trouble } from '../trouble.ts';

export type Doubts = {
  /**
   * Sends a card, one at a time; that it is being sent is remembered before.
   * @param stands keeps where it stands
   */
  send<T>(
    key: string,
    place: Place,
    words: RichText,
    call: () => Promise<Answer<Sent>>,
    stands: (sent: Sent) => Promise<T>,
  ): Promise<Answer<T>>;
  /** Looks for what is in doubt. @returns what kept us from it */
  settle(): Promise<Trouble | undefined>;
};

/** What the message below the cards of one idea goes by, among the keys of drafts. */
export const setKey = (id: string): string => `set/${id}`;
const isSet = ({ key }: SendingMark): boolean => key.startsWith(setKey(''));

type Parts = {
  readonly messenger: Messenger;
  readonly remembered: Remembered;
  readonly marks: SendingMarks;
  readonly old: OldMessages;
};

export function createDoubts(parts: Parts): Doubts {
  const { messenger, remembered, marks, old } = parts;
  // What is on its way stands where nobody knows yet: looked for at the same time, another one could lose its buttons.
  const lock = createKeyedLock();
  const isKnown = async (messageId: MessageId) => isLookedAfter(remembered, await homeOf(messenger), messageId);

  return {
    send: (key, place, words, call, stands) =>
      lock('', async () => {
        const trace = await messenger.trace?.(place, words);
        if (trace?.kind === 'trouble') return trace;
        if (trace !== undefined) await marks.add(key, trace.value);
        const answer = await call();
        if (answer.kind === 'ok') return { kind: 'ok', value: await stands(answer.value) };
        if (answer.trouble.kind !== 'answer_lost') await marks.drop(key);
        return answer;
      }),
    settle: () =>
      lock('', async () => {
        for (const mark of await marks.inDoubt()) {
          const found = await messenger.find?.(mark.trace, isKnown);
          if (found?.kind === 'trouble') return found.trouble;
          if (found?.value !== undefined) await old.takeButtons(found.value, belowWords(mark));
          await marks.drop(mark.key);
        }
        return undefined;
      }),
  };
}

const belowWords = (mark: SendingMark): string =>
  isSet(mark) ? 'The newest list of this idea is below.' : 'A newer card of this draft is below.';

/** Its buttons mean something else. */
const isLookedAfter = async (remembered: Remembered, chat: Place, messageId: MessageId): Promise<boolean> =>
  (await remembered.draftAt(messageId)) !== undefined ||
  (await remembered.replaced(messageId)) ||
  (await remembered.digest(chat))?.messageId === messageId ||
  (await remembered.sets()).some((mark) => mark.messageId === messageId);
