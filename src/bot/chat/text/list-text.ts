/** Short lists for commands, as plain text. */
import { nameOf } from '../../../domain/card.ts';
import type { Card } from '../../../domain/card.ts';
import type { Door } from '../../../domain/ports.ts';
import type { QuietHours } from '../sound/quiet-hours.ts';
import { roleLines } from '../../../domain/role-words.ts';
import type { Listed } from '../../../domain/role-words.ts';
import { cut, oneLine } from '../../../lib/words.ts';

const mostLines = 30;
const recentShown = 10;

const linesOf = (cards: readonly Card[]): string => {
  const lines = cards
    .slice(0, mostLines)
    .map((card, at) => `${at + 1}. ${oneLine(nameOf(card), 180)}: ${oneLine(card.standing, 120)}`);
  const more = cards.length > mostLines ? [`… and ${cards.length - mostLines} more`] : [];
  return cut([...lines, ...more].join('\n'), 4_000);
};

export async function pendingWords(door: Door): Promise<string> {
  const cards = await door.cards(0);
  return cards.length === 0 ? 'Nothing waits for you.' : linesOf(cards);
}

export async function recentWords(door: Door): Promise<string> {
  const open = new Set((await door.cards(0)).map(({ key }) => key));
  const settled = (await door.cards(recentShown)).filter(({ key }) => !open.has(key));
  return settled.length === 0 ? 'Nothing was settled yet.' : linesOf(settled);
}

/** What the owner set; changed in `.env`, not here: a chat must not be able to loosen its own rules. */
export type ChatRules = {
  readonly holdSeconds: number;
  readonly policy: 'seen' | 'any' | 'chat';
  readonly dryRun: boolean;
  readonly quietHours: QuietHours | undefined;
  /** So many drafts may wait at cards of their own; further ones are said in one message. 0: all have cards. */
  readonly digestFrom: number;
  /** When mails without a draft are told, local time; undefined: never. */
  readonly mailsAt: { readonly hour: number; readonly minute: number } | undefined;
  readonly approvalsNeeded?: number;
  readonly people?: Listed;
};

const handMoves: Readonly<Record<ChatRules['policy'], string>> = {
  seen: 'A file moved into Approved by hand counts as approved when it waited before.',
  any: 'A file moved into Approved by hand counts as approved, also one that nobody ever saw.',
  chat: 'A file moved into Approved by hand is moved back: only taps count.',
};

export const settingsWords = (rules: ChatRules): string =>
  [
    `Undo time after Approve: ${rules.holdSeconds === 0 ? 'none' : `${rules.holdSeconds} s`}`,
    rules.quietHours === undefined
      ? 'Quiet hours: none'
      : `Quiet hours: from ${rules.quietHours.from}:00 to ${rules.quietHours.to}:00`,
    rules.digestFrom === 0
      ? 'Every draft gets a card.'
      : `Cards at once: ${rules.digestFrom}; what waits beyond is one message.`,
    rules.mailsAt === undefined
      ? 'Mails without a draft: not told; the list shows them.'
      : `Mails without a draft: one line a day at ${rules.mailsAt.hour}:${String(rules.mailsAt.minute).padStart(2, '0')}`,
    handMoves[rules.policy],
    ...(rules.people === undefined ? [] : roleLines(rules.people, rules.approvalsNeeded ?? 1)),
    rules.dryRun ? 'Dry run: nothing leaves, whatever you approve.' : 'What you approve leaves.',
    '',
    'These are set in .env where Countersign runs. Only the sound can be chosen here.',
  ].join('\n');
