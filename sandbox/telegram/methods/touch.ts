/** answerCallbackQuery, deleteMessage, setMessageReaction, sendChatAction. */
import { bad } from '../refusal.ts';
import { codePoints } from '../text/formatted.ts';
import { isRecord, parseJson } from '../transport/request.ts';
import type { Answer } from '../types.ts';
import { failure, findChat, findMessage, flagOf, integerOf, success, textOf } from './call.ts';
import type { MethodCall } from './call.ts';

/** Undocumented; users report failures from about 15 to 20 s on. */
const answerLife = 15_000;
const deletable = 48 * 3_600_000;

export function answerCallbackQuery(call: MethodCall): Answer {
  const tap = call.world.tap(textOf(call, 'callback_query_id'));
  const late = tap === undefined || call.clock.now().getTime() - tap.at.getTime() > answerLife;
  if (late || tap.answer !== undefined) {
    return failure(bad('query is too old and response timeout expired or query ID is invalid'));
  }
  const text = textOf(call, 'text');
  if (codePoints(text) > 200) return failure(bad('MESSAGE_TOO_LONG'));
  tap.answer = { text, alert: flagOf(call, 'show_alert') };
  call.world.touched();
  return success(true);
}

export function deleteMessage(call: MethodCall): Answer {
  if (textOf(call, 'chat_id') === '') return failure(bad('chat identifier is not specified'));
  if (integerOf(call, 'message_id') === 0) return failure(bad('message identifier is not specified'));
  const found = findMessage(call, 'message to delete', false);
  if (!found.ok) return failure(found);
  if (call.clock.now().getTime() - found.value.at.getTime() > deletable) {
    return failure(bad("message can't be deleted for everyone"));
  }
  call.world.remove(found.value);
  return success(true);
}

export function setMessageReaction(call: MethodCall): Answer {
  const given = textOf(call, 'reaction');
  const reactions = given === '' ? [] : parseJson(given);
  if (!Array.isArray(reactions)) return failure(bad('expected an Array of ReactionType'));
  const found = findMessage(call, 'message to react', false);
  if (!found.ok) return failure(found);
  if (reactions.length > 1) return failure(bad('REACTIONS_TOO_MANY'));
  const first: unknown = reactions[0];
  const emoji = isRecord(first) ? first['emoji'] : undefined;
  if (first !== undefined && !(typeof emoji === 'string' && allowedReactions.has(emoji))) {
    return failure(bad('REACTION_INVALID'));
  }
  found.value.reaction = typeof emoji === 'string' ? emoji : undefined;
  call.world.touched();
  return success(true);
}

const allowedReactions = new Set(
  '❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡'.split(
    ' ',
  ),
);

const chatActions =
  /^(?:cancel|typing|record_(?:video|voice|audio|video_note)|upload_(?:photo|video|voice|audio|document|video_note)|choose_sticker|find_location|pick_up_location)$/;

export function sendChatAction(call: MethodCall): Answer {
  const action = textOf(call, 'action');
  if (!chatActions.test(action)) return failure(bad('wrong parameter action in request'));
  const chat = findChat(call, true);
  if (!chat.ok) return failure(chat);
  chat.value.action = { name: action, at: call.clock.now() };
  call.world.touched();
  return success(true);
}
