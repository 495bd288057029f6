import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { nextFreeInstant, nextRoom } from '../../../src/domain/posting-limit.ts';

const hour = 3_600_000;
const now = new Date('2026-02-19T14:00:00Z');
const before = (ms: number) => new Date(now.getTime() - ms);

describe('the limit per hour', () => {
  it('lets go at once below the limit', () => {
    assert.equal(nextFreeInstant([before(1), before(2)], 3, now), now);
  });

  it('waits until the oldest of the last ones is an hour old', () => {
    assert.deepEqual(
      nextFreeInstant([before(10_000), before(20_000), before(30_000)], 3, now),
      new Date(now.getTime() - 30_000 + hour),
    );
  });

  it('is not opened by setting the clock back', () => {
    const future = [1, 2, 3].map((n) => new Date(now.getTime() + n * hour));
    assert.ok(nextFreeInstant(future, 3, now) > now);
  });

  it('never lets more than the limit into any hour', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 600_000 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 6 }),
        (gaps, perHour) => {
          const sent: Date[] = [];
          let at = now.getTime();
          for (const gap of gaps) {
            at += gap;
            const free = nextFreeInstant(sent, perHour, new Date(at));
            at = Math.max(at, free.getTime());
            sent.push(new Date(at));
          }
          for (const first of sent) {
            const within = sent.filter((one) => one >= first && one.getTime() < first.getTime() + hour);
            assert.ok(within.length <= perHour);
          }
        },
      ),
    );
  });
});

describe('the next free slot', () => {
  const after = (ms: number) => new Date(now.getTime() + ms);

  it('is now while there is room, also for those that are approved', () => {
    assert.equal(nextRoom([before(1_000)], [after(600_000)], 3, now), now);
  });

  it('lies behind the limit when that is reached, and behind those that wait for it already', () => {
    assert.deepEqual(nextRoom([before(600_000)], [], 1, now), after(hour - 600_000));
    const waiting = after(hour - 600_000);
    assert.deepEqual(nextRoom([before(600_000)], [waiting, waiting], 1, now), after(3 * hour - 600_000));
  });

  it('takes no room from one that is approved for later', () => {
    assert.deepEqual(nextRoom([], [after(600_000)], 1, now), after(600_000 + hour));
    assert.equal(nextRoom([], [after(hour)], 1, now), now);
  });

  it('never overfills an hour, and no earlier minute would have done', () => {
    const minutes = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 12 });
    fc.assert(
      fc.property(minutes, fc.integer({ min: 1, max: 4 }), (starts, perHour) => {
        // Taken so that they keep the limit themselves.
        const taken: Date[] = [];
        for (const start of starts.toSorted((a, b) => a - b)) {
          if (overfull([...taken, after(start * 60_000)], perHour)) continue;
          taken.push(after(start * 60_000));
        }
        const slot = nextRoom([], taken, perHour, now);
        assert.ok(slot >= now && !overfull([...taken, slot], perHour));
        for (let at = now.getTime(); at < slot.getTime(); at += 60_000) {
          assert.ok(overfull([...taken, new Date(at)], perHour), `${new Date(at).toISOString()} was free`);
        }
      }),
    );
  });

  const overfull = (all: readonly Date[], perHour: number): boolean =>
    all.some((start) => {
      const ahead = all.filter((at) => at >= start && at.getTime() < start.getTime() + hour);
      return ahead.length > perHour;
    });
});
