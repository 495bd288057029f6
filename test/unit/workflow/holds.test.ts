import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createClockJumps, jumpWords } from '../../../src/workflow/clock-jumps.ts';
import { createHolds } from '../../../src/workflow/holds.ts';
import { createHeldClock } from '../../support/held-clock.ts';

const start = new Date('2031-07-01T08:00:00Z');
const hour = 3_600_000;

const world = () => {
  const clock = createHeldClock(start);
  const over: string[] = [];
  const holds = createHolds(clock, (id) => over.push(id));
  return { clock, holds, over, begin: (ms: number) => holds.begin('d', { ms, from: clock.now() }) };
};
const after = (ms: number) => new Date(start.getTime() + ms);

describe('an undo time', () => {
  it('ends when it is over, at the instant that is on record', async () => {
    const { clock, holds, begin } = world();
    begin(10_000);
    assert.deepEqual(holds.end('d'), after(10_000));
    assert.ok(holds.isEnd('d', after(10_000)));
    assert.ok(!holds.isEnd('d', after(hour)), 'what it was approved for is no undo time');
    await clock.advance(9_999);
    assert.deepEqual(holds.end('d'), after(10_000));
    await clock.advance(1);
    assert.equal(holds.end('d'), undefined);
  });

  it('is not cut by a clock that is set forward, and says when it ends by the new time', async () => {
    const { clock, holds, over, begin } = world();
    begin(10_000);
    await clock.advance(4_000);
    clock.jump(hour);
    assert.deepEqual(holds.end('d'), after(10_000 + hour));
    assert.ok(holds.isEnd('d', after(10_000 + hour)), 'that instant may be put on record now');
    await clock.advance(5_999);
    assert.ok(holds.end('d') !== undefined);
    await clock.advance(1);
    assert.equal(holds.end('d'), undefined);
    assert.deepEqual(over, [], 'the time of day says so too');
  });

  it('is not made longer by a clock that is set back, and tells when it is over', async () => {
    const { clock, holds, over, begin } = world();
    begin(10_000);
    clock.jump(-hour);
    await clock.advance(9_999);
    assert.deepEqual(over, []);
    await clock.advance(1);
    assert.deepEqual(over, ['d']);
    assert.equal(holds.end('d'), undefined);
    assert.ok(holds.isEnd('d', after(10_000)), 'what is on record was nothing but its end');
  });

  it('of the newest approval counts, and none is left of one that was forgotten', async () => {
    const { clock, holds, over, begin } = world();
    begin(10_000);
    await clock.advance(5_000);
    begin(10_000);
    clock.jump(-hour);
    await clock.advance(5_000);
    assert.deepEqual(over, [], 'the end of the first says nothing');
    holds.forget('d');
    await clock.advance(hour);
    assert.deepEqual([over, holds.end('d')], [[], undefined]);
  });
});

describe('a clock that is set', () => {
  const jumps = () => {
    const clock = createHeldClock(start);
    let slept = 0;
    const look = createClockJumps(clock, () => clock.steady() + slept);
    return { clock, look, sleep: (ms: number) => (slept += ms) };
  };

  it('is told by how far, once, and small corrections are none', async () => {
    const { clock, look } = jumps();
    await clock.advance(10_000);
    assert.equal(look(), undefined);
    clock.jump(29_000);
    assert.equal(look(), undefined);
    clock.jump(-hour);
    assert.deepEqual(look(), { ms: -hour });
    assert.equal(look(), undefined);
  });

  it('is told from a machine that slept', () => {
    const { clock, look, sleep } = jumps();
    clock.jump(8 * hour);
    sleep(8 * hour);
    assert.equal(look(), undefined);
  });

  it('is said in words', () => {
    assert.match(jumpWords({ ms: hour }), /set forward by 60 minutes/);
    assert.match(jumpWords({ ms: -45_000 }), /set back by 45 seconds/);
  });
});
