/** Who acts. `id` is immutable (a numeric id, never a name); `name` is for people and proves nothing. */
export type Actor = {
  /** A channel's name, `cli`, or `vault` for a file moved by hand. */
  readonly source: string;
  readonly id: string;
  readonly name: string;
};
