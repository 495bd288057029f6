import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isQuiet, quietEnd } from '../../../../src/bot/chat/sound/quiet-hours.ts';

const at = (hour: number, minute = 0) => new Date(2026, 4, 1, hour, minute);

test('a night over midnight, and one within a day', () => {
  const night = { from: 22, to: 7 };
  assert.deepEqual(
    [21, 22, 23, 0, 6, 7, 12].map((hour) => isQuiet(night, at(hour, 59))),
    [false, true, true, true, true, false, false],
  );
  const noon = { from: 12, to: 14 };
  assert.deepEqual(
    [11, 12, 13, 14].map((hour) => isQuiet(noon, at(hour))),
    [false, true, true, false],
  );
});

test('it ends at the next such hour', () => {
  assert.deepEqual(quietEnd({ from: 22, to: 7 }, at(23)), new Date(2026, 4, 2, 7));
  assert.deepEqual(quietEnd({ from: 22, to: 7 }, at(6, 59)), new Date(2026, 4, 1, 7));
  assert.deepEqual(quietEnd({ from: 22, to: 0 }, at(22)), new Date(2026, 4, 2, 0));
});
