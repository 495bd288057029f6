/** What can wait until a start has caught up: asked for meanwhile, it is done once, at the end. */
export type HoldBack = {
  /** @returns the same call, held back while we hold */
  held(call: () => void): () => void;
  /** Does what was asked for, and from now on everything at once. */
  release(): void;
};

export function createHoldBack(): HoldBack {
  const asked = new Set<() => void>();
  let isHeld = true;
  return {
    held: (call) => () => {
      if (isHeld) asked.add(call);
      else call();
    },
    release() {
      isHeld = false;
      for (const call of asked) call();
      asked.clear();
    },
  };
}
