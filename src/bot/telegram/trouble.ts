import { GrammyError, HttpError } from 'grammy';

import type { SayResult, ShowResult } from '../../domain/ports.ts';
import { strange } from '../../lib/words.ts';
import { neverSentCode } from './clients.ts';

/** What can go wrong at the far side, in our words. */
export type Trouble =
  /** Nobody is paired yet, so there is no chat to write to. */
  | { readonly kind: 'nobody' }
  /** Certainly did not reach Telegram. */
  | { readonly kind: 'not_sent' }
  /** The answer was lost: it may have happened. */
  | { readonly kind: 'answer_lost' }
  | { readonly kind: 'wait'; readonly seconds: number }
  /** Telegram itself has trouble; nothing happened. */
  | { readonly kind: 'down' }
  | { readonly kind: 'token_refused' }
  /** Somebody else polls with our token. */
  | { readonly kind: 'conflict' }
  | { readonly kind: 'moved'; readonly chatId: string }
  /** The chat does not take messages from us. */
  | { readonly kind: 'chat_closed'; readonly words: string }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'message_gone' }
  /** The message shows a picture where we thought of a text, or the other way round. */
  | { readonly kind: 'other_kind' }
  /** The topic was deleted or closed. */
  | { readonly kind: 'topic_gone' }
  /** A tap was answered too late or twice. */
  | { readonly kind: 'late_answer' }
  /** Telegram does not take what we sent: our mistake. */
  | { readonly kind: 'rejected'; readonly words: string };

export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'trouble'; readonly trouble: Trouble };

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
  const words = strange(thrown.description, 200);
  // A group that takes no pictures or files takes words.
  if (/not enough rights to send (?!text)/.test(description)) return { kind: 'rejected', words };
  if (code === 403 || closedChat.some((sign) => description.includes(sign))) return { kind: 'chat_closed', words };
  if (description.includes('message is not modified')) return { kind: 'unchanged' };
  if (/there is no (?:text|caption) in the message to edit/.test(description)) return { kind: 'other_kind' };
  if (goneTopic.some((sign) => description.includes(sign))) return { kind: 'topic_gone' };
  if (goneMessage.some((sign) => description.includes(sign))) return { kind: 'message_gone' };
  if (description.includes('query is too old')) return { kind: 'late_answer' };
  return { kind: 'rejected', words };
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

/** In words for people and logs. */
export function troubleWords(trouble: Trouble): string {
  switch (trouble.kind) {
    case 'nobody':
      return 'Nobody is paired yet. Send the bot /start and the code that was shown at the start.';
    case 'not_sent':
      return 'Telegram cannot be reached. Is this machine online?';
    case 'answer_lost':
      return 'Telegram did not answer.';
    case 'wait':
      return `Telegram asks to wait ${trouble.seconds} s.`;
    case 'down':
      return 'Telegram has trouble of its own just now.';
    case 'token_refused':
      return 'Telegram does not accept the bot token. Ask @BotFather for the right one and set TELEGRAM_BOT_TOKEN.';
    case 'conflict':
      return 'Another program listens with the same bot token. Stop it, or make a second bot.';
    case 'moved':
      return `The group has a new id, ${trouble.chatId}. Set TELEGRAM_CHAT_ID to it.`;
    case 'chat_closed':
      return `The chat does not take messages (${trouble.words}). Press Start in the bot's chat, or check TELEGRAM_CHAT_ID.`;
    case 'unchanged':
      return 'Nothing changed.';
    case 'message_gone':
      return 'The message is gone.';
    case 'other_kind':
      return 'The message is of another kind than it was.';
    case 'topic_gone':
      return 'The topic is gone.';
    case 'late_answer':
      return 'The tap was answered too late.';
    case 'rejected':
      return `Telegram did not take the message (${trouble.words}).`;
  }
}

/** What trouble with a card means. Sending a card again is harmless, so a lost answer is a reason to repeat. */
export function showTrouble(trouble: Trouble): ShowResult {
  const words = troubleWords(trouble);
  if (trouble.kind === 'message_gone') return { kind: 'card_gone' };
  if (trouble.kind === 'answer_lost') return { kind: 'later', afterSeconds: 1, words };
  return laterOrRefused(trouble, words);
}

/** What trouble with a note means. It must not arrive twice, so a lost answer ends it. */
export function sayTrouble(trouble: Trouble): SayResult {
  const words = troubleWords(trouble);
  return trouble.kind === 'answer_lost' ? { kind: 'unknown', words } : laterOrRefused(trouble, words);
}

function laterOrRefused(trouble: Trouble, words: string): Extract<SayResult, { kind: 'later' | 'refused' }> {
  switch (trouble.kind) {
    case 'wait':
      return { kind: 'later', afterSeconds: trouble.seconds, words };
    case 'not_sent':
    case 'down':
      return { kind: 'later', afterSeconds: 5, words };
    // A person mends it, but nothing may be lost until then.
    case 'chat_closed':
    case 'conflict':
      return { kind: 'later', afterSeconds: 60, words };
    case 'nobody':
    case 'token_refused':
      return { kind: 'later', afterSeconds: 300, words };
    case 'moved':
    case 'topic_gone':
      return { kind: 'later', afterSeconds: 1, words };
    case 'answer_lost':
    case 'unchanged':
    case 'message_gone':
    case 'other_kind':
    case 'late_answer':
    case 'rejected':
      return { kind: 'refused', words };
  }
}
