/**
 * Several drafts decided about at once, without risk or remark, and each shown whole before: alike ones in a review, and
 * those of one idea. Every one of them is a decision of its own, on the version that was shown.
 */
import type { Actor } from '../../domain/actor.ts';
import type { Card } from '../../domain/card.ts';
import type { Door } from '../../domain/ports.ts';
import { markLength } from '../../domain/draft.ts';
import { sha256 } from '../../lib/hash.ts';
import { cut, oneLine, unmarked } from '../../lib/words.ts';
import { cardMessages } from './text/card-text.ts';
import type { DraftMark } from './memory/draft-mark.ts';

/** So many fit into one list to confirm. */
const mostInList = 10;

/** Short name of a list, for its buttons: a button of an earlier list must not mean this one. */
export const listName = (list: readonly DraftMark[]): string =>
  sha256(JSON.stringify(list.map(({ key, revision }) => [key, revision]))).slice(0, markLength);

export const marksOf = (cards: readonly DraftMark[]): readonly DraftMark[] =>
  cards.map(({ key, revision }) => ({ key, revision }));

/**
 * A file can't be shown in a message that is rewritten again and again.
 * @param reserve signs kept free in the message that shows it
 */
export function isShownWhole(card: Card, reserve: number): boolean {
  const { barred } = cardMessages(card, reserve, 'one');
  return barred === '' && card.candidates.length === 0 && card.media.length === 0;
}

/** No second question is asked about it, and nothing is remarked. */
export const isPlain = (card: Card): boolean =>
  card.mood === 'asks' && card.verbs.includes('approve') && card.risks.length === 0 && card.problems.length === 0;

/**
 * Those that may be approved at once now: like the one that is shown, or of one idea with it, or at the end like most.
 * Empty when there are not at least two.
 * @param all cards of everything that waits
 * @param seen what was shown whole
 */
export function batchOf(all: readonly Card[], seen: readonly DraftMark[], current: Card | undefined): readonly Card[] {
  const fit = all.filter((card) => isPlain(card) && seen.some((one) => isSame(one, card)));
  const kinds = Map.groupBy(fit, kindOf);
  kinds.delete('');
  const [most] = [...kinds.values()].toSorted((a, b) => b.length - a.length);
  const alike = ((current === undefined ? most : kinds.get(kindOf(current))) ?? []).slice(0, mostInList);
  return alike.length < 2 ? ofOneIdea(fit, current) : alike;
}

/** What does the same at the same place as the same account is of one kind; empty where one of them is not known. */
const kindOf = ({ action, account }: Card): string =>
  action === undefined || account === undefined ? '' : JSON.stringify([action, account]);

/** Each for another platform: two for one are a choice, which is made one by one. */
function ofOneIdea(fit: readonly Card[], current: Card | undefined): readonly Card[] {
  const ideas = Map.groupBy(fit, ({ set }) => set?.id ?? '');
  ideas.delete('');
  const [largest] = [...ideas.values()].toSorted((a, b) => b.length - a.length);
  const all = current === undefined ? largest : ideas.get(current.set?.id ?? '');
  const places = Map.groupBy(all ?? [], ({ platform }) => platform ?? '');
  const single = [...places].flatMap(([platform, cards]) => (platform === '' || cards.length > 1 ? [] : cards));
  return single.length < 2 ? [] : single.slice(0, mostInList);
}

const isSame = (a: DraftMark, b: DraftMark): boolean => a.key === b.key && a.revision === b.revision;

export type BatchVerb = 'approve' | 'reject' | 'undo';

export type BatchResult = {
  /** Those for which it counts. */
  readonly done: readonly DraftMark[];
  readonly refused: readonly (DraftMark & { readonly words: string })[];
  /** What the core said of the last one that counts. */
  readonly say: string;
};

/**
 * One decision after the other. What is another version by now is left out, and so is what has become risky or has a
 * remark, when it is to be approved. A tap that is delivered again counts as what it became.
 * @param name how a refusal names a draft
 */
export async function decideAll(
  door: Door,
  tap: { readonly actor: Actor; readonly id: string; readonly verb: BatchVerb },
  batch: readonly DraftMark[],
  name: (card: Card) => string = ({ headline }) => `“${oneLine(unmarked(headline), 40)}”`,
): Promise<BatchResult> {
  const done: DraftMark[] = [];
  const refused: (DraftMark & { words: string })[] = [];
  let say = '';
  for (const { key, revision } of batch) {
    const card = await door.card(key);
    const obstacle = obstacleTo(card, revision, tap.verb);
    const verdict = obstacle === '' ? await door.decide({ ...tap, key, revision }) : undefined;
    if (verdict?.kind === 'accepted') {
      done.push({ key, revision });
      say = verdict.say;
    } else {
      const words = verdict === undefined || verdict.kind === 'asks' ? obstacle || byItself : verdict.say;
      refused.push({ key, revision, words: `${card === undefined ? 'One' : name(card)}: ${words}` });
    }
  }
  return { done, refused, say };
}

const byItself = 'Please look at it by itself.';

/** The second question that risky ones ask can't be asked here, so those are left to their own card. */
function obstacleTo(card: Card | undefined, revision: string, verb: BatchVerb): string {
  if (card === undefined) return 'I don’t know it any more.';
  const { mood } = card;
  if (mood === 'asks') {
    if (card.revision !== revision) return 'It changed since.';
    return verb === 'approve' && !isPlain(card) ? byItself : '';
  }
  // What is decided the core answers for: it knows by whom, and whether by this very tap. But a list must not reject
  // what somebody approved meanwhile, nor take back that somebody put it off.
  const kept = verb === 'reject' && (mood === 'waits' || mood === 'failed');
  const isOpen = mood === 'later' || mood === 'blocked' || mood === 'nothing';
  return kept || isOpen ? oneLine(card.standing, 100) : '';
}

/** "3 approved. …", or how many of them and why not the others. */
export function batchWords({ done, refused, say }: BatchResult, word: string): string {
  if (refused.length === 0) return `${done.length} ${word}. ${say}`;
  const count = `${word[0]?.toUpperCase()}${word.slice(1)}: ${done.length} of ${done.length + refused.length}.`;
  return cut(`${count} ${refused.map((one) => one.words).join(' ')}`, 200);
}
