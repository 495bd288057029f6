/** The review that is under way, as it is remembered: one at a time. */
import { isDraftMark } from './draft-mark.ts';
import type { DraftMark } from './draft-mark.ts';

export type ReviewMark = DraftMark & {
  readonly chatId: string;
  readonly messageId: number;
  readonly shelf: Shelf;
  readonly done: number;
  readonly skipped: readonly string[];
  /** How many had approved the one that is shown. */
  readonly given?: number | undefined;
  /** What was shown whole in this review, each as it was then. */
  readonly seen: readonly DraftMark[];
  /** What was decided last: one, or several at once. */
  readonly last: readonly DraftMark[];
  /** Those a person is being asked about, all at once; empty while it shows a draft. */
  readonly batch: readonly DraftMark[];
};
export type Shelf = 'asks' | 'failed';

export const newReview = (chatId: string, shelf: Shelf): ReviewMark => ({
  chatId,
  messageId: 0,
  shelf,
  done: 0,
  skipped: [],
  seen: [],
  last: [],
  batch: [],
  key: '',
  revision: '',
});

/** @param value as it was kept, also by earlier versions, which knew less */
export function readReview(value: unknown, chatId: string): ReviewMark | undefined {
  if (!isReview(value)) return undefined;
  const mark = { ...newReview(chatId, value.shelf), ...value };
  return {
    ...mark,
    seen: mark.seen.filter(isDraftMark),
    last: mark.last.filter(isDraftMark),
    batch: mark.batch.filter(isDraftMark),
  };
}

type Known = 'key' | 'revision' | 'messageId' | 'shelf' | 'done' | 'skipped';

const isReview = (value: unknown): value is Pick<ReviewMark, Known> =>
  isDraftMark(value) &&
  'messageId' in value &&
  typeof value.messageId === 'number' &&
  'shelf' in value &&
  (value.shelf === 'asks' || value.shelf === 'failed') &&
  'done' in value &&
  typeof value.done === 'number' &&
  'skipped' in value &&
  Array.isArray(value.skipped) &&
  ['seen', 'last', 'batch'].every((name) => !(name in value) || Array.isArray(Reflect.get(value, name)));
