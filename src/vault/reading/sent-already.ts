/** Whether a file says of itself that its text went out: then it leaves only when a person says so. */
import { momentOf } from './instant.ts';
import type { Layout } from './layout.ts';
import type { Field } from './line-kinds.ts';

const sentWords = /(?:^|[^a-z])(?:sent|posted|published|executed|delivered)(?:[^a-z]|$)/;
/** `not sent yet`, `ready to be posted`, `to be published`. */
const notYet =
  /\b(?:not|un|never|ready|pending|will|to be|awaiting|before|when|if|no|failed|fail|can|should|scheduled|partially|draft)\b/;

const sentKeys =
  /^(?:(?:sent|posted|published|executed|delivered)(?:_(?:at|on|date|time|url|link|to_\w+))?|date_(?:sent|posted|published)|(?:live|published|posted)_(?:url|link)|permalink)$/;

/** What we note in a file ourselves: it is known better from the record than from the file. */
const ourKeys = ['sent_at', 'sent_link'];
const ourStamp = 'sent_log';

/** `words` as in the file, empty when nothing says it; `sure`: so that a person must be asked. */
export type SaysSent = { readonly words: string; readonly sure: boolean };

/**
 * Whether and where the file says it.
 *
 * @param written fields above the text: a result noted below it is no word of its author
 */
export function saysSent({ fields }: Layout, written: readonly Field[], fileName: string): SaysSent {
  const statuses = [
    ...fields.key('status'),
    ...written.filter(({ key }) => key === 'status').map(({ value }) => value),
  ];
  const status = statuses.find((value) => isSent(value));
  if (status !== undefined) return { words: `status: ${status}`, sure: true };
  const field = written.find(({ key, value }) => key === 'sent' && tells(value));
  if (field !== undefined) return { words: field.value, sure: true };
  const isStamped = fields.key(ourStamp).length > 0;
  const key = fields
    .keys((name) => sentKeys.test(name) && !(isStamped && ourKeys.includes(name)))
    .find((name) => fields.key(name).some(tells));
  if (key !== undefined) return { words: key, sure: true };
  const { word, last } = inName(fileName);
  return { words: word, sure: word !== '' && (last || !statuses.some((value) => ready.test(value))) };
}

function isSent(value: string): boolean {
  const words = value
    .slice(0, 80)
    .toLowerCase()
    .replaceAll(/[_\s-]+/g, ' ');
  return sentWords.test(words) && !notYet.test(words);
}

/** A time or a yes or an address: `posted: false` says nothing of the kind, and words may say anything. */
const tells = (value: string): boolean =>
  /^(?:true|yes|done|ok|✅.*)$/i.test(value.trim()) ||
  /^https?:\/\//i.test(value.trim()) ||
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(value.trim()) ||
  momentOf(value)?.day !== undefined;

/** Says plainly that it is still to be sent: that counts more than how a name begins. */
const ready = /\bready\b|(?:^|_)ready_|_ready$/i;

const marks = ['executed', 'sent', 'posted', 'published'];

/** `EMAIL_ann-SENT.md`, `LINKEDIN_POSTED_1.md`: the last word, or in capitals one of the first. */
function inName(fileName: string): { readonly word: string; readonly last: boolean } {
  const words = fileName
    .replace(/(?:\.\w{2,8})+$/, '')
    .split(/[_\-\s.]+/)
    .filter((word) => word !== '');
  const isMark = (word: string) => words.length > 1 && marks.includes(word.toLowerCase());
  const last = words.at(-1) ?? '';
  if (isMark(last)) return { word: last, last: true };
  const first = words.slice(0, 3).find((word) => isMark(word) && word === word.toUpperCase());
  return { word: first ?? '', last: false };
}
