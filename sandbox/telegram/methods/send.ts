/** sendMessage, sendPhoto, sendDocument, sendMediaGroup. */
import { topicFor } from '../groups.ts';
import type { Group } from '../groups.ts';
import { readMarkup, refusedButton } from '../markup.ts';
import { messageJson } from '../message-json.ts';
import { bad, read } from '../refusal.ts';
import type { Read } from '../refusal.ts';
import type { Raw } from '../text/entity.ts';
import type { Formatted } from '../text/formatted.ts';
import { isRecord, parseJson } from '../transport/request.ts';
import type { Answer } from '../types.ts';
import type { NewMessage, Resident, StoredFile } from '../world.ts';
import { failure, findChat, flagOf, integerOf, success, textOf } from './call.ts';
import type { MethodCall } from './call.ts';
import { finishCaption, finishText, parseRaw, readCaption, readText } from './content.ts';

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
  const file = fileOf(call, given === '' ? `attach://${kind}` : given);
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
  const wrong = refusedButton(markup.value);
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

/** A file by upload (`attach://name`) or by the id of one sent before. */
function fileOf(call: MethodCall, given: string): Read<StoredFile> {
  const name = /^attach:\/\/(.+)$/.exec(given)?.[1];
  const upload = name === undefined ? undefined : call.parameters.files.get(name);
  if (upload !== undefined) {
    return upload.bytes.length === 0 ? bad('file must be non-empty') : read(call.world.addFile(upload));
  }
  // The sandbox never goes out to the network, so it can't have any page.
  if (/^https?:\/\//i.test(given)) return bad('failed to get HTTP URL content');
  const known = call.world.file(given);
  return known === undefined
    ? bad("wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
    : read(known);
}

export function sendMediaGroup(call: MethodCall): Answer {
  const media = parseJson(textOf(call, 'media'));
  if (media === undefined) return failure(bad("can't parse media JSON object"));
  if (!Array.isArray(media)) return failure(bad('expected an Array of InputMedia'));
  if (media.length === 0) return failure(bad('there are no messages to send'));
  if (media.length > 10) return failure(bad('too many messages to send as an album'));
  const reply = readReply(call);
  if (!reply.ok) return failure(reply);
  const items: { readonly kind: 'photo' | 'document'; readonly file: StoredFile; readonly raw: Raw }[] = [];
  for (const one of media as unknown[]) {
    const item = albumItem(call, one);
    if (!item.ok) return failure(item);
    items.push(item.value);
  }
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

function albumItem(call: MethodCall, value: unknown) {
  const problem = (reason: string) => bad(`can't parse InputMedia: ${reason}`);
  if (!isRecord(value)) return problem('expected an Object');
  const { type, media, caption, parse_mode: mode, caption_entities: entities } = value;
  if (type !== 'photo' && type !== 'document') return problem(`type "${String(type)}" is unknown to the sandbox`);
  if (typeof media !== 'string' || media === '') return problem('media not found');
  const raw = parseRaw(typeof caption === 'string' ? caption : '', typeof mode === 'string' ? mode : '', entities);
  if (!raw.ok) return raw;
  const file = fileOf(call, media);
  return file.ok ? read({ kind: type, file: file.value, raw: raw.value } as const) : file;
}
