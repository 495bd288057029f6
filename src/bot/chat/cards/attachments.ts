/**
 * The files of a card, above it: pictures as pictures, the rest as documents, in albums where there are several, without
 * a sound. What can't be shown is said on the card and bars its approval here; it never keeps the card from coming.
 */
import type { Card } from '../../../domain/card.ts';
import type { Exhibits } from '../../../domain/exhibits.ts';

import { createFileSender, givenUp } from './send-files.ts';
import type { FileSender } from './send-files.ts';
import { mediaDigest, nextBatch, showingsOf } from './attachment-plan.ts';
import type { Showing } from './attachment-plan.ts';
import type { MessageId, Messenger, Place, Upload } from '../messenger.ts';
import { placeOfCard } from '../places.ts';
import type { Remembered } from '../memory/memory.ts';
import { richText } from '../text/text.ts';
import type { RichText } from '../text/text.ts';
import { noMedia } from './shown-attachments.ts';
import type { MediaMemory, ShownMedia } from './shown-attachments.ts';
import type { Answer, Trouble } from '../trouble.ts';

export type Pictures = {
  /** What an earlier try to show these files came to, when no card stands below them yet; or a new beginning. */
  begun(card: Card): Promise<ShownMedia>;
  /** Shows them, going on where an earlier try broke off. Trouble only when a later try may do better. */
  send(card: Card, place: Place): Promise<Answer<ShownMedia>>;
  /** Tries once more to show what could not be shown, below the card. */
  again(card: Card, shown: ShownMedia): Promise<ShownMedia>;
  /** The card below them is sent: from now on they belong to it, and earlier ones go away. */
  settle(key: string, shown: ShownMedia, card: MessageId): Promise<void>;
  load(showing: Showing): Promise<Upload | undefined>;
};

/** After so many tries that failed for reasons that pass, the card comes without. */
export const mostTries = 2;

/** The line or the far side has trouble, so that nobody knows or another try may help. */
export const passes = ({ kind }: Trouble): boolean => kind === 'answer_lost' || kind === 'down';

type PictureParts = {
  readonly messenger: Messenger;
  readonly remembered: Remembered;
  readonly media: MediaMemory;
  readonly exhibits: Exhibits;
};

export function createPictures(parts: PictureParts): Pictures {
  const { messenger, remembered, media, exhibits } = parts;

  const load = async (showing: Showing): Promise<Upload | undefined> => {
    if (showing.kind === 'words') return undefined;
    const bytes = await exhibits.media(showing.media);
    return bytes === undefined ? undefined : { as: showing.kind, bytes, name: showing.name };
  };
  const sender = createFileSender(messenger, load);

  const begun = async (card: Card): Promise<ShownMedia> => {
    const digest = mediaDigest(card.media);
    const before = await media.of(card.key);
    if (before.card === undefined && before.digest === digest) return before;
    return { ...noMedia, digest, old: [...before.old, ...before.ids] };
  };

  return {
    begun,
    load,
    async send(card, place) {
      let shown = await begun(card);
      const all = showingsOf(card.media);
      while (shown.handled < all.length) {
        const batch = nextBatch(all.slice(shown.handled)).map((showing, at) => ({ at: shown.handled + at, showing }));
        const answer =
          shown.tries < mostTries
            ? await sender.send(batch, captionOf(card, shown), { place })
            : givenUp(batch, messenger.label);
        if (answer.kind === 'trouble') {
          if (passes(answer.trouble)) await media.keep(card.key, { ...shown, tries: shown.tries + 1 });
          if (passes(answer.trouble) && shown.tries + 1 >= mostTries) {
            shown = { ...shown, tries: shown.tries + 1 };
            continue;
          }
          return answer;
        }
        const { ids, missing } = answer.value;
        const handled = shown.handled + batch.length;
        shown = { ...shown, handled, ids: [...shown.ids, ...ids], missing: [...shown.missing, ...missing] };
        await media.keep(card.key, shown);
        for (const id of ids) await remembered.keepDraftAt(id, card);
      }
      return { kind: 'ok', value: shown };
    },
    again: createAgain(parts, sender),
    async settle(key, shown, card) {
      if (shown.digest === '' && shown.old.length === 0) return;
      await messenger.remove(shown.old);
      await media.keep(key, { ...shown, card, old: [] });
    },
  };
}

/** Says once, above the first, what they are. */
function captionOf({ title, media }: Card, { ids }: ShownMedia): RichText {
  if (ids.length > 0) return richText();
  const what = media.length === 1 ? 'The file that would leave' : `The ${media.length} files that would leave`;
  return richText(['bold', title], `\n${what}: the card is below.`);
}

function createAgain(parts: PictureParts, sender: FileSender): Pictures['again'] {
  const { remembered, media } = parts;
  return async (card, before) => {
    const place = await placeOfCard(parts, card.key);
    let shown: ShownMedia = { ...before, missing: [] };
    const all = showingsOf(card.media);
    for (const { at, why } of before.missing) {
      const showing = all[at];
      const sent =
        showing === undefined
          ? undefined
          : await sender.send([{ at, showing }], belowCaption, { place, replyTo: before.card });
      const { ids, missing } = sent?.kind === 'ok' ? sent.value : { ids: [], missing: [{ at, why }] };
      shown = { ...shown, ids: [...shown.ids, ...ids], missing: [...shown.missing, ...missing] };
      for (const id of ids) await remembered.keepDraftAt(id, card);
    }
    await media.keep(card.key, shown);
    return shown;
  };
}

const belowCaption = richText('The file that could not be shown before.');
