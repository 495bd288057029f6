/** The review that is under way, as it is remembered: one at a time. */
import type { MessageId } from '../messenger.ts';
import { isDraftMark } from './draft-mark.ts';
import type { DraftMark } from './draft-mark.ts';
import { idIn } from './old-rows.ts';

export type ReviewMark = DraftMark & {
  /** Empty until it is sent. */
  readonly messageId: MessageId;
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

export const newReview = (shelf: Shelf): ReviewMark => ({
  messageId: '',
  shelf,
  done: 0,
  skipped: [],
  seen: [],
  last: [],
  batch: [],
  key: '',
  revision: '',
});

/**
 * @param value as it was kept, also by earlier versions, which knew less
 * @param chat where its number stands, when it was kept as one
 */
export function readReview(value: unknown, chat = ''): ReviewMark | undefined {
  if (!isReview(value)) return undefined;
  const mark = { ...newReview(value.shelf), ...value };
  return {
    ...mark,
    messageId: idIn(chat, value.messageId) ?? '',
    seen: mark.seen.filter(isDraftMark),
    last: mark.last.filter(isDraftMark),
    batch: mark.batch.filter(isDraftMark),
  };
}

type Known = 'key' | 'revision' | 'shelf' | 'done' | 'skipped';

const isReview = (value: unknown): value is Pick<ReviewMark, Known> & { readonly messageId: unknown } =>
  isDraftMark(value) &&
  'messageId' in value &&
  'shelf' in value &&
  (value.shelf === 'asks' || value.shelf === 'failed') &&
  'done' in value &&
  typeof value.done === 'number' &&
  'skipped' in value &&
  Array.isArray(value.skipped) &&
  ['seen', 'last', 'batch'].every((name) => !(name in value) || Array.isArray(Reflect.get(value, name)));
