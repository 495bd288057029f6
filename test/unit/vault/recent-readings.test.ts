import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { platforms } from '../../../src/executors/platforms.ts';
import { createRecentReadings } from '../../../src/vault/recent-readings.ts';
import { createHeldClock } from '../../support/held-clock.ts';

const text = '---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nRead some times.\n';
const name = 'LINKEDIN_read.md';

describe('what the same bytes say', () => {
  const start = () => {
    const clock = createHeldClock(new Date('2026-03-02T10:00:00Z'));
    return { clock, read: createRecentReadings({ platforms, clock }) };
  };

  it('is worked out once within a second', async () => {
    const { clock, read } = start();
    const first = read('a', text, name, undefined);
    await clock.advance(999);
    assert.equal(read('a', text, name, undefined), first);
    await clock.advance(1);
    assert.notEqual(read('a', text, name, undefined), first);
    assert.deepEqual(read('a', text, name, undefined), first);
  });

  it('is another thing for other bytes, another name or another choice', () => {
    const { read } = start();
    const first = read('a', text, name, undefined);
    const others = [
      read('b', text.replace('some', 'three'), name, undefined),
      read('a', text, 'EMAIL_read.md', undefined),
      read('a', text, name, 'picked'),
    ];
    for (const other of others) assert.notEqual(other, first);
    assert.equal(others[0]?.reading.effect.text, 'Read three times.');
  });

  it('is worked out anew when the clock was set back', () => {
    const { clock, read } = start();
    const first = read('a', text, name, undefined);
    clock.jump(-3_600_000);
    assert.notEqual(read('a', text, name, undefined), first);
  });

  it('is kept of few', () => {
    const { read } = start();
    const first = read('0', text, name, undefined);
    for (let other = 1; other <= 31; other += 1) read(String(other), text, name, undefined);
    assert.equal(read('0', text, name, undefined), first);
    read('32', text, name, undefined);
    assert.notEqual(read('0', text, name, undefined), first);
  });
});
