/** What a run really did: only what happened counts, not what was meant to happen and was never reached. */

const tables = [
  'kills by story',
  'kills by call',
  'faults by error',
  'faults by call',
  'faults by story',
  'cuts by stage',
] as const;
type Table = (typeof tables)[number];

export type Tally = {
  points: number;
  kills: number;
  faults: number;
  cuts: number;
  /** Faults and cuts that were prepared, and the story was over before them. */
  missed: number;
  powerCuts: number;
  /** Power cuts with a call that was carried out and not seen: their disk is that of an instant before. */
  unseen: number;
  browsers: number;
  /** What went wrong, each with its point. */
  broken: unknown[];
  readonly tables: ReadonlyMap<Table, Map<string, number>>;
};

export const createTally = (): Tally => ({
  points: 0,
  kills: 0,
  faults: 0,
  cuts: 0,
  missed: 0,
  powerCuts: 0,
  unseen: 0,
  browsers: 0,
  broken: [],
  tables: new Map(tables.map((table) => [table, new Map()])),
});

export function count(tally: Tally, table: Table, name: string): void {
  const counts = tally.tables.get(table);
  counts?.set(name, (counts.get(name) ?? 0) + 1);
}

/** One line for each table, most frequent first. */
export const coverage = ({ tables }: Tally): readonly string[] =>
  [...tables].flatMap(([table, counts]) => {
    if (counts.size === 0) return [];
    const sorted = [...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    return [`${table}: ${sorted.map(([name, times]) => `${name} ${times}`).join(', ')}`];
  });
