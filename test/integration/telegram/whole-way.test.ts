/** From the thumb to what left: the real channel, workflow, ledger and vault, on the stand-in of Telegram. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChatWorld } from '../../support/chat-world.ts';
import { until } from '../../support/until.ts';
import { createAsking, keepsPromises, pending, postName } from './chat-steps.ts';

const goesOut = async (world: ChatWorld) => {
  await world.pass(10_500);
  await world.card(postName, 'done');
  await until(async () => {
    if (world.said().some(({ text }) => text.includes('Went out at'))) return true;
    // A card changes once a second.
    await world.pass(100);
    return false;
  }, 'the card says so');
};

describe('a tap in the chat', () => {
  it('on Approve twice lets it out once, and the second is told', async (t) => {
    const { world, card } = await createAsking(t);
    const taps = [world.owner.tap(card.id, { label: 'Approve' }), world.owner.tap(card.id, { label: 'Approve' })];
    const toasts = await Promise.all(taps.map(world.toast));
    assert.deepEqual(
      toasts.map(({ alert }) => alert),
      [false, true],
    );
    assert.match(toasts[1]?.text ?? '', /^Already approved by Ada at/);
    await goesOut(world);
    assert.equal(world.executor.effects.length, 1);
  });

  it('on two devices counts once: a phone that still shows the old buttons is told', async (t) => {
    const { world, card } = await createAsking(t);
    const button = card.buttons.flat().find(({ label }) => label.includes('Reject'))?.data ?? '';
    await world.press(card, 'Approve');
    await world.message('Undo');
    // The other device has not drawn the change yet.
    const late = await world.toast(world.owner.forge(card.id, card.buttons[0]?.[0]?.data ?? ''));
    assert.match(late.text, /^Already approved/);
    await goesOut(world);
    assert.match((await world.toast(world.owner.forge(card.id, button))).text, /went out already/);
    assert.equal(world.executor.effects.length, 1);
    await keepsPromises(world);
  });

  it('after a restart counts as before', async (t) => {
    const { world, card } = await createAsking(t);
    await world.stop();
    const tap = world.owner.tap(card.id, { label: 'Approve' });
    await world.start();
    assert.match((await world.toast(tap)).text, /^Approved/);
    await goesOut(world);
    assert.equal(world.executor.effects.length, 1);
  });

  it('after an edit is refused on the old card, and the new one is below', async (t) => {
    const { world, card } = await createAsking(t);
    world.owner.reply(card.id, 'We are open on Monday.');
    await until(() => world.read(pending).includes('Monday'), 'the file says it');
    const old = card.buttons[0]?.[0]?.data ?? '';
    const toast = await world.toast(world.owner.forge(card.id, old));
    assert.deepEqual([toast.alert, toast.text], [true, 'This draft changed. Here is the new version.']);
    const fresh = await until(
      () => world.said().find(({ id, text }) => id > card.id && text.includes('Monday')),
      'the new card',
    );
    await world.press(fresh, 'Approve');
    await goesOut(world);
    assert.deepEqual(
      world.executor.effects.map(({ text }) => text),
      ['We are open on Monday.'],
    );
  });

  it('151 seconds before it is heard is lost: it lets nothing out, the bot says it was away, the card still works', async (t) => {
    const { world, card } = await createAsking(t);
    await world.stop();
    world.owner.tap(card.id, { label: 'Approve' });
    await world.clock.advance(151_000);
    await world.start();
    await until(() => world.said().some(({ text }) => text.startsWith('I was away from')), 'it says so');
    await world.pass(20_000);
    assert.deepEqual(world.executor.effects, []);
    await world.press(await world.message('Approve', 'Sunday'), 'Approve');
    await goesOut(world);
    assert.equal(world.executor.effects.length, 1);
  });

  for (const folder of ['Approved', 'Rejected', 'Done'] as const) {
    it(`in flight while the file is moved by hand to ${folder}: it is answered, and nothing leaves twice or unasked`, async (t) => {
      const { world, card } = await createAsking(t, { rules: { holdSeconds: 0 } });
      const tap = world.owner.tap(card.id, { label: 'Approve' });
      world.move(pending, `${folder}/${postName}`);
      await world.rescan();
      const toast = await world.toast(tap);
      for (let round = 0; round < 4; round += 1) {
        await world.pass(11_000);
        await world.rescan();
      }
      const sent = folder === 'Approved' || !toast.alert ? 1 : 0;
      await until(() => world.executor.effects.length >= sent, `${sent} left (the tap was told: ${toast.text})`);
      assert.equal(world.executor.effects.length, sent, toast.text);
      await keepsPromises(world);
    });
  }

  it('reaches the record although clocks jump: an hour back, a day ahead', async (t) => {
    const { world, card } = await createAsking(t);
    world.clock.jump(-3_600_000);
    await world.press(card, 'Approve');
    await world.press(await world.message('Undo'), 'Undo');
    world.clock.jump(86_400_000);
    await world.press(await world.message('Approve'), 'Approve');
    await goesOut(world);
    assert.equal(world.executor.effects.length, 1);
    await keepsPromises(world);
  });
});
