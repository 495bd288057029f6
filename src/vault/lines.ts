/** A text cut into lines, with where each one stands. Line ends are not part of a line. */
export type Lines = {
  readonly length: number;
  text(index: number): string;
  all(): readonly string[];
  /** Offset of the first character of a line; of the end of the text for an index past the last. */
  start(index: number): number;
  /** Offset after the last character of a line, before its end. */
  end(index: number): number;
  /** The text from line `from` up to, not including, the end of line `to - 1`. */
  slice(from: number, to: number): string;
};

export function linesOf(text: string): Lines {
  const starts: number[] = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const start = (index: number): number => starts[index] ?? text.length;
  const end = (index: number): number => {
    const next = starts[index + 1];
    if (next === undefined) return text.length;
    return text[next - 2] === '\r' ? next - 2 : next - 1;
  };
  const line = (index: number): string => text.slice(start(index), end(index));
  return {
    length: starts.length,
    text: line,
    all: () => starts.map((_, index) => line(index)),
    start,
    end,
    slice: (from, to) => (to <= from ? '' : text.slice(start(from), end(to - 1))),
  };
}
