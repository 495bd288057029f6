import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createProductWorld } from '../support/product-world.ts';
import { until } from '../support/until.ts';

describe('a bot without approvers', () => {
  it('takes nobody until the code from the terminal comes, keeps the pair over a restart, and logs no code', async (t) => {
    const world = await createProductWorld(t, { unpaired: true, holdSeconds: 30 });
    world.drop(
      'Pending_Approval/LINKEDIN_one.md',
      '---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nNumber one.\n',
    );
    const code = await until(() => /\/start ([a-z0-9]{8})\n/.exec(world.output())?.[1], 'the terminal shows the code');
    const mallory = world.telegram.addPerson({ id: 666, firstName: 'Mallory' });
    mallory.send('/start 00000000');
    await until(() => mallory.messages().some(({ from }) => from === 'bot'), 'the guess is answered');
    world.owner.send('/start');
    await world.message('shown where Countersign runs');
    world.owner.send(`/start ${code}`);
    await world.message('Paired.');
    const card = await world.message('Number one.', 'Approve');
    await world.stop();
    await world.start();
    assert.match((await world.toast(world.owner.tap(card.id, { label: 'Approve' }))).text, /^Approved/);
    assert.equal(mallory.messages().filter(({ text }) => text.includes('Number one.')).length, 0);
    const [log] = world.logs();
    assert.ok(log !== undefined && log.includes('Paired: telegram:') && !log.includes(code));
  });
});
