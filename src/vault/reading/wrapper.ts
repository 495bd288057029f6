/**
 * A model told to write a file often answers with the file in a code fence, sometimes with a line of talk around it, or
 * puts the header alone into one. Such a fence is no part of the file: what is inside counts. Pure; looks at few lines.
 */
import { keyName } from '../front-matter.ts';
import type { Lines } from '../lines.ts';
import { headerKeys } from './line-words.ts';

/** How far is looked for the fence, and how many lines of talk may stand before or behind it. */
const nearest = 12;
const mostTalk = 3;
const mostKeys = 60;

const opening = /^ {0,3}(`{3,}|~{3,})[\w+.-]*\s*$/;
const keyLine = /^([A-Za-z_][\w .-]{0,60}?)\s*:(?:\s|$)/;

/**
 * Lines that only wrap the file, each read as nothing; empty when there are none.
 *
 * @param from first line behind the front matter
 */
export function wrapperOf(lines: Lines, from: number): ReadonlyMap<number, string> {
  const found = opener(lines, from);
  if (found === undefined) return new Map();
  const inside = filledFrom(lines, found.line + 1);
  const fenced = lines.text(inside).trimEnd() === '---';
  const keysEnd = endOfKeys(lines, fenced ? inside + 1 : inside);
  if (keysEnd === undefined) return new Map();
  const behind = filledFrom(lines, fenced ? keysEnd + 1 : keysEnd);
  const isClosed = fenced ? lines.text(keysEnd).trimEnd() === '---' : behind < lines.length;
  if (!isClosed) return new Map();
  // The header alone, or a file; keys and a text without `---` around the keys are one mail in a fence.
  const closer = closes(lines, behind, found.mark) ? behind : fenced ? lastFence(lines, behind, found.mark) : undefined;
  if (closer === undefined && !fenced) return new Map();
  const hidden = [...found.talk, found.line, ...(closer === undefined ? [] : [closer])];
  if (closer !== undefined && closer !== behind) hidden.push(...talkFrom(lines, closer + 1));
  return new Map(hidden.map((line) => [line, '']));
}

/** The first fence, with at most some lines of talk before it. */
function opener(lines: Lines, from: number) {
  const talk: number[] = [];
  for (let at = from; at < Math.min(lines.length, from + nearest); at += 1) {
    const line = lines.text(at);
    if (line.trim() === '') continue;
    const mark = opening.exec(line.slice(0, 100))?.[1];
    if (mark !== undefined) return { line: at, mark, talk };
    if (talk.length === mostTalk || !isTalk(line)) return undefined;
    talk.push(at);
  }
  return undefined;
}

const isTalk = (line: string): boolean =>
  line.length < 300 && !/^\s*(?:#{1,6}\s|---|>|\||[-*+]\s|\*\*)/.test(line) && !isHeaderKey(keyLine.exec(line)?.[1]);

const isHeaderKey = (key: string | undefined): boolean =>
  key !== undefined && [...headerKeys, 'title', 'created', 'id'].includes(keyName(key).replaceAll('_', '-'));

/** The next line that isn't blank, or the end. */
function filledFrom(lines: Lines, from: number): number {
  let at = from;
  while (at < lines.length && lines.text(at).trim() === '') at += 1;
  return at;
}

/** The first line that is neither a key nor belongs to one; undefined when no key there is one of a draft. */
function endOfKeys(lines: Lines, from: number): number | undefined {
  let known = false;
  let at = from;
  for (; at < lines.length && at - from < mostKeys; at += 1) {
    const line = lines.text(at).slice(0, 200);
    const key = keyLine.exec(line)?.[1];
    if (key === undefined && !/^(?:\s+\S|- |#|\s*$)/.test(line)) break;
    known ||= isHeaderKey(key);
  }
  return known ? at : undefined;
}

const closes = (lines: Lines, at: number, mark: string): boolean => {
  const line = lines.text(at).trim();
  return line.startsWith(mark) && /^(?:`+|~+)$/.test(line);
};

/** The last line that can end the fence: one inside it may hold fences of its own. */
function lastFence(lines: Lines, from: number, mark: string): number | undefined {
  for (let at = lines.length - 1; at >= from; at -= 1) if (closes(lines, at, mark)) return at;
  return undefined;
}

/** Lines of talk behind the fence; none when more stands there than talk. */
function talkFrom(lines: Lines, from: number): readonly number[] {
  const talk: number[] = [];
  for (let at = from; at < lines.length; at += 1) {
    const line = lines.text(at);
    if (line.trim() === '') continue;
    if (talk.length === mostTalk || !isTalk(line)) return [];
    talk.push(at);
  }
  return talk;
}
