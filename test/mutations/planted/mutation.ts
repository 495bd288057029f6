/** Faults of the kinds this product must not have, and the suites that have to notice each. */
export type Mutation = {
  readonly name: string;
  readonly changes: readonly { readonly file: string; readonly from: string; readonly to: string }[];
  /** Each of them has to notice. */
  readonly suites: readonly Suite[];
};

export type Suite = 'model' | 'deaths' | 'power cuts' | 'storm' | `${string}.test.ts`;
