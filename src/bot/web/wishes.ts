/** Reads what a form or a JSON body asks for. Total: whatever is not a wish for a draft is undefined. */
import type { DraftVerb } from '../../domain/decision.ts';
import type { ApiDecide } from './api.ts';

const verbs: Readonly<Record<DraftVerb, true>> = {
  approve: true,
  reject: true,
  close: true,
  edit: true,
  restore: true,
  choose: true,
  plain: true,
  reply_all: true,
  postpone: true,
  reason: true,
  undo: true,
  happened: true,
  not_happened: true,
  leave: true,
  retry: true,
  comment: true,
};

const takesText: ReadonlySet<DraftVerb> = new Set([
  'approve',
  'postpone',
  'edit',
  'reject',
  'reason',
  'choose',
  'comment',
]);

const isVerb = (value: unknown): value is DraftVerb => typeof value === 'string' && Object.hasOwn(verbs, value);

/** Fields of an unknown value; empty when it is not an object. */
export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** The key of a draft or a mail. */
export function readKey(body: unknown): string | undefined {
  const { key } = fieldsOf(body);
  return typeof key === 'string' && /^[a-z0-9]{1,40}$/.test(key) ? key : undefined;
}

/** Beside which mail of the list, as an address names it; the newest ones when it names none. */
export function readPlace(query: Readonly<Record<string, string>>): { olderThan?: string; newerThan?: string } {
  const [olderThan, newerThan] = [readKey({ key: query['older'] }), readKey({ key: query['newer'] })];
  if (newerThan !== undefined) return { newerThan };
  return olderThan === undefined ? {} : { olderThan };
}

/** Only the shape is checked here; whether key and revision mean anything is for the door to say. */
export function readWish(body: unknown): ApiDecide | undefined {
  const { revision, verb, text, sure: yes } = fieldsOf(body);
  const key = readKey(body);
  if (key === undefined) return undefined;
  if (typeof revision !== 'string' || !/^[0-9a-z]{0,64}$/.test(revision)) return undefined;
  if (!isVerb(verb)) return undefined;
  const wish = {
    key,
    revision,
    verb,
    ...(typeof yes === 'string' && /^[0-9a-z]{1,64}$/.test(yes) ? { sure: yes } : {}),
  };
  if (!takesText.has(verb) || text === undefined) return wish;
  // Forms send CRLF whatever the text had before.
  return typeof text === 'string' ? { ...wish, text: text.replaceAll('\r\n', '\n') } : undefined;
}
