/** A text cut into lines, with where each one stands. Line ends are not part of a line. */
export type Lines = {
  readonly length: number;
  text(index: number): string;
  /** The line as it stands in the file. */
  raw(index: number): string;
  all(): readonly string[];
  /** Offset of the first character of a line; of the end of the text for an index past the last. */
  start(index: number): number;
  /** Offset after the last character of a line, before its end. */
  end(index: number): number;
  /** The text from line `from` up to, not including, the end of line `to - 1`, as it stands in the file. */
  slice(from: number, to: number): string;
  /** The same as it is read, lines ended by LF: without what is taken out, and without lines that are gone with it. */
  shown(from: number, to: number): string;
};

/** @param changed lines that are read otherwise than they stand in the file; empty where a whole line is taken out */
export function linesOf(text: string, changed: ReadonlyMap<number, string> = new Map()): Lines {
  const starts: number[] = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const start = (index: number): number => starts[index] ?? text.length;
  const end = (index: number): number => {
    const next = starts[index + 1];
    if (next === undefined) return text.length;
    return text[next - 2] === '\r' ? next - 2 : next - 1;
  };
  // Each line is looked at many times.
  const cut: string[] = [];
  const raw = (index: number): string => (cut[index] ??= text.slice(start(index), end(index)));
  const line = changed.size === 0 ? raw : (index: number): string => changed.get(index) ?? raw(index);
  const isGone = (index: number): boolean => changed.get(index) === '' && start(index) < end(index);
  return {
    length: starts.length,
    text: line,
    raw,
    all: () => starts.map((_, index) => line(index)),
    start,
    end,
    slice: (from, to) => (to <= from ? '' : text.slice(start(from), end(to - 1))),
    shown(from, to) {
      const kept: string[] = [];
      let gap = false;
      for (let at = from; at < to; at += 1) {
        if (isGone(at)) {
          gap = true;
          continue;
        }
        const shown = line(at);
        // Between two paragraphs one blank line is left, not those before and behind what was taken out.
        if (gap && shown.trim() === '' && (kept.at(-1) ?? '').trim() === '') continue;
        gap = false;
        kept.push(shown);
      }
      return kept.join('\n');
    },
  };
}
