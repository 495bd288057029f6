import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readTime, timeChoices } from '../../../../src/bot/chat/buttons/times.ts';

const noon = new Date(2026, 4, 1, 12, 0);
const at = (given: Date) => timeChoices(given).map((choice) => [choice.id, choice.at.getDate(), choice.at.getHours()]);

describe('times to put something off to', () => {
  it('are an hour, tonight and tomorrow morning; tonight only while it lies ahead', () => {
    assert.deepEqual(at(noon), [
      ['hour', 1, 13],
      ['tonight', 1, 20],
      ['tomorrow', 2, 9],
    ]);
    assert.deepEqual(
      at(new Date(2026, 4, 31, 19, 45)).map(([id]) => id),
      ['hour', 'tomorrow'],
    );
  });

  it('keep the clock on the wall when it is put forward or back', () => {
    // A process of its own: the time zone is fixed when a process starts.
    const times = fileURLToPath(new URL('../../../../src/bot/chat/buttons/times.ts', import.meta.url));
    const script = `const { timeChoices, readTime } = await import(${JSON.stringify(times)});
      for (const day of ['2026-03-28T12:00', '2026-10-24T12:00']) {
        const now = new Date(day);
        const morning = timeChoices(now).at(-1).at;
        console.log(morning.toISOString(), readTime('tomorrow 9:00', now).toISOString());
      }`;
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, TZ: 'Europe/Berlin' },
      encoding: 'utf8',
    });
    assert.deepEqual(out.trim().split('\n'), [
      '2026-03-29T07:00:00.000Z 2026-03-29T07:00:00.000Z',
      '2026-10-25T08:00:00.000Z 2026-10-25T08:00:00.000Z',
    ]);
  });

  it('are read as people write them, and nothing else is guessed', () => {
    assert.deepEqual(readTime('14:30', noon), new Date(2026, 4, 1, 14, 30));
    assert.deepEqual(readTime(' 9.05 ', noon), new Date(2026, 4, 2, 9, 5));
    assert.deepEqual(readTime('Tomorrow 18:00', noon), new Date(2026, 4, 2, 18, 0));
    assert.deepEqual(readTime('2026-12-24 08:00', noon), new Date(2026, 11, 24, 8, 0));
    for (const wrong of ['', 'soon', '25:00', '9:60', '2026-02-31 10:00', '9', 'at 9:00 or so']) {
      assert.equal(readTime(wrong, noon), undefined, wrong);
    }
  });
});
