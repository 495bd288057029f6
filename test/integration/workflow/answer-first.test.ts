import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { createWorld } from '../../support/workflow-world.ts';

const post = `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nThe answer comes first.\n`;
const name = 'LINKEDIN_first.md';

describe('the answer to a tap', () => {
  it('comes before its card is made', async (t) => {
    const world = await createWorld(t);
    world.write(`Pending_Approval/${name}`, post);
    await world.rescan();
    const card = await world.card(name, 'asks');
    const { cards } = world.parts().ledger;
    const gate = Promise.withResolvers<void>();
    t.after(() => gate.resolve());
    const find = cards.find;
    t.mock.method(cards, 'find', async (...asked: Parameters<typeof find>) => {
      await gate.promise;
      return await find(...asked);
    });
    const answer = await Promise.race([world.tap(card, 'approve'), setTimeout(10_000, undefined, { ref: false })]);
    assert.equal(answer?.kind, 'accepted');
    assert.equal(world.chat.cards.get(card.key)?.mood, 'asks');
    gate.resolve();
    await world.card(name, 'waits');
  });
});
