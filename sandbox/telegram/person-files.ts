/** A person sends a picture or another file, as an app does. */
import { messageJson } from './message-json.ts';
import { refusedFile } from './methods/media.ts';
import { format } from './text/formatted.ts';
import type { Person, SentFile } from './types.ts';
import { messageLife } from './update-queue.ts';
import type { UpdateQueue } from './update-queue.ts';
import type { Resident, StoredMessage, World } from './world.ts';

export function createFileSender(parts: {
  readonly world: World;
  readonly updates: UpdateQueue;
  readonly resident: Resident;
  readonly find: (messageId: number) => StoredMessage;
}): Person['sendFile'] {
  const { world, updates, resident, find } = parts;
  return (sent: SentFile) => {
    const { bytes, as, caption = '', replyTo, quote, album } = sent;
    const { name = as === 'photo' ? 'photo.jpg' : 'file.bin', type = 'application/octet-stream' } = sent;
    const formatted = format(caption, [], true);
    if (!formatted.ok) throw new Error(`the app would not send this: ${formatted.description}`);
    const file = world.addFile({ name, type, bytes: Buffer.from(bytes) }, as);
    const refused = refusedFile(file);
    if (refused !== undefined) throw new Error(`the app would not send this: ${refused.description}`);
    const quoted = replyTo === undefined ? undefined : find(replyTo);
    if (quote !== undefined && quoted?.text.includes(quote) !== true)
      throw new Error('the quoted part does not stand there');
    resident.started = true;
    const albumId = album === undefined ? {} : { albumId: album };
    const content = { ...formatted.value, ...albumId, replyTo, quote, kind: as, file };
    const message = world.add({ ...content, chatId: resident.id, from: 'person' });
    updates.add('message', messageJson(world, message), messageLife);
    return message.id;
  };
}
