/**
 * Comments stay behind: `%% … %%` as Obsidian writes them, and those of HTML; on one line or over several. What stands
 * in a code fence or between backticks is meant as it is. Pure; time grows with the length of the text.
 */
import type { Lines } from '../lines.ts';
import { fenceReader } from './headings.ts';

export type Comments = {
  /** Lines with something taken out → what is left of them. */
  readonly changed: ReadonlyMap<number, string>;
  /** Lines on which a comment begins that does not end: nobody can say what belongs to it. Nothing is taken out there. */
  readonly open: readonly number[];
};

type Mark = { readonly opens: string; readonly closes: string };

const html: Mark = { opens: '<!--', closes: '-->' };
const obsidian: Mark = { opens: '%%', closes: '%%' };

/** Longer lines are no text that a person wrote. */
const longestLine = 20_000;

/**
 * @param from first line that is looked at
 * @param isTheirs whether a line belongs to somebody else's message: a mail cut short may begin a comment and not end it
 */
export function commentsIn(lines: Lines, from: number, isTheirs: (line: number) => boolean): Comments {
  const changed = new Map<number, string>();
  const unended: number[] = [];
  const last = lastMarks(lines, from);
  const inFence = fenceReader();
  let inside: Mark | undefined;
  for (let at = from; at < lines.length; at += 1) {
    const line = lines.text(at);
    if (inside === undefined && inFence(line)) continue;
    if (inside === undefined && !line.includes(html.opens) && !line.includes(obsidian.opens)) continue;
    if (inside === undefined && isTheirs(at)) continue;
    if (line.length > longestLine) {
      unended.push(at);
      continue;
    }
    const found = withoutComments(line, inside, (mark) => (last.get(mark) ?? -1) > at);
    if (found.kept !== line || inside !== undefined) changed.set(at, found.kept);
    if (found.unended) unended.push(at);
    inside = found.open;
  }
  return { changed, open: unended };
}

/** The last line on which each kind of comment ends. */
function lastMarks(lines: Lines, from: number): ReadonlyMap<Mark, number> {
  const last = new Map<Mark, number>();
  for (let at = lines.length - 1; at >= from && last.size < 2; at -= 1) {
    const line = lines.text(at);
    for (const mark of [html, obsidian]) if (!last.has(mark) && line.includes(mark.closes)) last.set(mark, at);
  }
  return last;
}

type Line = { readonly kept: string; readonly open: Mark | undefined; readonly unended: boolean };

/**
 * One line without its comments.
 *
 * @param inside the comment that goes on from the line before
 * @param endsLater whether such a comment ends on a line below
 */
function withoutComments(line: string, inside: Mark | undefined, endsLater: (mark: Mark) => boolean): Line {
  const pieces: string[] = inside === undefined ? [] : [''];
  // Asked of the line once: it may hold thousands of beginnings and no end.
  const lastOf = new Map(['`', html.closes, obsidian.closes].map((sign) => [sign, line.lastIndexOf(sign)]));
  const isBelow: IsBelow = (sign, from) => (lastOf.get(sign) ?? -1) >= from;
  let open = inside;
  let at = 0;
  for (;;) {
    if (open !== undefined) {
      const end = line.indexOf(open.closes, at);
      if (end === -1) return { kept: joined(pieces), open, unended: false };
      at = end + open.closes.length;
      open = undefined;
    }
    const next = nextMark(line, at, isBelow, endsLater);
    pieces.push(line.slice(at, next.start));
    if (next.mark === undefined) return { kept: joined(pieces), open, unended: next.unended };
    at = next.start + next.mark.opens.length;
    open = next.mark;
  }
}

/** One space where there was at least one on either side of what was taken out, none at the end of the line. */
function joined([first = '', ...others]: readonly string[]): string {
  if (others.length === 0) return first;
  const kept = [first.trimEnd()];
  let spaced = first.trimEnd() !== first;
  for (const piece of others) {
    const core = piece.trim();
    spaced ||= piece.trimStart() !== piece;
    if (core === '') continue;
    kept.push(spaced && kept.some((one) => one !== '') ? ` ${core}` : core);
    spaced = piece.trimEnd() !== piece;
  }
  return kept.join('');
}

/** Whether this sign stands on the line from there on. */
type IsBelow = (sign: string, from: number) => boolean;

type Next = { readonly mark: Mark | undefined; readonly start: number; readonly unended: boolean };

const signs = /`|<!--|%%/g;

/** The next comment that begins and ends: not between backticks, and `50%%` is a figure. */
function nextMark(line: string, from: number, isBelow: IsBelow, endsLater: (mark: Mark) => boolean): Next {
  const begin = line.search(/\S/);
  let ticks = 0;
  let unended = false;
  const pattern = new RegExp(signs);
  pattern.lastIndex = from;
  for (let found = pattern.exec(line); found !== null; found = pattern.exec(line)) {
    const at = found.index;
    if (found[0] === '`') {
      ticks += 1;
      continue;
    }
    const mark = found[0] === html.opens ? html : obsidian;
    const quotedCode = ticks % 2 === 1 && isBelow('`', at);
    const figure = mark === obsidian && /\d/.test(line[at - 1] ?? '');
    if (quotedCode || figure) continue;
    const closes = isBelow(mark.closes, at + mark.opens.length);
    const first = mark === html || (!closes && at === begin);
    if (closes || (first && endsLater(mark))) return { mark, start: at, unended: false };
    unended ||= mark === html || line.trim() === mark.opens;
  }
  return { mark: undefined, start: line.length, unended };
}
