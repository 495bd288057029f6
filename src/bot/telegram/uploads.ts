/** Sends files: with a client of its own, because an upload may take minutes where a message may take seconds. */
import { InputFile } from 'grammy';
import type { InputMediaDocument, InputMediaPhoto } from 'grammy/types';

import type { Messenger, Sent, Upload } from '../chat/messenger.ts';
import type { RichText } from '../chat/text/text.ts';
import type { Api } from './client.ts';
import { inTopic, replyTo } from './ids.ts';
import type { ChatLine } from './line.ts';
import { sentOf } from './messenger.ts';
import { entitiesOf, markupOf } from './render.ts';

type Look = Parameters<Messenger['sendAlbum']>[3];

/** @param api the client with the long time limit */
export function createUploads(api: Api, line: ChatLine): Pick<Messenger, 'sendFile' | 'sendAlbum' | 'replace'> {
  return {
    sendFile: (place, upload, caption, look) =>
      line.inPlace<Sent>(place, async (chat, topic) => {
        const shared = { ...captionOf(caption), ...lookOf(look, topic), ...markupOf(look.rows) };
        const document = { ...shared, disable_content_type_detection: true };
        return sentOf(
          upload.as === 'photo'
            ? await api.sendPhoto(chat, fileOf(upload), shared)
            : await api.sendDocument(chat, fileOf(upload), document),
        );
      }),
    sendAlbum: (place, uploads, caption, look) =>
      line.inPlace(place, async (chat, topic) => {
        const captionAt = (at: number) => (at === 0 ? captionOf(caption) : {});
        const all = uploads.every(({ as }) => as === 'photo')
          ? uploads.map((upload, at): InputMediaPhoto => ({ type: 'photo', media: fileOf(upload), ...captionAt(at) }))
          : uploads.map((upload, at): InputMediaDocument => ({
              type: 'document',
              media: fileOf(upload),
              disable_content_type_detection: true,
              ...captionAt(at),
            }));
        return (await api.sendMediaGroup(chat, all, lookOf(look, topic))).map(sentOf);
      }),
    replace: (messageId, upload, caption, rows) =>
      line.aboutMessage(messageId, (chat, number) =>
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

const lookOf = (look: Look, topic: number | undefined) => ({
  disable_notification: look.silent,
  ...inTopic(topic),
  ...replyTo(look.replyTo),
});
