import type { TestContext } from 'node:test';
import type { Jobs, Ledger } from '../../../src/domain/ledger-port.ts';
import type { Clock } from '../../../src/lib/clock.ts';
import { createHeldClock, type HeldClock } from '../../support/held-clock.ts';

/** One place where a ledger can be opened again and again; empty at first. */
export type Store = {
  open(clock: Clock): Promise<OpenStore>;
  remove(): Promise<void>;
};

export type OpenStore = {
  readonly ledger: Ledger;
  createJobs(parts: { readonly clock: Clock; readonly concurrency?: number; readonly onError?: () => void }): Jobs;
};

export type Bench = OpenStore & {
  readonly clock: HeldClock;
  /** Closes the ledger and opens it again. */
  reopen(): Promise<OpenStore>;
};

export const start = new Date('2026-03-01T12:00:00.000Z');
export const later = (ms: number): Date => new Date(start.getTime() + ms);

/** Opens a fresh ledger for one test and cleans up behind it. */
export async function openBench(t: TestContext, createStore: () => Promise<Store>): Promise<Bench> {
  const store = await createStore();
  const clock = createHeldClock(start);
  let current = await store.open(clock);
  t.after(async () => {
    await current.ledger.close();
    await store.remove();
  });
  return {
    ...current,
    clock,
    async reopen() {
      await current.ledger.close();
      current = await store.open(clock);
      return current;
    },
  };
}
