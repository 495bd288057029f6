import assert from 'node:assert/strict';
import { it } from 'node:test';
import { silentLogger } from '../../../src/lib/logger.ts';
import { createStanding } from '../../../src/watchers/standing.ts';
import { createHeldClock } from '../../support/held-clock.ts';

function make() {
  const clock = createHeldClock(new Date('2026-02-19T09:00:00Z'));
  const warnings: string[] = [];
  const logger = { ...silentLogger, warn: (words: string) => void warnings.push(words) };
  return { clock, warnings, standing: createStanding({ part: 'mail', clock, logger, silentMs: 60_000 }) };
}

it('trouble is logged once while its words stay the same, and again when it comes back', () => {
  const { standing, warnings } = make();
  for (const words of ['No network.', 'No network.', 'No login.']) standing.troubled(words);
  standing.well('Watching.');
  standing.troubled('No login.');
  assert.deepEqual(warnings, ['No network.', 'No login.', 'No login.']);
});

it('since when it stands so does not move while it stands so', async () => {
  const { standing, clock } = make();
  standing.troubled('No network.');
  await clock.advance(5_000);
  standing.troubled('No login.');
  assert.equal(standing.health().since.toISOString(), '2026-02-19T09:00:00.000Z');
  standing.well('Watching.');
  assert.equal(standing.health().since.toISOString(), '2026-02-19T09:00:05.000Z');
  assert.deepEqual(standing.health().lastSuccess, clock.now());
});

it('what was well and has not been heard of for too long is not well', async () => {
  const { standing, clock } = make();
  standing.well('Watching.');
  await clock.advance(60_000);
  assert.equal(standing.health().standing, 'well');
  await clock.advance(1);
  assert.equal(standing.health().standing, 'troubled');
});
