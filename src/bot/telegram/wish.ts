/**
 * What a button asks for, as the text it carries. A person's app may send any text back, and cards stay tappable for
 * ever, so reading is total and the form has a version.
 */
import type { DraftVerb } from '../../domain/decision.ts';

/** Those that need no more than a button. */
export type PlainVerb = Exclude<DraftVerb, 'choose'>;

export type Wish =
  | {
      readonly kind: 'draft';
      readonly verb: PlainVerb;
      readonly key: string;
      readonly revision: string;
    }
  /** `part`: id of a candidate. */
  | { readonly kind: 'choose'; readonly key: string; readonly revision: string; readonly part: string }
  /** `reason`: place in the list of the usual ones. */
  | { readonly kind: 'because'; readonly key: string; readonly revision: string; readonly reason: number }
  /** "Use this as the new text", below a message that replied to nothing. */
  | { readonly kind: 'use_text'; readonly key: string; readonly revision: string }
  | { readonly kind: 'drop_text' }
  /** "What stays behind?" Changes nothing. */
  | { readonly kind: 'left_out'; readonly key: string }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' };

const letters: Readonly<Record<PlainVerb, string>> = {
  approve: 'a',
  reject: 'r',
  edit: 'e',
  plain: 'm',
  reason: 'w',
  undo: 'u',
  happened: 'h',
  not_happened: 'n',
  leave: 'l',
  retry: 't',
};
const verbs = new Map(Object.entries(letters).map(([verb, letter]) => [letter, verb as PlainVerb]));

/** At most 64 bytes, Telegram's limit: keys and revisions are short and plain. */
export function encodeWish(wish: Wish): string {
  switch (wish.kind) {
    case 'draft':
      return `1:${letters[wish.verb]}:${wish.key}:${wish.revision}`;
    case 'choose':
      return `1:c:${wish.key}:${wish.revision}:${wish.part}`;
    case 'because':
      return `1:b:${wish.key}:${wish.revision}:${wish.reason}`;
    case 'use_text':
      return `1:y:${wish.key}:${wish.revision}`;
    case 'left_out':
      return `1:o:${wish.key}:`;
    case 'drop_text':
      return '1:x';
    case 'pause':
      return '1:p';
    case 'resume':
      return '1:g';
  }
}

/** Undefined for everything `encodeWish` does not write. */
export function decodeWish(text: string): Wish | undefined {
  if (text === '1:x') return { kind: 'drop_text' };
  if (text === '1:p') return { kind: 'pause' };
  if (text === '1:g') return { kind: 'resume' };
  const [, more, ofKey = '', ofRevision = '', part = ''] =
    /^1:([cb]):([a-z0-9]{1,20}):([a-z0-9]{0,20}):([a-f0-9]{1,20})$/.exec(text) ?? [];
  if (more === 'c') return { kind: 'choose', key: ofKey, revision: ofRevision, part };
  if (more === 'b')
    return /^\d$/.test(part) ? { kind: 'because', key: ofKey, revision: ofRevision, reason: Number(part) } : undefined;
  const [, letter, key, revision] = /^1:([a-z]):([a-z0-9]{1,20}):([a-z0-9]{0,20})$/.exec(text) ?? [];
  if (letter === undefined || key === undefined || revision === undefined) return undefined;
  if (letter === 'o') return revision === '' ? { kind: 'left_out', key } : undefined;
  if (letter === 'y') return { kind: 'use_text', key, revision };
  const verb = verbs.get(letter);
  return verb === undefined ? undefined : { kind: 'draft', verb, key, revision };
}
