/** Sizes, times and states as words for people. Times are those of the machine Countersign runs on. */
import type { Attempt } from '../../domain/attempt.ts';
import type { CardMood } from '../../domain/card.ts';
import type { DraftVerb } from '../../domain/decision.ts';
import { html, type Html } from './html.ts';

export const verbWords: Readonly<Record<DraftVerb, string>> = {
  approve: 'Approve',
  edit: 'Edit',
  restore: 'Take the edit back',
  choose: 'This is the text',
  plain: 'Make it plain text',
  reply_all: 'Reply to all',
  reject: 'Reject',
  close: 'Close, I answered it',
  postpone: 'Ask me then',
  reason: 'Note the reason',
  undo: 'Undo',
  happened: 'It went out',
  not_happened: 'It did not, ask me again',
  leave: 'It did not, leave it',
  retry: 'Try again',
  comment: 'Add the comment',
};

/** Which part of the inbox a card belongs to. */
export const shelfOf: Readonly<Record<CardMood, 'asks' | 'leaves' | 'settled'>> = {
  asks: 'asks',
  later: 'asks',
  blocked: 'asks',
  nothing: 'asks',
  unknown: 'asks',
  waits: 'leaves',
  works: 'leaves',
  done: 'settled',
  rejected: 'settled',
  failed: 'settled',
  gone: 'settled',
};

/** How an attempt stands, with the mood it is drawn in. */
export function attemptWords(attempt: Attempt): { readonly mood: CardMood; readonly words: string } {
  if (attempt.phase === 'started') return { mood: 'works', words: 'Getting ready; nothing has left yet' };
  if (attempt.phase === 'committed') return { mood: 'works', words: 'Going out right now' };
  switch (attempt.outcome) {
    case 'posted':
      return { mood: 'done', words: 'It went out' };
    case 'retry_later':
      return { mood: 'blocked', words: 'Did not go out; it is tried again' };
    case 'rate_limited':
      return { mood: 'blocked', words: 'Did not go out; it waits for the limit' };
    case 'needs_login':
      return { mood: 'blocked', words: 'Did not go out; somebody must log in' };
    case 'refused':
      return { mood: 'failed', words: 'Did not go out; it was refused' };
    case 'unknown':
      return { mood: 'unknown', words: 'Nobody can tell whether it went out' };
    default:
      return { mood: 'gone', words: 'Ended' };
  }
}

export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Time of day, with the date when it was not today. */
export function timeOf(at: Date, now: Date): Html {
  const time = at.toLocaleTimeString('en-GB');
  const today = at.toDateString() === now.toDateString();
  const words = today ? time : `${at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })}, ${time}`;
  return html`<time datetime="${at.toISOString()}">${words}</time>`;
}
