/** editMessageText, editMessageCaption, editMessageMedia, editMessageReplyMarkup. */
import { markupJson, readMarkup, refusedButton } from '../markup.ts';
import type { Markup } from '../markup.ts';
import { messageJson } from '../message-json.ts';
import { bad } from '../refusal.ts';
import type { Read } from '../refusal.ts';
import type { Formatted } from '../text/formatted.ts';
import { parseJson } from '../transport/request.ts';
import type { Answer } from '../types.ts';
import type { StoredMessage } from '../world.ts';
import { failure, findMessage, success, textOf } from './call.ts';
import type { MethodCall } from './call.ts';
import { finishCaption, finishText, readCaption, readText } from './content.ts';
import { readInputMedia, refusedFile } from './media.ts';

export function editMessageText(call: MethodCall): Answer {
  const raw = readText(call);
  if (!raw.ok) return failure(raw);
  return edit(call, (message) =>
    message.kind === 'text' ? finishText(raw.value) : bad('there is no text in the message to edit'),
  );
}

export function editMessageCaption(call: MethodCall): Answer {
  const raw = readCaption(call);
  if (!raw.ok) return failure(raw);
  return edit(call, (message) =>
    message.kind === 'text' ? bad('there is no caption in the message to edit') : finishCaption(raw.value),
  );
}

/** Turns a text into a picture or a file, or puts another one in its place; never back into a text. */
export function editMessageMedia(call: MethodCall): Answer {
  const given = textOf(call, 'media');
  if (given === '') return failure(bad('parameter "media" is required'));
  const value = parseJson(given);
  if (value === undefined) return failure(bad("can't parse input media JSON object"));
  const media = readInputMedia(call, value);
  if (!media.ok) return failure(media);
  const { kind, file, raw } = media.value;
  return edit(call, (message) => {
    if (message.albumId !== undefined && message.kind !== kind) return bad("message media can't be edited");
    const caption = finishCaption(raw);
    if (!caption.ok) return caption;
    return refusedFile(file) ?? { ok: true, value: { ...caption.value, kind, file } };
  });
}

export const editMessageReplyMarkup = (call: MethodCall): Answer =>
  edit(call, ({ text, entities }) => ({ ok: true, value: { text, entities } }));

type Content = Formatted & Partial<Pick<StoredMessage, 'kind' | 'file'>>;

/** The new markup replaces the old one: an edit without any takes the keyboard away. */
function edit(call: MethodCall, contentOf: (message: StoredMessage) => Read<Content>): Answer {
  const markup = readMarkup(textOf(call, 'reply_markup'));
  if (!markup.ok) return failure(markup);
  if (textOf(call, 'chat_id') === '' && textOf(call, 'message_id') === '') {
    const reason =
      textOf(call, 'inline_message_id') === ''
        ? 'message identifier is not specified'
        : 'invalid inline message identifier specified';
    return failure(bad(reason));
  }
  const found = findMessage(call, 'message to edit', true);
  if (!found.ok) return failure(found);
  const message = found.value;
  if (message.from !== 'bot' || (message.markup !== undefined && message.markup.kind !== 'inline')) {
    return failure(bad("message can't be edited"));
  }
  const content = contentOf(message);
  if (!content.ok) return failure(content);
  if (markup.value !== undefined && markup.value.kind !== 'inline') return failure(bad('inline keyboard expected'));
  const wrong = refusedButton(markup.value);
  if (wrong !== undefined) return failure(wrong);
  const wanted = keepingForceReply(markup.value, message.markup);
  if (sameContent(message, content.value, wanted)) {
    return failure(
      bad(
        'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
      ),
    );
  }
  const { kind = message.kind, file = message.file } = content.value;
  const redone = message.file !== file || message.text !== content.value.text;
  if (redone || !same(message.entities, content.value.entities)) message.editedAt = call.clock.now();
  message.kind = kind;
  message.file = file;
  message.text = content.value.text;
  message.entities = content.value.entities;
  message.markup = wanted;
  call.world.changed(message);
  return success(messageJson(call.world, message));
}

/** `force_reply` of an inline keyboard is settled when the message is sent. */
function keepingForceReply(wanted: Markup | undefined, current: Markup | undefined): Markup | undefined {
  if (wanted?.kind !== 'inline') return wanted;
  return { ...wanted, forceReply: current?.kind === 'inline' && current.forceReply };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const sameContent = (message: StoredMessage, content: Content, markup: Markup | undefined): boolean =>
  (content.file === undefined || content.file === message.file) &&
  message.text === content.text &&
  same(message.entities, content.entities) &&
  same(markupJson(message.markup), markupJson(markup));
