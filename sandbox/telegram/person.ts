/** A person's side of the chat: what they see, and what they do to the bot. */
import type { Clock } from '../../src/lib/clock.ts';
import { reachesBot } from './groups.ts';
import type { Group } from './groups.ts';
import type { Button } from './markup.ts';
import { botUser, chatOf, messageJson, personUser } from './message-json.ts';
import { createFileSender } from './person-files.ts';
import { createPaste } from './paste.ts';
import type { PutMessage } from './person-files.ts';
import { codePoints, format } from './text/formatted.ts';
import type { Formatted } from './text/formatted.ts';
import { isRecord } from './transport/request.ts';
import type { Person, SeenButton, SeenFile, SeenMessage } from './types.ts';
import { callbackLife, messageLife } from './update-queue.ts';
import type { UpdateQueue } from './update-queue.ts';
import type { Resident, StoredFile, StoredMessage, World } from './world.ts';

type Parts = {
  readonly world: World;
  readonly updates: UpdateQueue;
  readonly clock: Clock;
  readonly resident: Resident;
  /** Where the person is: the private chat with the bot when left out. */
  readonly group?: Group;
  /** There, as an admin who stays anonymous. */
  readonly nameless?: boolean;
};

export function createPerson({ world, updates, clock, resident, group, nameless = false }: Parts): Person {
  const { id } = resident;
  const chat = group ?? resident;
  const find = (messageId: number): StoredMessage => {
    const message = world.message(chat.id, messageId);
    if (message === undefined) throw new Error(`the chat ${chat.id} has no message ${messageId}`);
    return message;
  };
  const heard = (message: StoredMessage): boolean => {
    if (group === undefined) return true;
    if (group.botIs !== 'member') return false;
    const replied = message.replyTo === undefined ? undefined : world.message(group.id, message.replyTo);
    return group.hearsAll || reachesBot(message.text, replied?.from === 'bot', world.bot.username);
  };

  /** Lays a message into the chat, and tells the bot when it may know of it. */
  const put = (content: PutMessage): number => {
    if (group === undefined) {
      resident.started = true;
      if (resident.blocked) membership(false);
    }
    const message = world.add({ ...content, chatId: chat.id, personId: id, from: 'person', nameless });
    if (heard(message)) updates.add('message', messageJson(world, message), messageLife);
    return message.id;
  };

  const write = (text: string, replyTo?: StoredMessage, quote?: string, topic?: number): number => {
    const formatted = typed(text);
    if (codePoints(formatted.text) > 4096) throw new Error('the app would cut this into several messages');
    return put({ ...formatted, threadId: topic ?? replyTo?.threadId, replyTo: replyTo?.id, quote });
  };

  const membership = (blocked: boolean) => {
    if (resident.blocked === blocked) return;
    const was = resident.blocked;
    resident.blocked = blocked;
    updates.add('my_chat_member', membershipJson(world, resident, clock.now(), was), messageLife);
    world.touched();
  };

  const callback = (messageId: number, data: string) => tapOn(world, updates, resident, chat, messageId, data);

  return {
    id,
    messages: () => world.messagesOf(chat.id).map((message) => seen(message, id, world)),
    send: (text, topic) => write(text, undefined, undefined, topic),
    reply: (toMessageId, text, quote) => write(text, quotable(find(toMessageId), quote), quote),
    paste: createPaste(write, find),
    sendFile: createFileSender({ world, find, put }),
    correct(messageId, text) {
      const message = find(messageId);
      if (message.from !== 'person' || message.personId !== id)
        throw new Error(`message ${messageId} is not the person's own`);
      Object.assign(message, typed(text, message.kind !== 'text'), { editedAt: clock.now() });
      world.changed(message);
      if (heard(message)) updates.add('edited_message', messageJson(world, message), messageLife);
    },
    tap: (messageId, button) => callback(messageId, dataOf(find(messageId), button)),
    forge: callback,
    toast: (callbackId) => world.tap(callbackId)?.answer,
    remove: (messageId) => world.remove(find(messageId)),
    block: () => membership(true),
    unblock: () => membership(false),
  };
}

function typed(text: string, mayBeEmpty = false): Formatted {
  const formatted = format(text, [], mayBeEmpty);
  if (!formatted.ok) throw new Error(`the app would not send this: ${formatted.description}`);
  return formatted.value;
}

