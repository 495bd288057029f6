/** How a chat stands, for the status: whether we hear its people, whether our messages arrive, and whether anybody is paired. */
import { createHealth } from '../../domain/health.ts';
import type { Health } from '../../domain/health.ts';
import type { Clock } from '../../lib/clock.ts';

/** How the channel stands, from two sides: hearing what people do, and reaching the chat. */
export type Standing = {
  health(): Health;
  /** A poll succeeded. */
  heard(): void;
  deaf(words: string): void;
  /** A message arrived in the chat; or it can't, in words. */
  reached(): void;
  shutOut(words: string): void;
  /** Nobody is paired, in words; empty when somebody is. */
  unpaired(words: string): void;
  ended(): void;
};

export function createStanding(parts: { part: string; clock: Clock }): Standing {
  let hearing: Pick<Health, 'standing' | 'words'> = { standing: 'starting', words: 'Connecting.' };
  const kept = createHealth(parts.part, parts.clock, hearing);
  let shut = '';
  let lonely = '';
  const now = (): Pick<Health, 'standing' | 'words'> =>
    hearing.standing !== 'well' || (shut === '' && lonely === '')
      ? hearing
      : shut === ''
        ? { standing: 'starting', words: lonely }
        : { standing: 'troubled', words: shut };
  const change = (to: () => void) => {
    to();
    const { standing, words } = now();
    kept.become(standing, words);
  };
  return {
    health: kept.now,
    heard: () => {
      kept.succeeded();
      change(() => (hearing = { standing: 'well', words: 'Listening.' }));
    },
    deaf: (words) => {
      change(() => (hearing = { standing: 'troubled', words }));
    },
    reached: () => {
      change(() => (shut = ''));
    },
    shutOut: (words) => {
      change(() => (shut = words));
    },
    unpaired: (words) => {
      change(() => (lonely = words));
    },
    ended: () => {
      change(() => (hearing = { standing: 'off', words: 'Stopped.' }));
    },
  };
}
