/** What channels show when the record changes under a delivery (promise P4). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { until } from '../../support/until.ts';
import { createWorld } from '../../support/workflow-world.ts';

const name = 'LINKEDIN_card.md';
const pending = `Pending_Approval/${name}`;
const post = (text: string) => `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n${text}\n`;

describe('delivery', () => {
  it('does not take the buttons off the card it shows, when a tap on an old card asks for a new one meanwhile', async (t) => {
    const world = await createWorld(t);
    world.write(pending, post('One.'));
    await world.rescan();
    const old = await world.card(name, 'asks');
    const show = world.chat.show;
    const retired: string[] = [];
    let tapped = false;
    Object.assign(world.chat, {
      async show(card: typeof old, ref: string | undefined) {
        if (card.text === 'Two.' && !tapped) {
          tapped = true;
          assert.equal((await world.tap(old, 'approve')).kind, 'refused');
        }
        return await show(card, ref);
      },
      retire: async (ref: string) => void retired.push(ref),
    });
    world.write(pending, post('Two.'));
    await world.rescan();
    await until(() => retired.length > 0, 'the old card is retired');
    await until(async () => (await world.parts().ledger.cards.due('chat', 9)).length === 0, 'all is shown');
    const [draft] = await world.parts().ledger.drafts.open();
    const row = await world.parts().ledger.cards.find(draft?.id ?? '', 'chat');
    assert.ok(row?.ref !== undefined && !retired.includes(row.ref), `${row?.ref} was retired`);
  });

  it('sends cards anew in one channel when it asks for that, and takes the buttons off the old ones', async (t) => {
    const world = await createWorld(t);
    world.write(pending, post('Anew.'));
    await world.rescan();
    const card = await world.card(name, 'asks');
    const row = async (channel: string) => {
      const [draft] = await world.parts().ledger.drafts.open();
      return await world.parts().ledger.cards.find(draft?.id ?? '', channel);
    };
    const settled = async () => (await row('chat'))?.shownHash === (await row('chat'))?.wantedHash;
    await until(settled, 'it is shown');
    const [old, other] = [(await row('chat'))?.ref, (await row('desk'))?.ref];
    const retired: string[] = [];
    Object.assign(world.chat, { retire: async (ref: string) => void retired.push(ref) });
    await world.workflow().anew('chat', [card.key, 'nobody0000']);
    await until(async () => (await settled()) && (await row('chat'))?.retiring === undefined, 'it is shown anew');
    assert.deepEqual(retired, [old]);
    assert.deepEqual([world.chat.sent(), world.second.sent()], [2, 1]);
    assert.notEqual((await row('chat'))?.ref, old);
    assert.equal((await row('desk'))?.ref, other, 'the other channel keeps its card');
  });

  it('goes on after a wait although the clock was set back', async (t) => {
    const world = await createWorld(t);
    world.chat.down(true);
    world.write(pending, post('Clock.'));
    await world.rescan();
    await until(() => world.second.cards.size === 1, 'the other channel shows it');
    world.chat.down(false);
    const now = world.clock.now;
    Object.assign(world.clock, { now: () => new Date(now().getTime() - 86_400_000) });
    await world.pass(70_000);
    await world.card(name, 'asks');
  });
});
