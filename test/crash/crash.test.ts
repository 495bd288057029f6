/** The short form of `npm run proof:crash`. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { prove } from './prove.ts';
import { hasStrace } from './strace.ts';

const isMissing = !hasStrace();
const skip = isMissing && process.env['CI'] === undefined ? 'SKIPPED: no strace (apt-get install strace)' : false;

describe('the real process is killed', () => {
  it('a hundred times, and after each death everything is kept', { skip, timeout: 600_000 }, async (t) => {
    assert.ok(!isMissing, 'strace is missing: apt-get install strace');
    const seed = 20_261;
    const tally = await prove({ kills: 100, seed, lanes: 2, say: () => undefined });
    t.diagnostic(`seed ${seed}: ${JSON.stringify(tally)}`);
    assert.ok(tally.kills >= 100);
  });
});
