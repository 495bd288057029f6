/**
 * What must never leave with a text because no reader can mean anything by it: marks of an unsolved conflict, and what
 * models leave behind. Each blocks, with its place. Pure; time grows with the length of the text.
 */
import { blocks } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';
import type { LineRange } from '../../domain/reading.ts';
import { strange } from '../../lib/words.ts';
import type { Lines } from '../lines.ts';

const opens = /^\s{0,3}(?:>\s?)?<{7}(?:\s|$)/;
const closes = /^\s{0,3}(?:>\s?)?>{7}(?:\s|$)/;
const base = /^\s{0,3}(?:>\s?)?\|{7}(?:\s|$)/;

/** Two versions of a place that a tool could not join, anywhere in the file: in its comments too, and in its fences. */
export function conflictProblems(text: string, lines: Lines): readonly Problem[] {
  if (!/[<>|]{7}/.test(text)) return [];
  let first: number | undefined;
  let last: number | undefined;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines.raw(at).slice(0, 100);
    if (!opens.test(line) && !closes.test(line) && !base.test(line)) continue;
    first ??= at;
    last = at;
    if (closes.test(line)) break;
  }
  if (first === undefined || last === undefined) return [];
  const what = `The file has an unsolved conflict in ${placeWords({ firstLine: first + 1, lastLine: last + 1 })}.`;
  return [blocks('conflict_marks', what, 'Keep one of the two versions and take the marks out.')];
}

/** Signs that occur in no text of a person. */
const marks: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  {
    pattern: /:?contentReference\s?\[oaicite:[^\]\n]{0,40}\](?:\{index=\d+\})?|\boaicite:\d+/,
    what: 'a citation mark',
  },
  { pattern: /【\d{1,3}(?::\d{1,3})?†[^】\n]{0,80}】/, what: 'a citation mark' },
  { pattern: /\[cite_(?:start|end)\]|\[cite:\s?[\d,\s-]{1,40}\]|\[\/?cite\]/i, what: 'a citation mark' },
  {
    pattern:
      /[\ue200-\ue20f]|\b(?:file)?cite(?:turn\d+\w+)+|\bturn\d+(?:search|news|view|fetch|file|image|forecast)\d+\b/,
    what: 'a citation mark',
  },
  { pattern: /\[(?:web|attached_file|memory|post|page|file):\d+\]|\[\^\d+_\d+\]/i, what: 'a citation mark' },
  {
    pattern: /<grok-card\b|\bgrok_render_citation\w*|\[\{"attribution"|\battributableIndex\b/,
    what: 'a citation mark',
  },
  {
    pattern: /<\/?(?:think|thinking|thought|thoughts|reasoning|reflection|scratchpad|antthinking|analysis)>/i,
    what: 'thoughts of a model',
  },
  {
    pattern:
      /◁\/?think▷|<\|(?:channel|message|start|end|im_start|im_end|endoftext|eot_id|assistant|user|system|begin_of_text)\b[^>\n]{0,40}\|>/,
    what: 'a mark of a model',
  },
  { pattern: /\[\/?INST\]|<<\/?SYS>>/, what: 'a mark of a model' },
  {
    pattern:
      /<\/?(?:tool_call|tool_response|tool_result|tool_use|function_calls?|function_results?|invoke|parameter|antml:\w+|antArtifact|artifact|final_answer|answer|output|result|response)\b[^>\n]{0,80}>/i,
    what: 'a mark of a tool',
  },
  { pattern: /\bsandbox:\/mnt\/data\/\S{1,80}|\bfile-service:\/\/\S{1,80}/, what: 'a link of a tool' },
];

/** `\n` as two signs, which a program wrote: not in a path like `C:\new`, and not between backticks. */
const escapes =
  /\\r?\\n|(?<![\w:\\])\\n|(?<=[\p{L}\p{N}.,;:!?)"'”’])\\n(?=\\n|[\p{Lu}\s\d•*#-]|$)|(?<=\p{L})\\n(?=\p{Ll})/u;

/** Without one of these there is nothing to look for. */
const mayHold = /[\\[<{【◁\ue200-\ue20f]|turn\d|oaicite|grok_|attributable|sandbox:|file-service/;

/** @param place lines of the file on which the text stands, in the same order as in the text where they are as many */
export function residueProblems(text: string, subject: string, place: LineRange): readonly Problem[] {
  if (!mayHold.test(text) && !mayHold.test(subject)) return [];
  const lines = text.split('\n');
  const isAligned = lines.length === place.lastLine - place.firstLine + 1;
  const found: Problem[] = [];
  for (const [at, line] of lines.entries()) {
    const mark = markIn(line);
    if (mark === undefined) continue;
    const number = place.firstLine + at;
    found.push(modelMark(mark, placeWords(isAligned ? { firstLine: number, lastLine: number } : place)));
    if (found.length === 3) return found;
  }
  const inSubject = markIn(subject);
  return inSubject === undefined ? found : [...found, modelMark(inSubject, 'the subject')];
}

type Found = { readonly sign: string; readonly what: string };

function markIn(line: string): Found | undefined {
  const head = line.slice(0, 20_000);
  // Between backticks somebody writes about such marks.
  const bare = head.replaceAll(/`[^`]{0,500}`/g, '');
  for (const { pattern, what } of marks) {
    const sign = pattern.exec(bare)?.[0];
    if (sign !== undefined) return { sign, what };
  }
  // A path has its own backslashes: `D:\drafts\new.txt`.
  const words = bare.split(/\s+/).filter((word) => word.includes('\\n') && !isPath(word));
  const escaped = words.map((word) => escapes.exec(word)?.[0]).find((sign) => sign !== undefined);
  return escaped === undefined ? undefined : { sign: escaped, what: 'a line break written as two signs' };
}

const isPath = (word: string): boolean =>
  /^["'(]?(?:[A-Za-z]:|\\\\|\.{1,2}|[\w-]+)(?:\\[\w .-]+)+/.test(word) &&
  /^["'(]?(?:[A-Za-z]:\\|\\\\|\.{1,2}\\)|\.\w{2,5}["')]?$/.test(word);

const modelMark = ({ sign, what }: Found, where: string): Problem =>
  blocks('model_marks', `“${strange(sign, 40)}” in ${where} is ${what}, not text.`, 'Edit the text and take it out.');

export const placeWords = ({ firstLine, lastLine }: LineRange): string =>
  firstLine === lastLine ? `line ${firstLine}` : `lines ${firstLine} to ${lastLine}`;
