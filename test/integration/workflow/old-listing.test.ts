/** A look through a full folder takes its time, and what it saw first may have moved on before it gets there. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Card } from '../../../src/domain/card.ts';
import { readRecord } from '../../../src/ledger/record.ts';
import { applyMove } from '../../../src/workflow/rescan/hand-move.ts';
import { until } from '../../support/until.ts';
import { createWorld } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const name = 'LINKEDIN_news.md';
const pending = `Pending_Approval/${name}`;
const rejected = `Rejected/${name}`;
const post = '---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nWe are open on Sunday.\n';

async function createAsked(t: Parameters<typeof createWorld>[0], rules: Parameters<typeof createWorld>[1] = {}) {
  const world = await createWorld(t, rules);
  world.write(pending, post);
  await world.rescan();
  return { world, card: await world.card(name, 'asks') };
}

const decided = (world: World) => readRecord(world.ledgerFile).decisions.map(({ verb, actor }) => [verb, actor.source]);
const draftOf = async (world: World, { key }: Card) => (await world.parts().ledger.drafts.byKey(key)) ?? assert.fail();

describe('a listing that is old', () => {
  it('makes no second draft of a file that went out since', async (t) => {
    const { world, card } = await createAsked(t, { holdSeconds: 0 });
    const { vault } = world.parts();
    const list = vault.list.bind(vault);
    let isFirst = true;
    Object.assign(vault, {
      async list(folder: Parameters<typeof list>[0]) {
        const listing = await list(folder);
        if (folder === 'Pending_Approval' && isFirst) {
          isFirst = false;
          assert.equal((await world.tap(card, 'approve')).kind, 'accepted');
          await world.card(name, 'done');
          await until(() => world.exists(`Done/${name}`), 'it lies in Done');
        }
        return listing;
      },
    });
    await world.rescan();
    assert.deepEqual(
      readRecord(world.ledgerFile).drafts.map(({ state }) => state),
      ['done'],
    );
  });

  it('takes our own move for none by hand when it was undone in the same moment', async (t) => {
    const { world, card } = await createAsked(t);
    await world.tap(card, 'reject');
    const undo = await world.card(name, 'rejected');
    await until(() => world.exists(rejected), 'it lies in Rejected');
    const parts = world.parts();
    await until(async () => (await draftOf(world, card)).file.folder === 'Rejected', 'that is on record');
    const wake = parts.jobs.wake;
    Object.assign(parts.jobs, { wake: () => undefined });
    const seen = (await parts.vault.look('Rejected', name)) ?? assert.fail();
    await world.tap(undo, 'undo');
    await applyMove(parts, (await draftOf(world, card)).id, seen);
    Object.assign(parts.jobs, { wake });
    wake();
    await until(() => world.exists(pending), 'it waits again');
    await world.card(name, 'asks');
    assert.deepEqual(decided(world), [
      ['reject', 'chat'],
      ['undo', 'chat'],
    ]);
  });

  it('nor when a crash had cut the move off from its record', async (t) => {
    const { world, card } = await createAsked(t);
    const { vault } = world.parts();
    const move = vault.move.bind(vault);
    const moved = Promise.withResolvers<void>();
    Object.assign(vault, {
      async move(...given: Parameters<typeof move>) {
        await move(...given);
        moved.resolve();
        return await new Promise(() => undefined);
      },
    });
    await world.tap(card, 'reject');
    await moved.promise;
    await world.kill();
    // The taps that waited come before the work that was cut off.
    let start: () => void = () => undefined;
    await world.start({
      beforeStart({ jobs }) {
        start = jobs.start.bind(jobs);
        Object.assign(jobs, { start: () => undefined });
      },
      dead: new Promise(() => undefined),
    });
    assert.equal((await world.tap(card, 'undo')).kind, 'accepted');
    await world.rescan();
    start();
    await until(() => world.exists(pending), 'it waits again');
    await world.rescan();
    await world.card(name, 'asks');
    assert.deepEqual(decided(world), [
      ['reject', 'chat'],
      ['undo', 'chat'],
    ]);
  });
});
