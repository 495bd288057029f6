import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Actor } from '../../../src/domain/actor.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { systemRandom } from '../../../src/lib/random.ts';
import { createPairing } from '../../../src/workflow/pairing.ts';
import { createHeldClock } from '../../support/held-clock.ts';

const olive: Actor = { source: 'chat', id: '7', name: 'Olive' };
const mallory: Actor = { source: 'chat', id: '8', name: 'Mallory' };

/** A chat that nobody may use yet. `restart` makes a new pairing over the same record. */
async function createUnpaired() {
  const clock = createHeldClock(new Date('2026-05-01T10:00:00Z'));
  const kept = new Map<string, string>();
  const shown: string[] = [];
  let full = false;
  const start = async () => {
    const pairing = await createPairing({
      listed: new Map([['chat', new Set<string>()]]),
      sources: ['chat'],
      flags: {
        get: async (name) => kept.get(name),
        set: async (name, value) => {
          if (full) throw new Error('the disk is full');
          kept.set(name, value);
        },
      },
      show: (line) => shown.push(line),
      clock,
      random: systemRandom,
      logger: silentLogger,
    });
    pairing.start();
    return pairing;
  };
  return {
    clock,
    shown,
    kept,
    start,
    /** The newest one on the screen. */
    code: () => /\/start (\w+)/.exec(shown.findLast((line) => line.includes('/start')) ?? '')?.[1] ?? '',
    fill: (isFull: boolean) => (full = isFull),
  };
}

const why = (verdict: Awaited<ReturnType<Awaited<ReturnType<typeof createPairing>>['pair']>>): string =>
  verdict.kind === 'refused' ? verdict.why : verdict.kind;

describe('pairing', () => {
  it('lets nobody in before, and the first with the code afterwards, also after a restart', async () => {
    const world = await createUnpaired();
    const pairing = await world.start();
    assert.equal(pairing.approvers.get('chat')?.size, 0);
    assert.equal(why(await pairing.pair(olive, '')), 'bad_text');
    const code = world.code();
    assert.equal(why(await pairing.pair(olive, ` ${code.toUpperCase()} `)), 'accepted');
    assert.ok(pairing.approvers.get('chat')?.has('7'));
    assert.equal(why(await pairing.pair(mallory, code)), 'not_allowed', 'the code works once');
    const lines = world.shown.length;
    const again = await world.start();
    assert.deepEqual([...(again.approvers.get('chat') ?? [])], ['7']);
    assert.equal(world.shown.length, lines, 'no code is shown any more');
  });

  it('ends a code after half an hour; the next try brings a new one', async () => {
    const world = await createUnpaired();
    const pairing = await world.start();
    const old = world.code();
    await world.clock.advance(30 * 60_000);
    assert.equal(why(await pairing.pair(olive, old)), 'bad_text');
    assert.notEqual(world.code(), old);
    assert.equal(why(await pairing.pair(olive, world.code())), 'accepted');
  });

  it('lets each guess five times in ten minutes, and nobody use up the guesses of another', async () => {
    const world = await createUnpaired();
    const pairing = await world.start();
    const code = world.code();
    const said = [];
    for (let n = 0; n < 5; n += 1) said.push(await pairing.pair(mallory, 'wrong'));
    assert.match(said.at(-1)?.say ?? '', /tried too often\. Wait ten minutes/);
    assert.match((await pairing.pair(mallory, code)).say, /Too many wrong codes/, 'not even the right one');
    const lines = world.shown.length;
    for (let n = 0; n < 50; n += 1) await pairing.pair(mallory, 'wrong');
    assert.equal(world.shown.length, lines, 'strangers do not fill the screen');
    assert.equal(why(await pairing.pair(olive, 'mistyped')), 'bad_text');
    assert.equal(why(await pairing.pair(olive, code)), 'accepted');
  });

  it('lets whoever mistyped five times try again after ten minutes', async () => {
    const world = await createUnpaired();
    const pairing = await world.start();
    for (let n = 0; n < 5; n += 1) await pairing.pair(olive, 'wrong');
    await world.clock.advance(10 * 60_000 - 1);
    assert.equal(why(await pairing.pair(olive, world.code())), 'bad_text');
    await world.clock.advance(1);
    assert.equal(why(await pairing.pair(olive, world.code())), 'accepted');
  });

  it('makes the code longer once a thousand were wrong, so that many together find nothing and lock nobody out', async () => {
    const world = await createUnpaired();
    const pairing = await world.start();
    const short = world.code();
    const guess = async (count: number) => {
      for (let n = 0; n < count; n += 1) await pairing.pair({ ...mallory, id: `m${n}` }, `wrong${n}`);
    };
    await guess(999);
    assert.equal(world.code(), short);
    await guess(3_000);
    const long = world.code();
    assert.match(long, /^[0-9a-z]{16}$/);
    assert.equal(world.shown.filter((line) => line.includes('/start')).length, 2, 'one more code, not thousands');
    assert.equal(why(await pairing.pair(olive, short)), 'bad_text');
    await world.clock.advance(30 * 60_000);
    await pairing.pair(olive, long);
    assert.match(world.code(), /^[0-9a-z]{16}$/, 'it stays so');
    assert.equal(why(await pairing.pair(olive, world.code())), 'accepted');
  });

  it('counts only when it is on record', async () => {
    const world = await createUnpaired();
    const pairing = await world.start();
    world.fill(true);
    assert.equal(why(await pairing.pair(olive, world.code())), 'trouble');
    assert.equal(pairing.approvers.get('chat')?.size, 0);
    world.fill(false);
    assert.equal(why(await pairing.pair(olive, world.code())), 'accepted');
  });

  it('pairs no source that is not waiting for it', async () => {
    const world = await createUnpaired();
    const pairing = await world.start();
    assert.equal(why(await pairing.pair({ ...olive, source: 'page' }, world.code())), 'not_allowed');
  });
});
