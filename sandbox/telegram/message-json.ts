/** Our records in the words of the Bot API. */
import { isGroup, kindOf } from './groups.ts';
import type { Group } from './groups.ts';
import { markupJson } from './markup.ts';
import type { Resident, StoredFile, StoredMessage, World } from './world.ts';

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);

export const botUser = (world: World) => ({
  id: world.bot.id,
  is_bot: true,
  first_name: 'Countersign sandbox',
  username: world.bot.username,
});

export const personUser = (person: Resident) => ({
  id: person.id,
  is_bot: false,
  first_name: person.firstName,
  language_code: 'en',
});

export const chatOf = (chat: Resident | Group) =>
  isGroup(chat)
    ? { id: chat.id, title: chat.title, type: kindOf(chat), ...(chat.forum ? { is_forum: true } : {}) }
    : { id: chat.id, first_name: chat.firstName, type: 'private' };

/** `nested: true` for a message inside another one: the server leaves out what that one replies to. */
export function messageJson(world: World, message: StoredMessage, nested = false): Record<string, unknown> {
  const chat = world.people.get(message.chatId) ?? world.groups.get(message.chatId);
  const person = world.people.get(message.personId ?? message.chatId);
  if (chat === undefined) throw new Error(`message ${message.id} lies in a chat of nobody`);
  const answered = message.replyTo === undefined ? undefined : world.message(message.chatId, message.replyTo);
  const [text, entities] = message.kind === 'text' ? ['text', 'entities'] : ['caption', 'caption_entities'];
  return {
    message_id: message.id,
    ...senderJson(world, message, person, chat),
    chat: chatOf(chat),
    ...threadJson(chat, message, nested),
    date: seconds(message.at),
    ...(message.editedAt === undefined ? {} : { edit_date: seconds(message.editedAt) }),
    ...(answered === undefined || nested ? {} : { reply_to_message: messageJson(world, answered, true) }),
    ...(message.quote === undefined || nested ? {} : { quote: quoteJson(message.quote, answered) }),
    ...(message.albumId === undefined ? {} : { media_group_id: message.albumId }),
    ...fileJson(message),
    ...(message.text === '' ? {} : { [text]: message.text }),
    ...(message.entities.length === 0 ? {} : { [entities]: message.entities }),
    ...(message.markup?.kind === 'inline' ? { reply_markup: markupJson(message.markup) } : {}),
  };
}

/** What is written in the name of a group has a sender of Telegram's own, the same everywhere. */
function senderJson(world: World, message: StoredMessage, person: Resident | undefined, chat: Resident | Group) {
  if (message.from === 'bot' || person === undefined) return { from: botUser(world) };
  if (!message.nameless) return { from: personUser(person) };
  const from = { id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' };
  return { from, sender_chat: chatOf(chat) };
}

/** What lies in a topic names it, and seems to reply to the message that made the topic when it replies to nothing. */
function threadJson(chat: Resident | Group, { threadId, replyTo, at }: StoredMessage, nested: boolean) {
  if (threadId === undefined || !isGroup(chat)) return {};
  const thread = { message_thread_id: threadId, is_topic_message: true };
  if (nested || replyTo !== undefined) return thread;
  const name = chat.topics.get(threadId)?.name ?? '';
  const made = { name, icon_color: 7_322_096 };
  const first = { message_id: threadId, chat: chatOf(chat), date: seconds(at), forum_topic_created: made };
  return { ...thread, reply_to_message: { ...first, ...thread } };
}

function quoteJson(text: string, answered: StoredMessage | undefined) {
  return { text, position: Math.max(0, answered?.text.indexOf(text) ?? 0), is_manual: true };
}

function fileJson({ kind, file }: StoredMessage): Record<string, unknown> {
  if (file === undefined) return {};
  if (kind === 'photo') {
    const sizes = [...(file.thumbnail === undefined ? [] : [file.thumbnail]), file];
    return { photo: sizes.map((size) => ({ ...sizeJson(size), ...size.shape })) };
  }
  return { document: { ...sizeJson(file), file_name: file.upload.name, mime_type: file.upload.type } };
}

export const sizeJson = (file: StoredFile) => ({
  file_id: file.id,
  file_unique_id: file.uniqueId,
  file_size: file.upload.bytes.length,
});
