/** What a cron line means on the days that are not like others. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unmarked } from '../../src/lib/words.ts';
import { entryOf, hour, minute, started } from '../support/schedule-world.ts';

for (const [what, cron, zone, start, due] of [
  ['weekly at half past two', '30 2 * * 0', 'Europe/Berlin', '2027-03-28T00:10:00Z', '2027-03-28T01:00:00.000Z'],
  [
    'every twenty minutes of one hour',
    '*/20 2 * * *',
    'Europe/Berlin',
    '2027-03-28T00:10:00Z',
    '2027-03-28T01:00:00.000Z',
  ],
  ['across the ocean', '15 2 * * *', 'America/New_York', '2027-03-14T06:10:00Z', '2027-03-14T07:00:00.000Z'],
  [
    'where only half an hour is missing',
    '10 2 * * *',
    'Australia/Lord_Howe',
    '2027-10-02T15:10:00Z',
    '2027-10-02T15:30:00.000Z',
  ],
  ['where midnight is missing', '0 0 * * 5', 'Africa/Cairo', '2027-04-29T21:10:00Z', '2027-04-29T22:00:00.000Z'],
] as const) {
  test(`a time that a spring night leaves out counts at the first minute after it: ${what}`, async (t) => {
    const world = await started(t, start, entryOf(cron, `timezone: ${zone}\n`));
    for (let quarter = 0; quarter < 12; quarter += 1) await world.pass(15 * minute);
    assert.deepEqual(
      world.taken().map(({ at }) => at.toISOString()),
      [due],
    );
  });
}

test('a time that a spring night leaves out is made up for after a pause, and no other night has more', async (t) => {
  const entry = entryOf('30 2 * * *', 'timezone: Europe/Berlin\n');
  const world = await started(t, '2027-03-27T23:00:00Z', entry);
  await world.watcher().stop();
  await world.clock.advance(9 * hour);
  await world.restart();
  await world.watcher().start();
  await world.pass(24 * hour);
  assert.deepEqual(
    world.taken().map(({ at }) => at.toISOString()),
    ['2027-03-28T01:00:00.000Z', '2027-03-29T00:30:00.000Z'],
  );
});

test('a line for every hour has its next hour, and nothing is made up', async (t) => {
  const world = await started(t, '2027-03-28T00:10:00Z', entryOf('30 * * * *', 'timezone: Europe/Berlin\n'));
  for (let quarter = 0; quarter < 6; quarter += 1) await world.pass(15 * minute);
  assert.deepEqual(
    world.taken().map(({ at }) => at.toISOString()),
    ['2027-03-28T00:30:00.000Z', '2027-03-28T01:30:00.000Z'],
  );
});

test('a day of the month and a weekday mean days that are both, and that is said', async (t) => {
  const world = await started(t, '2027-01-31T08:30:00Z', entryOf('0 9 1 * 1', 'timezone: UTC\n'));
  assert.match(unmarked(world.watcher().health().words), /LINKEDIN_weekly\.md.* days that are both/);
  // A Monday and the first.
  await world.pass(24.75 * hour);
  assert.equal(world.taken().length, 1);
  // A Monday, and then a first that is none.
  await world.pass(7 * 24 * hour);
  await world.write('LINKEDIN_weekly.md', entryOf('0 9 * * 1'));
  await world.watcher().check();
  assert.equal(world.taken().length, 1);
  assert.doesNotMatch(world.watcher().health().words, /both/);
});
