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
  const { clock } = parts;
  let hearing: Pick<Health, 'standing' | 'words'> = { standing: 'starting', words: 'Connecting.' };
  let shut = '';
  let lonely = '';
  let lastSuccess: Date | undefined;
  let since = clock.now();
  const now = (): Pick<Health, 'standing' | 'words'> =>
    hearing.standing !== 'well' || (shut === '' && lonely === '')
      ? hearing
      : shut === ''
        ? { standing: 'starting', words: lonely }
        : { standing: 'troubled', words: shut };
  const change = (to: () => void) => {
    const before = now().standing;
    to();
    if (now().standing !== before) since = clock.now();
  };
  return {
    health: () => ({ part: parts.part, ...now(), since, lastSuccess }),
    heard: () => {
      lastSuccess = clock.now();
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
