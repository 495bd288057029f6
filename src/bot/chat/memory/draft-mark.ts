/** Names a draft in the version that a message showed: what a row of memory or a button means when it says "this one". */
import { isObject } from './json.ts';

/** A draft as it was shown. */
export type DraftMark = { readonly key: string; readonly revision: string };

export const isDraftMark = (value: unknown): value is DraftMark =>
  isObject(value) &&
  'key' in value &&
  typeof value.key === 'string' &&
  'revision' in value &&
  typeof value.revision === 'string';
