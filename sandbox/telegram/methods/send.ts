/** sendMessage, sendPhoto, sendDocument, sendMediaGroup. */
import { topicFor } from '../groups.ts';
import type { Group } from '../groups.ts';
import { readMarkup, refusedButton } from '../markup.ts';
import { messageJson } from '../message-json.ts';
import { bad, read } from '../refusal.ts';
import type { Read, Refused } from '../refusal.ts';
import type { Formatted } from '../text/formatted.ts';
import { isRecord, parseJson } from '../transport/request.ts';
import type { Answer } from '../types.ts';
import type { NewMessage, Resident } from '../world.ts';
import { failure, findChat, flagOf, integerOf, success, textOf } from './call.ts';
import type { MethodCall } from './call.ts';
import { finishCaption, finishText, readCaption, readText } from './content.ts';
import { fileOf, readInputMedia, refusedFile } from './media.ts';
import type { GivenMedia } from './media.ts';

export function sendMessage(call: MethodCall): Answer {
  const raw = readText(call);
  return raw.ok ? send(call, { kind: 'text' }, () => finishText(raw.value)) : failure(raw);
}

export const sendPhoto = (call: MethodCall): Answer => sendFile(call, 'photo');

export const sendDocument = (call: MethodCall): Answer => sendFile(call, 'document');

function sendFile(call: MethodCall, kind: 'photo' | 'document'): Answer {
  const given = textOf(call, kind);
  if (given === '' && !call.parameters.files.has(kind)) return failure(bad(`there is no ${kind} in the request`));
  const raw = readCaption(call);
  if (!raw.ok) return failure(raw);
  const file = fileOf(call, given === '' ? `attach://${kind}` : given, kind);
  return file.ok ? send(call, { kind, file: file.value }, () => finishCaption(raw.value)) : failure(file);
}

/** `finish` comes after the chat and the message replied to were found: that order shows in refusals. */
function send(call: MethodCall, what: Pick<NewMessage, 'kind' | 'file'>, finish: () => Read<Formatted>): Answer {
  const reply = readReply(call);
  if (!reply.ok) return failure(reply);
  const markup = readMarkup(textOf(call, 'reply_markup'));
  if (!markup.ok) return failure(markup);
  const chat = findChat(call, true);
  if (!chat.ok) return failure(chat);
  const target = findPlace(call, chat.value, reply.value);
  if (!target.ok) return failure(target);
  const formatted = finish();
  if (!formatted.ok) return failure(formatted);
  const wrong = refusedButton(markup.value) ?? (what.file === undefined ? undefined : refusedFile(what.file));
  if (wrong !== undefined) return failure(wrong);
  const message = call.world.add({
    ...what,
    ...formatted.value,
    ...target.value,
    chatId: chat.value.id,
    from: 'bot',
    markup: markup.value,
    silent: flagOf(call, 'disable_notification'),
  });
  return success(messageJson(call.world, message));
}

type ReplyParameters = { readonly messageId: number; readonly optional: boolean; readonly quote: string | undefined };

function readReply(call: MethodCall): Read<ReplyParameters | undefined> {
  const text = textOf(call, 'reply_parameters');
  if (text === '') return read(undefined);
  const value = parseJson(text);
  if (value === undefined) return bad("can't parse reply parameters JSON object");
  if (!isRecord(value)) return bad('object expected as reply parameters');
  if (Object.keys(value).length === 0) return read(undefined);
  if (value['message_id'] === undefined) return bad('can\'t find field "message_id"');
  const quote = typeof value['quote'] === 'string' && value['quote'] !== '' ? value['quote'] : undefined;
  const optional = value['allow_sending_without_reply'] === true;
  return read({ messageId: Number(value['message_id']), optional, quote });
}

type Replied = Pick<NewMessage, 'replyTo' | 'quote'>;

/** What is replied to, and the topic. */
function findPlace(
  call: MethodCall,
  chat: Resident | Group,
  reply: ReplyParameters | undefined,
): Read<Replied & Pick<NewMessage, 'threadId'>> {
  const replied = findReplied(call, chat, reply);
  if (!replied.ok) return replied;
  const { replyTo } = replied.value;
  const near = replyTo === undefined ? undefined : call.world.message(chat.id, replyTo)?.threadId;
  const topic = topicFor(chat, integerOf(call, 'message_thread_id'), near);
  return topic.ok ? read({ ...replied.value, threadId: topic.value }) : topic;
}

function findReplied(call: MethodCall, chat: Resident | Group, reply: ReplyParameters | undefined): Read<Replied> {
  if (reply === undefined) return read({});
  const message = call.world.message(chat.id, reply.messageId);
  if (message === undefined) return reply.optional ? read({}) : bad('message to be replied not found');
  if (reply.quote !== undefined && !message.text.includes(reply.quote)) return bad('QUOTE_TEXT_INVALID');
  return read({ replyTo: message.id, quote: reply.quote });
}

export function sendMediaGroup(call: MethodCall): Answer {
  const media = parseJson(textOf(call, 'media'));
  if (media === undefined) return failure(bad("can't parse media JSON object"));
  if (!Array.isArray(media)) return failure(bad('expected an Array of InputMedia'));
  if (media.length === 0) return failure(bad('there are no messages to send'));
  if (media.length > 10) return failure(bad('too many messages to send as an album'));
  const reply = readReply(call);
  if (!reply.ok) return failure(reply);
  const items: GivenMedia[] = [];
  for (const one of media as unknown[]) {
    const item = readInputMedia(call, one);
    if (!item.ok) return failure(item);
    items.push(item.value);
  }
  if (new Set(items.map(({ kind }) => kind)).size > 1)
    return failure(bad("document can't be mixed with other media types"));
  const chat = findChat(call, true);
  if (!chat.ok) return failure(chat);
  const target = findPlace(call, chat.value, reply.value);
  if (!target.ok) return failure(target);
  const captions: Formatted[] = [];
  for (const item of items) {
    const caption = finishCaption(item.raw);
    if (!caption.ok) return failure(caption);
    captions.push(caption.value);
  }
  for (const [at, { file }] of items.entries()) {
    const refused = refusedFile(file);
    // One bad item, and nothing of the album is sent.
    if (refused !== undefined) return failure(bad(albumWords(at + 1, refused)));
  }
  const albumId = items.length > 1 ? String(Math.floor(call.random.fraction() * 2 ** 50)) : undefined;
  const silent = flagOf(call, 'disable_notification');
  const messages = items.map(({ kind, file }, index) => {
    const caption = captions[index] ?? { text: '', entities: [] };
    const album = albumId === undefined ? {} : { albumId };
    return call.world.add({
      ...caption,
      ...target.value,
      ...album,
      kind,
      file,
      silent,
      chatId: chat.value.id,
      from: 'bot',
    });
  });
  return success(messages.map((message) => messageJson(call.world, message)));
}

const albumWords = (number: number, { description }: Refused): string =>
  `failed to send message #${number} with the error message "${description.replace(/^Bad Request: /, '')}"`;
