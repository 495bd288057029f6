/** How often a condition is looked at. What is measured is stamped where it happens, so this adds nothing to it. */
const pauseMs = 5;

/** Waits until `look` finds something and returns it. Throws when time is up, or when `look` does. */
export async function until<T>(
  look: () => T | undefined | Promise<T | undefined>,
  what: string,
  limitMs = 30_000,
): Promise<T> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`waited ${limitMs / 1_000} s in vain until ${what}`);
    await pause(pauseMs);
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
