/**
 * Messages that came in and got no draft by themselves: why, in a code that stays, and the words for it. A person looks
 * through them once a day and may want one answered all the same.
 */
import type { Item, Undrafted } from './item.ts';
import { whyNoDraft } from './why-no-draft.ts';
import type { WhyNoDraft } from './why-no-draft.ts';

/** A message without a draft, for thirty days. */
export type UndraftedRow = {
  /** Goes into buttons, [a-z0-9]{20}. */
  readonly key: string;
  readonly itemKey: string;
  /** When it came in. */
  readonly at: Date;
  readonly notedAt: Date;
  readonly undrafted: Undrafted;
  /** With `at`, what a drafter gets of the item besides the text. */
  readonly item: Pick<Item, 'watcher' | 'fileStem' | 'title' | 'fields'>;
  /** SHA-256 of its text as it stands in the item's file; empty when it has none. */
  readonly textHash: string;
  /** Name without `.md` under which its draft is, or was to be, written; empty while nobody asked for one. */
  readonly stem: string;
  /** It has a draft, or was answered: it is listed no more. */
  readonly isClosed: boolean;
};

export type UndraftedPage = {
  readonly messages: readonly UndraftedEntry[];
  /** In the whole list. */
  readonly total: number;
  readonly hasNewer: boolean;
  readonly hasOlder: boolean;
};

/** A stranger's are `sender` and `subject`; whole, on one line each. */
export type UndraftedEntry = {
  readonly key: string;
  readonly at: Date;
  readonly sender: string;
  readonly subject: string;
  /** In a word or two of ours. */
  readonly kind: string;
  /** A sentence of ours without its full stop, to stand after "No draft: ". */
  readonly why: string;
};

export type UndraftedMessage = UndraftedEntry & {
  /** `Folder/name.md` where the item was last seen. */
  readonly file: string;
  /** Plain, as it came; a stranger wrote it. Empty when there is none to show. */
  readonly text: string;
  /** A sentence of ours that says why there is no text; empty when there is. */
  readonly noText: string;
  /** To whom a draft would go, or a sentence of ours that says why none can be had, or where it is already. */
  readonly answer:
    | { readonly kind: 'possible'; readonly to: readonly string[] }
    | { readonly kind: 'impossible' | 'drafted'; readonly words: string };
};

export type UndraftedTable = {
  /** Keeps the first row of an item; later ones are ignored. */
  put(row: Omit<UndraftedRow, 'stem' | 'isClosed'>): Promise<void>;
  find(key: string): Promise<UndraftedRow | undefined>;
  /** Those not closed, newest first: the newest, or those next to one of them. At most `limit`. */
  list(
    from: { readonly olderThan?: string; readonly newerThan?: string },
    limit: number,
  ): Promise<readonly UndraftedRow[]>;
  /** How many are not closed. */
  count(): Promise<number>;
  /** Those not closed of which nobody was told yet, by reason. */
  untold(): Promise<readonly { readonly why: string; readonly count: number }[]>;
  /** From now on nobody has to be told of those there are. */
  markTold(): Promise<void>;
  /** The first name counts. @returns the one that does; undefined when there is no such row */
  name(key: string, stem: string): Promise<string | undefined>;
  close(itemKey: string): Promise<void>;
  /** Deletes what was noted before, and all but the newest `keep`; never what nobody was told of. */
  forget(before: Date, keep: number): Promise<void>;
};

/** The kinds in people's words: the singular, and the plural where it is another one. */
const kinds: Readonly<Record<WhyNoDraft, readonly [one: string, many?: string]>> = {
  report: ['delivery report', 'delivery reports'],
  automatic: ['written by a machine', 'written by machines'],
  list: ['from a mailing list', 'from mailing lists'],
  newsletter: ['newsletter', 'newsletters'],
  no_address: ['without an address to answer to'],
  nobody_reads: ['no-reply'],
  answers_to_many: ['to be answered to too many'],
  encrypted: ['encrypted'],
  invitation: ['invitation', 'invitations'],
  no_text: ['without text'],
  not_to_you: ['not to you alone'],
  too_often: ['from a sender who had five drafts'],
  odd_without_id: ['odd and without an id'],
  same_id: ['with an id that came before', 'with ids that came before'],
  unreadable: ['I could not read'],
};

const isWhy = (code: string): code is WhyNoDraft => Object.hasOwn(whyNoDraft, code);

/** One of this kind, in a word or two. A code of another version is told as it can be. */
export const kindWords = (why: string): string => (isWhy(why) ? kinds[why][0] : 'for another reason');

/** After "No draft: ". */
export const whyWords = (why: string): string => (isWhy(why) ? whyNoDraft[why] : 'for a reason that is not known here');

/** More kinds would make it no line any more; what could not be read is named all the same. */
const mostKinds = 5;

/**
 * "12 mails without a draft: 9 newsletters, 2 no-reply, 1 I could not read", the most frequent kind first.
 *
 * @param counts by code, each above 0; at least one
 */
export function undraftedLine(counts: readonly { readonly why: string; readonly count: number }[]): string {
  const total = sum(counts);
  const sorted = counts.toSorted((a, b) => b.count - a.count);
  const named = sorted.slice(0, mostKinds);
  const rest = sorted.slice(mostKinds);
  const unread = rest.filter(({ why }) => why === 'unreadable');
  const others = sum(rest) - sum(unread);
  const words = [
    ...named.map(countWords),
    ...(others === 0 ? [] : [`${others} for other reasons`]),
    ...unread.map(countWords),
  ];
  return `${total} ${total === 1 ? 'mail' : 'mails'} without a draft: ${words.join(', ')}`;
}

const sum = (counts: readonly { readonly count: number }[]): number =>
  counts.reduce((total, { count }) => total + count, 0);

function countWords({ why, count }: { readonly why: string; readonly count: number }): string {
  if (!isWhy(why)) return `${count} for other reasons`;
  const [one, many = one] = kinds[why];
  return `${count} ${count === 1 ? one : many}`;
}
