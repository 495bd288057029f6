/** Until the point of no return a no is a no, from wherever it comes; after it people are told that it is too late. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { unmarked } from '../../../src/lib/words.ts';
import type { Card } from '../../../src/domain/card.ts';
import type { Run } from '../../../src/domain/ports.ts';
import { sends } from '../../support/fake-executor.ts';
import { until } from '../../support/until.ts';
import { breachesOf, quiet } from '../../support/walk-checks.ts';
import { createWorld, sara } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const name = 'LINKEDIN_news.md';
const post = '---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nWe are open on Sunday.\n';
const [pending, approved, inProgress, rejected] = ['Pending_Approval', 'Approved', 'In_Progress', 'Rejected'].map(
  (folder) => `${folder}/${name}`,
) as [string, string, string, string];

async function asked(t: TestContext, rules: Parameters<typeof createWorld>[1] = { holdSeconds: 0 }) {
  const world = await createWorld(t, rules);
  world.write(pending, post);
  await world.rescan();
  return { world, card: await world.card(name, 'asks') };
}

/** Approved, and its attempt stands right before the point of no return until `letGo` is called. */
async function preparing(t: TestContext) {
  const { world, card } = await asked(t);
  const { promise, resolve: letGo } = Promise.withResolvers<void>();
  let run: Run | undefined;
  world.executor.next(async (effect, given, send) => {
    run = given;
    await promise;
    return await sends(effect, given, send);
  }, sends);
  await world.tap(card, 'approve');
  const works = await world.card(name, 'works');
  await until(() => world.exists(inProgress) && run !== undefined, 'it is being prepared');
  return { world, card: works, letGo, isToldToStop: () => run?.signal.aborted === true };
}

const agrees = async (world: World) => {
  await quiet(world);
  assert.deepEqual(await breachesOf(world), []);
};
const left = (world: World) => world.executor.effects.length;
const decided = async (world: World, { key }: Card) => {
  const draft = await world.parts().ledger.drafts.byKey(key);
  return (await world.parts().ledger.decisions.of(draft?.id ?? '')).map(({ verb, actor }) => `${verb} ${actor.source}`);
};

describe('while an attempt is being prepared', () => {
  for (const [verb, mood] of [
    ['reject', 'rejected'],
    ['undo', 'asks'],
  ] as const) {
    it(`a tap on ${verb} ends it: nothing leaves, and the card says it`, async (t) => {
      const { world, card, letGo, isToldToStop } = await preparing(t);
      assert.ok(card.verbs.includes('undo'), 'it can be taken back until then');
      assert.equal((await world.tap(card, verb)).kind, 'accepted');
      assert.ok(isToldToStop(), 'the executor need not go on');
      await world.card(name, mood);
      letGo();
      await agrees(world);
      assert.equal(left(world), 0);
      assert.ok(world.exists(verb === 'reject' ? rejected : pending));
    });
  }

  it('another text ends it, and that one has to be approved', async (t) => {
    const { world, card, letGo } = await preparing(t);
    assert.equal((await world.tap(card, 'edit', sara, 'We are closed on Sunday.')).kind, 'accepted');
    letGo();
    const next = await world.card(name, 'asks');
    await agrees(world);
    assert.deepEqual([left(world), next.text], [0, 'We are closed on Sunday.']);
    await world.tap(next, 'approve');
    await world.card(name, 'done');
    assert.deepEqual(
      world.executor.effects.map(({ text }) => text),
      ['We are closed on Sunday.'],
    );
  });

  for (const [folder, mood] of [
    ['Rejected', 'rejected'],
    ['Pending_Approval', 'asks'],
    ['Done', 'done'],
  ] as const) {
    for (const seen of ['before', 'after'] as const) {
      it(`a move by hand to ${folder}, seen ${seen} it comes to its point of no return, ends it`, async (t) => {
        const { world, letGo, isToldToStop } = await preparing(t);
        world.move(inProgress, `${folder}/${name}`);
        if (seen === 'before') {
          await world.rescan();
          assert.ok(isToldToStop());
          await world.card(name, mood);
        }
        letGo();
        await until(async () => {
          await world.rescan();
          await world.pass(6_000);
          return [...world.chat.cards.values()][0]?.mood === mood;
        }, `its card is in the mood ${mood}`);
        await agrees(world);
        assert.equal(left(world), 0);
        assert.ok(world.exists(`${folder}/${name}`), 'the file stays where it was put');
      });
    }
  }

  it('a file that is deleted ends it', async (t) => {
    const { world, letGo } = await preparing(t);
    rmSync(join(world.vaultPath, inProgress));
    letGo();
    await until(async () => {
      await world.rescan();
      await world.pass(6_000);
      return [...world.chat.cards.values()][0]?.mood === 'gone';
    }, 'the card says that the file is gone');
    assert.equal(left(world), 0);
  });

  it('a file that is changed ends it, and its new text asks', async (t) => {
    const { world, letGo } = await preparing(t);
    world.write(inProgress, post.replace('open', 'closed'));
    letGo();
    const card = await world.card(name, 'asks');
    await agrees(world);
    assert.deepEqual([left(world), card.text], [0, 'We are closed on Sunday.']);
  });

  it('a copy that another machine put into Rejected ends it', async (t) => {
    const { world, card, letGo } = await preparing(t);
    world.write(rejected, post);
    await world.rescan();
    letGo();
    await world.card(name, 'rejected');
    await agrees(world);
    assert.equal(left(world), 0);
    assert.deepEqual(await decided(world, card), ['approve chat', 'reject vault']);
  });
});

