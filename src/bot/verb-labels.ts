import type { DraftVerb } from '../domain/decision.ts';

/** What stands on the buttons of a chat. Every sign comes with a word: not every app shows signs alike. */
export const verbLabels: Readonly<Record<DraftVerb, string>> = {
  approve: '✅ Approve',
  edit: '✏️ Edit',
  choose: 'This is the text',
  plain: '🧹 Make it plain text',
  reject: '❌ Reject',
  postpone: '🕒 Later',
  reason: '✍️ Write why',
  undo: '↩️ Undo',
  happened: 'It went out',
  not_happened: 'It did not, ask me again',
  leave: 'Leave it',
  retry: '🔁 Try again',
};
