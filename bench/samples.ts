/** What was measured, by the name of the row it will stand in. */
export type Samples = {
  add(row: string, value: number): void;
  /** Empty when nothing was measured under this name. */
  of(row: string): readonly number[];
};

export function createSamples(): Samples {
  const rows = new Map<string, number[]>();
  return {
    add(row, value) {
      const values = rows.get(row);
      if (values === undefined) rows.set(row, [value]);
      else values.push(value);
    },
    of: (row) => rows.get(row) ?? [],
  };
}
