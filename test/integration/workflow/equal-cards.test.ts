/** What a card says of the others that would do the same, whatever becomes of them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { asked, post, says } from '../../support/equal-drafts.ts';
import { until } from '../../support/until.ts';
import { createWorld, sara } from '../../support/workflow-world.ts';

describe('the cards of two files that say the same', () => {
  it('say so on both cards as soon as the second one is there', async (t) => {
    const world = await createWorld(t);
    await asked(world, 'LINKEDIN_a.md');
    await asked(world, 'LINKEDIN_a 2.md');
    const [first, second] = [
      await says(world, 'LINKEDIN_a.md', /waits a second time .*LINKEDIN_a 2\.md/),
      await says(world, 'LINKEDIN_a 2.md', /waits a second time .*LINKEDIN_a\.md/),
    ];
    // Nothing is decided yet, so nothing is asked twice.
    assert.deepEqual([first.risks, second.risks], [[], []]);
    world.write('Pending_Approval/LINKEDIN_a 2.md', post('Something else.'));
    await world.rescan();
    await until(
      () => [...world.chat.cards.values()].every(({ problems }) => problems.length === 0),
      'neither says it now',
    );
  });

  it('are named as they are called now, and no longer when one has changed while nobody looked', async (t) => {
    const world = await createWorld(t);
    await asked(world, 'LINKEDIN_a.md', 'LINKEDIN_b.md');
    await says(world, 'LINKEDIN_a.md', /LINKEDIN_b\.md/);
    world.move('Pending_Approval/LINKEDIN_b.md', 'Pending_Approval/LINKEDIN_c.md');
    await world.rescan();
    await says(world, 'LINKEDIN_a.md', /LINKEDIN_c\.md/);
    await says(world, 'LINKEDIN_c.md', /LINKEDIN_a\.md/);
    await world.stop();
    // The other one is looked at first after the start, while the record still says what this one said before.
    world.write('Pending_Approval/LINKEDIN_c.md', post('Something else.'));
    await world.start();
    await until(
      () => [...world.chat.cards.values()].every(({ problems }) => problems.length === 0),
      'neither says it now',
    );
  });

  it('say who approved the other one, whoever did so last', async (t) => {
    const world = await createWorld(t, { holdSeconds: 600 });
    const [first] = await asked(world, 'LINKEDIN_a.md', 'LINKEDIN_b.md');
    assert.ok(first);
    await world.tap(first, 'approve');
    await says(world, 'LINKEDIN_b.md', /approved by ⁨Sara⁩/);
    const waits = await world.card('LINKEDIN_a.md', 'waits');
    await world.tap(waits, 'undo');
    await world.tap(await world.card('LINKEDIN_a.md', 'asks'), 'approve', { ...sara, id: '8', name: 'Bob' });
    await says(world, 'LINKEDIN_b.md', /approved by ⁨Bob⁩/);
  });
});
