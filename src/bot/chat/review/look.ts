/** How the message of a review looks: a draft, a list to confirm, or the end. */
import type { Card } from '../../../domain/card.ts';
import { cut, oneLine, unmarked } from '../../../lib/words.ts';
import { button, isRemark, remark } from '../buttons/button.ts';
import type { Row } from '../buttons/button.ts';
import { listName } from '../decide-many.ts';
import { wantsFiles } from '../cards/card-look.ts';
import { cardMessages } from '../text/card-text.ts';
import { cardKeyboard } from '../buttons/card-buttons.ts';
import type { ReviewMark, Shelf } from '../memory/review-rows.ts';
import { paragraphs, richText } from '../text/text.ts';
import type { RichText } from '../text/text.ts';
import { encodeWish } from '../buttons/action.ts';

export type ReviewLook = { readonly text: RichText; readonly rows: readonly Row[] };

/** What stands below the buttons of the draft. */
type Extras = {
  /** May be approved at once; empty: nothing is offered. */
  readonly batch: readonly Card[];
  /** The last decision, when it can be taken back. */
  readonly undo: readonly Card[];
};

/** Room for "12 of 345". */
export const placeRoom = 40;

export function cardLook(card: Card, place: string, { shelf, skipped }: ReviewMark, extras: Extras): ReviewLook {
  const messages = cardMessages(card, placeRoom, 'one');
  const files = card.media.length > 0 && wantsFiles(card);
  const long = files || messages.barred !== '';
  // One message that is rewritten again and again can't show files, and what is not shown can't be approved.
  const barred = files ? 'It has files: look at them first' : long ? 'Long: look at the whole text first' : '';
  const { key, revision } = card;
  const whole = button(files ? '👁 Show me' : '👁 The whole text', encodeWish({ kind: 'whole', key, revision }));
  const skip = button('⏭ Skip', encodeWish({ kind: 'skip', key, revision }));
  const back = button('◀', encodeWish({ kind: 'previous' }));
  const rows = [
    ...firstRow(card, shelf, cardKeyboard(card, barred)),
    ...(long ? [{ buttons: [whole] }] : []),
    { buttons: skipped.length > 0 ? [back, skip] : [skip] },
    ...batchRow(extras.batch),
    ...undoRow(extras.undo),
  ];
  return { text: paragraphs([richText(place), messages.card]), rows };
}

/** Where Approve stands otherwise nothing else may lie: a thumb that taps on would answer another question with it. */
function firstRow(card: Card, shelf: Shelf, rows: readonly Row[]): readonly Row[] {
  const [first] = rows;
  const taken = first === undefined || isRemark(first) || card.verbs.includes('approve') || shelf === 'failed';
  return taken ? rows : [remark(cut(`❔ ${unmarked(card.standing)}`, 60)), ...rows];
}

const batchRow = (batch: readonly Card[]): readonly Row[] =>
  batch.length === 0
    ? []
    : [
        {
          buttons: [
            button(
              `Approve these ${batch.length} …`,
              encodeWish({ kind: 'batch', key: listName(batch), revision: '' }),
            ),
          ],
        },
      ];

function undoRow(undo: readonly Card[]): readonly Row[] {
  const [only, ...others] = undo;
  if (only === undefined) return [];
  const name =
    others.length > 0
      ? `these ${undo.length}`
      : `${unmarked(oneLine(only.noun, 24))} “${oneLine(unmarked(only.headline), 40)}”`;
  const act = encodeWish({ kind: 'take_back', key: listName(undo), revision: '' });
  return [{ buttons: [button(others.length > 0 ? `↩️ Undo ${name}` : `↩️ Undo: ${name}`, act)] }];
}

/** @param batch exactly as each was shown */
export function confirmLook(batch: readonly Card[]): ReviewLook {
  const lines = batch.flatMap((card, at) => [
    `${at === 0 ? '' : '\n'}${at + 1}. ${oneLine(card.title, 100)}\n`,
    ['code', beginningOf(card) || '—'] as const,
  ]);
  const those = batch.length === 1 ? 'this one' : `these ${batch.length}`;
  const yes = encodeWish({ kind: 'batch_yes', key: listName(batch), revision: '' });
  return {
    text: paragraphs([richText(['bold', `Approve ${those}?`], ' Each was shown here whole.'), richText(...lines)]),
    rows: [
      remark('All at once'),
      { buttons: [button(`Yes, approve ${those}`, yes, 'good')] },
      { buttons: [button('No', encodeWish({ kind: 'batch_no' }))] },
    ],
  };
}

const beginningOf = ({ fields, text }: Card): string => {
  const head = fields.filter(({ id }) => id === 'to' || id === 'subject').map(({ value }) => value);
  return oneLine([...head, text].join(' · '), 160);
};

/** @param left how many still wait */
export function endLook({ shelf, done }: ReviewMark, left: number, extras: Extras): ReviewLook {
  const rest = left === 0 ? '' : ` ${left} skipped.`;
  const words = shelf === 'failed' ? 'Nothing failed that waits for you.' : 'Nothing waits for you.';
  const text = done + left === 0 ? words : `That was all: ${done} decided.${rest}`;
  const again: Row = { buttons: [button('▶ Review', encodeWish({ kind: 'review' }))] };
  const rows = [...(left > 0 && shelf === 'asks' ? [again] : []), ...batchRow(extras.batch), ...undoRow(extras.undo)];
  return { text: richText(text), rows };
}
