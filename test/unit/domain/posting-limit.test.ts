import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { nextFreeInstant } from '../../../src/domain/posting-limit.ts';

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
