/** Sends a handful of files as one message or album, and finds out which of them the chat does not take. */
import { whyWords } from './attachment-plan.ts';
import type { Showing } from './attachment-plan.ts';
import type { Topic } from '../messenger.ts';
import { richText } from '../text/text.ts';
import type { RichText } from '../text/text.ts';
import type { ShownMedia } from './shown-attachments.ts';
import type { Answer } from '../trouble.ts';
import type { Upload, Uploads } from '../messenger.ts';

/** A file and its place among those of the card. */
export type PlacedFile = { readonly at: number; readonly showing: Showing };

export type SentFiles = { readonly ids: readonly number[]; readonly missing: ShownMedia['missing'] };
type Sending = Promise<Answer<SentFiles>>;

const notTaken = (label: string): string => `${label} did not take it`;
const gone = 'it is gone, or its bytes are not those of this card any more';
const ownWhy = (showing: Showing, label: string): string | undefined =>
  showing.kind === 'words' ? whyWords(showing.why, label) : undefined;

/** Below which message, and in which topic. */
export type FilesPlace = { readonly replyTo?: number | undefined; readonly topic?: Topic };

export type FileSender = {
  /** Trouble only when nobody knows, or another try may do better. */
  send(batch: readonly PlacedFile[], caption: RichText, place?: FilesPlace): Sending;
  /** The same for files that are at hand; at most ten of one sort. */
  hand(files: readonly Upload[], caption: RichText, place?: FilesPlace): Sending;
};

type Loaded = { readonly at: number; readonly upload: Upload };

export function createFileSender(
  uploads: Uploads,
  load: (showing: Showing) => Promise<Upload | undefined>,
): FileSender {
  const { label } = uploads;
  /** A picture that is not taken as one may still be taken as a document. */
  const sendOne = async ({ at, upload }: Loaded, caption: RichText, place: FilesPlace = {}): Sending => {
    const answer = await uploads.send(upload, caption, { silent: true, ...place });
    if (answer.kind === 'ok') return { kind: 'ok', value: { ids: [answer.value.messageId], missing: [] } };
    if (answer.trouble.kind !== 'rejected') return answer;
    if (upload.as === 'photo') return sendOne({ at, upload: { ...upload, as: 'document' } }, caption, place);
    return { kind: 'ok', value: { ids: [], missing: [{ at, why: `${notTaken(label)} (${answer.trouble.words})` }] } };
  };

  /** An album fails as a whole for one bad item, so each goes alone and only that one is missing. */
  const sendEach = async (loaded: readonly Loaded[], caption: RichText, place: FilesPlace): Sending => {
    let sent: SentFiles = { ids: [], missing: [] };
    for (const one of loaded) {
      const answer = await sendOne(one, sent.ids.length === 0 ? caption : richText(), place);
      if (answer.kind === 'trouble') return answer;
      const { ids, missing } = answer.value;
      sent = { ids: [...sent.ids, ...ids], missing: [...sent.missing, ...missing] };
    }
    return { kind: 'ok', value: sent };
  };

  return {
    async send(batch, caption, place) {
      const loaded: Loaded[] = [];
      const lost: { at: number; why: string }[] = [];
      for (const { at, showing } of batch) {
        const upload = await load(showing);
        if (upload === undefined) lost.push({ at, why: ownWhy(showing, label) ?? gone });
        else loaded.push({ at, upload });
      }
      const answer = await sendLoaded(loaded, caption, place);
      if (answer.kind === 'trouble') return answer;
      return { kind: 'ok', value: { ...answer.value, missing: [...lost, ...answer.value.missing] } };
    },
    hand: (files, caption, place) =>
      sendLoaded(
        files.map((upload, at) => ({ at, upload })),
        caption,
        place,
      ),
  };

  async function sendLoaded(loaded: readonly Loaded[], caption: RichText, place: FilesPlace = {}): Sending {
    const [first, second] = loaded;
    if (first === undefined) return { kind: 'ok', value: { ids: [], missing: [] } };
    if (second === undefined) return sendOne(first, caption, place);
    const all = loaded.map(({ upload }) => upload);
    const answer = await uploads.album(all, caption, { silent: true, ...place });
    if (answer.kind === 'ok')
      return { kind: 'ok', value: { ids: answer.value.map((one) => one.messageId), missing: [] } };
    return answer.trouble.kind === 'rejected' ? await sendEach(loaded, caption, place) : answer;
  }
}

/** As if they had been tried and not taken. */
export const givenUp = (batch: readonly PlacedFile[], label: string): Answer<SentFiles> => ({
  kind: 'ok',
  value: { ids: [], missing: batch.map(({ at, showing }) => ({ at, why: ownWhy(showing, label) ?? notTaken(label) })) },
});
