/** Tells open pages that something changed. Says nothing about what: a page asks again and gets the truth. */
export type Changes = {
  tell(): void;
  /** @returns a function that stops listening */
  listen(changed: () => void): () => void;
};

export function createChanges(): Changes {
  const listeners = new Set<() => void>();
  return {
    tell() {
      for (const changed of listeners) changed();
    },
    listen(changed) {
      listeners.add(changed);
      return () => {
        listeners.delete(changed);
      };
    },
  };
}
