/** An inode is given to another file as soon as the first one is deleted: it proves nothing while a draft knows the bytes as well. */
import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { breachesOf, quiet } from '../../support/walk-checks.ts';
import { createWorld } from '../../support/workflow-world.ts';

const post = (text: string) => `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n${text}\n`;

it('a file that has the inode and the place of a deleted one is the draft’s whose bytes it has', async (t) => {
  const world = await createWorld(t);
  world.write('Pending_Approval/a.md', post('One.'));
  world.write('Pending_Approval/b.md', post('Another one.'));
  await world.rescan();
  const one = await world.card('a.md', 'asks');
  const other = await world.card('b.md', 'asks');
  const { drafts } = world.parts().ledger;
  const [first, second] = [await drafts.byKey(one.key), await drafts.byKey(other.key)];
  assert.ok(first && second);
  const deleted = { ...second.file, inode: first.file.inode };
  await drafts.change(second.id, { from: ['pending'] }, { file: deleted }, world.clock.now());
  renameSync(join(world.vaultPath, 'Pending_Approval/a.md'), join(world.vaultPath, 'Pending_Approval/b.md'));
  await world.rescan();
  await world.pass(30_000);
  await quiet(world);
  assert.deepEqual(await breachesOf(world), []);
  assert.equal((await drafts.byId(first.id))?.file.path, 'b.md');
  assert.equal((await drafts.byId(second.id))?.state, 'vanished');
});

it('a file that has the inode, the place and the bytes of a deleted copy is that of one draft, not of two', async (t) => {
  const world = await createWorld(t);
  world.write('Pending_Approval/a.md', post('One.'));
  world.write('Pending_Approval/b.md', post('One.'));
  await world.rescan();
  const [one, other] = [await world.card('a.md', 'asks'), await world.card('b.md', 'asks')];
  const { drafts } = world.parts().ledger;
  const [first, second] = [await drafts.byKey(one.key), await drafts.byKey(other.key)];
  assert.ok(first && second);
  await drafts.change(second.id, { from: ['pending'] }, { file: first.file }, world.clock.now());
  await drafts.change(first.id, { from: ['pending'] }, { file: { ...first.file, path: 'b.md' } }, world.clock.now());
  await drafts.change(second.id, { from: ['pending'] }, { file: { ...first.file, path: 'b.md' } }, world.clock.now());
  renameSync(join(world.vaultPath, 'Pending_Approval/a.md'), join(world.vaultPath, 'Pending_Approval/b.md'));
  await world.rescan();
  await world.pass(30_000);
  await quiet(world);
  assert.deepEqual(await breachesOf(world), []);
  const states = [(await drafts.byId(first.id))?.state, (await drafts.byId(second.id))?.state];
  assert.deepEqual(new Set(states), new Set(['pending', 'vanished']));
});
