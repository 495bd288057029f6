/** One idea on three platforms, from the files to what left: real workflow, ledger, vault and channel. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { createSetWorld, fileOf, listWith, names, texts } from '../../support/set-world.ts';
import type { SetWorld } from '../../support/set-world.ts';
import { until } from '../../support/until.ts';
import type { Rules } from '../../../src/workflow/parts.ts';
import { keepsPromises, says } from './chat-steps.ts';

const three = ['✅ Approve all 3', '❌ Reject all 3'] as const;

async function createAsking(t: TestContext, rules: Partial<Rules> = {}): Promise<SetWorld> {
  const world = await createSetWorld(t, rules);
  await world.listens();
  world.dropAll();
  await world.rescan();
  return world;
}

describe('one idea on three platforms', () => {
  it('goes out everywhere after one tap, each once, and the list ends as a summary', async (t) => {
    const world = await createAsking(t);
    const list = await listWith(world, ...three);
    assert.match(list.text, /^One idea, 3 platforms\nPLAN_20260217_sunday\n\n/);
    assert.equal(world.said().filter(({ silent }) => !silent).length, 1, 'one sound');
    assert.match((await world.press(list, 'Approve all')).text, /^3 approved\. Approved\. Goes out at/);
    await listWith(world, '✅ 3 approved', '↩️ Undo all 3');
    assert.deepEqual(world.left(), []);
    await world.pass(10_500);
    const end = await says(world, /^One idea(?:[^]*Went out at){3}/);
    assert.deepEqual([end.id, end.buttons], [list.id, []]);
    assert.deepEqual(world.left().toSorted(), Object.values(texts).toSorted());
    await keepsPromises(world);
    for (const name of names) assert.ok(world.exists(`Done/${name}.md`), name);
  });

  it('is taken back within the hold with one tap', async (t) => {
    const world = await createAsking(t);
    await world.press(await listWith(world, ...three), 'Approve all');
    await world.pass(5_000);
    const undo = await listWith(world, '✅ 3 approved', '↩️ Undo all 3');
    assert.match((await world.press(undo, 'Undo all')).text, /^3 taken back\. Undone\./);
    await listWith(world, ...three);
    await world.pass(60_000);
    assert.deepEqual(world.left(), []);
    for (const name of names) assert.ok(world.exists(`Pending_Approval/${name}.md`), name);
    await keepsPromises(world);
  });

  it('leaves out what was changed by hand before the tap, and takes back what is changed after it', async (t) => {
    const world = await createAsking(t);
    const list = await listWith(world, ...three);
    world.write('Pending_Approval/FACEBOOK_sale.md', fileOf('FACEBOOK_sale', 'Closed on Sunday!'));
    const { text, alert } = await world.press(list, 'Approve all');
    assert.deepEqual([text.slice(0, 32), alert], ['Approved: 2 of 3. Facebook post:', true]);
    await world.rescan();
    await listWith(world, '✅ 2 approved', '↩️ Undo all 2');
    await until(() => world.exists('Approved/LINKEDIN_sale.md'), 'it waits in Approved');
    world.write('Approved/LINKEDIN_sale.md', fileOf('LINKEDIN_sale', 'Perhaps we are open.'));
    await world.pass(10_500);
    const end = await says(world, /^One idea[^]*Mail: Went out at/);
    await listWith(world);
    // What came back says why on its own card, so it is looked at there.
    assert.match(end.text, /LinkedIn post: Waiting for you · by itself: it has a remark\nPerhaps we are open\./);
    assert.deepEqual(world.left(), [texts.EMAIL_sale]);
    await keepsPromises(world);
  });

  it('moved by hand, or approved on its own card, says so and is no longer meant', async (t) => {
    const world = await createAsking(t);
    await listWith(world, ...three);
    world.move('Pending_Approval/EMAIL_sale.md', 'Rejected/EMAIL_sale.md');
    await world.rescan();
    const list = await listWith(world, '✅ Approve all 2', '❌ Reject all 2');
    assert.match(list.text, /Mail: Rejected by hand/);
    const card = await world.message('Approve', 'Facebook post · ');
    assert.match((await world.press(card, 'Approve')).text, /^Approved/);
    const late = await world.press(list, 'Approve all');
    assert.match(late.text, /^Approved: 1 of 2\. Facebook post: Already approved by Ada/);
    await world.pass(10_500);
    await says(world, /^One idea(?:[^]*Went out at){2}/);
    await keepsPromises(world);
  });

  it('needs as many people as a card does', async (t) => {
    const world = await createAsking(t, { approvalsNeeded: 2 });
    const list = await listWith(world, ...three);
    assert.match((await world.press(list, 'Approve all')).text, /^3 approved\. Approved: 1 of 2\./);
    const half = await listWith(world, ...three, '↩️ Undo all 3');
    const again = await world.press(half, 'Approve all');
    assert.match(again.text, /^Approved: 0 of 3\. .*You approved this already/);
    await world.pass(60_000);
    assert.deepEqual(world.left(), []);
    await listWith(world, ...three, '↩️ Undo all 3');
    await keepsPromises(world);
  });
});