function tapOn(
  world: World,
  updates: UpdateQueue,
  resident: Resident,
  chat: Resident | Group,
  messageId: number,
  data: string,
): string {
  const message = world.message(chat.id, messageId);
  const { id } = world.addTap(resident.id, messageId);
  const shown =
    message === undefined ? { chat: chatOf(chat), message_id: messageId, date: 0 } : messageJson(world, message);
  const from = personUser(resident);
  const query = { id, from, message: shown, chat_instance: chatInstance(chat.id), data };
  updates.add('callback_query', query, callbackLife);
  return id;
}

function quotable(message: StoredMessage, quote: string | undefined): StoredMessage {
  if (quote === undefined || message.text.includes(quote)) return message;
  throw new Error('the quoted part does not stand there');
}

const chatInstance = (id: number): string => String(BigInt(id) * 2_654_435_761n);

/** What pressing the button sends. */
function dataOf(message: StoredMessage, wanted: { readonly label: string } | { readonly data: string }): string {
  const buttons = buttonsOf(message).flat();
  const found = buttons.find((button) =>
    'label' in wanted ? button.text.includes(wanted.label) : button['callback_data'] === wanted.data,
  );
  const labels = buttons.map((button) => button.text).join(' · ');
  if (found === undefined) {
    throw new Error(`message ${message.id} has no button ${JSON.stringify(wanted)}; it has: ${labels || 'none'}`);
  }
  const data = found['callback_data'];
  if (typeof data !== 'string') throw new Error(`the button "${found.text}" sends nothing`);
  return data;
}

const buttonsOf = (message: StoredMessage): readonly (readonly Button[])[] =>
  message.markup?.kind === 'inline' ? message.markup.rows : [];

/** @param viewer who looks: a question put to one person opens nobody else's input field. Undefined: everybody at once */
export function seen(message: StoredMessage, viewer: number | undefined, world: World): SeenMessage {
  const { markup } = message;
  return {
    id: message.id,
    from: message.from,
    personId: message.personId,
    threadId: message.threadId,
    text: message.text,
    entities: message.entities,
    buttons: buttonsOf(message).map((row) => row.map(seenButton)),
    replyTo: message.replyTo,
    silent: message.silent,
    edited: message.editedAt !== undefined,
    ...(message.kind === 'photo' ? { photo: true } : {}),
    ...(message.file === undefined ? {} : { file: seenFile(message.file) }),
    ...(message.albumId === undefined ? {} : { album: message.albumId }),
    forceReply:
      (markup?.kind === 'force_reply' &&
        (!markup.selective || viewer === undefined || isPutTo(message, viewer, world))) ||
      (markup?.kind === 'inline' && markup.forceReply),
  };
}

const seenFile = ({ id, kind, upload }: StoredFile): SeenFile => ({
  id,
  kind: kind === 'photo' ? 'photo' : 'document',
  name: upload.name,
  bytes: upload.bytes,
});

/** Somebody who is named in the text, or whose message it replies to. */
function isPutTo({ entities, chatId, replyTo }: StoredMessage, viewer: number, world: World): boolean {
  const named = entities.some(({ user }) => isRecord(user) && user['id'] === viewer);
  const replied = replyTo === undefined ? undefined : world.message(chatId, replyTo);
  return named || (replied?.from === 'person' && replied.personId === viewer);
}

function seenButton(button: Button): SeenButton {
  const text = (name: string) => (typeof button[name] === 'string' ? button[name] : undefined);
  return {
    label: button.text,
    data: text('callback_data'),
    url: text('url'),
    copy: isRecord(button['copy_text']) ? String(button['copy_text']['text']) : undefined,
    style: text('style'),
    disabled: button['disabled'] !== undefined,
  };
}

function membershipJson(world: World, person: Resident, at: Date, wasBlocked: boolean) {
  const bot = botUser(world);
  const member = (blocked: boolean) =>
    blocked ? { user: bot, status: 'kicked', until_date: 0 } : { user: bot, status: 'member' };
  return {
    chat: chatOf(person),
    from: personUser(person),
    date: Math.floor(at.getTime() / 1000),
    old_chat_member: member(wasBlocked),
    new_chat_member: member(person.blocked),
  };
}
