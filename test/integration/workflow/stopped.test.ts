import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { until } from '../../support/until.ts';
import { createWorld } from '../../support/workflow-world.ts';

const post = `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nThe last one of the day.\n`;
const name = 'LINKEDIN_last.md';

describe('told to stop while something goes out', () => {
  it('waits for its end: record, folder and card agree before the process is gone', async (t) => {
    const sent = Promise.withResolvers<void>();
    t.after(() => sent.resolve());
    const world = await createWorld(t, { holdSeconds: 0 });
    world.executor.next(async (effect, run, send) => {
      await run.commit();
      send(effect);
      await sent.promise;
      return { kind: 'posted', evidence: { link: '', messageId: '', note: 'accepted' } };
    });
    world.write(`Pending_Approval/${name}`, post);
    await world.rescan();
    await world.tap(await world.card(name, 'asks'), 'approve');
    await until(() => world.executor.effects.length === 1, 'it went out');
    const stopped = world.stop();
    sent.resolve();
    await stopped;
    assert.ok(world.exists(`Done/${name}`));
    assert.equal([...world.chat.cards.values()][0]?.mood, 'done');
  });
});
