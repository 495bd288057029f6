/** Links to one attempt's page that work without a session, for chats: read-only, that one attempt, for a while. */
import type { Clock } from '../../lib/clock.ts';
import { timeOfId } from '../../lib/random.ts';
import { same, sign } from './signing.ts';

export type RunLinks = {
  /** Value for `?sig=`: an instant and a signature over it and the attempt; empty when there is no secret. */
  signature(attemptId: string): string;
  fits(attemptId: string, signature: string): boolean;
};

/** How long a link stays good after the attempt began, in seconds. */
export const runLinkSeconds = 30 * 86_400;

/** @param secret an empty one makes no signatures and accepts none */
export function createRunLinks(secret: string, clock: Clock): RunLinks {
  const seal = (attemptId: string, until: string): string => `${until}.${sign(secret, `run ${attemptId} ${until}`)}`;
  const seconds = (): number => Math.floor(clock.now().getTime() / 1000);
  // From the attempt, not from now: a card with the link in it must not differ each time it is drawn.
  const startOf = (attemptId: string): number => {
    const made = timeOfId(attemptId);
    return made === undefined ? seconds() : Math.floor(made.getTime() / 1000);
  };
  return {
    signature: (attemptId) => (secret === '' ? '' : seal(attemptId, String(startOf(attemptId) + runLinkSeconds))),
    fits(attemptId, signature) {
      const until = /^(\d{1,12})\./.exec(signature)?.[1];
      if (secret === '' || until === undefined) return false;
      return same(signature, seal(attemptId, until)) && seconds() < Number(until);
    },
  };
}
