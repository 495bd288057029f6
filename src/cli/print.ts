/** Where the command line writes, so that tests can read it. */
export type Print = {
  line(text: string): void;
  /** What was found and what to do; goes to the error output. */
  problem(what: string, remedy: string): void;
};
