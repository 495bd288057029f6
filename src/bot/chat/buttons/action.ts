/**
 * What a button asks for, as the text it carries. A person's app may send any text back, and cards stay tappable for
 * ever, so reading is total and the form has a version.
 */
import type { DraftVerb } from '../../../domain/decision.ts';
import type { TimeChoice } from './times.ts';

/** When messages make a sound: as the settings say, never, or also in quiet hours. Chosen in the chat. */
export type Sound = 'usual' | 'never' | 'always';

/** Those that need no more than a button. */
export type PlainVerb = Exclude<DraftVerb, 'choose'>;

/** `seam`: which cut, counted from 0. With a blank line, a new line, a space or nothing between the two pieces. */
export type Joint = { readonly seam: number; readonly with: 'p' | 'l' | 's' | 'n' };
export const isJoining = (text: string): text is Joint['with'] => /^[plsn]$/.test(text);

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
  /** Approve, after a second look; `at`: not before then, to the minute; `sure`: to which question it says yes. */
  | {
      readonly kind: 'sure';
      readonly key: string;
      readonly revision: string;
      readonly at: Date | undefined;
      readonly sure: string;
    }
  /** Approve for a time the person writes; back to the card's own buttons. */
  | { readonly kind: 'other_time' | 'back'; readonly key: string; readonly revision: string }
  /** "Use this as the new text", below a message that replied to nothing. */
  | { readonly kind: 'use_text'; readonly key: string; readonly revision: string }
  /** What stood where an app cut a text. */
  | { readonly kind: 'joint'; readonly key: string; readonly revision: string; readonly joint: Joint }
  /** Of a review: leave this one for now; show all of a long text. */
  | { readonly kind: 'skip'; readonly key: string; readonly revision: string }
  | { readonly kind: 'whole'; readonly key: string; readonly revision: string }
  | { readonly kind: 'review' | 'previous' }
  /** Of a review, about several: take the last decision back; ask about all; yes to that. `key`: short name of the list. */
  | { readonly kind: 'take_back' | 'batch' | 'batch_yes'; readonly key: string; readonly revision: string }
  | { readonly kind: 'batch_no' }
  /** About all of one idea. `key`: short name of the list. */
  | { readonly kind: SetVerb; readonly key: string; readonly revision: string }
  | { readonly kind: 'drop_text' }
  /** "What stays behind?" Changes nothing. */
  | { readonly kind: 'left_out'; readonly key: string; readonly revision: string }
  /** The other buttons of a card, and what they show; none of them changes anything. */
  | { readonly kind: Closer; readonly key: string; readonly revision: string }
  /** Approve for the time at which the limit has room. */
  | { readonly kind: 'slot'; readonly key: string; readonly revision: string; readonly at: Date }
  | { readonly kind: 'sound'; readonly to: Sound }
  /** What an attempt wrote down, and the pictures it kept, as files. */
  | { readonly kind: 'log' | 'screenshots'; readonly attempt: string }
  /** The list of mails without a draft, and the pages beside one of them; one of them to read, and a reply to it. */
  | { readonly kind: 'mails' }
  | { readonly kind: MailVerb; readonly mail: string }
  /** Another try to show the files of a card. */
  | { readonly kind: 'show_files'; readonly key: string; readonly revision: string }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' };

const closer = {
  more: 'na',
  less: 'nb',
  more_text: 'nc',
  more_file: 'nd',
  more_history: 'ne',
  more_copy: 'nf',
} as const;
export type Closer = keyof typeof closer;

const ofSet = { set_approve: 'ja', set_reject: 'jb', set_undo: 'jc' } as const;
export type SetVerb = keyof typeof ofSet;

const ofMail = { mail_open: 'ma', mail_draft: 'mb', mails_older: 'mc', mails_newer: 'md' } as const;
type MailVerb = keyof typeof ofMail;
const mailKinds = new Map(Object.entries(ofMail).map(([kind, code]) => [code as string, kind as MailVerb]));

/** Those that name key and revision, and are no verb of a draft. */
const named = {
  ...closer,
  ...ofSet,
  other_time: 'o',
  back: 'k',
  use_text: 'y',
  left_out: 'q',
  skip: 'i',
  whole: 'j',
  show_files: 'ha',
  take_back: 'ga',
  batch: 'gb',
  batch_yes: 'gc',
} as const;
type Named = keyof typeof named;
const namedKinds = new Map(Object.entries(named).map(([kind, code]) => [code as string, kind as Named]));

const bare = {
  drop_text: '1:x',
  review: '1:z',
  previous: '1:q',
  batch_no: '1:gd',
  mails: '1:ml',
  pause: '1:p',
  resume: '1:g',
} as const;
type Bare = keyof typeof bare;
const bareKinds = new Map(Object.entries(bare).map(([kind, text]) => [text as string, kind as Bare]));

