/** Which post a text answers, or whom it goes to: an address, an id or a handle, never words about it. */
import type { Platform } from '../../domain/platform.ts';
import type { Layout } from './layout.ts';

const named = /^(?:https?:\/\/\S{4,1000}|urn:\S{4,200}|\d{5,25})$/i;
const handle = /^@[\w.]{1,50}$/;

/** `"@ann"`, `<https://…>`, `[the post](https://…)`: what is named in it; undefined for words. */
function targetIn(value: string, people: boolean): string | undefined {
  const flat = value
    .slice(0, 1_500)
    .trim()
    .replace(/^[<"'`]+|[>"'`]+$/g, '');
  const plain = /^\[[^\]]*\]\((\S+)\)$/.exec(flat)?.[1] ?? flat;
  const link = plain.split(/\s+/).find((word) => /^https?:\/\//i.test(word));
  if (named.test(plain) || (people && handle.test(plain))) return plain;
  return link !== undefined && named.test(link) ? link : undefined;
}

/** What says that the text is an answer; `target` is empty where only words name the post. */
export type Answering = { readonly value: string; readonly target: string };

/** Whether the file says that it answers a post. */
export function answersOf({ fields, written }: Layout): Answering | undefined {
  const key = fields.keyOf('answers') ?? '';
  const told = [
    ...fields.values('answers').map((value) => ({ value, sure: !loose.test(key) })),
    ...written
      .filter(({ key: name }) => name === 'answers' || name === 'answering')
      .map(({ key: name, value }) => ({ value, sure: name === 'answering' })),
  ].map((one) => ({ ...one, target: targetIn(one.value, false) }));
  const found =
    told.find(({ target }) => target !== undefined) ?? told.find(({ value, sure }) => sure && isWords(value));
  return found === undefined ? undefined : { value: found.value, target: found.target ?? '' };
}

/** Keys in which something else may stand: `reply_to` may name the file or the address that is answered. */
const loose = /(?:^|\.)(?:reply_to|parent_id|original_\w+|in_reply_to)$/;

const isWords = (value: string): boolean => !/\.md\b|[^\s@]@[^\s@]+\.\w/.test(value.slice(0, 500));

/** Whom or what the action is about; empty when nothing names it. */
export function targetOf(layout: Layout, platform: Platform, action: string): string {
  const { fields } = layout;
  const direct = platform.direct?.includes(action) === true;
  const answers = answersOf(layout);
  if (!direct && answers !== undefined) return answers.target;
  const names = direct ? (['handle', 'target', 'to'] as const) : (['target'] as const);
  const values = names.flatMap((name) => fields.values(name));
  const writtenTo = direct ? layout.written.filter(({ key }) => key === 'to').map(({ value }) => value) : [];
  return [...values, ...writtenTo].map((value) => targetIn(value, direct)).find((one) => one !== undefined) ?? '';
}
