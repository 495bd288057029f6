/** In a group: who may do what, who is asked, and what everybody sees. */
import assert from 'node:assert/strict';
import { createHeldClock } from '../support/held-clock.ts';
import { accepted, refused, sampleCard } from '../support/fake-door.ts';
import { until } from '../support/until.ts';
import { allRead, findSaid, groupId, groupTest, saidIn } from './telegram-group-world.ts';
import type { GroupWorld } from './telegram-group-world.ts';
import { showCard } from './telegram-world.ts';
import type { Person } from '../../sandbox/telegram/index.ts';

const verbs = ['approve', 'edit', 'reject', 'postpone'] as const;
const tapped = (world: GroupWorld, who: Person, messageId: number, label: string) =>
  world.toast(who, who.tap(messageId, { label }));
const questionAfter = async (world: GroupWorld, who: Person, messageId: number) => {
  assert.match((await tapped(world, who, messageId, 'Edit')).text, /Reply with the new text/);
  return await findSaid(world, /New text for/);
};

groupTest('the menu shows what is everybody’s, and in private all of it', async (world) => {
  await until(() => world.telegram.calls('setMyCommands').length === 2, 'both menus are set');
  const menus = world.telegram.calls('setMyCommands').map(({ parameters }) => ({
    scope: parameters['scope'],
    names: (parameters['commands'] as { command: string }[]).map(({ command }) => command),
  }));
  const group = menus.find(({ scope }) => scope !== undefined);
  assert.deepEqual(group, { scope: { type: 'all_group_chats' }, names: ['pending', 'status'] });
  assert.ok((menus.find(({ scope }) => scope === undefined)?.names.length ?? 0) > 5);
});

groupTest('commands answer people on the lists, and the settings only in private', async (world) => {
  await showCard(world);
  for (const who of [world.ada, world.editor, world.viewer]) {
    const asked = who.send('/pending@countersign_sandbox_bot');
    const answer = await until(() => saidIn(world).find(({ replyTo }) => replyTo === asked), 'an answer');
    assert.match(answer.text, /1\. LinkedIn post/);
  }
  world.ada.send('/settings');
  await findSaid(world, /^Send me \/settings in private\.$/);
  const id = world.owner.send('/settings');
  const told = await until(() => world.owner.messages().find(({ replyTo }) => replyTo === id), 'the settings');
  assert.match(told.text, /Undo time/);
});

groupTest('a stranger gets silence for what they say, and an alert for a tap', async (world) => {
  const { messageId } = await showCard(world, { verbs });
  const before = saidIn(world).length;
  for (const words of ['/pending', '/status', '/start abc', 'Hello?']) world.mallory.send(words);
  world.mallory.reply(messageId, 'My text instead');
  await allRead(world);
  assert.equal(saidIn(world).length, before);
  for (const label of ['Approve', 'Edit', 'Reject', 'Later']) {
    const toast = await tapped(world, world.mallory, messageId, label);
    assert.ok(toast.alert && toast.text.startsWith('You are not on the list'), label);
  }
  assert.deepEqual([world.door.taps, saidIn(world).length], [[], before]);
});

groupTest('a viewer looks and gets an alert for the rest; nothing changes for the others', async (world) => {
  const { messageId } = await showCard(world, { verbs, risks: ['It goes to 9 people'] });
  const before = JSON.stringify(world.group.messages());
  for (const label of ['Approve', 'Edit', 'Reject', 'Later']) {
    const toast = await tapped(world, world.viewer, messageId, label);
    assert.ok(toast.alert, label);
  }
  await allRead(world);
  assert.equal(JSON.stringify(world.group.messages()), before, 'no question, no other buttons');
  assert.deepEqual(world.door.taps, []);
});

groupTest('an editor is asked for a text, and refused what decides', async (world) => {
  const { messageId } = await showCard(world, { verbs, risks: ['It goes to 9 people'] });
  for (const label of ['Approve', 'Reject', 'Later']) {
    assert.ok((await tapped(world, world.editor, messageId, label)).alert, label);
  }
  const question = await questionAfter(world, world.editor, messageId);
  world.editor.reply(question.id, 'Better.');
  const tap = await until(() => world.door.taps[0], 'the text arrives');
  assert.deepEqual([tap.verb, tap.text, tap.actor.name], ['edit', 'Better.', 'Ed']);
});

groupTest('the second to tap hears who was first', async (world) => {
  const { messageId } = await showCard(world);
  assert.equal((await tapped(world, world.sara, messageId, 'Approve')).alert, false);
  world.door.answer(refused('decided', 'Already approved by Sara at 14:02.'));
  const second = await tapped(world, world.ada, messageId, 'Approve');
  assert.deepEqual(second, { text: 'Already approved by Sara at 14:02.', alert: true });
  assert.deepEqual(
    world.door.taps.map(({ actor }) => actor.name),
    ['Sara', 'Ada'],
  );
});

