/** The messages that are cards or were: which one a ref means, and what becomes of it when a newer one takes its place. */
import { oneLine } from '../../../lib/words.ts';
import type { MessageId, Messenger } from '../messenger.ts';
import { cardHere, homeOf } from '../places.ts';
import { readDigestRef, readMessageRef } from '../memory/message-ref.ts';
import type { Remembered } from '../memory/memory.ts';
import { richText } from '../text/text.ts';
import type { SendingMarks } from './unconfirmed-marks.ts';

export type OldMessages = {
  /** The message in this chat that a ref names, or that was sent for a draft of the digest; undefined when there is none. */
  at(ref: string): Promise<MessageId | undefined>;
  /** Best effort. From then on a tap on it is answered with the newer card. */
  takeButtons(messageId: MessageId, words: string): Promise<void>;
  /** The same for the message a ref names; it is no longer the draft's card. */
  retire(ref: string, words: string): Promise<void>;
  /** It is no longer the draft's card. */
  forget(key: string, messageId: MessageId): Promise<void>;
};

export function createOldMessages(parts: {
  messenger: Messenger;
  remembered: Remembered;
  marks: SendingMarks;
}): OldMessages {
  const { messenger, remembered, marks } = parts;

  async function at(ref: string): Promise<MessageId | undefined> {
    const key = readDigestRef(ref);
    if (key !== undefined) return await cardHere(parts, key);
    const message = readMessageRef(ref);
    return message !== undefined && messenger.standsIn(message, await homeOf(messenger)) ? message : undefined;
  }

  async function takeButtons(messageId: MessageId, words: string): Promise<void> {
    await remembered.keepReplaced(messageId);
    const kind = (await remembered.isPicture(messageId)) ? 'picture' : 'text';
    await messenger.edit(messageId, richText(oneLine(words, 300)), [], kind);
  }

  async function forget(key: string, messageId: MessageId): Promise<void> {
    if ((await remembered.cardAt(key)) !== messageId) return;
    await marks.forget(key, messageId);
    await remembered.keepCardAt(key, undefined);
  }

  return {
    at,
    takeButtons,
    forget,
    async retire(ref, words) {
      // A draft of the digest had no message. If one was sent for it meanwhile, that is the newer one.
      const messageId = readDigestRef(ref) === undefined ? await at(ref) : undefined;
      if (messageId === undefined) return;
      const draft = await remembered.draftAt(messageId);
      const inDigest = draft !== undefined && (await remembered.held(draft.key));
      await takeButtons(messageId, inDigest ? 'This one waits among those that are said below.' : words);
      if (draft !== undefined) await forget(draft.key, messageId);
    },
  };
}
