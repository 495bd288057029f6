/** The messages that are cards or were: which one a ref means, and what becomes of it when a newer one takes its place. */
import { oneLine } from '../../../lib/words.ts';
import type { Outgoing } from '../messenger.ts';
import { readDigestRef, readRef } from '../memory/message-ref.ts';
import type { Remembered } from '../memory/memory.ts';
import { richText } from '../text/text.ts';
import type { SendingMarks } from './unconfirmed-marks.ts';

export type OldMessages = {
  /** The message in this chat that a ref names, or that was sent for a draft of the digest; undefined when there is none. */
  at(ref: string): Promise<number | undefined>;
  /** Best effort. From then on a tap on it is answered with the newer card. */
  takeButtons(messageId: number, words: string): Promise<void>;
  /** The same for the message a ref names; it is no longer the draft's card. */
  retire(ref: string, words: string): Promise<void>;
  /** It is no longer the draft's card. */
  forget(key: string, messageId: number): Promise<void>;
};

export function createOldMessages(parts: {
  outgoing: Outgoing;
  remembered: Remembered;
  marks: SendingMarks;
}): OldMessages {
  const { outgoing, remembered, marks } = parts;

  async function at(ref: string): Promise<number | undefined> {
    const chatId = await outgoing.chatId();
    const key = readDigestRef(ref);
    if (key !== undefined) return remembered.cardAt(chatId, key);
    const message = readRef(ref);
    return message?.chatId === chatId ? message.messageId : undefined;
  }

  async function takeButtons(messageId: number, words: string): Promise<void> {
    const chatId = await outgoing.chatId();
    await remembered.keepReplaced(chatId, messageId);
    const kind = (await remembered.isPicture(chatId, messageId)) ? 'picture' : 'text';
    await outgoing.edit(messageId, richText(oneLine(words, 300)), [], kind);
  }

  async function forget(key: string, messageId: number): Promise<void> {
    const chatId = await outgoing.chatId();
    if ((await remembered.cardAt(chatId, key)) !== messageId) return;
    await marks.forget(key, await remembered.cardRow(key));
    await remembered.keepCardAt(chatId, key, undefined);
  }

  return {
    at,
    takeButtons,
    forget,
    async retire(ref, words) {
      // A draft of the digest had no message. If one was sent for it meanwhile, that is the newer one.
      const messageId = readDigestRef(ref) === undefined ? await at(ref) : undefined;
      if (messageId === undefined) return;
      const draft = await remembered.draftAt(await outgoing.chatId(), messageId);
      const inDigest = draft !== undefined && (await remembered.held(draft.key));
      await takeButtons(messageId, inDigest ? 'This one waits among those that are said below.' : words);
      if (draft !== undefined) await forget(draft.key, messageId);
    },
  };
}