export type CloserWish = Extract<Wish, { kind: Closer }>;
export type SetWish = Extract<Wish, { kind: SetVerb }>;
export type MailsWish = Extract<Wish, { kind: 'mails' | MailVerb }>;
export const isOfMails = (wish: Wish): wish is MailsWish => wish.kind === 'mails' || wish.kind in ofMail;
export const isOfSet = (wish: Wish): wish is SetWish => wish.kind in ofSet;
export const isCloser = (wish: Wish): wish is CloserWish => wish.kind in closer;

const sounds: Readonly<Record<Sound, string>> = { usual: 'h', never: 'i', always: 'j' };
const soundOf = new Map(Object.entries(sounds).map(([sound, code]) => [`1:n${code}`, sound as Sound]));

const letters: Readonly<Record<PlainVerb, string>> = {
  approve: 'a',
  reject: 'r',
  close: 'cl',
  edit: 'e',
  plain: 'm',
  reply_all: 'ra',
  postpone: 's',
  reason: 'w',
  undo: 'u',
  happened: 'h',
  not_happened: 'n',
  leave: 'l',
  retry: 't',
  restore: 'rs',
  comment: 'cm',
};
const verbs = new Map(Object.entries(letters).map(([verb, letter]) => [letter, verb as PlainVerb]));

/** At most 64 bytes, the least a chat takes: a key has ten signs, a mark twenty. */
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
      return `1:v:${wish.key}:${wish.revision}:${wish.at === undefined ? 'now' : minutesOf(wish.at)}:${wish.sure}`;
    case 'joint':
      return `1:ya:${wish.key}:${wish.revision}:${wish.joint.seam}${wish.joint.with}`;
    case 'log':
      return `1:hb:${wish.attempt}:`;
    case 'screenshots':
      return `1:hc:${wish.attempt}:`;
    case 'mail_open':
    case 'mail_draft':
    case 'mails_older':
    case 'mails_newer':
      return `1:${ofMail[wish.kind]}:${wish.mail}:`;
    case 'slot':
      return `1:ng:${wish.key}:${wish.revision}:${minutesOf(wish.at)}`;
    case 'sound':
      return `1:n${sounds[wish.to]}`;
    default:
      return wish.kind in bare ? bare[wish.kind as Bare] : namedText(wish as NamedWish);
  }
}

type NamedWish = Extract<Wish, { kind: Named }>;
const namedText = ({ kind, key, revision }: NamedWish): string => `1:${named[kind]}:${key}:${revision}`;

/** Undefined for everything `encodeWish` does not write. */
export function decodeWish(text: string): Wish | undefined {
  const kindAlone = bareKinds.get(text);
  if (kindAlone !== undefined) return { kind: kindAlone };
  const to = soundOf.get(text);
  if (to !== undefined) return { kind: 'sound', to };
  const long = /^1:([a-z]{1,2}):([a-z0-9]{1,20}):([a-z0-9]{0,20}):([a-z0-9]{1,20})$/.exec(text);
  if (long !== null) return withPart(long);
  const yes = /^1:v:([a-z0-9]{1,20}):([a-z0-9]{1,20}):(now|[0-9a-z]{1,7}):([a-z0-9]{1,20})$/.exec(text);
  if (yes !== null) return sureWish(yes);
  const [, letter, key, revision] = /^1:([a-z]{1,2}):([a-z0-9]{1,20}):([a-z0-9]{0,20})$/.exec(text) ?? [];
  if (letter === undefined || key === undefined || revision === undefined) return undefined;
  if (revision === '' && letter === 'hb') return { kind: 'log', attempt: key };
  if (revision === '' && letter === 'hc') return { kind: 'screenshots', attempt: key };
  const mail = revision === '' ? mailKinds.get(letter) : undefined;
  if (mail !== undefined) return { kind: mail, mail: key };
  const kind = namedKinds.get(letter);
  if (kind !== undefined) return { kind, key, revision };
  const verb = verbs.get(letter);
  return verb === undefined ? undefined : { kind: 'draft', verb, key, revision };
}

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
      // As it was before it named its question: the core asks once more.
      return /^now$|^[0-9a-z]{1,7}$/.test(part) ? sureWish(['', key, revision, part, '']) : undefined;
    case 'ya': {
      const [, seam = '', how = ''] = /^(\d{1,3})(.)$/.exec(part) ?? [];
      return isJoining(how) ? { kind: 'joint', key, revision, joint: { seam: Number(seam), with: how } } : undefined;
    }
    case 'ng': {
      const at = /^[0-9a-z]{1,7}$/.test(part) && part !== 'now' ? atMinutes(part) : undefined;
      return at === undefined ? undefined : { kind: 'slot', key, revision, at };
    }
    default:
      return undefined;
  }
}

const sureWish = ([, key = '', revision = '', at = '', sure = '']: readonly string[]): Wish => ({
  kind: 'sure',
  key,
  revision,
  at: atMinutes(at),
  sure,
});

const minutesOf = (at: Date): string => Math.ceil(at.getTime() / 60_000).toString(36);
const atMinutes = (text: string): Date | undefined =>
  text === 'now' ? undefined : new Date(Number.parseInt(text, 36) * 60_000);

const isTime = (text: string): text is TimeChoice['id'] => text === 'hour' || text === 'tonight' || text === 'tomorrow';
