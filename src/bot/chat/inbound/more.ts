/**
 * "More": a card's buttons turn into ways to look closer, and back. What is shown comes below the card, without a sound;
 * nothing here decides anything.
 */
import { nameOf } from '../../../domain/card.ts';
import type { Card } from '../../../domain/card.ts';
import type { Door } from '../../../domain/ports.ts';
import type { Clock } from '../../../lib/clock.ts';

import { cutText } from '../text/cut-text.ts';
import { historyLines } from '../text/history-words.ts';
import type { HistoryLine } from '../text/history-words.ts';
import { moreKeyboard } from '../buttons/more-buttons.ts';
import type { Messenger, Press } from '../messenger.ts';
import type { DraftMark } from '../memory/draft-mark.ts';
import { isOneMessage, messageLimit, richText } from '../text/text.ts';
import type { Piece, RichText } from '../text/text.ts';
import type { PressedMessage } from '../pressed-message.ts';
import type { Closer } from '../buttons/action.ts';

export type More = {
  /** What one of these buttons asks for. */
  show(press: Press, draft: DraftMark, what: Closer): Promise<void>;
};

/** A chat takes 50 MB. */
const mostBytes = 50_000_000;
/** A group bears twenty messages a minute, and nobody reads more on a phone. */
const mostMessages = 15;
const mostLines = 40;

export function createMore(parts: { messenger: Messenger; door: Door; pressed: PressedMessage; clock: Clock }): More {
  const { messenger, door, pressed, clock } = parts;
  return {
    async show(press, draft, what) {
      const asked = { messenger, press };
      const card = await door.card(draft.key);
      if (card === undefined) return messenger.answer(press, "I don't know this draft any more.", 'alert');
      // What happened to a draft is the same on every card of it; a text must be the one of this card.
      if (what !== 'more_history' && card.revision !== draft.revision) {
        return messenger.answer(press, 'This draft changed since. Please use the newest card.', 'alert');
      }
      switch (what) {
        case 'more':
          await messenger.answer(press, '', 'toast');
          return pressed.turn(press, card, moreKeyboard(card));
        case 'less':
          await messenger.answer(press, '', 'toast');
          return pressed.restore(press, card);
        case 'more_text':
          return showWhole(asked, door, card);
        case 'more_copy':
          return showCopy(asked, card);
        case 'more_file':
          return sendFile(asked, door, card);
        case 'more_history':
          return showHistory(asked, card, historyLines(await door.history(card.key), clock.now()));
      }
    },
  };
}

type Asked = { readonly messenger: Messenger; readonly press: Press };

/** One after the other. What can't be sent now can be asked for again, so the first that fails ends it. */
async function sayAll({ messenger, press }: Asked, messages: readonly RichText[]): Promise<void> {
  await messenger.answer(press, 'Look below.', 'toast');
  const rest =
    messages.length > mostMessages ? [richText('There is more; the file has all of it: ⋯ More, 📄 File.')] : [];
  for (const message of [...messages.slice(0, mostMessages), ...rest]) {
    if ((await messenger.reply(press, message)).kind === 'trouble') return;
  }
}

async function showWhole(asked: Asked, door: Door, card: Card): Promise<void> {
  const { messenger, press } = asked;
  const whole = await door.whole(card.key);
  if (whole === undefined || whole.revision !== card.revision) {
    return messenger.answer(press, 'There is no text to show.', 'alert');
  }
  const messages = [
    ...sectionOf('The whole text', whole.text),
    ...whole.leftOut.flatMap(({ where, text }) => sectionOf(`Stays in the file: ${where}`, text)),
    ...sectionOf('In answer to', whole.original),
  ];
  if (messages.length === 0) return messenger.answer(press, 'There is no text to show.', 'alert');
  await sayAll(asked, messages);
}

function sectionOf(name: string, text: string): readonly RichText[] {
  const pieces = cutText(text, messageLimit - 200);
  return pieces.map((piece, at) => {
    const part = pieces.length === 1 ? '' : `, part ${at + 1} of ${pieces.length}`;
    return richText(['bold', `${name}${part}`], '\n', ['blockquote', piece]);
  });
}

const showCopy = (asked: Asked, { text }: Card): Promise<void> =>
  sayAll(
    asked,
    cutText(text, messageLimit - 10).map((piece) => richText(['pre', piece])),
  );

async function sendFile({ messenger, press }: Asked, door: Door, card: Card): Promise<void> {
  const file = await door.file(card.key, mostBytes);
  if (file === undefined) {
    return messenger.answer(press, 'The file is not there to be sent, or it is too large. Look in the vault.', 'alert');
  }
  await messenger.answer(press, 'Look below.', 'toast');
  const sent = await messenger.replyFile(press, { bytes: file.bytes, name: plainName(file.name) });
  if (sent.kind === 'trouble') {
    await messenger.reply(press, richText(`The file could not be sent. ${sent.trouble.words}`));
  }
}

const longestName = 60;

/** The name goes out unquoted in a header, so it keeps to signs that can't end it. */
export function plainName(name: string): string {
  const [, stem = '', ending = ''] = /^(.*?)(\.[A-Za-z0-9]{1,8})?$/s.exec(name) ?? [];
  const plain = stem.replaceAll(/[^A-Za-z0-9_-]+/g, '_').replaceAll(/^[_-]+|[_-]+$/g, '');
  return `${plain.slice(0, longestName - ending.length) || 'draft'}${ending}`;
}

async function showHistory({ messenger, press }: Asked, card: Card, lines: readonly HistoryLine[]): Promise<void> {
  await messenger.answer(press, 'Look below.', 'toast');
  await messenger.reply(press, historyText(card, lines));
}

/** The newest lines that fit into one message; how many are missing is said. */
function historyText(card: Card, lines: readonly HistoryLine[]): RichText {
  const title: Piece[] = [['bold', `History · ${nameOf(card)}`]];
  if (lines.length === 0) return richText(...title, '\nNothing is on record yet.');
  let first = Math.max(0, lines.length - mostLines);
  const render = (): RichText => {
    const missing =
      first === 0
        ? ''
        : `\n… ${first} earlier ${first === 1 ? 'line is' : 'lines are'} in Logs/record.log of the vault`;
    return richText(...title, missing, ...lines.slice(first).flatMap(piecesOf));
  };
  let text = render();
  for (; !isOneMessage(text, 100); text = render()) first += 1;
  return text;
}

const piecesOf = ({ at, words, quote }: HistoryLine): readonly Piece[] => [
  `\n${at} · ${words}`,
  ...(quote === '' ? [] : [': ', ['code', quote] as const]),
];
