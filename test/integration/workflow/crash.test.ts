/** The process is killed around every durable write of a draft's way, and started again: nothing is lost, nothing twice. */
import assert from 'node:assert/strict';
import { setTimeout as rest } from 'node:timers/promises';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import type { Card } from '../../../src/domain/card.ts';
import type { Confirmation } from '../../../src/domain/outcome.ts';
import { blocks } from '../../../src/domain/problem.ts';
import { sends } from '../../support/fake-executor.ts';
import { createMortality } from '../../support/mortal.ts';
import type { Death } from '../../support/mortal.ts';
import { until } from '../../support/until.ts';
import { checkCards, checkFiles, quiet } from '../../support/walk-checks.ts';
import { createWorld } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const name = 'n.md';
const post = (text: string) => `---\ntype: linkedin_post\ntag: t1\n---\n\n## LinkedIn Post\n\n${text}\n`;

const found: Confirmation = { kind: 'happened', evidence: { link: '', messageId: 'm', note: '' } };

type Story = {
  readonly title: string;
  /** Waits for things only through `see`, which ends when the process dies. */
  readonly tell: (world: World, see: (mood: Card['mood']) => Promise<Card>) => Promise<void>;
  /** How the card may end. The first is how it ends without a death. */
  readonly ends: readonly Card['mood'][];
  readonly mostEffects: number;
  readonly mayBeDeleted?: boolean;
};

const stories: readonly Story[] = [
  {
    title: 'approved by tap and sent',
    async tell(world, see) {
      await world.tap(await see('asks'), 'approve');
      await see('waits');
      await world.pass(11_000);
      await see('done');
    },
    ends: ['done', 'asks', 'failed'],
    mostEffects: 1,
  },
  {
    title: 'approved, edited, approved by hand, sent',
    async tell(world, see) {
      await world.tap(await see('asks'), 'approve');
      await world.tap(await see('waits'), 'edit', undefined, 'Two.');
      await moveByHand(world, see, 'Approved');
      await see('waits');
      await world.pass(11_000);
      await see('done');
    },
    ends: ['done', 'asks', 'failed', 'waits'],
    mostEffects: 1,
  },
  {
    title: 'sent without an answer, and found',
    async tell(world, see) {
      world.executor.confirms(found);
      world.executor.next(async (effect, run, send) => {
        await sends(effect, run, send);
        return { kind: 'unknown', problem: blocks('outcome_unknown', 'No answer.', 'Look.') };
      }, sends);
      await world.tap(await see('asks'), 'approve');
      await see('waits');
      await world.pass(11_000);
      await see('unknown');
      await world.pass(6_000);
      await see('done');
    },
    ends: ['done', 'asks', 'failed'],
    mostEffects: 1,
  },
  {
    title: 'rejected by tap, undone, rejected by hand',
    async tell(world, see) {
      await world.tap(await see('asks'), 'reject');
      await world.tap(await see('rejected'), 'undo');
      await moveByHand(world, see, 'Rejected');
      await see('rejected');
    },
    ends: ['rejected', 'asks'],
    mostEffects: 0,
  },
  {
    title: 'rejected by tap, moved by hand to where it can’t be, and moved back',
    async tell(world, see) {
      await world.tap(await see('asks'), 'reject');
      await see('rejected');
      await until(() => [...world.chat.cards.values()][0]?.file === `Rejected/${name}`, 'it is there');
      await see('rejected');
      world.move(`Rejected/${name}`, 'In_Progress/moved-n.md');
      await world.pass(1_000);
      await world.rescan();
      await until(() => [...world.chat.cards.values()][0]?.file === 'Rejected/moved-n.md', 'it is back');
    },
    ends: ['rejected', 'asks'],
    mostEffects: 0,
  },
  {
    title: 'edited, and its file deleted by hand',
    async tell(world, see) {
      await world.tap(await see('asks'), 'edit', undefined, 'Two.');
      await until(() => [...world.chat.cards.values()][0]?.text === 'Two.', 'the card shows the edit');
      await see('asks');
      rmSync(join(world.vaultPath, 'Pending_Approval', name));
      await world.rescan();
      // Programs that sync take a file away and bring it back: it has to be gone for a while.
      await world.pass(6_000);
      await world.rescan();
      await see('gone');
    },
    ends: ['gone', 'asks'],
    mostEffects: 0,
    mayBeDeleted: true,
  },
];

async function moveByHand(world: World, see: (mood: Card['mood']) => Promise<Card>, folder: string): Promise<void> {
  await see('asks');
  // While we move it, it has two names; a person sees it where the card says.
  await until(() => [...world.chat.cards.values()][0]?.file === `Pending_Approval/${name}`, 'it is back');
  await see('asks');
  world.move(`Pending_Approval/${name}`, `${folder}/${name}`);
  // What was written a moment ago counts as still being written.
  await world.pass(1_000);
  await world.rescan();
}

describe('a process that is killed', () => {
  for (const story of stories) {
    it(`leaves nothing undone: ${story.title}`, { timeout: 120_000 }, async (t) => {
      let writes = 0;
      for (let write = 1, died = true; died; write += 1) {
        // "After" this one differs from "before" the next by what happened outside in between.
        for (const side of story.mostEffects > 0 && write % 4 === 0
          ? (['after', 'before'] as const)
          : (['before'] as const)) {
          died = await live(t, story, { write, side });
          if (died) writes += 1;
        }
      }
      assert.ok(writes > 10, `only ${writes} deaths`);
    });
  }
});

/** One life, one death, one more life. @returns false when the story ended before the death */
async function live(t: TestContext, story: Story, death: Death): Promise<boolean> {
  const world = await createWorld(t);
  await world.stop();
  world.write(`Pending_Approval/${name}`, post('One.'));
  world.executor.next(sends);
  const mortality = createMortality(death);
  await world.start(mortality);
  // Whoever looks at a dead process sees nothing more.
  const see = async (mood: Card['mood']) => {
    const card = await world.card(name, mood);
    return mortality.isDead() ? await new Promise<never>(() => undefined) : card;
  };
  const told = story.tell(world, see).catch((thrown: unknown) => {
    if (!mortality.isDead()) throw thrown;
  });
  await Promise.race([told, mortality.dead]);
  if (!mortality.isDead()) {
    mortality.spare();
    assert.equal((await see(story.ends[0] ?? 'done')).mood, story.ends[0]);
    return false;
  }
  await rest(3);
  await world.kill();
  const sentBefore = world.executor.effects.length;
  world.executor.next(sends);
  world.executor.confirms(sentBefore > 0 ? found : { kind: 'did_not_happen', why: 'Nothing there.' });
  const words = `killed ${death.side} write ${death.write}`;
  await world.start();
  try {
    await quiet(world);
    await checkFiles(world, new Map([['t1', { least: story.mayBeDeleted === true ? 0 : 1, most: 1 }]]));
    await checkCards(world);
    const card = [...world.chat.cards.values()][0];
    assert.ok(card !== undefined && story.ends.includes(card.mood), `it ends as ${card?.mood}`);
    assert.ok(world.executor.effects.length <= story.mostEffects, `${world.executor.effects.length} effects`);
    if (world.executor.effects.length > 0) assert.equal(card.mood, 'done');
  } catch (thrown) {
    throw new Error(words, { cause: thrown });
  }
  await world.stop();
  return true;
}
