/**
 * Tables are written as plain synchronous functions; here they become the promises of the port. `Run` decides when a
 * call may touch the database: in its turn, or as part of the transaction that has the turn.
 */
export type RunInTurn = <T>(work: () => T | Promise<T>) => Promise<T>;

/** A port's methods without the promises. */
export type Direct<Port> = {
  readonly [K in keyof Port]: Port[K] extends (...args: infer A) => Promise<infer R> ? (...args: A) => R : never;
};

type Method = (...args: never[]) => unknown;

/** The port itself: every method of `direct`, carried out by `run`. */
export function promised<Port extends object>(direct: Direct<Port>, run: RunInTurn): Port {
  const methods = Object.entries<Method>(direct).map(([name, method]) => [
    name,
    (...args: never[]) => run(() => method(...args)),
  ]);
  return Object.fromEntries(methods) as Port;
}

/** One at a time, in the order of asking. A failure is the asker's alone: the next one runs all the same. */
export function createTurns(): RunInTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  };
}

/**
 * `call` runs `work`, or has it run once more when it is running: nothing that happened before a call is missed, and
 * many calls cost two runs. `work` must not reject. `idle` resolves when nothing runs.
 */
export function coalesced(work: () => Promise<void>): { call(): void; idle(): Promise<void> } {
  let current: Promise<void> | undefined;
  let again = false;
  const run = async () => {
    do {
      again = false;
      await work();
    } while (again);
    current = undefined;
  };
  return {
    call() {
      again = true;
      current ??= run();
    },
    idle: async () => current,
  };
}
