/**
 * Lines at which no text goes on, whatever heading it stands under: a dividing line with somebody else's message behind
 * it, a label of notes to whoever posts it. Pure; looks at each line once.
 */
import type { Lines } from '../lines.ts';
import { fenceReader } from './headings.ts';
import { isBlank, isRule } from './line-kinds.ts';
import { asides } from './line-words.ts';
import { quotesOthers } from './voices.ts';

const most = 100;

export function cutsIn(lines: Lines, from: number): readonly number[] {
  const cuts: number[] = [];
  const inFence = fenceReader();
  let rule: number | undefined;
  for (let at = from; at < lines.length && cuts.length < most; at += 1) {
    const line = lines.text(at);
    if (inFence(line)) {
      rule = undefined;
      continue;
    }
    if (isBlank(line)) continue;
    if (isRule(line)) {
      rule ??= at;
      continue;
    }
    if (isAside(line, rule !== undefined) || (rule !== undefined && isQuoting(line))) cuts.push(rule ?? at);
    rule = undefined;
  }
  return cuts;
}

const isQuoting = (line: string): boolean => quotesOthers.some((pattern) => pattern.test(line.slice(0, 300)));

const firstComment = /^\W{0,8}(?:first|1st|pinned) comments?\b[^:.!?]{0,80}:/i;
const label = /^\s{0,3}(?:[-*+]\s+)?\*\*([^*]{1,100})\*\*(:?)/;

/** `**First comment:** …`; without a colon only behind a dividing line, for a text may well begin with bold words. */
function isAside(line: string, behindRule: boolean): boolean {
  const head = line.slice(0, 300);
  if (/comment/i.test(head) && firstComment.test(head)) return true;
  if (!head.includes('**')) return false;
  const [, words = '', colon = ''] = label.exec(head) ?? [];
  return (behindRule || colon !== '' || words.trimEnd().endsWith(':')) && asides.some((pattern) => pattern.test(words));
}
