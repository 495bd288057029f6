/** What differs between two texts, line by line, as people read a change: what went, then what came in its place. */
export type LineChange = { readonly kind: 'removed' | 'added'; readonly text: string };

/** Above this many differing lines on either side the middle is not aligned: it is one change. */
const mostAligned = 300;

/** In the order of the text; empty lines are not mentioned. */
export function lineDiff(before: string, after: string): readonly LineChange[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const gone = old.slice(start, old.length - end);
  const come = now.slice(start, now.length - end);
  const changes = gone.length > mostAligned || come.length > mostAligned ? unaligned(gone, come) : aligned(gone, come);
  return changes.filter(({ text }) => text.trim() !== '');
}

const removed = (text: string): LineChange => ({ kind: 'removed', text });
const added = (text: string): LineChange => ({ kind: 'added', text });
const unaligned = (gone: readonly string[], come: readonly string[]) => [...gone.map(removed), ...come.map(added)];

/** By the longest common subsequence. */
function aligned(gone: readonly string[], come: readonly string[]): readonly LineChange[] {
  const width = come.length + 1;
  const common = new Uint16Array((gone.length + 1) * width);
  const at = (a: number, b: number) => common[a * width + b] ?? 0;
  for (let a = gone.length - 1; a >= 0; a -= 1) {
    for (let b = come.length - 1; b >= 0; b -= 1) {
      common[a * width + b] = gone[a] === come[b] ? at(a + 1, b + 1) + 1 : Math.max(at(a + 1, b), at(a, b + 1));
    }
  }
  const changes: LineChange[] = [];
  let [a, b] = [0, 0];
  while (a < gone.length || b < come.length) {
    if (a < gone.length && b < come.length && gone[a] === come[b]) {
      a += 1;
      b += 1;
    } else if (a < gone.length && (b === come.length || at(a + 1, b) >= at(a, b + 1))) {
      changes.push(removed(gone[a] ?? ''));
      a += 1;
    } else {
      changes.push(added(come[b] ?? ''));
      b += 1;
    }
  }
  return changes;
}
