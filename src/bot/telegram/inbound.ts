/** What Telegram delivers, as the conversation hears it. Reading calls nobody, and reads what earlier versions kept. */
import type { CallbackQuery, MaybeInaccessibleMessage, Message, Update, User, UserFromGetMe } from 'grammy/types';

import type { Actor } from '../../domain/actor.ts';
import { oneLine } from '../../lib/words.ts';
import { messageIdOf, placeIn } from './ids.ts';
import type { Heard, Nameless, Place, Said } from '../chat/messenger.ts';

/** An update as earlier versions kept it: with the instant it came. */
type KeptUpdate = Update & { readonly received_at?: number };

/** What happened to a chat itself. */
export type ChatChange =
  /** What we may do in it is another thing now. */
  | { readonly kind: 'membership'; readonly chatId: string; readonly isOut: boolean }
  | { readonly kind: 'moved'; readonly chatId: string; readonly newId: string };

/** Who acts, by the numeric id; the first name is for people only. */
export const actorOf = (user: User): Actor => ({
  source: 'telegram',
  id: String(user.id),
  name: oneLine(user.first_name, 40) || `Telegram user ${user.id}`,
});

/**
 * Undefined: nothing for us. Throws what can't be read.
 * @param payload as it was kept, also by earlier versions
 */
export function readUpdate(payload: string, me: UserFromGetMe): Heard | Nameless | ChatChange | undefined {
  const update = JSON.parse(payload) as KeptUpdate;
  const { callback_query: tap, message, edited_message: edited, my_chat_member: member } = update;
  if (member !== undefined) {
    const { status } = member.new_chat_member;
    return { kind: 'membership', chatId: String(member.chat.id), isOut: status === 'kicked' || status === 'left' };
  }
  if (tap !== undefined) return tap.from.is_bot ? undefined : readTap(update, tap);
  if (message?.migrate_to_chat_id !== undefined) {
    return { kind: 'moved', chatId: String(message.chat.id), newId: String(message.migrate_to_chat_id) };
  }
  if (message?.sender_chat !== undefined && message.from?.is_bot) return readNameless(message, me);
  const written = message ?? edited;
  if (written?.from === undefined || written.from.is_bot) return undefined;
  const said = readMessage(update, written, written.from, me);
  if (message === undefined) return { ...said, kind: 'corrected' };
  return readCommand(said, message, me) ?? said;
}

function readTap(update: KeptUpdate, { id, from, data, message }: CallbackQuery): Heard {
  const replied = message !== undefined && 'reply_to_message' in message ? message.reply_to_message : undefined;
  return {
    kind: 'press',
    id,
    actor: actorOf(from),
    receivedAt: receivedAt(update),
    chat: message === undefined ? '' : placeIn(message.chat.id, undefined),
    place: message === undefined ? '' : placeOf(message),
    shared: message?.chat.type !== 'private',
    messageId: message === undefined ? undefined : messageIdOf(message.chat.id, message.message_id),
    act: data ?? '',
    below:
      replied === undefined
        ? undefined
        : { messageId: messageIdOf(replied.chat.id, replied.message_id), text: replied.text },
  };
}

function readMessage(update: KeptUpdate, message: Message, from: User, me: UserFromGetMe): Said {
  const { chat, caption, reply_to_message: about, quote } = message;
  const messageId = messageIdOf(chat.id, message.message_id);
  const shared = chat.type !== 'private';
  const text = message.text ?? caption ?? '';
  // In a group we may hear only what answers us: the rest of a long text would stand where we don't.
  const isUnheard = shared && !me.can_read_all_group_messages;
  const isFull = message.text === undefined ? (caption ?? '').length >= fullCaption : mayBeCut(message);
  return {
    kind: 'said',
    // Ids of updates begin anew at random after a quiet week, so the message's is put beside it.
    id: `${update.update_id}/${message.message_id}`,
    actor: actorOf(from),
    receivedAt: receivedAt(update),
    chat: placeIn(chat.id, undefined),
    place: placeOf(message),
    shared,
    messageId,
    text,
    sentAt: message.date,
    about:
      about === undefined
        ? undefined
        : {
            messageId: messageIdOf(about.chat.id, about.message_id),
            text: about.text ?? about.caption ?? '',
            ours: about.from?.id === me.id,
            isHead: 'forum_topic_created' in about,
          },
    quote: quote?.is_manual === true ? { text: quote.text, at: quote.position } : undefined,
    pieces: [{ messageId, text }],
    isCut: isUnheard && isFull,
    isLong: mayBeCut(message),
    isPassedOn: message.forward_origin !== undefined || message.via_bot !== undefined,
    file: hasFile(message) ? { picture: pictureOf(message) } : undefined,
    album: message.media_group_id,
  };
}

/** Of the 1,024 signs of a caption: more may have been meant. */
const fullCaption = 1_000;

/** An app looks for a place to cut from the middle of the 4,096 signs on; for a caption, of the 1,024. */
const shortestCut = { text: 2_000, caption: 500 } as const;

const mayBeCut = ({ text, caption }: Message): boolean =>
  (text ?? '').length >= shortestCut.text || (caption ?? '').length >= shortestCut.caption;

/**
 * An open question makes the app send a menu command as a reply, so a reply is a command when it is nothing else; a new
 * text may well begin with a slash. One that another bot is called by has no word.
 */
function readCommand(said: Said, { text, reply_to_message: replied }: Message, me: UserFromGetMe): Heard | undefined {
  if (text === undefined || !text.startsWith('/')) return undefined;
  if (replied !== undefined && !/^\/[a-z]+(@\w+)?\s*$/.test(text)) return undefined;
  const [whole = '/', word = '', bot] = /^\/(\w{1,32})(?:@(\w+))?/.exec(text) ?? [];
  const isOurs = bot === undefined || bot.toLowerCase() === me.username.toLowerCase();
  const { id, actor, receivedAt: at, chat, place, shared, messageId } = said;
  const came = { id, actor, receivedAt: at, chat, place, shared, messageId };
  const rest = text.slice(whole.length).trimStart();
  return { kind: 'command', ...came, word: isOurs ? word : '', rest, written: said };
}

const readNameless = (message: Message, me: UserFromGetMe): Nameless => ({
  kind: 'nameless',
  chat: placeIn(message.chat.id, undefined),
  place: placeOf(message),
  messageId: messageIdOf(message.chat.id, message.message_id),
  isForUs: (message.text ?? message.caption ?? '').startsWith('/') || message.reply_to_message?.from?.id === me.id,
});

const receivedAt = ({ received_at: at }: KeptUpdate): Date | undefined => (at === undefined ? undefined : new Date(at));

/** The topic it lies in. A number alone proves none: in other groups it names a chain of replies. */
export const placeOf = (message: MaybeInaccessibleMessage): Place =>
  placeIn(
    message.chat.id,
    'is_topic_message' in message && message.is_topic_message ? message.message_thread_id : undefined,
  );

const hasFile = (message: Message): boolean =>
  [
    message.photo,
    message.animation,
    message.audio,
    message.document,
    message.video,
    message.video_note,
    message.voice,
    message.sticker,
  ].some((file) => file !== undefined);

/** The largest size of a photo, or a file that says it is a picture. What it really is, its bytes tell. */
function pictureOf({ photo, document }: Message): { handle: string; bytes: number | undefined } | undefined {
  const largest = photo?.toSorted((a, b) => a.width * a.height - b.width * b.height).at(-1);
  const file = largest ?? (document?.mime_type?.startsWith('image/') === true ? document : undefined);
  return file === undefined ? undefined : { handle: file.file_id, bytes: file.file_size };
}
