/**
 * Anchors as dated facts. Sites change; a ladder holds the ways an element was seen, the newest and most
 * language-free first, and the first one that is there wins. When none is, the log names the ladder.
 */
import type { Locator, Page } from 'playwright';

export type Anchor = {
  /** Playwright selector; `role=` and CSS both look into open shadow roots. */
  readonly find: string;
  /** Where it was seen. */
  readonly seen: string;
  /** When, as year or year-month. */
  readonly when: string;
};

/** An element's name for the log and its anchors. */
export type Ladder = { readonly name: string; readonly anchors: readonly Anchor[] };

/** The first anchor with a visible element, or undefined when time is up. */
export async function climb(within: Page | Locator, ladder: Ladder, limitMs: number): Promise<Locator | undefined> {
  const rungs = ladder.anchors.map((anchor) => within.locator(anchor.find).filter({ visible: true }).first());
  const [lowest, ...others] = rungs;
  if (lowest === undefined) return undefined;
  // `or` waits for any of them at once; then the order of the ladder decides.
  const any = others.reduce((all, next) => all.or(next), lowest).first();
  const came = await any.waitFor({ state: 'visible', timeout: Math.max(1, limitMs) }).then(
    () => true,
    (thrown: unknown) => {
      if (thrown instanceof Error && thrown.name === 'TimeoutError') return false;
      throw thrown;
    },
  );
  if (!came) return undefined;
  for (const rung of rungs) if ((await rung.count()) > 0) return rung;
  return undefined;
}

/** Whether one of the anchors is visible right now. */
export async function isThere(within: Page | Locator, ladder: Ladder): Promise<boolean> {
  for (const anchor of ladder.anchors) {
    if ((await within.locator(anchor.find).filter({ visible: true }).count()) > 0) return true;
  }
  return false;
}
