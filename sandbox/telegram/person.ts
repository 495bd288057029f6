/** A person's side of the chat: what they see, and what they do to the bot. */
import type { Clock } from '../../src/lib/clock.ts';
import type { Button } from './markup.ts';
import { botUser, chatOf, messageJson, personUser } from './message-json.ts';
import { codePoints, format } from './text/formatted.ts';
import { createFileSender } from './person-files.ts';
import type { Person, SeenButton, SeenFile, SeenMessage } from './types.ts';
import { callbackLife, messageLife } from './update-queue.ts';
import type { UpdateQueue } from './update-queue.ts';
import { isRecord } from './transport/request.ts';
import type { Resident, StoredFile, StoredMessage, World } from './world.ts';

type Parts = {
  readonly world: World;
  readonly updates: UpdateQueue;
  readonly clock: Clock;
  readonly resident: Resident;
  /** Where they act: their own chat, or that of a group they are in. */
  readonly place: Resident;
};

export function createPerson({ world, updates, clock, resident, place }: Parts): Person {
  const { id } = place;
  const find = (messageId: number): StoredMessage => {
    const message = world.message(id, messageId);
    if (message === undefined) throw new Error(`the chat with ${id} has no message ${messageId}`);
    return message;
  };

  const write = (text: string, replyTo?: number, quote?: string): number => {
    const formatted = format(text, [], false);
    if (!formatted.ok) throw new Error(`the app would not send this: ${formatted.description}`);
    if (codePoints(formatted.value.text) > 4096) throw new Error('the app would cut this into several messages');
    resident.started = true;
    if (resident.blocked) membership(false);
    const message = world.add({ ...formatted.value, replyTo, quote, chatId: id, from: 'person', author: resident });
    updates.add('message', messageJson(world, message), messageLife);
    return message.id;
  };

  const membership = (blocked: boolean) => {
    if (resident.blocked === blocked) return;
    const was = resident.blocked;
    resident.blocked = blocked;
    updates.add('my_chat_member', membershipJson(world, resident, clock.now(), was), messageLife);
    world.touched();
  };

  const callback = (messageId: number, data: string): string => {
    const message = world.message(id, messageId);
    const tap = world.addTap(resident.id, messageId);
    const shown =
      message === undefined ? { chat: chatOf(place), message_id: messageId, date: 0 } : messageJson(world, message);
    const query = { id: tap.id, from: personUser(resident), message: shown, chat_instance: chatInstance(id), data };
    updates.add('callback_query', query, callbackLife);
    return tap.id;
  };

  return {
    id: resident.id,
    messages: () => world.messagesOf(id).map(seen),
    send: (text) => write(text),
    reply: (toMessageId, text, quote) => write(text, quotable(find(toMessageId), quote).id, quote),
    sendFile: createFileSender({ world, updates, resident, find }),
    correct(messageId, text) {
      const message = find(messageId);
      if (message.from !== 'person') throw new Error(`message ${messageId} is not the person's own`);
      const formatted = format(text, [], message.kind !== 'text');
      if (!formatted.ok) throw new Error(`the app would not send this: ${formatted.description}`);
      message.text = formatted.value.text;
      message.entities = formatted.value.entities;
      message.editedAt = clock.now();
      world.changed(message);
      updates.add('edited_message', messageJson(world, message), messageLife);
    },
    tap: (messageId, button) => callback(messageId, dataOf(find(messageId), button)),
    forge: callback,
    toast: (callbackId) => world.tap(callbackId)?.answer,
    remove: (messageId) => world.remove(find(messageId)),
    block: () => membership(true),
    unblock: () => membership(false),
  };
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

export function seen(message: StoredMessage): SeenMessage {
  const { markup } = message;
  return {
    id: message.id,
    from: message.from,
    text: message.text,
    entities: message.entities,
    buttons: buttonsOf(message).map((row) => row.map(seenButton)),
    replyTo: message.replyTo,
    silent: message.silent,
    edited: message.editedAt !== undefined,
    ...(message.kind === 'photo' ? { photo: true } : {}),
    ...(message.file === undefined ? {} : { file: seenFile(message.file) }),
    ...(message.albumId === undefined ? {} : { album: message.albumId }),
    forceReply: markup?.kind === 'force_reply' || (markup?.kind === 'inline' && markup.forceReply),
  };
}

const seenFile = ({ id, kind, upload }: StoredFile): SeenFile => ({
  id,
  kind: kind === 'photo' ? 'photo' : 'document',
  name: upload.name,
  bytes: upload.bytes,
});

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
