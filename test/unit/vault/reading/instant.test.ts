/** A time without a zone on the two nights in which the clocks change, where people live who change them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expiryOf, scheduleOf } from '../../../../src/vault/reading/instant.ts';

process.env['TZ'] = 'Europe/Berlin';

const before = new Date('2031-01-01T00:00:00Z');
const leaves = (written: string, now = before) => {
  const { schedule, problems } = scheduleOf(written, now);
  return [schedule, ...problems.map(({ severity, code }) => `${severity} ${code}`)];
};

describe('a time to leave at', () => {
  it('in the hour that does not exist in spring is as long after midnight as it says', () => {
    assert.deepEqual(leaves('2031-03-30T01:59'), ['2031-03-30T00:59:00.000Z']);
    // On the clock it is 03:30 then.
    assert.deepEqual(leaves('2031-03-30T02:30'), ['2031-03-30T01:30:00.000Z']);
    assert.deepEqual(leaves('2031-03-30 03:00'), ['2031-03-30T01:00:00.000Z']);
  });

  it('in the hour that exists twice in autumn is the first of the two', () => {
    assert.deepEqual(leaves('2031-10-26T01:59'), ['2031-10-25T23:59:00.000Z']);
    assert.deepEqual(leaves('2031-10-26T02:30'), ['2031-10-26T00:30:00.000Z']);
    assert.deepEqual(leaves('2031-10-26 03:00'), ['2031-10-26T02:00:00.000Z']);
  });

  it('may name the second with its zone', () => {
    assert.deepEqual(leaves('2031-10-26T02:30+02:00'), ['2031-10-26T00:30:00.000Z']);
    assert.deepEqual(leaves('2031-10-26T02:30+0100'), ['2031-10-26T01:30:00.000Z']);
  });

  it('that has passed is said to have, also when the clock shows it a second time', () => {
    const second = new Date('2031-10-26T01:20:00Z');
    assert.equal(second.getHours(), 2);
    assert.deepEqual(leaves('2031-10-26T02:30', second), ['2031-10-26T00:30:00.000Z', 'warns bad_schedule']);
    assert.deepEqual(leaves('2031-10-26T02:30', new Date('2031-10-26T00:20:00Z')), ['2031-10-26T00:30:00.000Z']);
  });
});

describe('a day to expire on', () => {
  it('lasts until its own midnight, also when it has 23 or 25 hours', () => {
    const expires = (written: string) => expiryOf(written, before).expires;
    assert.equal(expires('2031-03-29'), '2031-03-29T23:00:00.000Z');
    assert.equal(expires('2031-03-30'), '2031-03-30T22:00:00.000Z');
    assert.equal(expires('2031-10-26'), '2031-10-26T23:00:00.000Z');
    assert.equal(expires('2031-10-26 Z'), '2031-10-27T00:00:00.000Z');
    assert.equal(expires('2031-10-26T02:30'), '2031-10-26T00:30:00.000Z');
  });
});
