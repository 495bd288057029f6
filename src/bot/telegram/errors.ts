/** Telegram's errors, read in one place; everything else is a bug. */
import { GrammyError, HttpError } from 'grammy';

import { strange } from '../../lib/words.ts';
import type { Answer, Fault, Trouble } from '../chat/trouble.ts';
import { neverSentCode } from './client.ts';

/** Makes one call; what the far side does wrong comes back as a value, everything else is a bug and thrown on. */
export async function attempt<T>(call: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { kind: 'ok', value: await call() };
  } catch (thrown) {
    const trouble = troubleOf(thrown);
    if (trouble === undefined) throw thrown;
    return { kind: 'trouble', trouble };
  }
}

/** The one place that reads Telegram's errors. Undefined for what is none of them. */
export function troubleOf(thrown: unknown): Trouble | undefined {
  const fault = faultOf(thrown);
  const said = thrown instanceof GrammyError ? strange(thrown.description, 200) : '';
  return fault === undefined ? undefined : { ...fault, words: faultWords(fault, said) };
}

function faultOf(thrown: unknown): Fault | undefined {
  if (thrown instanceof HttpError) return { kind: neverLeft(thrown.error) ? 'not_sent' : 'answer_lost' };
  if (!(thrown instanceof GrammyError)) return undefined;
  const { error_code: code, parameters } = thrown;
  const description = thrown.description.toLowerCase();
  if (parameters.migrate_to_chat_id !== undefined) {
    return { kind: 'moved', chatId: String(parameters.migrate_to_chat_id) };
  }
  if (code === 429) return { kind: 'wait', seconds: Math.max(1, parameters.retry_after ?? 5) };
  if (code >= 500) return { kind: 'down' };
  // Telegram's front answers 404 for a token that is none.
  if (code === 401 || code === 404) return { kind: 'token_refused' };
  if (code === 409) return { kind: 'conflict' };
  // A group that takes no pictures or files takes words.
  if (/not enough rights to send (?!text)/.test(description)) return { kind: 'rejected' };
  if (code === 403 || closedChat.some((sign) => description.includes(sign))) return { kind: 'chat_closed' };
  if (description.includes('message is not modified')) return { kind: 'unchanged' };
  if (/there is no (?:text|caption) in the message to edit/.test(description)) return { kind: 'other_kind' };
  if (goneTopic.some((sign) => description.includes(sign))) return { kind: 'topic_gone' };
  if (goneMessage.some((sign) => description.includes(sign))) return { kind: 'message_gone' };
  if (description.includes('query is too old')) return { kind: 'expired' };
  return { kind: 'rejected' };
}

const closedChat = [
  'chat not found',
  'not enough rights',
  'have no write access',
  'chat_write_forbidden',
  'peer_id_invalid',
];
const goneTopic = ['message thread not found', 'topic_deleted', 'topic_closed'];
const goneMessage = [
  'message to edit not found',
  "message can't be edited",
  'message_id_invalid',
  'message to delete not found',
  "message can't be deleted",
];

/** Errors of a connection that was never made; whatever else breaks may break after Telegram had read the request. */
const beforeSending = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  neverSentCode,
]);

function neverLeft(thrown: unknown): boolean {
  let cause = thrown;
  for (let depth = 0; depth < 5 && cause instanceof Error; depth += 1) {
    if ('code' in cause && typeof cause.code === 'string' && beforeSending.has(cause.code)) return true;
    cause = cause.cause;
  }
  return false;
}

/** @param said Telegram's own words, set apart */
function faultWords(fault: Fault, said: string): string {
  switch (fault.kind) {
    case 'nobody':
      return 'Nobody is paired yet. Send the bot /start and the code that was shown at the start.';
    case 'not_sent':
      return 'Telegram cannot be reached. Is this machine online?';
    case 'answer_lost':
      return 'Telegram did not answer.';
    case 'wait':
      return `Telegram asks to wait ${fault.seconds} s.`;
    case 'down':
      return 'Telegram has trouble of its own just now.';
    case 'token_refused':
      return 'Telegram does not accept the bot token. Ask @BotFather for the right one and set TELEGRAM_BOT_TOKEN.';
    case 'conflict':
      return 'Another program listens with the same bot token. Stop it, or make a second bot.';
    case 'moved':
      return `The group has a new id, ${fault.chatId}. Set TELEGRAM_CHAT_ID to it.`;
    case 'chat_closed':
      return `The chat does not take messages (${said}). Press Start in the bot's chat, or check TELEGRAM_CHAT_ID.`;
    case 'unchanged':
      return 'Nothing changed.';
    case 'message_gone':
      return 'The message is gone.';
    case 'other_kind':
      return 'The message is of another kind than it was.';
    case 'topic_gone':
      return 'The topic is gone.';
    case 'expired':
      return 'The tap was answered too late.';
    case 'rejected':
      return `Telegram did not take the message (${said}).`;
  }
}

/** There is no chat to write to. */
export const nobodyYet: Trouble = { kind: 'nobody', words: faultWords({ kind: 'nobody' }, '') };

/** The message can't be there. */
export const messageGone: Trouble = { kind: 'message_gone', words: faultWords({ kind: 'message_gone' }, '') };
