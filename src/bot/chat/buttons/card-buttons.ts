/**
 * Which buttons stand below a card, in which rows, and where its links go: buttons where a phone can open them, lines of text
 * where it can't.
 */
import type { Card, Note } from '../../../domain/card.ts';
import { usualReasons } from '../../../domain/decision.ts';
import { cut, oneLine, strange, unmarked } from '../../../lib/words.ts';
import { isPublicLink } from './public-link.ts';
import { button, remark } from './button.ts';
import type { Button, Row } from './button.ts';
import { labelOf } from './labels.ts';
import { historyButtons, withMore } from './more-buttons.ts';
import { richText } from '../text/text.ts';
import type { Piece, RichText } from '../text/text.ts';
import { encodeWish } from './action.ts';
import type { PlainVerb } from './action.ts';

// Approve stands alone, so that a slip of the thumb cannot turn one decision into another.
const rows: readonly (readonly PlainVerb[])[] = [
  ['approve'],
  ['edit', 'reject'],
  // Only while the edit is the newest change: above it nothing moves.
  ['restore'],
  ['close'],
  ['plain'],
  ['reply_all'],
  ['postpone'],
  ['undo', 'reason'],
  ['happened'],
  ['not_happened'],
  ['leave'],
  ['retry'],
];

const styles: Partial<Record<PlainVerb, 'good' | 'bad'>> = { approve: 'good', reject: 'bad' };

/**
 * The buttons of a card; none when there is nothing to tap.
 * @param barred why it can't be approved although the card offers it; empty when it can
 */
export function cardKeyboard(card: Card, barred: string): readonly Row[] {
  const buttonFor = (verb: PlainVerb): Button =>
    button(
      card.mood === 'later' ? '↩️ Show it now' : labelOf(verb, card),
      encodeWish({ kind: 'draft', verb, key: card.key, revision: card.revision }),
      styles[verb],
    );
  // A card that is put off is one line here, and nothing may be approved that is not shown.
  const verbs = card.mood === 'later' ? card.verbs.filter((verb) => verb === 'undo') : card.verbs;
  const offered = (verb: PlainVerb) => verbs.includes(verb) && !(verb === 'approve' && barred !== '');
  const own = rows.map((row) => row.filter(offered).map(buttonFor)).filter((row) => row.length > 0);
  const why = barred !== '' && card.verbs.includes('approve') ? barred : blockedBy(card);
  const last = [...linkRow(card.links), ...historyButtons(card)];
  return [
    ...(why === '' ? [] : [remark(cut(`🚫 ${unmarked(why)}`, 60))]),
    ...[
      ...reasonRows(card),
      ...choiceRows(card),
      ...withMore(own, card),
      ...(card.leftOut.length > 0 && card.verbs.length > 0 ? [[leftOutButton(card)]] : []),
      ...(last.length === 0 ? [] : [last]),
    ].map((buttons) => ({ buttons })),
  ];
}

const leftOutButton = ({ key, revision }: Card): Button =>
  button('📄 What stays behind', encodeWish({ kind: 'left_out', key, revision }));

/** One button per text to choose from, named like the parts in the card. */
function choiceRows({ verbs, candidates, key, revision }: Card): readonly (readonly Button[])[] {
  if (!verbs.includes('choose')) return [];
  return candidates.map(({ id }, at) => [
    button(
      candidates.length === 1 ? 'Yes, this is the text' : `Part ${at + 1} is the text`,
      encodeWish({ kind: 'choose', key, revision, part: id }),
    ),
  ]);
}

/** Why it was rejected, one tap each; nobody has to say. */
function reasonRows({ verbs, key, revision }: Card): readonly (readonly Button[])[] {
  if (!verbs.includes('reason')) return [];
  return [usualReasons.map((words, reason) => button(words, encodeWish({ kind: 'because', key, revision, reason })))];
}

/** Buttons for the list it is about, and for the links a phone can open. */
export function noteKeyboard({ links, leadsTo }: Note): readonly Row[] {
  const list = leadsTo === undefined ? [] : [button('▶ Show them', encodeWish({ kind: 'mails' }))];
  return [list, linkRow(links)].filter((buttons) => buttons.length > 0).map((buttons) => ({ buttons }));
}

/** Where no phone can open the page with the log, a button hands the log out here. */
const logButtons = (links: Card['links']): readonly Button[] =>
  links.flatMap(({ url, attempt }) =>
    attempt === undefined || isPublicLink(url) ? [] : [button('📄 Log', encodeWish({ kind: 'log', attempt }))],
  );

/** The first `most` links that can't be buttons, one per line. */
export const linkLines = (links: Card['links'], most = links.length): RichText =>
  richText(
    ...links
      .filter(({ url }) => !isPublicLink(url))
      .slice(0, most)
      .flatMap((link, at) => [...(at === 0 ? [] : ['\n']), linkPiece(link)]),
  );

/**
 * A word to tap where chats take the address; some refuse a whole message for a link to a host without a dot. It says
 * where it leads: on a phone it opens nothing, and there is a button of nearly the same name.
 */
function linkPiece({ label, url }: Card['links'][number]): Piece {
  const parsed = URL.parse(url);
  const name = oneLine(label, 60) || 'Open';
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return `${name}: ${strange(url, 300)}`;
  const words = `${name} (at the computer)`;
  return parsed.hostname.includes('.') ? ['text_link', words, parsed.href] : `${words}: ${oneLine(url, 300)}`;
}

const linkRow = (links: Card['links']): readonly Button[] => [
  ...links
    .filter(({ url }) => isPublicLink(url))
    .slice(0, 3)
    .map(({ label, url }) => ({ words: oneLine(label, 60) || 'Open', does: { open: url } })),
  ...logButtons(links),
];

const blockedBy = (card: Card): string => {
  if (card.mood !== 'blocked' || card.verbs.includes('approve') || card.verbs.includes('choose')) return '';
  const problem = card.problems.find(({ severity }) => severity === 'blocks');
  return problem?.what ?? 'Not ready to leave';
};
