import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createAlarm } from '../../../src/lib/alarm.ts';
import { createHeldClock } from '../../support/held-clock.ts';

describe('an alarm', () => {
  const create = (fails: () => boolean = () => false, again: 'again' | 'once' = 'again') => {
    const clock = createHeldClock(new Date(0));
    const [rung, said]: [number[], string[]] = [[], []];
    const alarm = createAlarm({
      clock,
      ...(again === 'again' ? { againMs: 60_000 } : {}),
      async ring() {
        rung.push(clock.now().getTime());
        if (fails()) throw new Error('broken');
      },
      failed: (thrown) => void said.push(String(thrown)),
    });
    return { clock, rung, said, alarm };
  };

  it('rings once, at what it was set to last', async () => {
    const { clock, rung, alarm } = create();
    alarm.set(1_000);
    alarm.set(2_000);
    assert.ok(alarm.isSet());
    await clock.advance(60_000);
    assert.deepEqual([rung, alarm.isSet(), clock.waiting()], [[2_000], false, 0]);
  });

  it('says what failed and rings again until it goes well', async () => {
    let left = 2;
    const { clock, rung, said, alarm } = create(() => (left -= 1) >= 0);
    alarm.set(0);
    await clock.advance(600_000);
    assert.deepEqual(rung, [0, 60_000, 120_000]);
    assert.deepEqual(said, ['Error: broken', 'Error: broken']);
  });

  it('does not ring again by itself where that is not wanted, nor instead of what it was set to meanwhile', async () => {
    const once = create(() => true, 'once');
    once.alarm.set(0);
    await once.clock.advance(600_000);
    assert.deepEqual([once.rung, once.said.length], [[0], 1]);

    const { clock, rung, alarm } = create(() => {
      if (rung.length === 1) alarm.set(5_000);
      return rung.length === 1;
    });
    alarm.set(0);
    await clock.advance(600_000);
    assert.deepEqual(rung, [0, 5_000]);
  });

  it('is silent when it is cancelled or stopped, also after work that fails then, until it is started', async () => {
    const { clock, rung, alarm } = create(() => {
      alarm.stop();
      return true;
    });
    alarm.set(1_000);
    alarm.cancel();
    await clock.advance(5_000);
    assert.deepEqual(rung, []);
    alarm.set(1_000);
    await clock.advance(600_000);
    assert.deepEqual(rung, [6_000], 'it stopped while it rang');
    alarm.set(1_000);
    assert.equal(alarm.isSet(), false);
    alarm.start();
    alarm.set(1_000);
    assert.ok(alarm.isSet());
  });
});
