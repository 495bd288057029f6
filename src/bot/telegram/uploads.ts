/** Sends files: with a client of its own, because an upload may take minutes where a message may take seconds. */
import { InputFile } from 'grammy';
import type { Api } from 'grammy';
import type { InputMediaDocument, InputMediaPhoto } from 'grammy/types';

import type { Sent, Upload, Uploads } from '../chat/messenger.ts';
import { replyTo } from './ids.ts';
import { sentOf } from './outgoing.ts';
import type { ChatLine } from './outgoing.ts';
import type { RichText } from '../chat/text/text.ts';
import { entitiesOf, label, markupOf } from './render.ts';

type Look = Parameters<Uploads['album']>[2];

/**
 * @param api the client with the long time limit
 * @param parts_.inTopic makes a call about the chat the files go to
 */
export function createUploads({
  api,
  aboutMessage,
  inTopic,
}: { api: Api } & Pick<ChatLine, 'aboutMessage' | 'inTopic'>): Uploads {
  return {
    label,
    send: (upload, caption, look) =>
      inTopic<Sent>(look.topic, async (chat, topic) => {
        const shared = {
          ...captionOf(caption),
          ...lookOf(look, topic),
          ...markupOf(look.rows),
        };
        const document = { ...shared, disable_content_type_detection: true };
        return sentOf(
          upload.as === 'photo'
            ? await api.sendPhoto(chat, fileOf(upload), shared)
            : await api.sendDocument(chat, fileOf(upload), document),
        );
      }),
    album: (uploads, caption, look) =>
      inTopic(look.topic, async (chat, topic) => {
        const captionAt = (at: number) => (at === 0 ? captionOf(caption) : {});
        const all = uploads.every(({ as }) => as === 'photo')
          ? uploads.map((upload, at): InputMediaPhoto => ({
              type: 'photo',
              media: fileOf(upload),
              ...captionAt(at),
            }))
          : uploads.map((upload, at): InputMediaDocument => ({
              type: 'document',
              media: fileOf(upload),
              disable_content_type_detection: true,
              ...captionAt(at),
            }));
        return (await api.sendMediaGroup(chat, all, lookOf(look, topic))).map(sentOf);
      }),
    replace: (messageId, upload, caption, rows) =>
      aboutMessage(messageId, (chat, number) =>
        api.editMessageMedia(
          chat,
          number,
          { type: upload.as, media: fileOf(upload), ...captionOf(caption) },
          markupOf(rows),
        ),
      ),
  };
}

const fileOf = ({ bytes, name }: Upload): InputFile => new InputFile(bytes, name);

const captionOf = (caption: RichText) =>
  caption.text === '' ? {} : { caption: caption.text, caption_entities: entitiesOf(caption) };

const lookOf = ({ silent, replyTo: below }: Look, topic: number | undefined) => ({
  disable_notification: silent,
  ...(topic === undefined ? {} : { message_thread_id: topic }),
  ...replyTo(below),
});
