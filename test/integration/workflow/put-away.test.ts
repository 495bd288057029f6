/** The item leaves Needs_Action when its answer left, and not before. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Item } from '../../../src/domain/item.ts';
import { noEvidence } from '../../../src/domain/outcome.ts';
import { blocks } from '../../../src/domain/problem.ts';
import { itemOf } from '../../contract/ledger/samples.ts';
import { until } from '../../support/until.ts';
import { createWorld } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const sara = { name: 'Sara', address: 'sara@client.example' };
const at = new Date('2026-02-19T14:00:00Z');
const id = '<a@client.example>';
const item: Item = {
  key: 'mail:1',
  watcher: 'gmail',
  at,
  fileStem: 'EMAIL_sara_budget',
  title: 'Mail from Sara: Budget',
  fields: [['from', sara.address]],
  body: 'Could you send it?',
  draftable: {
    kind: 'reply',
    reply: {
      platform: 'mail',
      to: [sara],
      subject: 'Re: Budget',
      thread: { inReplyTo: id, references: [id] },
      original: 'Could you send it?',
    },
  },
  incoming: { id, from: sara, answerTo: [sara], others: [], subject: 'Budget', at, cautions: [] },
};
const { incoming: _, ...unnamed } = item;

const done = (world: World) => world.list('Done').filter((name) => name.startsWith('EMAIL_sara'));
const open = (world: World) => world.list('Needs_Action').filter((name) => name.endsWith('.md'));

/** Takes it in and approves the draft that was written for it. */
async function answer(world: World, what: Item = item): Promise<void> {
  await world.workflow().takeIn(what);
  await world.pass(1_000);
  const card = await world.card('.md', 'asks');
  assert.equal((await world.sure(card, 'approve')).kind, 'accepted');
  await world.pass(11_000);
}

const putAway = (world: World) =>
  until(async () => {
    await world.pass(0);
    return done(world).length === 1 && open(world).length === 0 ? true : undefined;
  }, 'the item lies in Done');

const itemFile = async (world: World) => (await world.parts().ledger.items.find(item.key))?.file ?? '';

