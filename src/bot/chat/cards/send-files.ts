/** Sends a handful of files as one message or album, and finds out which of them the chat does not take. */
import { whyWords } from './attachment-plan.ts';
import type { Showing } from './attachment-plan.ts';
import type { MessageId, Messenger, Place, Upload } from '../messenger.ts';
import { richText } from '../text/text.ts';
import type { RichText } from '../text/text.ts';
import type { ShownMedia } from './shown-attachments.ts';
import type { Answer } from '../trouble.ts';

/** A file and its place among those of the card. */
export type PlacedFile = { readonly at: number; readonly showing: Showing };

export type SentFiles = { readonly ids: readonly MessageId[]; readonly missing: ShownMedia['missing'] };

const notTaken = (label: string): string => `${label} did not take it`;
const gone = 'it is gone, or its bytes are not those of this card any more';
const ownWhy = (showing: Showing, label: string): string | undefined =>
  showing.kind === 'words' ? whyWords(showing.why, label) : undefined;

/** At which place, and below which message of it. */
export type Spot = { readonly place: Place; readonly replyTo?: MessageId | undefined };

export type FileSender = {
  /** Trouble only when nobody knows, or another try may do better. */
  send(batch: readonly PlacedFile[], caption: RichText, spot: Spot): Promise<Answer<SentFiles>>;
  /** The same for files that are at hand; at most ten of one sort. */
  hand(files: readonly Upload[], caption: RichText, spot: Spot): Promise<Answer<SentFiles>>;
};

type Loaded = { readonly at: number; readonly upload: Upload };

export function createFileSender(
  messenger: Messenger,
  load: (showing: Showing) => Promise<Upload | undefined>,
): FileSender {
  const { label } = messenger;
  /** A picture that is not taken as one may still be taken as a document. */
  const sendOne = async ({ at, upload }: Loaded, caption: RichText, spot: Spot): Promise<Answer<SentFiles>> => {
    const answer = await messenger.sendFile(spot.place, upload, caption, { silent: true, replyTo: spot.replyTo });
    if (answer.kind === 'ok') return { kind: 'ok', value: { ids: [answer.value.messageId], missing: [] } };
    if (answer.trouble.kind !== 'rejected') return answer;
    if (upload.as === 'photo') return sendOne({ at, upload: { ...upload, as: 'document' } }, caption, spot);
    return { kind: 'ok', value: { ids: [], missing: [{ at, why: `${notTaken(label)} (${answer.trouble.words})` }] } };
  };

  /** An album fails as a whole for one bad item, so each goes alone and only that one is missing. */
  const sendEach = async (loaded: readonly Loaded[], caption: RichText, spot: Spot): Promise<Answer<SentFiles>> => {
    let sent: SentFiles = { ids: [], missing: [] };
    for (const one of loaded) {
      const answer = await sendOne(one, sent.ids.length === 0 ? caption : richText(), spot);
      if (answer.kind === 'trouble') return answer;
      const { ids, missing } = answer.value;
      sent = { ids: [...sent.ids, ...ids], missing: [...sent.missing, ...missing] };
    }
    return { kind: 'ok', value: sent };
  };

  return {
    async send(batch, caption, spot) {
      const loaded: Loaded[] = [];
      const lost: { at: number; why: string }[] = [];
      for (const { at, showing } of batch) {
        const upload = await load(showing);
        if (upload === undefined) lost.push({ at, why: ownWhy(showing, label) ?? gone });
        else loaded.push({ at, upload });
      }
      const answer = await sendLoaded(loaded, caption, spot);
      if (answer.kind === 'trouble') return answer;
      return { kind: 'ok', value: { ...answer.value, missing: [...lost, ...answer.value.missing] } };
    },
    hand: (files, caption, spot) =>
      sendLoaded(
        files.map((upload, at) => ({ at, upload })),
        caption,
        spot,
      ),
  };

  async function sendLoaded(loaded: readonly Loaded[], caption: RichText, spot: Spot): Promise<Answer<SentFiles>> {
    const [first, second] = loaded;
    if (first === undefined) return { kind: 'ok', value: { ids: [], missing: [] } };
    if (second === undefined) return sendOne(first, caption, spot);
    const all = loaded.map(({ upload }) => upload);
    const answer = await messenger.sendAlbum(spot.place, all, caption, { silent: true, replyTo: spot.replyTo });
    if (answer.kind === 'ok')
      return { kind: 'ok', value: { ids: answer.value.map((one) => one.messageId), missing: [] } };
    return answer.trouble.kind === 'rejected' ? await sendEach(loaded, caption, spot) : answer;
  }
}

/** As if they had been tried and not taken. */
export const givenUp = (batch: readonly PlacedFile[], label: string): Answer<SentFiles> => ({
  kind: 'ok',
  value: { ids: [], missing: batch.map(({ at, showing }) => ({ at, why: ownWhy(showing, label) ?? notTaken(label) })) },
});
