/**
 * Attempts that are being carried out. Until its point of no return a no is a no, from wherever it comes: on record the
 * attempt is ended, so that it can't pass, and its executor is told to give up. After it a no comes too late.
 */
import type { Attempt } from '../domain/attempt.ts';
import type { Tables } from '../domain/ledger-port.ts';

export type Running = {
  /** @returns aborts when the attempt is taken back */
  begin(draftId: string): AbortSignal;
  end(draftId: string, signal: AbortSignal): void;
  /** Its attempt is ended on record already. */
  takeBack(draftId: string): void;
};

export function createRunning(): Running {
  const running = new Map<string, AbortController>();
  return {
    begin(draftId) {
      const controller = new AbortController();
      running.set(draftId, controller);
      return controller.signal;
    },
    end(draftId, signal) {
      if (running.get(draftId)?.signal === signal) running.delete(draftId);
    },
    takeBack: (draftId) => running.get(draftId)?.abort(),
  };
}

/** The attempt that is under way; undefined when none is. */
const underWay = async (tables: Pick<Tables, 'attempts'>, draftId: string): Promise<Attempt | undefined> => {
  const last = (await tables.attempts.of(draftId)).at(-1);
  return last?.phase === 'ended' ? undefined : last;
};

/** Whether an attempt has passed its point of no return and not ended yet. */
export const isTooLate = async (tables: Pick<Tables, 'attempts'>, draftId: string): Promise<boolean> =>
  (await underWay(tables, draftId))?.phase === 'committed';

/** Ends an attempt that has not passed its point of no return: nothing left, and it can't pass any more. */
export async function endTaken(tables: Pick<Tables, 'attempts'>, draftId: string, at: Date): Promise<void> {
  const attempt = await underWay(tables, draftId);
  if (attempt?.phase !== 'started') return;
  await tables.attempts.end(attempt.id, at, 'retry_later', undefined, 'It was taken back before anything left.', true);
}