describe('the item of an answer', () => {
  it('moves on to Done when the answer left, on record, and lies there beside it', async (t) => {
    const world = await createWorld(t);
    await world.workflow().takeIn(item);
    const [name = ''] = open(world);
    const text = world.read(`Needs_Action/${name}`);
    await answer(world);
    await putAway(world);
    await until(() => (world.list('Done').length === 2 ? true : undefined), 'both lie in Done');
    assert.equal(world.read(`Done/${name}`), text);
    await until(async () => ((await itemFile(world)) === `Done/${name}` ? true : undefined), 'it is on record');
    assert.equal(await world.workflow().takeIn(item), 'known');
    assert.deepEqual(open(world), []);
  });

  it('stays while the answer waits, is rejected, fails or was only tried dry', async (t) => {
    const world = await createWorld(t);
    await world.workflow().takeIn(item);
    await world.pass(1_000);
    const card = await world.card('.md', 'asks');
    await world.tap(card, 'reject');
    await world.pass(1_000);
    await world.card('.md', 'rejected');
    assert.equal(open(world).length, 1);

    for (const rules of [{ dryRun: true }, {}]) {
      const other = await createWorld(t, rules);
      const problem = blocks('refused_by_platform', 'No such person.', 'Look.');
      other.mailer.next(async () =>
        rules.dryRun === true ? { kind: 'posted', evidence: noEvidence } : { kind: 'refused', problem },
      );
      await answer(other);
      await other.card('.md', rules.dryRun === true ? 'done' : 'failed');
      await other.parts().jobs.calm();
      assert.equal(open(other).length, 1, JSON.stringify(rules));
    }
  });

  it('moves on when a person says that it went out, or takes care of it and moves the draft to Done', async (t) => {
    const told = await createWorld(t);
    told.mailer.next(async (_, run) => {
      await run.commit();
      return { kind: 'unknown', problem: blocks('outcome_unknown', 'The line broke.', 'Look.') };
    });
    await answer(told);
    assert.equal(open(told).length, 1);
    await told.tap(await told.card('.md', 'unknown'), 'happened');
    await putAway(told);

    const proven = await createWorld(t);
    proven.mailer.next(async (_, run) => {
      await run.commit();
      return { kind: 'unknown', problem: blocks('outcome_unknown', 'The line broke.', 'Look.') };
    });
    await answer(proven);
    await proven.card('.md', 'unknown');
    proven.mailer.confirms({ kind: 'happened', evidence: { link: '', messageId: '', note: 'found in Sent' } });
    await proven.pass(6_000);
    await putAway(proven);

    const closed = await createWorld(t);
    await closed.workflow().takeIn(item);
    await closed.pass(1_000);
    const draft = (await closed.card('.md', 'asks')).file;
    closed.move(draft, draft.replace('Pending_Approval', 'Done'));
    await closed.rescan();
    await putAway(closed);
    assert.deepEqual(closed.mailer.effects, []);
  });

  it('is found by the message that is answered, whoever wrote the draft, and not when it goes to somebody else', async (t) => {
    const world = await createWorld(t);
    await world.workflow().takeIn({ ...item, draftable: { kind: 'none', why: 'it is a newsletter' } });
    const mail = (to: string) =>
      `---\ntype: email\naction: reply\nto: ${to}\nsubject: Re Budget\nin_reply_to: "${id}"\n---\n\n## Email Body\n\nHello ${to}.\n`;
    for (const [name, to] of [
      ['EMAIL_handed_on.md', 'omar@elsewhere.example'],
      ['EMAIL_by_hand.md', 'Sara <SARA@client.example>'],
    ] as const) {
      world.write(`Pending_Approval/${name}`, mail(to));
      await world.rescan();
      await world.sure(await world.card(name, 'asks'), 'approve');
      await world.pass(11_000);
      await world.card(name, 'done');
      await world.parts().jobs.calm();
      if (to.startsWith('omar')) assert.equal(open(world).length, 1);
    }
    await putAway(world);
  });

  it('without an id, or from before ids were kept, is found by the draft that was written for it', async (t) => {
    const world = await createWorld(t);
    await answer(world, unnamed);
    await putAway(world);
    const old = await createWorld(t);
    await old.workflow().takeIn(item);
    const row = await old.parts().ledger.items.find(item.key);
    assert.ok(row);
    await old.parts().ledger.items.put({ ...row, messageId: '', sender: '' });
    await answer(old);
    await putAway(old);
  });

  it('is written over nothing, and its own place is what is on record', async (t) => {
    const world = await createWorld(t);
    await world.workflow().takeIn(item);
    const [name = ''] = open(world);
    world.write(`Done/${name}`, 'Somebody else’s.');
    await answer(world);
    await until(() => (open(world).length === 0 ? true : undefined), 'it was moved');
    assert.equal(world.read(`Done/${name}`), 'Somebody else’s.');
    await until(
      async () => ((await itemFile(world)) === `Done/${name.replace('.md', '-2.md')}` ? true : undefined),
      '',
    );
    assert.match(world.read(await itemFile(world)), /Could you send it/);
  });

  it('that is gone holds nothing up, and one that a person put back stays', async (t) => {
    const world = await createWorld(t);
    await world.workflow().takeIn(item);
    const [name = ''] = open(world);
    world.move(`Needs_Action/${name}`, `../elsewhere/${name}`);
    await answer(world);
    await world.card('.md', 'done');
    await world.parts().jobs.calm();
    assert.deepEqual(done(world), []);
    world.move(`../elsewhere/${name}`, `Needs_Action/${name}`);
    await world.rescan();
    await world.pass(600_000);
    assert.deepEqual(open(world), [name]);
  });

  it('moves on after a crash right after the answer left, and is put on record after one right after the move', async (t) => {
    const world = await createWorld(t);
    await world.workflow().takeIn(item);
    const [name = ''] = open(world);
    // As a crash between the transaction and the job leaves it: the job is on record with what it is about.
    const moveFile = world.parts().vault.move;
    let broken = true;
    Object.assign(world.parts().vault, {
      move: async (...asked: Parameters<typeof moveFile>) => {
        if (asked[0].folder !== 'Needs_Action' || !broken) return await moveFile(...asked);
        return { kind: 'failed', problem: blocks('unreachable', 'The disk is gone.', 'Look.') };
      },
    });
    await answer(world);
    await world.card('.md', 'done');
    assert.equal(open(world).length, 1);
    broken = false;
    await world.stop();
    await world.start();
    await putAway(world);

    await world
      .parts()
      .ledger.items.put(
        itemOf(item.key, { file: `Needs_Action/${name}`, messageId: id, sender: sara.address, state: 'drafted' }),
      );
    const { id: draft } = (await world.parts().ledger.drafts.settled(1))[0] ?? assert.fail();
    await world.parts().ledger.jobs.add({ kind: 'put_away', key: draft, serialKey: draft, runAt: world.clock.now() });
    world.parts().jobs.wake();
    await until(async () => ((await itemFile(world)) === `Done/${name}` ? true : undefined), 'it is on record');
    assert.equal(done(world).length, 1);
  });
});