groupTest('a review goes on after one of two approvals', async (world) => {
  const drafts = ['k3y0000001', 'k3y0000002'].map((key) =>
    sampleCard({ key, text: `Text ${key}`, approvals: { given: 0, needed: 2 } }),
  );
  for (const card of drafts) world.door.put(card);
  world.sara.send('/next');
  const review = await findSaid(world, /^1 of 2[^]*Text k3y0000001/);
  const half = { ...sampleCard(drafts[0]), approvals: { given: 1, needed: 2 } };
  world.door.put(half);
  await tapped(world, world.sara, review.id, 'Approve');
  const next = await findSaid(world, /^2 of 2[^]*Text k3y0000002/);
  assert.equal(next.id, review.id);
});

groupTest('the button says how many approved', async (world) => {
  const approvals = { given: 1, needed: 2 };
  const { messageId } = await showCard(world, { standing: '1 of 2 · approved by Sara at 14:02', approvals });
  const card = world.group.messages().find(({ id }) => id === messageId);
  assert.equal(card?.buttons[0]?.[0]?.label, '✅ Approve (1 of 2)');
  assert.match(card?.text ?? '', /^LinkedIn post.*\n1 of 2 · approved by Sara at 14:02/);
});

const clock = createHeldClock(new Date('2026-03-02T09:00:00Z'));
groupTest(
  'who tapped Edit is asked, and for ten minutes nobody else may answer',
  async (world) => {
    const { messageId } = await showCard(world, { verbs });
    const question = await questionAfter(world, world.sara, messageId);
    const opens = (who: Person) => who.messages().find(({ id }) => id === question.id)?.forceReply;
    assert.deepEqual([opens(world.sara), opens(world.ada)], [true, false], 'one input field opens');
    world.ada.reply(question.id, 'Mine.');
    await findSaid(world, /^I asked Sara, until \d\d:\d\d\. To say it yourself, reply to the card\.$/);
    assert.deepEqual(world.door.taps, []);
    await clock.advance(10 * 60_000);
    // Also after a restart.
    await world.restart();
    world.ada.reply(question.id, 'Mine now.');
    const tap = await until(() => world.door.taps[0], 'the text arrives');
    assert.deepEqual([tap.text, tap.actor.name], ['Mine now.', 'Ada']);
  },
  { clock },
);

groupTest('whoever was asked may answer at once, and a reply to the card is anybody’s', async (world) => {
  const { messageId } = await showCard(world, { verbs });
  const question = await questionAfter(world, world.sara, messageId);
  world.ada.reply(messageId, 'To the card.');
  await until(() => world.door.taps.length === 1, 'the first text arrives');
  await until(() => !world.group.messages().some(({ id }) => id === question.id), 'the question is gone');
  const next = await questionAfter(world, world.sara, messageId);
  world.sara.reply(next.id, 'To the question.');
  await until(() => world.door.taps.length === 2, 'the second text arrives');
  assert.deepEqual(
    world.door.taps.map(({ text, actor }) => [text, actor.name]),
    [
      ['To the card.', 'Ada'],
      ['To the question.', 'Sara'],
    ],
  );
});

groupTest('a viewer may not answer either, however long it takes', async (world) => {
  const { messageId } = await showCard(world, { verbs });
  const question = await questionAfter(world, world.sara, messageId);
  world.viewer.reply(question.id, 'Mine.');
  await findSaid(world, /^I asked Sara/);
  world.door.answer(refused('not_allowed', 'You may only look, so you can’t edit drafts here.'));
  world.viewer.reply(messageId, 'Mine.');
  await findSaid(world, /^You may only look/);
});

groupTest('a pause by somebody who may not is refused at the button', async (world) => {
  world.viewer.send('/status');
  const status = await findSaid(world, /^▶️ Running/);
  assert.ok((await tapped(world, world.viewer, status.id, 'Pause')).alert);
  assert.deepEqual(world.door.switches, []);
  world.door.answer(accepted('Paused.'));
  assert.equal((await tapped(world, world.sara, status.id, 'Pause')).text, 'Paused.');
});

groupTest('a group that becomes a supergroup is followed, and its topics are its own', async (world) => {
  const { ref, messageId } = await showCard(world);
  const next = world.group.upgrade(-1_009_999_999_999);
  await allRead(world);
  const gone = await world.channel.show({ ...(await world.door.cards())[0]!, standing: 'Later' }, ref);
  assert.equal(gone.kind, 'card_gone');
  const shown = await showCard(world);
  assert.equal(shown.ref.startsWith(`${next.id}:`), true);
  assert.ok(messageId > 0);
  assert.equal(next.messages().filter(({ buttons }) => buttons.length > 0).length, 1);
  assert.notEqual(next.id, groupId);
});
