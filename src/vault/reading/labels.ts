/** Texts behind a label on the same line, or in a fence right below it: `**Text:** "Hello"`. */
import { normaliseText } from '../../domain/effect.ts';
import { strange } from '../../lib/words.ts';
import type { Heading, HeadingRole } from './headings.ts';
import { fenceReader, labelLevel, speaksOfDraft } from './headings.ts';
import type { Layout } from './layout.ts';
import { fieldOf, isBlank, isFooter, isRule, isTable } from './line-kinds.ts';
import { cleaned, textsIn } from './found.ts';
import type { Found } from './found.ts';
import { orderIn } from './text-range.ts';
import type { Lines } from '../lines.ts';

const most = 6;
const longestLine = 5_000;
const pattern = /^\s{0,3}(?:[-*]\s+)?(?:\*\*)?([A-Za-z][A-Za-z ]{2,30})(?:\*\*:|:\*\*|:)\s*(.*)$/;
const holding: readonly HeadingRole[] = ['full', 'draft', 'generic'];
/** Words that say when or by whom as well: `Drafted: 2026-08-28`. */
const said = /^(?:drafted|generated|proposed|suggested|recommended|post|tweet|status)$/i;
const why = 'It isn’t said where it ends.';

export function inLabels(layout: Layout, labelOf: (key: string) => HeadingRole): readonly Found[] {
  const { lines, headings, bodyLine } = layout;
  const found: Found[] = [];
  const inFence = fenceReader();
  for (let at = bodyLine; at < lines.length && found.length < most; at += 1) {
    const line = lines.text(at);
    if (inFence(line) || line.length > longestLine) continue;
    const [, key = '', rest = ''] = pattern.exec(line) ?? [];
    if (key === '' || !holding.includes(labelOf(key)) || isTheirs(headings, at)) continue;
    const value = rest.trim();
    if (/\b(?:below|above)\b/i.test(value.slice(0, 60)) || (value !== '' && said.test(key) && isNote(value))) continue;
    const origin = {
      why: `It stands behind “${strange(key, 40)}”.`,
      role: 'generic',
      headingLine: at,
      level: labelLevel,
    } as const;
    if (value === '') {
      // Like a heading: it holds what stands below it.
      found.push(...textsIn(lines, { from: at + 1, to: endOfBelow(layout, at + 1) }, origin));
      continue;
    }
    const to = endOf(lines, at);
    const [whole] = textsIn(lines, { from: at, to }, origin, why);
    if (whole !== undefined) {
      const first = line.slice(line.length - rest.length);
      const text = normaliseText(to > at + 1 ? `${first}\n${lines.shown(at + 1, to)}` : first);
      found.push({ ...whole, ...cleaned(text), doubt: isClosed(lines, to) && isQuoted(text) ? orderIn(text) : why });
    }
  }
  return found;
}

/** A few words with a figure, a mark or a field in them. */
const isNote = (value: string): boolean => value.split(/\s+/).length < 5 || /^\d{4}-|\*\*/.test(value);

const isQuoted = (text: string): boolean => /^["“].*["”]$/s.test(text);

const isTheirs = (headings: readonly Heading[], line: number): boolean => {
  const above = headings.findLast((heading) => heading.line < line && heading.level < labelLevel);
  // Below “Image Brief” a label says what is on the picture.
  return above !== undefined && (above.quoted || above.role === 'original' || speaksOfDraft(above.title));
};

/** The next blank line. */
function endOf(lines: Lines, at: number): number {
  let to = at + 1;
  while (to < lines.length && to - at < 200 && lines.text(to).trim() !== '') to += 1;
  return to;
}

/** The next heading, cut, or label of a field on a line of its own or in a list. */
function endOfBelow({ lines, headings, cuts }: Layout, from: number): number {
  const stop = [...headings.filter(({ level }) => level < labelLevel).map(({ line }) => line), ...cuts];
  const end = Math.min(...stop.filter((line) => line >= from), lines.length);
  const inFence = fenceReader();
  for (let at = from; at < end; at += 1) {
    const line = lines.text(at);
    if (!inFence(line) && /^\s{0,3}[-*]\s+(?:\*\*)?[A-Za-z][A-Za-z_ ]{2,30}(?:\*\*:|:\*\*|:)/.test(line) && at > from) {
      return isBlank(lines.text(at - 1)) ? at : end;
    }
  }
  return end;
}

/** What follows is no text: a field, a heading, a rule, or the end. */
function isClosed(lines: Lines, from: number): boolean {
  let at = from;
  while (at < lines.length && isBlank(lines.text(at))) at += 1;
  const line = at < lines.length ? lines.text(at) : '';
  return (
    line === '' ||
    /^ {0,3}#{1,6}\s/.test(line) ||
    isRule(line) ||
    isTable(line) ||
    isFooter(line) ||
    fieldOf(line) !== undefined
  );
}
