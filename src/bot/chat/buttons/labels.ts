import type { Card } from '../../../domain/card.ts';
import type { DraftVerb } from '../../../domain/decision.ts';

/** What stands on the buttons of a chat. Every sign comes with a word: not every app shows signs alike. */
export const verbLabels: Readonly<Record<DraftVerb, string>> = {
  approve: '✅ Approve',
  edit: '✏️ Edit',
  restore: '↩️ Take the edit back',
  choose: 'This is the text',
  plain: '🧹 Make it plain text',
  reply_all: '👥 Reply to all',
  reject: '❌ Reject',
  close: '☑️ Close, I answered it',
  postpone: '🕒 Later',
  reason: '✍️ Write why',
  undo: '↩️ Undo',
  happened: 'It went out',
  not_happened: 'It did not, ask me again',
  leave: 'Leave it',
  retry: '🔁 Try again',
  comment: '💬 Comment',
};

/** The same for this card: where several people must approve, how many did. */
export const labelOf = (verb: DraftVerb, { approvals }: Pick<Card, 'approvals'>): string =>
  verb === 'approve' && approvals !== undefined && approvals.given > 0
    ? `${verbLabels.approve} (${approvals.given} of ${approvals.needed})`
    : verbLabels[verb];
