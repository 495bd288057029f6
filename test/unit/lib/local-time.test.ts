import assert from 'node:assert/strict';
import { it } from 'node:test';
import { zonedMoment } from '../../../src/lib/local-time.ts';

process.env['TZ'] = 'Europe/Berlin';

it('a time is named in the owner’s zone, and in the other one where it was meant there', () => {
  const at = new Date('2026-12-05T04:00:00Z');
  assert.equal(zonedMoment(at, ''), '2026-12-05 05:00 Europe/Berlin');
  assert.equal(zonedMoment(at, 'Europe/Berlin'), '2026-12-05 05:00 Europe/Berlin');
  assert.equal(zonedMoment(at, 'Asia/Karachi'), '2026-12-05 05:00 Europe/Berlin = 2026-12-05 09:00 Asia/Karachi');
  assert.equal(zonedMoment(at, 'UTC+05:30'), '2026-12-05 05:00 Europe/Berlin = 2026-12-05 09:30 UTC+05:30');
  assert.equal(zonedMoment(at, 'Nowhere/Town'), '2026-12-05 05:00 Europe/Berlin');
});

it('its seconds are named where it has some', () => {
  const at = new Date('2026-12-05T04:00:07Z');
  assert.equal(zonedMoment(at, 'UTC-03:00'), '2026-12-05 05:00:07 Europe/Berlin = 2026-12-05 01:00:07 UTC-03:00');
});
