/** New texts by chat: they count for the draft the person meant, or not at all. */
import assert from 'node:assert/strict';

import { accepted, sampleCard } from '../support/fake-door.ts';
import { until } from '../support/until.ts';
import { answerTo, showCard, telegramTest } from './telegram-world.ts';

telegramTest(
  'edits: a reply to the card is a new text; a reaction says it, and correcting the reply corrects it',
  async (world) => {
    const { messageId } = await showCard(world);
    const replyId = world.owner.reply(messageId, 'A better text.');
    await until(() => world.telegram.calls('setMessageReaction').length > 0, 'the bot reacts');
    assert.deepEqual(world.door.taps[0]?.text, 'A better text.');
    world.door.put(sampleCard({ revision: '1111111111', text: 'A better text.' }));
    world.owner.correct(replyId, 'The best text.');
    await until(() => world.door.taps.length === 2, 'the correction arrives');
    assert.deepEqual([world.door.taps[1]?.text, world.door.taps[1]?.revision], ['The best text.', '1111111111']);
  },
);

telegramTest('edits: a correction after the draft was decided changes nothing and says so', async (world) => {
  const { messageId } = await showCard(world);
  const replyId = world.owner.reply(messageId, 'A better text.');
  await until(() => world.telegram.calls('setMessageReaction').length > 0, 'the bot reacts');
  world.door.put(sampleCard({ verbs: ['undo'] }));
  world.owner.correct(replyId, 'Too late.');
  assert.match((await answerTo(world, replyId)).text, /no longer open/);
  assert.equal(world.door.taps.length, 1);
});

telegramTest('edits: a card whose edit is the newest change has one button to take it back', async (world) => {
  const { messageId } = await showCard(world, { verbs: ['approve', 'edit', 'restore', 'reject', 'postpone'] });
  assert.deepEqual(
    world.newest().buttons.map((row) => row.map(({ label }) => label)),
    [['✅ Approve'], ['✏️ Edit', '❌ Reject'], ['↩️ Take the edit back'], ['🕒 Later', '⋯ More']],
  );
  world.door.answer(accepted('The text of before is back.'));
  const { text } = await world.toast(world.owner, world.owner.tap(messageId, { label: 'Take the edit back' }));
  assert.equal(text, 'The text of before is back.');
  assert.deepEqual(
    world.door.taps.map(({ verb, revision }) => [verb, revision]),
    [['restore', sampleCard().revision]],
  );
});

telegramTest('edits: when the reaction fails, the words come as a message', async (world) => {
  world.telegram.fault({ method: 'setMessageReaction', kind: 'status', code: 400, description: 'Bad Request: x' });
  const { messageId } = await showCard(world);
  world.door.answer(accepted('Changed.'));
  const replyId = world.owner.reply(messageId, 'A better text.');
  assert.equal((await answerTo(world, replyId)).text, 'Changed.');
});

telegramTest(
  'edits: the question for a new text shows the present one, survives a restart and goes when answered',
  async (world) => {
    const { messageId } = await showCard(world);
    world.owner.tap(messageId, { label: 'Edit' });
    const prompt = await until(() => world.owner.messages().find(({ forceReply }) => forceReply), 'the question');
    assert.ok(prompt.text.includes(sampleCard().text));
    assert.equal(prompt.replyTo, messageId);
    await until(() => world.inbox.rows.every(({ state }) => state === 'done'), 'the tap is done');
    await world.restart();
    world.owner.reply(prompt.id, '/pausing is good for you');
    await until(() => !world.owner.messages().some(({ id }) => id === prompt.id), 'the question goes');
    assert.deepEqual(
      world.door.taps.map(({ verb, text }) => [verb, text]),
      [['edit', '/pausing is good for you']],
    );
  },
);

telegramTest('edits: Edit on an outdated card says so and asks nothing', async (world) => {
  const { messageId } = await showCard(world);
  world.door.put(sampleCard({ revision: '2222222222' }));
  const toast = await world.toast(world.owner, world.owner.tap(messageId, { label: 'Edit' }));
  assert.ok(toast.alert && toast.text.includes('changed'));
  assert.equal(world.owner.messages().length, 1);
});

