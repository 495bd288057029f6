/** The words and buttons of a card, with what could not be shown of its files. */
import type { Card } from '../../../domain/card.ts';
import { oneLine } from '../../../lib/words.ts';
import { button } from '../buttons/button.ts';
import type { Row } from '../buttons/button.ts';
import { cardMessages } from '../text/card-text.ts';
import { cardKeyboard } from '../buttons/card-buttons.ts';
import { mediaDigest, showingsOf } from './attachment-plan.ts';
import { paragraphs, richText } from '../text/text.ts';
import type { RichText } from '../text/text.ts';
import { noMedia } from './shown-attachments.ts';
import type { MediaMemory, ShownMedia } from './shown-attachments.ts';
import { encodeWish } from '../buttons/action.ts';

export type CardLook = { readonly text: RichText; readonly rows: readonly Row[] };

/** Whether its files are shown when the card is sent. A card that is over keeps those it has. */
export const wantsFiles = ({ mood }: Card): boolean => mood === 'asks' || mood === 'blocked' || mood === 'failed';

/** @param shown its files, as far as they are shown */
export function cardLook(card: Card, shown: ShownMedia): CardLook {
  const missing = missingLines(card, shown);
  const messages = cardMessages(card, missing.text === '' ? 0 : missingRoom);
  const barred = shown.missing.length > 0 ? notAllShown : messages.barred;
  return { text: paragraphs([messages.card, missing]), rows: withAgain(card, shown, cardKeyboard(card, barred)) };
}

/**
 * Why the card can't be approved in the chat although it offers it; empty when it can. Nothing may be approved that was
 * not shown: neither a text nor a file, because both would leave.
 */
export async function barredBy(card: Card, media: MediaMemory): Promise<string> {
  const { barred } = cardMessages(card);
  return barred === '' && (await shownAs(card, media)).missing.length > 0 ? notAllShown : barred;
}

/** Its files as they stand in the chat; all of them missing when they are not shown yet. */
export async function shownAs(card: Card, media: MediaMemory): Promise<ShownMedia> {
  const shown = await media.of(card.key);
  if (shown.card !== undefined && shown.digest === mediaDigest(card.media)) return shown;
  return { ...noMedia, missing: card.media.map((_, at) => ({ at, why: 'it is not shown yet' })) };
}

const notAllShown = 'Not all of it could be shown here';
const missingRoom = 700;
const mostMissing = 3;

function missingLines({ media, verbs }: Card, { missing }: ShownMedia): RichText {
  if (missing.length === 0) return richText();
  const lines = missing
    .slice(0, mostMissing)
    .map(({ at, why }) =>
      media.length === 1
        ? `⚠️ The file can’t be shown here: ${oneLine(why, 120)}.`
        : `⚠️ File ${at + 1} of ${media.length} can’t be shown here: ${oneLine(why, 120)}.`,
    );
  const more = missing.length - mostMissing;
  const way = 'To approve it, look at it in the vault and use the web page, or move the file.';
  return richText(
    [...lines, ...(more > 0 ? [`… and ${more} more`] : []), ...(verbs.includes('approve') ? [way] : [])].join('\n'),
  );
}

/** Not offered where no try can help. */
function withAgain({ key, revision, media }: Card, { missing }: ShownMedia, rows: readonly Row[]): readonly Row[] {
  const showings = showingsOf(media);
  const canHelp = missing.some(({ at }) => showings[at] !== undefined && showings[at].kind !== 'words');
  if (rows.length === 0 || !canHelp) return rows;
  return [...rows, { buttons: [button('🖼 Try to show it again', encodeWish({ kind: 'show_files', key, revision }))] }];
}
