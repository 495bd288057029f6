/** The open questions for a new text, a reason or a time: one per draft at most, and they survive a restart. */
import type { Actor } from '../../../domain/actor.ts';
import type { Card } from '../../../domain/card.ts';
import type { Door } from '../../../domain/ports.ts';
import type { Clock } from '../../../lib/clock.ts';
import { localClock } from '../../../lib/local-time.ts';
import { oneLine, strange } from '../../../lib/words.ts';
import type { DraftMark } from '../memory/draft-mark.ts';
import { button } from '../buttons/button.ts';
import { homeOf } from '../places.ts';
import type { MessageId, Messenger, Place, Press, Said } from '../messenger.ts';
import type { Asked, AskedPerson, Prompt, Remembered } from '../memory/memory.ts';
import { messageLimit, ownWords, paragraphs, richText } from '../text/text.ts';
import type { RichText } from '../text/text.ts';
import { encodeWish } from '../buttons/action.ts';

export type Prompts = {
  /** A button that needs words: sends the question, for a new text with the present one in it for copying. */
  open(press: Press, draft: DraftMark, asks: Asked): Promise<void>;
  at(messageId: MessageId): Promise<Prompt | undefined>;
  /** The question for a new text that can still be answered, when there is exactly one; the others are taken away. */
  only(): Promise<Prompt | undefined>;
  /** Asks whether a message that replied to nothing answers the open question. */
  askWhether(said: Said, prompt: Prompt): Promise<void>;
  /** Takes the question about this draft away. */
  close(key: string): Promise<void>;
};

/** In a group nobody else may answer for so long. */
const reservedMs = 10 * 60_000;

export function createPrompts(parts: {
  messenger: Messenger;
  door: Door;
  remembered: Remembered;
  clock: Clock;
}): Prompts {
  const { messenger, door, remembered, clock } = parts;

  async function close(key: string): Promise<void> {
    const all = await remembered.prompts();
    const closing = all.filter((prompt) => prompt.key === key);
    if (closing.length === 0) return;
    await remembered.changePrompts((prompts) =>
      prompts.filter((prompt) => !closing.some(({ messageId }) => messageId === prompt.messageId)),
    );
    // A message that opened the input field can't be edited, only taken away.
    await messenger.remove(closing.map(({ messageId }) => messageId));
  }

  return {
    close,
    async open(press, draft, asks) {
      const card = await door.card(draft.key);
      const obstacle = obstacleTo(messenger.label, card, draft, asks);
      if (card === undefined || obstacle !== '') return messenger.answer(press, obstacle, 'alert');
      await messenger.answer(press, `Reply with the ${wording[asks].noun}.`, 'toast');
      await close(draft.key);
      const by = askedPerson(press, clock.now());
      const question = wording[asks].question(card);
      const sent = await messenger.send(
        await placeOf(messenger, press),
        by === undefined ? question : addressed(press.actor, question),
        {
          asks: wording[asks].hint,
          selective: by !== undefined,
          replyTo: press.messageId,
          silent: true,
        },
      );
      if (sent.kind === 'trouble') throw new Error(`the question could not be sent: ${sent.trouble.words}`);
      const { key, revision } = draft;
      const prompt = { key, revision, asks, messageId: sent.value.messageId, ...(by === undefined ? {} : { by }) };
      await remembered.changePrompts((prompts) => [...prompts, prompt]);
    },
    at: async (messageId) => (await remembered.prompts()).find((prompt) => prompt.messageId === messageId),
    async only() {
      for (const prompt of await remembered.prompts()) {
        if (obstacleTo(messenger.label, await door.card(prompt.key), prompt, prompt.asks) !== '')
          await close(prompt.key);
      }
      const texts = (await remembered.prompts()).filter(({ asks }) => asks === 'edit');
      const [first, ...others] = texts;
      return others.length === 0 ? first : undefined;
    },
    askWhether: (said, prompt) => askWhether({ messenger, door }, said, prompt),
  };
}

/** Where it was pressed; a message that can't be found again may have stood anywhere. */
const placeOf = async (messenger: Messenger, { place }: Press): Promise<Place> =>
  place === '' ? await homeOf(messenger) : place;

async function askWhether(
  { messenger, door }: { messenger: Messenger; door: Door },
  said: Said,
  { key, revision }: Prompt,
): Promise<void> {
  const card = await door.card(key);
  const buttons = [
    button('Yes, use it', encodeWish({ kind: 'use_text', key, revision })),
    button('No', encodeWish({ kind: 'drop_text' })),
  ];
  const words = `Use this as the new text for ${card?.title ?? 'the draft'}?`;
  await messenger.reply(said, ownWords(words), [{ buttons }]);
}

/** Undefined in private: there is nobody else. */
const askedPerson = ({ shared, actor }: Press, now: Date): AskedPerson | undefined =>
  shared ? { id: actor.id, name: actor.name, until: now.getTime() + reservedMs } : undefined;

/** Naming somebody by id opens the input field for them and for nobody else. */
const addressed = (actor: Actor, question: RichText): RichText =>
  paragraphs([richText(['text_mention', actor.name, actor]), question]);

/** Why this person may not answer this question yet; empty when they may. */
export const reservedFor = ({ by }: Prompt, personId: string, now: Date): string =>
  by === undefined || by.id === personId || now.getTime() >= by.until
    ? ''
    : `I asked ${strange(by.name, 40)}, until ${localClock(new Date(by.until))}. To say it yourself, reply to the card.`;

const question = ({ title, text }: Card) =>
  richText(
    'New text for ',
    ['bold', title],
    '? Send it as a reply to this message.',
    ...(text === '' ? [] : [' To start from the present one, tap it to copy:\n\n', ['pre', text] as const]),
  );

const whyQuestion = ({ title }: Card) =>
  richText('Why was ', ['bold', title], ' rejected? Send it as a reply to this message.');

const timeQuestion = ({ title }: Card) =>
  richText(
    'Approve ',
    ['bold', title],
    ' for when? Reply with a time like 14:30, tomorrow 9:00 or 2026-02-19 14:30. The text is approved as the card shows it.',
  );

const wording: Readonly<Record<Asked, { noun: string; hint: string; question: (card: Card) => RichText }>> = {
  edit: { noun: 'new text', hint: 'Send the new text', question },
  reason: { noun: 'reason', hint: 'Why was it rejected?', question: whyQuestion },
  approve: { noun: 'time', hint: '14:30', question: timeQuestion },
};

/** Why there is nothing to ask; empty when there is. */
function obstacleTo(label: string, card: Card | undefined, { revision }: DraftMark, asks: Asked): string {
  if (card === undefined) return "I don't know this draft any more.";
  if (asks === 'reason') return card.mood === 'rejected' ? '' : 'It is not rejected any more.';
  if (asks === 'approve' && !card.verbs.includes('approve')) return 'This draft can’t be approved now.';
  if (!card.verbs.includes('edit')) return `This draft can't be edited now: ${oneLine(card.standing, 100)}`;
  if (card.revision !== revision) return 'This draft changed since. Please use the newest card.';
  // 300: room for the words around it.
  if (asks === 'edit' && card.text.length > messageLimit - 300) {
    return `This text is longer than one ${label} message. Please edit the file in the vault instead.`;
  }
  return '';
}
