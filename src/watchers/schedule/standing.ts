import type { Health } from '../../domain/health.ts';
import type { Clock } from '../../lib/clock.ts';

/** Keeps how the watcher stands: since when, and when it last worked. */
export function createStanding(clock: Clock) {
  let health: Health = { part: 'schedule', standing: 'off', since: clock.now(), lastSuccess: undefined, words: '' };
  return {
    set(standing: Health['standing'], words = ''): void {
      const now = clock.now();
      const since = health.standing === standing ? health.since : now;
      const lastSuccess = standing === 'well' ? now : health.lastSuccess;
      health = { ...health, standing, since, lastSuccess, words };
    },
    health: (): Health => health,
  };
}
