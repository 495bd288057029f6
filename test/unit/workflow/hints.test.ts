import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createHints } from '../../../src/workflow/rescan/hints.ts';
import { createHeldClock } from '../../support/held-clock.ts';
import { until } from '../../support/until.ts';

describe('hints', () => {
  it('lead to a look at once, and to one more after a pause however many came meanwhile', async () => {
    const clock = createHeldClock(new Date('2026-11-26T12:00:00Z'));
    const ends: (() => void)[] = [];
    const hint = createHints(clock, () => new Promise((resolve) => ends.push(resolve)));
    hint();
    assert.equal(ends.length, 1);
    hint();
    hint();
    await clock.advance(200);
    ends[0]?.();
    await clock.advance(599);
    assert.equal(ends.length, 1, 'it rests three times as long as the look took');
    await clock.advance(2);
    assert.equal(ends.length, 2);
    ends[1]?.();
    await clock.advance(2_000);
    assert.equal(ends.length, 2, 'nothing was said since');
    hint();
    assert.equal(ends.length, 3);
  });

  it('of a quick look lead to the next one without a pause', async () => {
    const clock = createHeldClock(new Date('2026-11-26T12:00:00Z'));
    let looks = 0;
    const hint = createHints(clock, async () => void (looks += 1));
    hint();
    hint();
    await until(() => looks === 2, 'the second look');
  });
});
