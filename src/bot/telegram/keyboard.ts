import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';

import type { Card, Note } from '../../domain/card.ts';
import { usualReasons } from '../../domain/decision.ts';
import { cut, oneLine, strange, unmarked } from '../../lib/words.ts';
import { isPublicLink } from '../public-link.ts';
import { labelOf } from '../verb-labels.ts';
import { historyButtons, withMore } from './more-buttons.ts';
import { richText } from './rich-text.ts';
import type { Piece, RichText } from './rich-text.ts';
import { encodeWish } from './wish.ts';
import type { PlainVerb } from './wish.ts';

// Approve stands alone, so that a slip of the thumb cannot turn one decision into another.
const rows: readonly (readonly PlainVerb[])[] = [
  ['approve'],
  ['edit', 'reject'],
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

const styles: Partial<Record<PlainVerb, 'success' | 'danger'>> = { approve: 'success', reject: 'danger' };

/**
 * The buttons of a card; undefined when it has none.
 * @param barred why it can't be approved although the card offers it; empty when it can
 */
export function cardKeyboard(card: Card, barred: string): InlineKeyboardMarkup | undefined {
  const button = (verb: PlainVerb): InlineKeyboardButton => ({
    text: card.mood === 'later' ? '↩️ Show it now' : labelOf(verb, card),
    callback_data: encodeWish({ kind: 'draft', verb, key: card.key, revision: card.revision }),
    ...(styles[verb] === undefined ? {} : { style: styles[verb] }),
  });
  // A card that is put off is one line here, and nothing may be approved that is not shown.
  const verbs = card.mood === 'later' ? card.verbs.filter((verb) => verb === 'undo') : card.verbs;
  const offered = (verb: PlainVerb) => verbs.includes(verb) && !(verb === 'approve' && barred !== '');
  const own = rows.map((row) => row.filter(offered).map(button)).filter((row) => row.length > 0);
  const keyboard = withMore(own, card);
  keyboard.unshift(...reasonRows(card), ...choiceRows(card));
  if (card.leftOut.length > 0 && card.verbs.length > 0) keyboard.push([leftOutButton(card)]);
  const why = barred !== '' && card.verbs.includes('approve') ? barred : blockedBy(card);
  if (why !== '') keyboard.unshift([{ text: cut(`🚫 ${unmarked(why)}`, 60), disabled: {} }]);
  return withRows(keyboard, [...linkRow(card.links), ...historyButtons(card)]);
}

const leftOutButton = ({ key, revision }: Card): InlineKeyboardButton => ({
  text: '📄 What stays behind',
  callback_data: encodeWish({ kind: 'left_out', key, revision }),
});

/** One button per text to choose from, named like the parts in the card. */
function choiceRows({ verbs, candidates, key, revision }: Card): InlineKeyboardButton[][] {
  if (!verbs.includes('choose')) return [];
  return candidates.map(({ id }, at) => [
    {
      text: candidates.length === 1 ? 'Yes, this is the text' : `Part ${at + 1} is the text`,
      callback_data: encodeWish({ kind: 'choose', key, revision, part: id }),
    },
  ]);
}

/** Why it was rejected, one tap each; nobody has to say. */
function reasonRows({ verbs, key, revision }: Card): InlineKeyboardButton[][] {
  if (!verbs.includes('reason')) return [];
  return [
    usualReasons.map((words, reason) => ({
      text: words,
      callback_data: encodeWish({ kind: 'because', key, revision, reason }),
    })),
  ];
}

/** Buttons for the links a phone can open, and for the list it is about; undefined when there are none. */
export const noteKeyboard = ({ links, leadsTo }: Note): InlineKeyboardMarkup | undefined =>
  withRows(
    leadsTo === undefined ? [] : [[{ text: '▶ Show them', callback_data: encodeWish({ kind: 'mails' }) }]],
    linkRow(links),
  );

/** Where no phone can open the page with the log, a button hands the log out here. */
const logButtons = (links: Card['links']): InlineKeyboardButton[] =>
  links.flatMap(({ url, attempt }) =>
    attempt === undefined || isPublicLink(url)
      ? []
      : [{ text: '📄 Log', callback_data: encodeWish({ kind: 'log', attempt }) }],
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
 * A word to tap where Telegram takes the address; it refuses a whole message for a link to a host without a dot. It says
 * where it leads: on a phone it opens nothing, and there is a button of nearly the same name.
 */
function linkPiece({ label, url }: Card['links'][number]): Piece {
  const parsed = URL.parse(url);
  const name = oneLine(label, 60) || 'Open';
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return `${name}: ${strange(url, 300)}`;
  const words = `${name} (at the computer)`;
  return parsed.hostname.includes('.') ? ['text_link', words, parsed.href] : `${words}: ${oneLine(url, 300)}`;
}

const linkRow = (links: Card['links']): InlineKeyboardButton[] => [
  ...links
    .filter(({ url }) => isPublicLink(url))
    .slice(0, 3)
    .map(({ label, url }) => ({ text: oneLine(label, 60) || 'Open', url })),
  ...logButtons(links),
];

function withRows(keyboard: InlineKeyboardButton[][], links: InlineKeyboardButton[]): InlineKeyboardMarkup | undefined {
  const all = links.length === 0 ? keyboard : [...keyboard, links];
  return all.length === 0 ? undefined : { inline_keyboard: all };
}

const blockedBy = (card: Card): string => {
  if (card.mood !== 'blocked' || card.verbs.includes('approve') || card.verbs.includes('choose')) return '';
  const problem = card.problems.find(({ severity }) => severity === 'blocks');
  return problem?.what ?? 'Not ready to leave';
};
