/** Risky ones ask twice: the core answers an approval with a question, and Approve becomes "Really? …" with Yes and No. */
import type { Verdict } from '../../../domain/decision.ts';
import type { Door } from '../../../domain/ports.ts';
import { cut, unmarked } from '../../../lib/words.ts';
import type { DraftMark } from '../memory/draft-mark.ts';
import { answerVerdict } from '../answers.ts';
import { button, remark } from '../buttons/button.ts';
import type { Row } from '../buttons/button.ts';
import type { Below, Messenger, Press } from '../messenger.ts';
import type { Remembered } from '../memory/memory.ts';
import type { PressedMessage } from '../pressed-message.ts';
import { ownWords } from '../text/text.ts';
import { encodeWish } from '../buttons/action.ts';

type Question = Extract<Verdict, { kind: 'asks' }>;

export type Sure = {
  /** The Approve button, for now or for a time. */
  approve(press: Press, draft: DraftMark, at: Date | undefined): Promise<void>;
  /** Yes, after the second look. `sure`: to which question; empty on buttons of earlier versions. */
  yes(press: Press, draft: DraftMark, at: Date | undefined, sure: string): Promise<void>;
  /** The question below a time that was written. */
  ask(said: Below, draft: DraftMark, at: Date, question: Question): Promise<void>;
};

export function createSure(parts: {
  messenger: Messenger;
  door: Door;
  remembered: Remembered;
  pressed: PressedMessage;
}): Sure {
  const { messenger, door, remembered, pressed } = parts;

  const decide = (press: Press, { key, revision }: DraftMark, at: Date | undefined, sure: string) =>
    door.decide({
      actor: press.actor,
      id: press.id,
      verb: 'approve',
      key,
      revision,
      ...(sure === '' ? {} : { sure }),
      ...(at === undefined ? {} : { text: at.toISOString() }),
    });

  /** Answers the tap; false when it is asked (once more). */
  const answered = async (
    press: Press,
    draft: DraftMark,
    at: Date | undefined,
    no: 'back' | 'drop',
    verdict: Verdict,
  ): Promise<boolean> => {
    if (verdict.kind !== 'asks') {
      await answerVerdict(messenger, press, verdict);
      return true;
    }
    await messenger.answer(press, verdict.say, 'alert');
    const rows = sureRows(verdict, draft, at, no);
    const card = no === 'back' ? await door.card(draft.key) : undefined;
    if (no === 'drop') await messenger.turn(press, { text: ownWords(verdict.say), rows });
    // Changed meanwhile: its newest card comes by itself.
    else if (card?.revision === draft.revision) await pressed.turn(press, card, rows);
    return false;
  };

  const isCard = async ({ messageId }: Press): Promise<boolean> =>
    messageId === undefined || (await remembered.draftAt(messageId)) !== undefined;

  return {
    async approve(press, draft, at) {
      await answered(press, draft, at, 'back', await decide(press, draft, at, ''));
    },
    async yes(press, draft, at, sure) {
      const verdict = await decide(press, draft, at, sure);
      const onCard = await isCard(press);
      // A question of its own has done its work; a card is rewritten by itself.
      const isOver = await answered(press, draft, at, onCard ? 'back' : 'drop', verdict);
      if (isOver && !onCard) await messenger.withdraw(press);
    },
    async ask(said, draft, at, question) {
      await messenger.reply(said, ownWords(question.say), sureRows(question, draft, at, 'drop'));
    },
  };
}

function sureRows(
  { risks, sure }: Question,
  { key, revision }: DraftMark,
  at: Date | undefined,
  no: 'back' | 'drop',
): readonly Row[] {
  const back = encodeWish(no === 'back' ? { kind: 'back', key, revision } : { kind: 'drop_text' });
  return [
    ...risks.map((risk) => remark(cut(`⚠️ ${unmarked(risk)}`, 60))),
    { buttons: [button('Really? Yes, approve', encodeWish({ kind: 'sure', key, revision, at, sure }), 'good')] },
    { buttons: [button('No', back)] },
  ];
}
