import { keyName, parseYaml } from '../front-matter.ts';
import type { Lines } from '../lines.ts';
import { readPlainBlock } from '../plain-block.ts';
import { senderKeys } from './kind-words.ts';
import { isRule } from './line-kinds.ts';

const mostKeys = 30;
const mostBlocks = 50;
/** Longer ones are read line by line. */
const longestBlock = 20_000;

/** A second block of keys inside the body, from its first rule to its last, lines counted from 0. */
export type Nested = {
  readonly line: number;
  readonly end: number;
  readonly fields: ReadonlyMap<string, readonly string[]>;
  /** It names a sender: a whole message was copied in. */
  readonly sent: boolean;
};

/**
 * Second blocks of keys. One that names a sender begins a message of somebody else: what a heading like “Email Content”
 * below it holds is theirs. Another is the header of a draft that was copied in whole.
 */
export function nestedBlocks(lines: Lines, from: number): readonly Nested[] {
  const found: Nested[] = [];
  for (let at = from; at < lines.length && found.length < mostBlocks; at += 1) {
    const block = nestedAt(lines, at);
    if (block === undefined) continue;
    found.push(block);
    at = block.end;
  }
  return found;
}

/** The block that begins on this line; undefined when none does. */
export function nestedAt(lines: Lines, line: number): Nested | undefined {
  if (!isRule(lines.text(line))) return undefined;
  const fields = new Map<string, readonly string[]>();
  let end = line + 1;
  let last = '';
  for (; end < lines.length && end - line <= mostKeys; end += 1) {
    const text = lines.text(end).slice(0, 1_000);
    const [, key, value = ''] = /^([A-Za-z_][\w .-]{0,40}?)\s*:(?:\s+(.*)|)$/.exec(text) ?? [];
    if (key !== undefined) {
      fields.set(keyName(key), [value.trim().replace(/^(["'])(.*)\1$/, '$2')]);
      last = value;
    }
    // What is indented belongs to the key above it, and in a text of several lines blank ones too.
    else if (text.trim() === '' && /^[|>][+-]?\d?\s*$/.test(last)) continue;
    else if (fields.size === 0 || !/^(?:\s+\S|- )/.test(text)) break;
  }
  if (fields.size === 0 || end >= lines.length || !isRule(lines.text(end))) return undefined;
  const sent = senderKeys.some((key) => fields.has(key));
  const isHeader = sent || (fields.size > 1 ? headerMarks.some((key) => fields.has(key)) : isKindAlone(fields));
  if (!isHeader) return undefined;
  const block = lines.shown(line + 1, end);
  const exact = block.length > longestBlock ? undefined : (readPlainBlock(block, keyName) ?? parseYaml(block));
  return { line, end, fields: exact ?? fields, sent };
}

/** `type: linkedin_message` alone between two rules: in a text somebody would write a sentence. */
const isKindAlone = (fields: Nested['fields']): boolean =>
  ['type', 'platform', 'action', 'action_type'].some((key) => /^\w+$/.test(fields.get(key)?.[0] ?? ''));

/** One of these makes a block between rules a header; a text may hold a line or two that look like keys. */
const headerMarks: readonly string[] = [
  'type',
  'platform',
  'action',
  'action_type',
  'status',
  'created',
  'created_at',
  'title',
  'task',
];