describe('between two tries', () => {
  it('a no ends it, by tap, by hand, and as a copy', async (t) => {
    const problem = { code: 'unreachable', what: 'No way.', remedy: '', severity: 'blocks' } as const;
    for (const how of ['tap', 'move', 'copy'] as const) {
      const { world, card } = await asked(t);
      world.executor.next(async () => ({ kind: 'retry_later', problem }), sends);
      await world.tap(card, 'approve');
      const waits = await until(() => {
        const now = [...world.chat.cards.values()][0];
        return now?.problems.some(({ code }) => code === 'unreachable') === true ? now : undefined;
      }, 'it waits for its next try');
      await until(() => world.exists(approved), 'its file waits with it');
      if (how === 'tap') await world.tap(waits, 'reject');
      else if (how === 'move') world.move(approved, rejected);
      else world.write(rejected, post);
      await world.rescan();
      await world.card(name, 'rejected');
      await world.pass(3_600_000);
      assert.equal(left(world), 0, how);
      await agrees(world);
    }
  });
});

describe('past the point of no return', () => {
  it('a tap and a move are told that they are too late, and what left stays said', async (t) => {
    const { world, card } = await asked(t);
    const { promise, resolve: letGo } = Promise.withResolvers<void>();
    let isPast = false;
    world.executor.next(async (effect, run, send) => {
      await run.commit();
      isPast = true;
      send(effect);
      await promise;
      return { kind: 'posted', evidence: { link: '', messageId: '', note: 'ok' } };
    });
    await world.tap(card, 'approve');
    await until(() => isPast, 'it is past the point of no return');
    const works = await world.card(name, 'works');
    for (const verb of ['reject', 'undo', 'edit'] as const) {
      const verdict = await world.tap(works, verb, sara, verb === 'edit' ? 'Other.' : undefined);
      assert.ok(verdict.kind === 'refused' && /Too late/.test(verdict.say), verdict.say);
    }
    letGo();
    await world.card(name, 'done');
    await agrees(world);
    assert.equal(left(world), 1);
  });

  it('a copy that comes into Rejected is said to be too late, once', async (t) => {
    const { world, card } = await asked(t);
    await world.tap(card, 'approve');
    await world.card(name, 'done');
    await until(
      () => world.exists(`Done/${name}`) && world.read(`Done/${name}`).includes('sent_at'),
      'it lies in Done',
    );
    world.write(rejected, post);
    const notes = () => world.chat.notes.filter(({ text }) => /^Too late for .*it left at \d\d:\d\d/.test(text));
    await until(async () => {
      await world.rescan();
      return notes().length > 0;
    }, 'the chat says it');
    world.write('Rejected/other.md', 'Something else.');
    await world.rescan();
    await world.stop();
    await world.start();
    await world.rescan();
    await world.pass(60_000);
    assert.equal(notes().length, 1);
    assert.equal(notes()[0]?.loud, true);
    assert.equal(left(world), 1);
  });
});

describe('what was rejected', () => {
  it('asks when the same bytes come into Approved, and names the decision they meet', async (t) => {
    const { world, card } = await asked(t);
    await world.tap(card, 'reject');
    await until(async () => (await world.parts().ledger.drafts.settled(1))[0]?.file.folder === 'Rejected', 'on record');
    world.write(approved, post);
    await world.rescan();
    const copy = await until(
      () => [...world.chat.cards.values()].find(({ mood, key }) => mood === 'asks' && key !== card.key),
      'the copy asks',
    );
    assert.match(
      copy.problems.map(({ what }) => unmarked(what)).join('\n'),
      /Exactly this was rejected by Sara at \d\d:\d\d/,
    );
    assert.equal((await world.tap(copy, 'approve')).kind, 'asks');
    await world.pass(60_000);
    assert.equal(left(world), 0);
    await agrees(world);
  });

  it('asks when its own file is moved to Approved', async (t) => {
    const { world, card } = await asked(t);
    await world.tap(card, 'reject');
    await until(async () => (await world.parts().ledger.drafts.settled(1))[0]?.file.folder === 'Rejected', 'on record');
    world.move(rejected, approved);
    await world.rescan();
    const again = await world.card(name, 'asks');
    assert.match(
      again.problems.map(({ what }) => unmarked(what)).join('\n'),
      /rejected .*Rejected by Sara at \d\d:\d\d/i,
    );
    await world.pass(60_000);
    assert.equal(left(world), 0);
    // It was asked again, so one yes is enough.
    assert.equal((await world.tap(again, 'approve')).kind, 'accepted');
    await world.card(name, 'done');
  });

  it('is no rejection of a draft that found a file of that name and text in Rejected', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    world.write(rejected, post);
    await world.rescan();
    world.write(pending, post);
    await world.rescan();
    const card = await world.card(name, 'asks');
    world.write('Rejected/other.md', 'Something else.');
    await world.rescan();
    assert.equal((await world.tap(card, 'approve')).kind, 'accepted');
    await world.card(name, 'done');
    assert.equal(left(world), 1);
  });
});
