/**
 * The process dies before or after durable writes between a tap on "Approve all" and the end of its story: the decisions
 * of all three, what the list remembers, moves, attempts, results. The next one takes the tap up again, and each draft is
 * approved by it once.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { createMortality } from '../../support/mortal.ts';
import type { Death } from '../../support/mortal.ts';
import { createSetWorld, listWith, names } from '../../support/set-world.ts';
import type { SetWorld } from '../../support/set-world.ts';
import { until } from '../../support/until.ts';
import { breachesOf, quiet } from '../../support/walk-checks.ts';

describe('a process that dies around a tap on a list', () => {
  it('approves each draft once, and lets nothing out twice', { timeout: 240_000 }, async (t) => {
    let deaths = 0;
    for (let write = 1, died = true; died; write += step(write)) {
      // Around every second one, on both sides in turn: after one is before the next, but for what happened outside.
      died = await live(t, { write, side: write % 4 === 1 ? 'after' : 'before' });
      if (died) deaths += 1;
    }
    assert.ok(deaths > 8, `only ${deaths} deaths`);
  });
});

/** The decisions closely, what follows as on any card now and then. */
const step = (write: number): number => (write < 16 ? 2 : 13);

async function live(t: TestContext, death: Death): Promise<boolean> {
  const world = await createSetWorld(t);
  try {
    return await tell(world, death);
  } catch (thrown) {
    throw new Error(`killed ${death.side} write ${death.write}`, { cause: thrown });
  } finally {
    await world.stop();
  }
}

/** @returns false when the story ended before the death */
async function tell(world: SetWorld, death: Death): Promise<boolean> {
  await world.stop();
  world.dropAll();
  const mortality = createMortality(death, false);
  await world.start(mortality);
  await world.listens();
  const list = await listWith(world, '✅ Approve all 3', '❌ Reject all 3');
  await until(
    async () => (await world.parts().ledger.cards.due('telegram', 1)).length === 0,
    'the cards are on record',
  );
  mortality.arm();
  world.owner.tap(list.id, { label: 'Approve all' });
  const end = until(() => {
    if (mortality.isDead()) return true;
    void world.pass(1_000);
    return moods(world).every((mood) => mood === 'done');
  }, 'the story ends');
  await Promise.race([end, mortality.dead]);
  if (!mortality.isDead()) {
    mortality.spare();
    assert.equal(world.left().length, 3);
    return false;
  }
  await world.kill();
  const sent = new Set(world.left());
  for (const executor of [world.executor, world.mailer, world.wall]) {
    const happened = executor.effects.some(({ text }) => sent.has(text));
    const proof = { kind: 'happened', evidence: { link: '', messageId: 'm', note: '' } } as const;
    executor.confirms(happened ? proof : { kind: 'did_not_happen', why: 'Nothing there.' });
  }
  await world.start();
  await world.listens();
  await until(async () => {
    const inbox = world.parts().ledger.inbox('telegram');
    return world.telegram.updates().waiting === 0 && (await inbox.waiting()).length === 0;
  }, 'the tap is taken in');
  await quiet(world);
  await until(async () => (await world.parts().ledger.cards.due('telegram', 1)).length === 0, 'the chat shows it');
  for (const { key } of world.chat.cards.values()) {
    const { ledger } = world.parts();
    const decisions = await ledger.decisions.of((await ledger.drafts.byKey(key))?.id ?? '');
    assert.equal(decisions.filter(({ verb }) => verb === 'approve').length, 1, 'the tap counts once for each');
  }
  assert.equal(world.chat.cards.size, names.length);
  // Only one that may have left, and did not, is asked about again.
  const left = world.left();
  assert.equal(new Set(left).size, left.length, 'nothing twice');
  assert.equal(left.length, moods(world).filter((mood) => mood === 'done').length);
  assert.deepEqual(await breachesOf(world), []);
  return true;
}

const moods = (world: SetWorld) => [...world.chat.cards.values()].map(({ mood }) => mood);
