/**
 * A text that an app cut into several messages. At a cut it drops what stood there, a blank line or a space, and nobody
 * can tell which: so it is asked, and until it is answered none of the pieces is used. In a group where we hear
 * only answers to us the rest may never reach us, so a long answer is asked about too.
 */
import { nameOf } from '../../../domain/card.ts';
import type { Door } from '../../../domain/ports.ts';
import { strange } from '../../../lib/words.ts';
import type { DraftMark } from '../memory/draft-mark.ts';
import type { Passage } from '../text/quoted-passage.ts';
import { answerMessage } from '../answers.ts';
import { button } from '../buttons/button.ts';
import { askBelow, askedAbout } from './asked-about.ts';
import type { Row } from '../buttons/button.ts';
import type { Corrected, MessageId, Messenger, Press, Said } from '../messenger.ts';
import type { CutText, Remembered } from '../memory/memory.ts';
import { messageLimit, ownWords } from '../text/text.ts';
import { encodeWish } from '../buttons/action.ts';
import type { Joint } from '../buttons/action.ts';

/** All of it, as the person says; `revision` is that of the version it was meant for. */
export type JoinedText = DraftMark & {
  readonly text: string;
  readonly passage: (Passage & { readonly message: string }) | undefined;
  /** The message that holds the first piece. */
  readonly first: MessageId;
};

export type Seams = {
  /** Asks how the pieces belong together; says so when the last one may be cut off itself. */
  ask(said: Said, draft: DraftMark, passage?: JoinedText['passage']): Promise<void>;
  /** The answer about one cut; undefined while there is more to ask, or nothing to answer. */
  answered(press: Press, joint: Joint): Promise<JoinedText | undefined>;
  used(joined: JoinedText): Promise<void>;
  /** A person corrected a piece. Undefined when the message is none. */
  correct(said: Corrected): Promise<'taken' | 'too_late' | undefined>;
};

export const cutOff = ({ label }: Messenger): string =>
  `${label} cuts messages at 4,096 signs, so this may not be your whole text and I did not use it. Please edit the file in the vault instead.`;

export function createSeams({
  messenger,
  door,
  remembered,
}: {
  messenger: Messenger;
  door: Door;
  remembered: Remembered;
}): Seams {
  const nameFor = async (key: string): Promise<string> => {
    const card = await door.card(key);
    return card === undefined ? 'the draft' : nameOf(card);
  };
  return {
    async ask(said, draft, passage) {
      const pieces = said.pieces.map(({ messageId: id, text }) => ({ id, text }));
      // The chat may count otherwise than we do where signs are rare; to ask once too often costs nothing.
      if ((pieces.at(-1)?.text ?? '').length >= messageLimit) return answerMessage(messenger, said, cutOff(messenger));
      const { key, revision } = draft;
      const cut: CutText = { key, revision, pieces, joints: [], ...(passage === undefined ? {} : { passage }) };
      await remembered.keepCutText(said.messageId, cut);
      await askBelow({ messenger, remembered }, said, ownWords(question(cut, await nameFor(key))), rowsFor(cut));
    },
    async answered(press, joint) {
      // The message that the question is about.
      const first = await askedAbout(remembered, press);
      const cut = first === undefined ? undefined : await remembered.cutTextAt(first);
      if (first === undefined || cut === undefined) {
        await messenger.answer(press, "I can't find your message any more.", 'alert');
        return undefined;
      }
      // The tap came twice, or the question is older than the answer: what is open is asked.
      const joints = joint.seam === cut.joints.length ? [...cut.joints, joint.with] : cut.joints;
      if (joints.length < Math.max(1, cut.pieces.length - 1)) {
        await remembered.keepCutText(first, { ...cut, joints });
        await messenger.answer(press, 'And the next cut?', 'toast');
        const next = { ...cut, joints };
        await messenger.turn(press, { text: ownWords(question(next, await nameFor(cut.key))), rows: rowsFor(next) });
        return undefined;
      }
      const { key, revision, passage } = cut;
      return { key, revision, passage, first, text: joinedText(cut.pieces, joints) };
    },
    async used({ first }) {
      const cut = await remembered.cutTextAt(first);
      for (const { id } of cut?.pieces ?? []) await remembered.keepUsed(id);
    },
    async correct({ messageId: id, text }) {
      const first = await remembered.cutTextOf(id);
      const cut = first === undefined ? undefined : await remembered.cutTextAt(first);
      if (first === undefined || cut === undefined) return undefined;
      if (await remembered.isUsed(id)) return 'too_late';
      const pieces = cut.pieces.map((piece) => (piece.id === id ? { id, text } : piece));
      await remembered.keepCutText(first, { ...cut, pieces });
      return 'taken';
    },
  };
}

/** With one piece alone it is asked whether that is all. */
function question({ pieces, joints }: CutText, name: string): string {
  const before = pieces[joints.length]?.text ?? '';
  const end = strange(before.slice(-60), 60);
  if (pieces.length === 1) {
    return `Is this your whole text for ${name}? The app cuts what is longer than one message, and here I hear only answers to me. It ends with ${end}.`;
  }
  const next = strange((pieces[joints.length + 1]?.text ?? '').slice(0, 60), 60);
  const count = pieces.length === 2 ? 'two' : String(pieces.length);
  return `The app cut your text for ${name} into ${count} messages and dropped what stood at the cut. I use nothing of it before you say: what stood between ${end} and ${next}?`;
}

const joining = {
  p: { label: 'A blank line', text: '\n\n' },
  l: { label: 'A new line', text: '\n' },
  s: { label: 'A space', text: ' ' },
  n: { label: 'Nothing', text: '' },
} as const;

function rowsFor({ key, revision, pieces, joints }: CutText): readonly Row[] {
  const choice = (label: string, how: Joint['with']) =>
    button(label, encodeWish({ kind: 'joint', key, revision, joint: { seam: joints.length, with: how } }));
  const no = { buttons: [button('Don’t use it', encodeWish({ kind: 'drop_text' }))] };
  if (pieces.length === 1) return [{ buttons: [choice('Yes, that is all', 'n')] }, no];
  const { p, l, s, n } = joining;
  return [
    { buttons: [choice(p.label, 'p'), choice(l.label, 'l')] },
    { buttons: [choice(s.label, 's'), choice(n.label, 'n')] },
    no,
  ];
}

const joinedText = (pieces: CutText['pieces'], joints: CutText['joints']): string =>
  pieces.map(({ text }, place) => (place === 0 ? text : joining[joints[place - 1] ?? 'p'].text + text)).join('');
