/** What another machine did reaches us in pieces: new files first, deletions later. Nobody moved anything here. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { breachesOf, quiet } from '../../support/walk-checks.ts';
import { createWorld } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const post = (text: string) => `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n${text}\n`;

/** Its last decision, as the record has it. */
async function decisionsOf(world: World, id: string) {
  return (await world.parts().ledger.decisions.of(id)).map(({ verb, reason }) => `${verb} ${reason}`);
}

for (const [what, sameInode, second] of [
  ['edited and moved', false, 'One, but better.'],
  ['edited and moved, and the inode of the old one went to the new one', true, 'One, but better.'],
  ['copied and sent there', false, 'One.'],
] as const) {
  it(`a draft that was ${what} elsewhere: the old one is gone, and was not closed by anybody`, async (t) => {
    const world = await createWorld(t, { policy: 'any', holdSeconds: 0 });
    world.write('Pending_Approval/a.md', post('One.'));
    await world.rescan();
    const { drafts } = world.parts().ledger;
    const old = await drafts.byKey((await world.card('a.md', 'asks')).key);
    assert.ok(old);
    world.write('Approved/a.md', post(second));
    await world.rescan();
    await world.pass(30_000);
    await quiet(world);
    assert.ok(world.exists('Done/a.md'), 'the new one went out');
    assert.equal(world.executor.effects.length, 1);
    rmSync(join(world.vaultPath, 'Pending_Approval/a.md'));
    if (sameInode) {
      const there = await world.parts().vault.look('Done', 'a.md');
      assert.ok(there);
      const file = { ...old.file, inode: there.inode };
      await drafts.change(old.id, { from: ['pending'] }, { file }, world.clock.now());
    }
    await world.rescan();
    await world.pass(30_000);
    await quiet(world);
    assert.deepEqual(await breachesOf(world), []);
    assert.equal((await drafts.byId(old.id))?.state, 'vanished');
    assert.deepEqual(await decisionsOf(world, old.id), []);
  });
}
