/**
 * The process dies before or after each durable write between a tap and the end of its story: update on record, offset,
 * decision, move, attempt, point of no return, outcome, card, note. The next one finds the tap, and it counts once.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import type { Card } from '../../../src/domain/card.ts';
import { createChatWorld } from '../../support/chat-world.ts';
import type { ChatWorld } from '../../support/chat-world.ts';
import { createMortality } from '../../support/mortal.ts';
import type { Death } from '../../support/mortal.ts';
import { until } from '../../support/until.ts';
import { breachesOf, quiet } from '../../support/walk-checks.ts';

const name = 'LINKEDIN_news.md';
const post = `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nWe are open on Sunday.\n`;

describe('a process that dies around a tap', () => {
  it('loses no tap and lets nothing out twice', { timeout: 240_000 }, async (t) => {
    let deaths = 0;
    for (let write = 1, died = true; died; write += 1) {
      for (const side of write % 4 === 0 ? (['after', 'before'] as const) : (['before'] as const)) {
        died = await live(t, { write, side });
        if (died) deaths += 1;
      }
    }
    assert.ok(deaths > 20, `only ${deaths} deaths`);
  });
});

/** One life, one death, one more life. @returns false when the story ended before the death */
async function live(t: TestContext, death: Death): Promise<boolean> {
  const world = await createChatWorld(t);
  const words = `killed ${death.side} write ${death.write}`;
  try {
    return await tell(world, death);
  } catch (thrown) {
    throw new Error(words, { cause: thrown });
  } finally {
    await world.stop();
  }
}

async function tell(world: ChatWorld, death: Death): Promise<boolean> {
  await world.stop();
  world.write(`Pending_Approval/${name}`, post);
  const mortality = createMortality(death, false);
  await world.start(mortality);
  await world.listens();
  const card = await world.message('Approve');
  await until(async () => (await world.parts().ledger.cards.due('telegram', 1)).length === 0, 'the card is on record');
  mortality.arm();
  world.owner.tap(card.id, { label: 'Approve' });
  const end = until(() => {
    if (mortality.isDead()) return true;
    void world.pass(1_000);
    return cardNow(world)?.mood === 'done' && hasNote(world);
  }, 'the story ends');
  await Promise.race([end, mortality.dead]);
  if (!mortality.isDead()) {
    mortality.spare();
    assert.equal(world.executor.effects.length, 1);
    return false;
  }
  await world.kill();
  const sent = world.executor.effects.length;
  const proof = { link: '', messageId: 'm', note: '' };
  world.executor.confirms(
    sent > 0 ? { kind: 'happened', evidence: proof } : { kind: 'did_not_happen', why: 'Nothing there.' },
  );
  await world.start();
  await world.listens();
  // The update comes again until it is confirmed, or lies on record; either way it is acted on.
  await until(async () => {
    const inbox = world.parts().ledger.inbox('telegram');
    return world.telegram.updates().waiting === 0 && (await inbox.waiting()).length === 0;
  }, 'the tap is taken in');
  await quiet(world);
  await until(async () => (await world.parts().ledger.cards.due('telegram', 1)).length === 0, 'the chat shows it');
  const decisions = await world
    .parts()
    .ledger.decisions.of((await world.parts().ledger.drafts.byKey(keyOf(world)))?.id ?? '');
  assert.equal(decisions.filter(({ verb }) => verb === 'approve').length, 1, 'the tap counts once');
  const { mood } = cardNow(world) ?? assert.fail('no card');
  // Only one that did not leave is put before a person: as a question, or as failed when proof was looked for first.
  if (mood === 'done') assert.equal(world.executor.effects.length, 1);
  else assert.deepEqual([mood === 'asks' || mood === 'failed', sent, world.executor.effects.length], [true, 0, 0]);
  assert.deepEqual(await breachesOf(world), []);
  assert.ok(notes(world) <= 1, `${notes(world)} notes`);
  const offers = world.said().flatMap(({ buttons }) => buttons.flat().filter(({ label }) => label.includes('Undo')));
  assert.deepEqual(offers, [], 'no card offers what is over');
  return true;
}

const cardNow = (world: ChatWorld): Card | undefined => [...world.chat.cards.values()][0];
const keyOf = (world: ChatWorld): string => cardNow(world)?.key ?? '';
const notes = (world: ChatWorld): number => world.said().filter(({ text }) => text.startsWith('Posted on')).length;
const hasNote = (world: ChatWorld): boolean => notes(world) > 0;
