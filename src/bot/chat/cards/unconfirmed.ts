/**
 * Cards that may stand in the chat without our knowing where: we died, or the answer was lost, after the chat took one.
 * It is sent again, so the first would stand there with its buttons and never change. Its number is one of those right
 * after the newest we knew; there it is looked for, and it loses its buttons. A chat of which no number is known gets a
 * message without buttons first, so that its very first card can be found too.
 */
import { sha256 } from '../../../lib/hash.ts';
import { createKeyedLock } from '../../../lib/keyed-lock.ts';
import type { Sent } from '../messenger.ts';
import type { Newest } from '../messenger.ts';
import type { OldMessages } from './replaced-messages.ts';
import type { Outgoing } from '../messenger.ts';
import type { Remembered } from '../memory/memory.ts';
import type { SendingMark } from '../memory/sending-rows.ts';
import { richText } from '../text/text.ts';
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
    words: RichText,
    call: () => Promise<Answer<Sent>>,
    stands: (sent: Sent) => Promise<T>,
  ): Promise<Answer<T>>;
  /** Looks for what is in doubt. @returns what kept us from it */
  settle(): Promise<Trouble | undefined>;
};

const hello = ({ command }: Outgoing): string =>
  `What needs your approval comes into this chat from now on. ${command('help')} says what you can do here.`;

/** So many numbers after the newest are tried: people and other messages may have come in between. */
const tried = 20;

/** What the message below the cards of one idea goes by, among the keys of drafts. */
export const setKey = (id: string): string => `set/${id}`;
const isSet = ({ key }: SendingMark): boolean => key.startsWith(setKey(''));

type Parts = {
  readonly outgoing: Outgoing;
  readonly newest: Newest;
  readonly remembered: Remembered;
  readonly marks: SendingMarks;
  readonly old: OldMessages;
};

export function createDoubts(parts: Parts): Doubts {
  const { outgoing, newest, remembered, marks } = parts;
  // What is on its way has a number nobody knows yet: looked for at the same time, another one could lose its buttons.
  const lock = createKeyedLock();

  /** @returns the newest message known in the chat; 0 when none ever was */
  async function newestIn(chatId: string, key: string): Promise<number> {
    // Before anything was sent or heard since the start, what is on record.
    const sent = await marks.all();
    newest.known(chatId, (await remembered.knownIn(chatId)) ?? 0);
    for (const { after } of sent.filter((mark) => mark.chatId === chatId)) newest.known(chatId, after);
    for (const one of [key, ...sent.map((mark) => mark.key)]) {
      newest.known(chatId, (await remembered.cardAt(chatId, one)) ?? 0);
    }
    return newest.in(chatId);
  }

  /**
   * In General, where topics are used. Should its answer be lost, it stands there twice, and is as true as before.
   * @returns what kept it from being sent, and will keep the card
   */
  async function sayHello(): Promise<Trouble | undefined> {
    const answer = await outgoing.send(richText(hello(outgoing)), { silent: true });
    if (answer.kind === 'ok') await remembered.keepKnownIn(await outgoing.chatId(), answer.value.messageId);
    return answer.kind === 'ok' || goesOn.has(answer.trouble.kind) ? undefined : answer.trouble;
  }

  /** @returns what keeps it from being sent */
  async function begin(key: string, { text }: RichText): Promise<Trouble | undefined> {
    const trouble = (await newestIn(await outgoing.chatId(), key)) === 0 ? await sayHello() : undefined;
    if (trouble !== undefined) return trouble;
    // Asked again: the chat may have got a new id.
    const chatId = await outgoing.chatId();
    await marks.add({ chatId, key, after: await newestIn(chatId, key), words: hashOf(text) });
    return undefined;
  }

  /** It was not taken, or was looked for. */
  async function drop(key: string): Promise<void> {
    const chatId = await outgoing.chatId();
    await marks.drop(key, chatId, await newestIn(chatId, key));
  }

  return {
    send: (key, words, call, stands) =>
      lock('', async () => {
        const trouble = await begin(key, words);
        if (trouble !== undefined) return { kind: 'trouble', trouble };
        const answer = await call();
        if (answer.kind === 'ok') return { kind: 'ok', value: await stands(answer.value) };
        if (answer.trouble.kind !== 'answer_lost') await drop(key);
        return answer;
      }),
    settle: () =>
      lock('', async () => {
        const chatId = await outgoing.chatId();
        for (const mark of await marks.inDoubt(chatId)) {
          // Without a hello, it could be any message of the chat.
          const canBeFound = mark.chatId === chatId && mark.after > 0;
          const trouble = canBeFound ? await takeAway(parts, mark) : undefined;
          if (trouble !== undefined) return trouble;
          await drop(mark.key);
        }
        return undefined;
      }),
  };
}

/** Tries the numbers it may have. */
async function takeAway(parts: Parts, mark: SendingMark): Promise<Trouble | undefined> {
  for (let messageId = mark.after + 1; messageId <= mark.after + tried; messageId += 1) {
    const found = await isIt(parts, mark, messageId);
    if (found === true) {
      await parts.old.takeButtons(
        messageId,
        isSet(mark) ? 'The newest list of this idea is below.' : 'A newer card of this draft is below.',
      );
      return undefined;
    }
    if (found !== false) return found;
  }
  return undefined;
}

/** Asked by taking its buttons: the answer is the message. Another one of ours may lose its buttons, but never its words. */
async function isIt(
  { outgoing, remembered }: Parts,
  { chatId, words }: SendingMark,
  messageId: number,
): Promise<boolean | Trouble> {
  if (await isKnown(remembered, chatId, messageId)) return false;
  const answer = await outgoing.takeKeyboard(messageId);
  if (answer.kind === 'ok') return hashOf(answer.value) === words;
  return none.has(answer.trouble.kind) ? false : answer.trouble;
}

/** Its buttons are looked after. */
const isKnown = async (remembered: Remembered, chatId: string, messageId: number): Promise<boolean> =>
  (await remembered.draftAt(chatId, messageId)) !== undefined ||
  (await remembered.replaced(chatId, messageId)) ||
  (await remembered.digest())?.messageId === messageId ||
  (await remembered.sets()).some((mark) => mark.chatId === chatId && mark.messageId === messageId);

/** No hello in a General that is closed: the card may lie in another topic. */
const goesOn: ReadonlySet<Trouble['kind']> = new Set(['topic_gone', 'rejected']);

/** Nothing of ours stands there, or nothing with buttons. */
const none: ReadonlySet<Trouble['kind']> = new Set(['unchanged', 'message_gone', 'other_kind', 'rejected']);

// A chat may take blanks away at both ends.
const hashOf = (words: string): string => sha256(words.trim());
