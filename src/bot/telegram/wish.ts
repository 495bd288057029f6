/**
 * What a button asks for, as the text it carries. A person's app may send any text back, and cards stay tappable for
 * ever, so reading is total and the form has a version.
 */
import type { DraftVerb } from '../../domain/decision.ts';
import type { TimeChoice } from '../times.ts';

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
  /** `what` at a time that is offered. */
  | {
      readonly kind: 'time';
      readonly what: 'postpone' | 'approve';
      readonly time: TimeChoice['id'];
      readonly key: string;
      readonly revision: string;
    }
  /** Approve, after a second look; `at`: not before then, to the minute. */
  | { readonly kind: 'sure'; readonly key: string; readonly revision: string; readonly at: Date | undefined }
  /** Approve for a time the person writes; back to the card's own buttons. */
  | { readonly kind: 'other_time' | 'back'; readonly key: string; readonly revision: string }
  /** "Use this as the new text", below a message that replied to nothing. */
  | { readonly kind: 'use_text'; readonly key: string; readonly revision: string }
  /** Of a review: leave this one for now; show all of a long text. */
  | { readonly kind: 'skip'; readonly key: string; readonly revision: string }
  | { readonly kind: 'whole'; readonly key: string; readonly revision: string }
  | { readonly kind: 'review' | 'previous' }
  /** Of a review, about several: take the last decision back; ask about all; yes to that. `key`: short name of the list. */
  | { readonly kind: 'take_back' | 'batch' | 'batch_yes'; readonly key: string; readonly revision: string }
  | { readonly kind: 'batch_no' }
  | { readonly kind: 'drop_text' }
  /** "What stays behind?" Changes nothing. */
  | { readonly kind: 'left_out'; readonly key: string; readonly revision: string }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' };

const letters: Readonly<Record<PlainVerb, string>> = {
  approve: 'a',
  reject: 'r',
  edit: 'e',
  plain: 'm',
  postpone: 's',
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
    case 'time':
      return `1:${wish.what === 'postpone' ? 'd' : 'f'}:${wish.key}:${wish.revision}:${wish.time}`;
    case 'sure':
      return `1:v:${wish.key}:${wish.revision}:${wish.at === undefined ? 'now' : minutesOf(wish.at)}`;
    case 'other_time':
      return `1:o:${wish.key}:${wish.revision}`;
    case 'back':
      return `1:k:${wish.key}:${wish.revision}`;
    case 'use_text':
      return `1:y:${wish.key}:${wish.revision}`;
    case 'left_out':
      return `1:q:${wish.key}:${wish.revision}`;
    case 'skip':
      return `1:i:${wish.key}:${wish.revision}`;
    case 'whole':
      return `1:j:${wish.key}:${wish.revision}`;
    case 'take_back':
      return `1:ga:${wish.key}:${wish.revision}`;
    case 'batch':
      return `1:gb:${wish.key}:${wish.revision}`;
    case 'batch_yes':
      return `1:gc:${wish.key}:${wish.revision}`;
    case 'batch_no':
      return '1:gd';
    case 'review':
      return '1:z';
    case 'previous':
      return '1:q';
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
  if (text === '1:z') return { kind: 'review' };
  if (text === '1:q') return { kind: 'previous' };
  if (text === '1:gd') return { kind: 'batch_no' };
  if (text === '1:p') return { kind: 'pause' };
  if (text === '1:g') return { kind: 'resume' };
  const long = /^1:([a-z]{1,2}):([a-z0-9]{1,20}):([a-z0-9]{0,20}):([a-z0-9]{1,20})$/.exec(text);
  if (long !== null) return withPart(long);
  const [, letter, key, revision] = /^1:([a-z]{1,2}):([a-z0-9]{1,20}):([a-z0-9]{0,20})$/.exec(text) ?? [];
  if (letter === undefined || key === undefined || revision === undefined) return undefined;
  const kind = plainKinds.get(letter);
  if (kind !== undefined) return { kind, key, revision };
  const verb = verbs.get(letter);
  return verb === undefined ? undefined : { kind: 'draft', verb, key, revision };
}

/** Those that name key and revision, and are no verb of a draft. */
const plainKinds: ReadonlyMap<string, PlainKind> = new Map([
  ['o', 'other_time'],
  ['k', 'back'],
  ['y', 'use_text'],
  ['q', 'left_out'],
  ['i', 'skip'],
  ['j', 'whole'],
  ['ga', 'take_back'],
  ['gb', 'batch'],
  ['gc', 'batch_yes'],
] as const);

type PlainKind =
  | 'other_time'
  | 'back'
  | 'use_text'
  | 'left_out'
  | 'skip'
  | 'whole'
  | 'take_back'
  | 'batch'
  | 'batch_yes';

/** Those that name one more thing behind key and revision. */
function withPart([, letter, key = '', revision = '', part = '']: readonly string[]): Wish | undefined {
  switch (letter) {
    case 'c':
      return /^[a-f0-9]+$/.test(part) ? { kind: 'choose', key, revision, part } : undefined;
    case 'b':
      return /^\d$/.test(part) ? { kind: 'because', key, revision, reason: Number(part) } : undefined;
    case 'd':
    case 'f': {
      const what = letter === 'd' ? 'postpone' : 'approve';
      return isTime(part) ? { kind: 'time', what, time: part, key, revision } : undefined;
    }
    case 'v':
      return /^now$|^[0-9a-z]{1,7}$/.test(part) ? { kind: 'sure', key, revision, at: atMinutes(part) } : undefined;
    default:
      return undefined;
  }
}

const minutesOf = (at: Date): string => Math.ceil(at.getTime() / 60_000).toString(36);
const atMinutes = (text: string): Date | undefined =>
  text === 'now' ? undefined : new Date(Number.parseInt(text, 36) * 60_000);

const isTime = (text: string): text is TimeChoice['id'] => text === 'hour' || text === 'tonight' || text === 'tomorrow';
