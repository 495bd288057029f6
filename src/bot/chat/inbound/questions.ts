/** The open questions for a new text, a reason or a time, one per draft at most, and for comments. They survive a restart. */
import { nameOf } from '../../../domain/card.ts';
import type { Card } from '../../../domain/card.ts';
import type { Door } from '../../../domain/ports.ts';
import type { Clock } from '../../../lib/clock.ts';
import { localClock } from '../../../lib/local-time.ts';
import { oneLine, strange } from '../../../lib/words.ts';
import type { DraftMark } from '../memory/draft-mark.ts';
import { askBelow } from './asked-about.ts';
import { button } from '../buttons/button.ts';
import type { QuestionField, MessageId, Messenger, Press, Question, Said } from '../messenger.ts';
import type { Asked, AskedPerson, Prompt, Remembered } from '../memory/memory.ts';
import { messageLimit, ownWords, richText } from '../text/text.ts';
import type { RichText } from '../text/text.ts';
import { decodeWish, encodeWish } from '../buttons/action.ts';
import type { PlainVerb } from '../buttons/action.ts';

export type Prompts = {
  /** A button that needs words: sends the question, for a new text with the present one in it for copying. */
  open(press: Press, draft: DraftMark, asks: Asked): Promise<void>;
  at(messageId: MessageId): Promise<Prompt | undefined>;
  /** The question for a new text that can still be answered, when there is exactly one; the others are taken away. */
  only(): Promise<Prompt | undefined>;
  /** Asks whether a message that replied to nothing answers the open question; what it says is kept until then. */
  askWhether(said: Said, prompt: Prompt): Promise<void>;
  /** Takes the question about this draft away; nobody is kept from commenting. */
  close(key: string): Promise<void>;
  /** Takes this one away. */
  drop(prompt: Prompt): Promise<void>;
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

  /** These questions make way for this one, or for none. */
  async function replace(isOver: (prompt: Prompt) => boolean, next: readonly Prompt[]): Promise<void> {
    const all = await remembered.prompts();
    const closing = all.filter(isOver);
    if (closing.length + next.length === 0) return;
    await remembered.changePrompts((prompts) => [
      ...prompts.filter(({ messageId }) => !closing.some((one) => one.messageId === messageId)),
      ...next,
    ]);
    // A message that opened the input field can't be edited, only taken away.
    await messenger.remove(closing.map(({ messageId }) => messageId));
  }
  const isAbout = (key: string) => (prompt: Prompt) => prompt.key === key && prompt.asks !== 'comment';
  const close = (key: string): Promise<void> => replace(isAbout(key), []);

  return {
    close,
    drop: ({ messageId }) => replace((one) => one.messageId === messageId, []),
    async open(press, draft, asks) {
      const card = await door.card(draft.key);
      const obstacle = obstacleTo(messenger.label, card, draft, asks);
      if (card === undefined || obstacle !== '') return messenger.answer(press, obstacle, 'alert');
      const sent = await messenger.ask(press, questionFor(card, draft, asks));
      if (sent.kind === 'trouble' && sent.trouble.kind === 'expired') {
        return messenger.answer(press, 'That took too long. Please tap once more.', 'alert');
      }
      if (sent.kind === 'trouble') throw new Error(`the question could not be sent: ${sent.trouble.words}`);
      const { key, revision } = draft;
      // What takes time comes after the question: a form may open only at once.
      const by = askedPerson(press, clock.now());
      // One person's comment is no other one's, and takes no question away that is to change the draft.
      const isOver =
        asks === 'comment'
          ? (one: Prompt) => one.key === key && one.asks === 'comment' && one.by?.id === by?.id
          : isAbout(key);
      if (sent.value === undefined) return replace(isOver, []);
      const { messageId } = sent.value;
      await replace(isOver, [{ key, revision, asks, messageId, ...(by === undefined ? {} : { by }) }]);
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
    askWhether: (said, prompt) => askWhether(parts, said, prompt),
  };
}

async function askWhether(
  { messenger, door, remembered }: { messenger: Messenger; door: Door; remembered: Remembered },
  said: Said,
  { key, revision }: Prompt,
): Promise<void> {
  const card = await door.card(key);
  const buttons = [
    button('Yes, use it', encodeWish({ kind: 'use_text', key, revision })),
    button('No', encodeWish({ kind: 'drop_text' })),
  ];
  const words = `Use this as the new text for ${card === undefined ? 'the draft' : nameOf(card)}?`;
  await remembered.keepSaidText(said.messageId, said.text);
  await askBelow({ messenger, remembered }, said, ownWords(words), [{ buttons }]);
}

/** Undefined in private: there is nobody else. */
const askedPerson = ({ shared, actor }: Press, now: Date): AskedPerson | undefined =>
  shared ? { id: actor.id, name: actor.name, until: now.getTime() + reservedMs } : undefined;

/** Why this person may not answer this question yet; empty when they may. */
export const reservedFor = ({ by }: Prompt, personId: string, now: Date): string =>
  by === undefined || by.id === personId || now.getTime() >= by.until
    ? ''
    : `I asked ${strange(by.name, 40)}, until ${localClock(new Date(by.until))}. To say it yourself, reply to the card.`;

/** The one field of a question. */
export const answerField = 'text';

type Wording = {
  readonly field: Pick<QuestionField, 'words' | 'hint' | 'lines'>;
  /** Above the field of a form, and with what a reply needs to know. */
  readonly message: (card: Card) => RichText;
  readonly forReply: (card: Card) => RichText;
};

const neverOut = 'It stays with the draft and never goes out.';
const asReply = 'Send it as a reply to this message.';

const wording: Readonly<Record<Asked, Wording>> = {
  edit: {
    field: { words: 'New text', hint: 'Send the new text', lines: 'many' },
    message: (card) => richText('New text for ', ['bold', nameOf(card)], '?'),
    forReply: (card) =>
      richText(
        'New text for ',
        ['bold', nameOf(card)],
        `? ${asReply}`,
        ...(card.text === ''
          ? []
          : [' To start from the present one, tap it to copy:\n\n', ['pre', card.text] as const]),
      ),
  },
  reason: {
    field: { words: 'Reason', hint: 'Why was it rejected?', lines: 'one' },
    message: (card) => richText('Why was ', ['bold', nameOf(card)], ' rejected?'),
    forReply: (card) => richText('Why was ', ['bold', nameOf(card)], ` rejected? ${asReply}`),
  },
  comment: {
    field: { words: 'Comment', hint: 'Your comment', lines: 'many' },
    message: (card) => richText('Your comment on ', ['bold', nameOf(card)], `. ${neverOut}`),
    forReply: (card) => richText('Your comment on ', ['bold', nameOf(card)], `? ${asReply} ${neverOut}`),
  },
  approve: {
    field: { words: 'Time', hint: '14:30', lines: 'one' },
    message: (card) =>
      richText(
        'Approve ',
        ['bold', nameOf(card)],
        ` for when? For example ${timeForms}. The text is approved as the card shows it.`,
      ),
    forReply: (card) =>
      richText(
        'Approve ',
        ['bold', nameOf(card)],
        ` for when? Reply with a time like ${timeForms}. The text is approved as the card shows it.`,
      ),
  },
};

export const unreadableTime = 'I can’t read that time. Write it like 14:30 or 2026-02-19 14:30.';
const timeForms = '14:30, tomorrow 9:00 or 2026-02-19 14:30';

function questionFor(card: Card, { key, revision }: DraftMark, asks: Asked): Question {
  const { field, message, forReply } = wording[asks];
  return {
    token: encodeWish(
      asks === 'approve' ? { kind: 'other_time', key, revision } : { kind: 'draft', verb: asks, key, revision },
    ),
    message: message(card),
    forReply: forReply(card),
    fields: [{ id: answerField, ...field, value: asks === 'edit' ? card.text : '' }],
  };
}

/** The buttons that ask for words. */
export const takesWords = (verb: PlainVerb): verb is Exclude<Asked, 'approve'> =>
  verb === 'edit' || verb === 'reason' || verb === 'comment';

/** What the question of this token asks for; undefined when it is none of ours. */
export function askedBy(token: string): (DraftMark & { readonly asks: Asked }) | undefined {
  const wish = decodeWish(token);
  if (wish?.kind === 'other_time') return { key: wish.key, revision: wish.revision, asks: 'approve' };
  if (wish?.kind !== 'draft' || !takesWords(wish.verb)) return undefined;
  return { key: wish.key, revision: wish.revision, asks: wish.verb };
}

/** Why there is nothing to ask; empty when there is. */
function obstacleTo(label: string, card: Card | undefined, { revision }: DraftMark, asks: Asked): string {
  if (card === undefined) return "I don't know this draft any more.";
  if (asks === 'comment') return '';
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
