/** A person sends a picture or another file, as an app does. */
import { refusedFile } from './methods/media.ts';
import { format } from './text/formatted.ts';
import type { Person, SentFile } from './types.ts';
import type { NewMessage, StoredMessage, World } from './world.ts';

/** What a person sends, before it is known where and by whom. */
export type PutMessage = Omit<NewMessage, 'chatId' | 'personId' | 'from'>;

export function createFileSender(parts: {
  readonly world: World;
  readonly find: (messageId: number) => StoredMessage;
  readonly put: (content: PutMessage) => number;
}): Person['sendFile'] {
  const { world, find, put } = parts;
  return (sent: SentFile) => {
    const { bytes, as, caption = '', replyTo, quote, album, topic } = sent;
    const { name = as === 'photo' ? 'photo.jpg' : 'file.bin', type = 'application/octet-stream' } = sent;
    const formatted = format(caption, [], true);
    if (!formatted.ok) throw new Error(`the app would not send this: ${formatted.description}`);
    const file = world.addFile({ name, type, bytes: Buffer.from(bytes) }, as);
    const refused = refusedFile(file);
    if (refused !== undefined) throw new Error(`the app would not send this: ${refused.description}`);
    const quoted = replyTo === undefined ? undefined : find(replyTo);
    if (quote !== undefined && quoted?.text.includes(quote) !== true)
      throw new Error('the quoted part does not stand there');
    const albumId = album === undefined ? {} : { albumId: album };
    const threadId = topic ?? quoted?.threadId;
    return put({ ...formatted.value, ...albumId, threadId, replyTo, quote, kind: as, file });
  };
}
