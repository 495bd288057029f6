/**
 * Several drafts approved at once, inside a review only: alike, without risk or remark, and each shown whole before.
 * Every one of them is a decision of its own, on the version that was shown.
 */
import type { Actor } from '../../domain/approver.ts';
import type { Card } from '../../domain/card.ts';
import type { Door } from '../../domain/ports.ts';
import { sha256 } from '../../lib/hash.ts';
import { oneLine } from '../../lib/words.ts';
import { cardMessages } from './card-text.ts';
import type { DraftMark } from './draft-mark.ts';

/** So many fit into one list to confirm. */
const most = 10;

/** Short name of a list, for its buttons: a button of an earlier list must not mean this one. */
export const listName = (list: readonly DraftMark[]): string =>
  sha256(JSON.stringify(list.map(({ key, revision }) => [key, revision]))).slice(0, 10);

/**
 * A file can't be shown in a message that is rewritten again and again.
 * @param reserve signs kept free in the message that shows it
 */
export function isShownWhole(card: Card, reserve: number): boolean {
  const { above, barred } = cardMessages(card, reserve);
  return above.length === 0 && barred === '' && card.candidates.length === 0 && card.media.length === 0;
}

const isPlain = (card: Card): boolean =>
  card.mood === 'asks' && card.verbs.includes('approve') && card.risks.length === 0 && card.problems.length === 0;

/**
 * Those that may be approved at once now: like the one that is shown, or at the end like most. Empty when there are
 * not at least two.
 * @param all cards of everything that waits
 * @param seen what was shown whole
 */
export function batchOf(all: readonly Card[], seen: readonly DraftMark[], current: Card | undefined): readonly Card[] {
  const fit = all.filter((card) => isPlain(card) && seen.some((one) => isSame(one, card)));
  // The title names platform, kind and account, or the file when no account is set: then nothing is alike.
  const counts = Map.groupBy(fit, ({ title }) => title);
  const title = current?.title ?? [...counts].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? '';
  const alike = (counts.get(title) ?? []).slice(0, most);
  return alike.length < 2 ? [] : alike;
}

const isSame = (a: DraftMark, b: DraftMark): boolean => a.key === b.key && a.revision === b.revision;

export type BatchResult = {
  readonly approved: readonly DraftMark[];
  readonly refused: readonly (DraftMark & { readonly words: string })[];
  /** What the core said of the last one that counts. */
  readonly say: string;
};

/** One decision after the other. What has become risky, has a remark or is another version by now is not approved. */
export async function approveAll(
  door: Door,
  tap: { readonly actor: Actor; readonly id: string },
  batch: readonly DraftMark[],
): Promise<BatchResult> {
  const approved: DraftMark[] = [];
  const refused: (DraftMark & { words: string })[] = [];
  let say = '';
  for (const { key, revision } of batch) {
    const card = await door.card(key);
    const obstacle = obstacleTo(card, revision);
    const verdict = obstacle === '' ? await door.decide({ ...tap, verb: 'approve', key, revision }) : undefined;
    if (verdict?.kind === 'accepted') {
      approved.push({ key, revision });
      say = verdict.say;
    } else {
      const name = card === undefined ? 'One' : `“${firstWords(card)}”`;
      refused.push({ key, revision, words: `${name}: ${verdict?.say ?? obstacle}` });
    }
  }
  return { approved, refused, say };
}

/** The second question that risky ones ask can't be asked here, so those are left to their own card. */
function obstacleTo(card: Card | undefined, revision: string): string {
  if (card === undefined) return 'I don’t know it any more.';
  if (card.mood !== 'asks') return oneLine(card.standing, 100);
  if (card.revision !== revision) return 'It changed since.';
  return isPlain(card) ? '' : 'Please look at it by itself.';
}

export const firstWords = ({ text, fields }: Card): string =>
  oneLine(fields.find(({ label }) => label === 'Subject')?.value ?? text, 40);
