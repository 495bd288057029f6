/** What channels show when the record changes under a delivery (promise P4). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Card } from '../../../src/domain/card.ts';
import type { ShowResult } from '../../../src/domain/ports.ts';
import { sends } from '../../support/fake-executor.ts';
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

  it('a channel that has too much at once waits calmly: no trouble, in order, and the newest of each card', async (t) => {
    const world = await createWorld(t);
    const real = world.chat.show;
    const shown: string[] = [];
    let left = 1;
    Object.assign(world.chat, {
      async show(card: Card, ref: string | undefined): Promise<ShowResult> {
        if (left === 0) return { kind: 'later', afterSeconds: 60, words: 'Too much.', paced: 'channel' };
        left -= 1;
        shown.push(card.text);
        return await real(card, ref);
      },
    });
    for (const text of ['One.', 'Two.', 'Three.']) world.write(`Pending_Approval/${text}md`, post(text));
    await world.rescan();
    await until(() => world.second.cards.size === 3, 'the other channel shows all');
    await until(() => shown.length === 1, 'the first one is shown');
    world.write('Pending_Approval/Three.md', post('Newer.'));
    await world.rescan();
    for (let minute = 0; minute < 3; minute += 1) {
      left = 1;
      assert.equal(world.workflow().troubles().size, 0, 'it only waits');
      await world.pass(60_000);
      await until(() => left === 0 || minute === 2, 'one more is shown');
    }
    await until(() => shown.length === 3, 'all are shown');
    assert.equal(world.workflow().troubles().size, 0);
    assert.deepEqual(shown.toSorted(), ['Newer.', 'One.', 'Two.']);
    assert.ok(!shown.includes('Three.'));
  });

  it('a change that rests lets others and what is newer pass', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    const real = world.chat.show;
    const moods: string[] = [];
    Object.assign(world.chat, {
      async show(card: Card, ref: string | undefined): Promise<ShowResult> {
        if (card.mood === 'works') return { kind: 'later', afterSeconds: 30, words: 'Soon.', paced: 'card' };
        moods.push(`${card.text} ${card.mood}`);
        return await real(card, ref);
      },
    });
    world.executor.next(async (...run) => {
      // Long enough that the step is due before the result.
      await until(async () => (await world.parts().ledger.cards.due('desk', 9)).length === 0, 'the desk shows it');
      return await sends(...run);
    });
    world.write(pending, post('One.'));
    await world.rescan();
    await world.tap(await world.card(name, 'asks'), 'approve');
    await world.card(name, 'done');
    world.write('Pending_Approval/LINKEDIN_other.md', post('Two.'));
    await world.rescan();
    await world.card('LINKEDIN_other.md', 'asks');
    assert.ok(!moods.some((mood) => mood.endsWith('works')));
    assert.equal(world.workflow().troubles().size, 0);
  });

  it('a change that rested is shown when nothing newer came', async (t) => {
    const world = await createWorld(t);
    const real = world.chat.show;
    let asked = 0;
    Object.assign(world.chat, {
      async show(card: Card, ref: string | undefined): Promise<ShowResult> {
        asked += 1;
        if (asked === 1) return { kind: 'later', afterSeconds: 30, words: 'Soon.', paced: 'card' };
        return await real(card, ref);
      },
    });
    world.write(pending, post('One.'));
    await world.rescan();
    await until(() => asked === 1, 'it is to be shown');
    await world.pass(29_000);
    assert.equal(asked, 1);
    await world.pass(2_000);
    await world.card(name, 'asks');
  });
});
