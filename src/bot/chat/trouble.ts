/** What goes wrong at the far side, as values: whether it happened all the same, and when to try again. */
import type { SayResult, ShowResult } from '../../domain/ports.ts';

/** What can go wrong at the far side, in our words. */
export type Fault =
  /** Nobody is paired yet, so there is no chat to write to. */
  | { readonly kind: 'nobody' }
  /** Certainly did not reach it. */
  | { readonly kind: 'not_sent' }
  /** The answer was lost: it may have happened. */
  | { readonly kind: 'answer_lost' }
  | { readonly kind: 'wait'; readonly seconds: number }
  /** It has trouble of its own; nothing happened. */
  | { readonly kind: 'down' }
  | { readonly kind: 'token_refused' }
  /** Somebody else listens with our token. */
  | { readonly kind: 'conflict' }
  | { readonly kind: 'moved'; readonly chatId: string }
  /** The chat does not take messages from us. */
  | { readonly kind: 'chat_closed' }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'message_gone' }
  /** The message shows a picture where we thought of a text, or the other way round. */
  | { readonly kind: 'other_kind' }
  /** The topic was deleted or closed. */
  | { readonly kind: 'topic_gone' }
  /** A press can't be answered any more: too late, or twice. */
  | { readonly kind: 'expired' }
  /** It does not take what we sent: our mistake. */
  | { readonly kind: 'rejected' };

/** `words`: for people and logs, with what to do. */
export type Trouble = Fault & { readonly words: string };

export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'trouble'; readonly trouble: Trouble };

/** What trouble with a card means. Sending a card again is harmless, so a lost answer is a reason to repeat. */
export function showTrouble(trouble: Trouble): ShowResult {
  if (trouble.kind === 'message_gone') return { kind: 'card_gone' };
  if (trouble.kind === 'answer_lost') return { kind: 'later', afterSeconds: 1, words: trouble.words };
  return laterOrRefused(trouble);
}

/** What trouble with a note means. It must not arrive twice, so a lost answer ends it. */
export function sayTrouble(trouble: Trouble): SayResult {
  return trouble.kind === 'answer_lost' ? { kind: 'unknown', words: trouble.words } : laterOrRefused(trouble);
}

function laterOrRefused(trouble: Trouble): Extract<SayResult, { kind: 'later' | 'refused' }> {
  const { words } = trouble;
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
    case 'expired':
    case 'rejected':
      return { kind: 'refused', words };
  }
}
