import { keyName } from '../front-matter.ts';
import { isScheduleKey } from './keys.ts';
import { countedKeys, footers, instructions, keyAliases, plainKeys, remarkKeys, remarks } from './line-words.ts';

/** What a field line says: `**To:** a@example.com`; `line` is where it stands, from 0. */
export type Field = { readonly key: string; readonly value: string; readonly line?: number };

const boldField = /^\s{0,3}(?:[-*+•]\s+)?(?:(?:\p{So}|\u200d|\ufe0f)+\s*)?\*\*([^*:]{1,40})(?::\*\*|\*\*\s?:)(.*)$/u;
const plainField = /^\s{0,3}(?:[-*+]\s+)?([A-Za-z][A-Za-z-]{1,20}):\s+(.*)$/;

/** Longest line that is looked at as anything but text. */
const longestLine = 1_000;

/** Reads a line that is only a field; `known` tells whether the key is one written around texts. */
export function fieldOf(line: string): (Field & { readonly known: boolean }) | undefined {
  if (line.length > longestLine) return undefined;
  if (!line.includes(':')) return undefined;
  const bold = line.includes('**') ? boldField.exec(line) : null;
  const plain = bold === null ? plainField.exec(line) : null;
  const written = (bold ?? plain)?.[1]?.trim().toLowerCase();
  if (written === undefined) return undefined;
  if (plain !== null && !plainKeys.includes(written)) return undefined;
  const key = keyAliases[written] ?? written;
  const known = [countedKeys, remarkKeys, plainKeys].some((keys) => keys.includes(key)) || isScheduleKey(keyName(key));
  return { key, value: ((bold ?? plain)?.[2] ?? '').trim(), known };
}

export const isCounted = (key: string): boolean => countedKeys.includes(key);

export const isBlank = (line: string): boolean => line.length < longestLine && line.trim() === '';

export const isRule = (line: string): boolean => line.length < 100 && /^\s{0,3}([-*_])(?:\s*\1){2,}\s*$/.test(line);

const some = (patterns: readonly RegExp[], line: string): boolean => {
  const head = line.slice(0, 300);
  return patterns.some((pattern) => pattern.test(head));
};

/** A line that tells the reader what to do with the file: never part of a text. */
export const isInstruction = (line: string): boolean => mayInstruct.test(line) && some(instructions, line);

/** Without one of these a line is none: looked for first, as nearly all lines hold none. */
const mayInstruct = /mov|drag|approv|reject|edit|modif|cancel|request|copy|paste/i;

/** Set apart as a whole: in italics, brackets, parentheses or quote marks. */
const setApart = (line: string): boolean => {
  const text = line.slice(0, longestLine).trim();
  return /^(?:[*_](?![*_]).*[*_]|\[.*\]|\(.*\)|>.*|\W{0,4}\*\*[^*]+\*\*\W{0,2})$/.test(text);
};

/** `**Ready!** This draft requires …`: texts have lines that begin in bold too, so it must speak of the draft itself. */
const boldLead = /^\s{0,3}\W{0,4}\*\*([^*]+)\*\*(.*)$/;
const ofTheDraft = /\bthis (?:draft|file|reply|post|e-?mail|message|comment)\b/i;

/** A remark to the approver, set apart from the text. */
export function isRemark(line: string): boolean {
  if (line.length >= longestLine) return false;
  const [, words = '', rest = ''] = boldLead.exec(line) ?? [];
  const speaks = setApart(line) || (words !== '' && (some(remarks, words) || ofTheDraft.test(rest)));
  return speaks && (some(remarks, line) || isInstruction(line));
}

export const isItalic = (line: string): boolean =>
  line.length < longestLine && /^[*_](?![*_\s]).*[*_]$/.test(line.trim());

export const isFooter = (line: string): boolean => isInstruction(line) || some(footers, line) || isRemark(line);

/** `type: linkedin_message`: whatever it says must not be passed over, and is not meant for readers. */
export const isKindLine = (line: string): boolean =>
  line.length < 100 && /^(?:type|platform|action|action_type):\s*["']?[\w-]+["']?\s*$/.test(line);

export const isTable = (line: string): boolean => line.startsWith('|') && line.trimEnd().endsWith('|');

export const isQuote = (line: string): boolean => line.startsWith('>');

/** `> [!warning]`: a box for the reader of the file, not a quotation. */
export const isCallout = (line: string): boolean => /^>\s*\[!\w/.test(line.slice(0, 100));

/** Nothing but tags: `#one #two`. */
export const isTags = (line: string): boolean =>
  line.length < longestLine &&
  /^\s*#[\p{L}\p{N}_]/u.test(line) &&
  line
    .trim()
    .split(/\s+/)
    .every((word) => /^#[\p{L}\p{N}_]+,?$/u.test(word));