telegramTest('edits: a text that replies to nothing is never guessed', async (world) => {
  const { messageId } = await showCard(world);
  assert.match((await answerTo(world, world.owner.send('Hello?'))).text, /reply to its card/);

  await world.toast(world.owner, world.owner.tap(messageId, { label: 'Edit' }));
  await until(() => world.owner.messages().some(({ forceReply }) => forceReply), 'the question');
  const asked = await answerTo(world, world.owner.send('Use me.'));
  assert.equal(world.door.taps.length, 0);
  world.door.answer(accepted('Changed.'));
  const toast = await world.toast(world.owner, world.owner.tap(asked.id, { label: 'Yes' }));
  assert.equal(toast.text, 'Changed.');
  assert.deepEqual([world.door.taps[0]?.text, world.door.taps.length], ['Use me.', 1]);
});

telegramTest('edits: "No" leaves everything as it is', async (world) => {
  const { messageId } = await showCard(world);
  await world.toast(world.owner, world.owner.tap(messageId, { label: 'Edit' }));
  await until(() => world.owner.messages().some(({ forceReply }) => forceReply), 'the question');
  const asked = await answerTo(world, world.owner.send('Not me.'));
  await world.toast(world.owner, world.owner.tap(asked.id, { label: 'No' }));
  await until(() => !world.owner.messages().some(({ id }) => id === asked.id), 'the question goes');
  assert.equal(world.door.taps.length, 0);
});

telegramTest('edits: a text the app cut off is not used', async (world) => {
  const { messageId } = await showCard(world);
  assert.match((await answerTo(world, world.owner.reply(messageId, 'x'.repeat(4_096)))).text, /not be your whole text/);
  assert.equal(world.door.taps.length, 0);
});

telegramTest(
  'edits: a quoted part is replaced, only that, and correcting the message corrects that part',
  async (world) => {
    const { messageId } = await showCard(world);
    const replyId = world.owner.reply(messageId, 'a florist', 'a gardener');
    await until(() => world.door.taps.length === 1, 'the edit arrives');
    assert.equal(world.door.taps[0]?.text, 'We are hiring a florist.\n\nWrite to us.');
    await until(() => world.telegram.calls('setMessageReaction').length === 1, 'the bot reacts');
    world.door.put(sampleCard({ revision: '1111111111', text: 'We are hiring a florist.\n\nWrite to us.' }));
    await world.restart();
    world.owner.correct(replyId, 'two florists');
    await until(() => world.door.taps.length === 2, 'the correction arrives');
    assert.deepEqual(
      [world.door.taps[1]?.text, world.door.taps[1]?.revision],
      ['We are hiring two florists.\n\nWrite to us.', '1111111111'],
    );
  },
);

telegramTest('edits: a quote that is not in the text, or not clear, changes nothing and says why', async (world) => {
  const title = 'Write';
  const { messageId } = await showCard(world, { title, text: 'Come. Come again.', file: 'Pending_Approval/a.md' });
  assert.match((await answerTo(world, world.owner.reply(messageId, 'x', title))).text, /can’t find the quoted part/);
  const first = world.owner.reply(messageId, 'Go', 'Come');
  await until(() => world.door.taps.length === 1, 'its place in the message says which one is meant');
  assert.equal(world.door.taps[0]?.text, 'Go. Come again.');
  await until(() => world.telegram.calls('setMessageReaction').length === 1, 'the bot reacts');
  world.door.put(sampleCard({ title, text: 'Go. Go again.' }));
  world.owner.correct(first, 'Run');
  assert.match((await answerTo(world, first)).text, /more than once/);
  assert.equal(world.door.taps.length, 1);
});

telegramTest('edits: the card asked anew shows what changed, as code', async (world) => {
  const changes = [
    { kind: 'removed', text: 'We are hiring a gardener. /pause' },
    { kind: 'added', text: 'We are hiring a florist.' },
  ] as const;
  await showCard(world, { text: 'We are hiring a florist.', changes });
  const { text, entities } = world.newest();
  assert.match(text, /What changed\n− We are hiring a gardener\. \/pause\n\+ We are hiring a florist\./);
  const marked = entities
    .filter(({ type }) => type === 'code')
    .map(({ offset, length }) => text.slice(offset, offset + length));
  for (const change of changes) assert.ok(marked.includes(change.text));
});
