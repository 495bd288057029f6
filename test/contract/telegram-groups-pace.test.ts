/** How much is said in a group: never more than Telegram takes, the newest of each card, and nothing lost. */
import assert from 'node:assert/strict';
import type { Card } from '../../src/domain/card.ts';
import type { ShowResult } from '../../src/domain/ports.ts';
import { sampleCard } from '../support/fake-door.ts';
import { createHeldClock } from '../support/held-clock.ts';
import type { HeldClock } from '../support/held-clock.ts';
import { until } from '../support/until.ts';
import { groupTest, saidIn } from './telegram-group-world.ts';
import type { GroupWorld } from './telegram-group-world.ts';
import { showCard, telegramTest } from './telegram-world.ts';

const calls = (world: GroupWorld) =>
  world.telegram.calls().filter(({ method }) => method === 'sendMessage' || method.startsWith('editMessage'));
const refused = (world: GroupWorld) => calls(world).filter(({ answer }) => answer?.ok === false).length;
/** At most so many in any minute, as the far side saw it. */
const busiest = (world: GroupWorld): number => {
  const times = calls(world).map(({ at }) => at.getTime());
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at - from < 60_000).length));
};

/** Shows it as delivery does: waits as long as it is told to. */
async function insist(world: GroupWorld, clock: HeldClock, card: Card, ref?: string) {
  for (;;) {
    const result: ShowResult = await world.channel.show(card, ref);
    if (result.kind === 'shown') return result.ref;
    assert.ok(result.kind === 'later' && result.paced !== undefined, JSON.stringify(result));
    await clock.advance(result.afterSeconds * 1_000);
  }
}

const held = () => createHeldClock(new Date('2026-03-02T09:00:00Z'));
const standing = (at: number) => `Waiting for you, ${at}`;
const keyAt = (at: number) => `k3y${String(at).padStart(7, '0')}`;

const hundred = held();
groupTest(
  'a hundred cards come in order, at most fifteen a minute, and the limit is never hit',
  async (world) => {
    world.telegram.limitFlood(20);
    const refs: string[] = [];
    for (let at = 0; at < 100; at += 1) {
      const card = sampleCard({ key: keyAt(at), standing: standing(at) });
      refs.push(await insist(world, hundred, card));
    }
    const shown = saidIn(world).map(({ text }) => text.split('\n')[1]);
    assert.deepEqual(
      shown,
      Array.from({ length: 100 }, (_, at) => standing(at)),
    );
    assert.deepEqual([busiest(world), refused(world)], [15, 0]);
    // What a person is waiting for does not wait behind them, and is counted.
    const card = sampleCard({ key: keyAt(0) });
    world.door.put(card);
    const tap = world.sara.tap(Number(refs[0]?.split(':')[1]), { label: 'Approve' });
    await until(() => world.sara.toast(tap), 'the tap is answered');
    world.sara.send('/pending');
    await until(() => saidIn(world).at(-1)?.replyTo !== undefined, 'the list');
    assert.equal(refused(world), 0);
  },
  { clock: hundred, standInClock: hundred, digestFrom: 0 },
);

const chatty = held();
groupTest(
  'even people who ask a lot don’t push it over the limit',
  async (world) => {
    world.telegram.limitFlood(20);
    for (let at = 0; at < 15; at += 1) await insist(world, chatty, sampleCard({ key: keyAt(at) }));
    for (let at = 0; at < 10; at += 1) world.sara.send('/pending');
    const answers = () => saidIn(world).filter(({ replyTo }) => replyTo !== undefined).length;
    await until(() => answers() === 4, 'four are answered at once');
    assert.equal(calls(world).length, 19);
    await chatty.advance(60_000);
    await until(() => answers() === 10, 'the others a minute later');
    assert.deepEqual([busiest(world) <= 19, refused(world)], [true, 0]);
  },
  { clock: chatty, standInClock: chatty, digestFrom: 0 },
);

const steps = held();
groupTest(
  'approved, going out, posted: two changes, and the last one is what people see',
  async (world) => {
    const { ref } = await showCard(world);
    await insist(world, steps, sampleCard({ mood: 'waits', standing: 'Approved', verbs: ['undo'] }), ref);
    await steps.advance(10_000);
    const works = sampleCard({ mood: 'works', standing: 'Going out now', verbs: [] });
    const first = await world.channel.show(works, ref);
    assert.ok(first.kind === 'later' && first.paced === 'card' && first.afterSeconds === 30);
    await steps.advance(5_000);
    const done = sampleCard({ mood: 'done', standing: 'Went out', verbs: [] });
    assert.equal((await world.channel.show(done, ref)).kind, 'shown');
    assert.equal(world.telegram.calls('editMessageText').length, 2);
    assert.match(saidIn(world).at(-1)?.text ?? '', /Went out/);
  },
  { clock: steps, standInClock: steps },
);

const slow = held();
groupTest(
  'what takes longer than half a minute is said to be on its way',
  async (world) => {
    const { ref } = await showCard(world);
    const works = sampleCard({ mood: 'works', standing: 'Going out now', verbs: [] });
    await insist(world, slow, works, ref);
    assert.equal(slow.now().toISOString(), '2026-03-02T09:00:30.000Z');
    assert.match(saidIn(world).at(-1)?.text ?? '', /Going out now/);
  },
  { clock: slow, standInClock: slow },
);

const stubborn = held();
groupTest(
  'a refusal by Telegram is obeyed all the same',
  async (world) => {
    world.telegram.fault({ method: 'sendMessage', kind: 'status', code: 429, retryAfter: 17, times: 1 });
    const result = await world.channel.show(sampleCard(), undefined);
    assert.ok(result.kind === 'later' && result.afterSeconds === 17 && result.paced === undefined);
  },
  { clock: stubborn, standInClock: stubborn },
);

const alone = held();
telegramTest(
  'pace: in private only a second change of a card within a second waits',
  async (world) => {
    for (let at = 0; at < 40; at += 1) await showCard(world, { key: keyAt(at) });
    const { ref } = await showCard(world);
    const change = (words: string) => world.channel.show(sampleCard({ standing: words }), ref);
    assert.equal((await change('One')).kind, 'shown');
    const soon = await change('Two');
    assert.ok(soon.kind === 'later' && soon.paced === 'card' && soon.afterSeconds === 1);
    assert.equal((await world.channel.show(sampleCard({ key: keyAt(3) }), undefined)).kind, 'shown');
    await alone.advance(1_000);
    assert.equal((await change('Three')).kind, 'shown');
    const works = sampleCard({ mood: 'works', standing: 'Going out now', verbs: [] });
    await alone.advance(1_000);
    assert.equal((await world.channel.show(works, ref)).kind, 'shown', 'in private nobody looks at a countdown');
  },
  { clock: alone, standInClock: alone },
);
