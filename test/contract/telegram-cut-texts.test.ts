/** Texts that an app cut into several messages: one text after a question, and never half of it. */
import assert from 'node:assert/strict';

import { accepted, sampleCard } from '../support/fake-door.ts';
import { png } from '../support/pictures.ts';
import { until } from '../support/until.ts';
import { findSaid, groupTest } from './telegram-group-world.ts';
import { answerTo, botTexts, showCard, telegramTest } from './telegram-world.ts';
import type { TelegramWorld } from './telegram-world.ts';

const paragraph = (word: string, signs: number): string =>
  `${word} ${'abcde fghij '.repeat(signs)}`.slice(0, signs - 1) + '.';
const start = paragraph('Start', 3_600);
const end = paragraph('End', 1_200);
const long = `${start}\n\n${end}`;

/** The pieces as they came, and the question about the first cut. */
async function pasted(world: TelegramWorld, text: string, to: Parameters<TelegramWorld['owner']['paste']>[1]) {
  const ids = world.owner.paste(text, to);
  const [first = 0] = ids;
  return { ids, first, question: await answerTo(world, first) };
}

const edits = (world: TelegramWorld) => world.door.taps.map(({ verb, text }) => [verb, text]);
const allDone = (world: TelegramWorld) =>
  until(
    () => world.telegram.updates().waiting === 0 && world.inbox.rows.every(({ state }) => state !== 'waiting'),
    'everything is done',
  );

for (const eachReplies of [false, true]) {
  telegramTest(`cut texts: two pieces are one text after a question (each a reply: ${eachReplies})`, async (world) => {
    const { messageId } = await showCard(world);
    const { ids, question } = await pasted(world, long, { replyTo: messageId, eachReplies });
    assert.equal(ids.length, 2);
    assert.match(question.text, /cut your text .* into two messages/);
    assert.deepEqual(edits(world), []);
    world.door.answer(accepted('Changed.'));
    const toast = await world.toast(world.owner, world.owner.tap(question.id, { label: 'blank line' }));
    assert.equal(toast.text, 'Changed.');
    assert.deepEqual(edits(world), [['edit', long]]);
    await until(() => !world.owner.messages().some(({ id }) => id === question.id), 'the question goes');
    assert.ok(!botTexts(world).some((text) => text.startsWith('I did not use')));
  });
}

telegramTest('cut texts: what the person says stood at the cut stands there', async (world) => {
  const { messageId } = await showCard(world);
  for (const [label, between] of [
    ['new line', '\n'],
    ['A space', ' '],
    ['Nothing', ''],
  ] as const) {
    const { question } = await pasted(world, long, { replyTo: messageId });
    await world.toast(world.owner, world.owner.tap(question.id, { label }));
    assert.equal(world.door.taps.at(-1)?.text, start + between + end);
  }
});

telegramTest(
  'cut texts: each cut of three pieces is asked about, and a tap that comes twice counts once',
  async (world) => {
    const { messageId } = await showCard(world);
    const third = paragraph('Third', 3_900);
    const { question, ids } = await pasted(world, `${start}\n${third} ${end}`, { replyTo: messageId });
    assert.equal(ids.length, 3);
    const next = question.buttons.flat().find(({ label }) => label === 'A new line')?.data ?? '';
    await world.toast(world.owner, world.owner.tap(question.id, { data: next }));
    await world.toast(world.owner, world.owner.forge(question.id, next));
    assert.deepEqual(edits(world), []);
    await world.restart();
    await world.toast(world.owner, world.owner.tap(question.id, { label: 'A space' }));
    assert.deepEqual(edits(world), [['edit', `${start}\n${third} ${end}`]]);
  },
);

telegramTest('cut texts: not using it leaves everything as it is', async (world) => {
  const { messageId } = await showCard(world);
  const { question } = await pasted(world, long, { replyTo: messageId });
  await world.toast(world.owner, world.owner.tap(question.id, { label: 'Don’t' }));
  await until(() => !world.owner.messages().some(({ id }) => id === question.id), 'the question goes');
  assert.deepEqual(edits(world), []);
});

telegramTest(
  'cut texts: a piece corrected before the answer counts as corrected, and afterwards it is refused',
  async (world) => {
    const { messageId } = await showCard(world);
    const { question, ids } = await pasted(world, long, { replyTo: messageId });
    const second = ids[1] ?? 0;
    world.owner.correct(second, 'Another end.');
    await allDone(world);
    await world.toast(world.owner, world.owner.tap(question.id, { label: 'blank line' }));
    assert.deepEqual(edits(world), [['edit', `${start}\n\nAnother end.`]]);
    world.owner.correct(second, 'Too late.');
    assert.match((await answerTo(world, second)).text, /one piece of a text/);
    assert.equal(world.door.taps.length, 1);
  },
);

telegramTest('cut texts: answering the question for a new text, and a text that replies to nothing', async (world) => {
  const { messageId } = await showCard(world);
  world.owner.tap(messageId, { label: 'Edit' });
  const prompt = await until(() => world.owner.messages().find(({ forceReply }) => forceReply), 'the question');
  const loose = await pasted(world, long, {});
  assert.match(loose.question.text, /into two messages/);
  const { question } = await pasted(world, long, { replyTo: prompt.id });
  assert.match(question.text, /into two messages/);
  assert.deepEqual(edits(world), []);
  await world.toast(world.owner, world.owner.tap(question.id, { label: 'blank line' }));
  assert.deepEqual(edits(world), [['edit', long]]);
});

telegramTest('cut texts: a quoted part is replaced by the whole text', async (world) => {
  const { messageId } = await showCard(world);
  const { question } = await pasted(world, long, { replyTo: messageId, quote: 'a gardener' });
  await world.toast(world.owner, world.owner.tap(question.id, { label: 'blank line' }));
  assert.deepEqual(edits(world), [['edit', sampleCard().text.replace('a gardener', long)]]);
});

telegramTest('cut texts: a long reason is noted whole', async (world) => {
  const { messageId } = await showCard(world, { mood: 'rejected', verbs: ['undo', 'reason'] });
  world.owner.paste(long, { replyTo: messageId });
  await until(() => world.door.taps.length === 1, 'the reason arrives');
  assert.deepEqual(edits(world), [['reason', `${start}\n${end}`]]);
  await allDone(world);
  assert.ok(!botTexts(world).some((text) => text.startsWith('I did not use')));
});

telegramTest('cut texts: the words of a picture that go on in a second message: neither is used', async (world) => {
  const { messageId } = await showCard(world);
  const bytes = png(300, 200, 4);
  const caption = paragraph('Caption', 1_000);
  const photo = world.owner.sendFile({ bytes, as: 'photo', caption, replyTo: messageId });
  world.owner.send('And the rest of it.');
  assert.match((await answerTo(world, photo)).text, /in several messages .* so I used neither/);
  await allDone(world);
  assert.deepEqual(edits(world), []);
});

telegramTest('cut texts: a long text alone is used, after a moment', async (world) => {
  const { messageId } = await showCard(world);
  world.owner.reply(messageId, start);
  await until(() => world.door.taps.length === 1, 'the edit arrives');
  assert.deepEqual(edits(world), [['edit', start]]);
});

telegramTest('cut texts: a short text after a short one stays apart, and a command is no piece', async (world) => {
  const { messageId } = await showCard(world);
  world.owner.reply(messageId, 'A short text.');
  const loose = world.owner.send('Hello?');
  assert.match((await answerTo(world, loose)).text, /I did not use this/);
  assert.deepEqual(edits(world), [['edit', 'A short text.']]);
  world.owner.reply(messageId, start);
  world.owner.send('/help');
  await until(() => world.door.taps.length === 2, 'the long one is used');
  assert.equal(world.door.taps[1]?.text, start);
});

telegramTest(
  'cut texts: the second piece that comes while Countersign is off still belongs to the first',
  async (world) => {
    const { messageId } = await showCard(world);
    // So long as the first piece is held, its row waits.
    const [first = 0, second = 0] = world.owner.paste(long, { replyTo: messageId });
    await world.channel.stop();
    await world.restart();
    assert.match((await answerTo(world, first)).text, /into two messages/);
    await allDone(world);
    assert.ok(!world.owner.messages().some(({ from, replyTo }) => from === 'bot' && replyTo === second));
    assert.deepEqual(edits(world), []);
  },
);

telegramTest('cut texts: a crash between the two pieces loses neither', async (world) => {
  const { messageId } = await showCard(world);
  world.telegram.fault({ method: 'getUpdates', kind: 'status', code: 502, skip: 1, times: 1 });
  const first = world.owner.reply(messageId, start);
  await until(() => world.inbox.rows.length === 1, 'the first piece is on record');
  await world.channel.stop();
  assert.equal(world.inbox.rows[0]?.state, 'waiting');
  world.owner.send(end);
  world.telegram.heal();
  await world.restart();
  const question = await answerTo(world, first);
  await world.toast(world.owner, world.owner.tap(question.id, { label: 'blank line' }));
  assert.deepEqual(edits(world), [['edit', long]]);
});

telegramTest('cut texts: a rest that comes too late is no new text, and the half before it is named', async (world) => {
  const { messageId } = await showCard(world);
  world.owner.reply(messageId, start);
  await until(() => world.door.taps.length === 1, 'the first piece is used alone');
  await allDone(world);
  assert.match((await answerTo(world, world.owner.send(end))).text, /ends where the app cut it.*don’t approve/);
  assert.equal(world.door.taps.length, 1);
});

telegramTest('cut texts: nobody waits for a stranger’s long text', async (world) => {
  await showCard(world);
  const mallory = world.telegram.person(700_200);
  mallory.send(start);
  await until(() => mallory.messages().some(({ from }) => from === 'bot'), 'the stranger is answered');
  const held = world.telegram.calls('getUpdates').some(({ parameters }) => parameters['timeout'] === 2);
  assert.equal(held, false);
});

groupTest('cut texts: where only answers reach us, a long one is asked about', async (world) => {
  const { messageId } = await showCard(world);
  world.ada.paste(long, { replyTo: messageId });
  const question = await findSaid(world, /Is this your whole text/);
  assert.deepEqual(edits(world), []);
  await world.toast(world.ada, world.ada.tap(question.id, { label: 'Don’t' }));
  assert.deepEqual(edits(world), []);
  world.ada.reply(messageId, start);
  const again = await until(
    () => findSaid(world, /Is this your whole text/).then((found) => found.id !== question.id && found),
    'asked again',
  );
  await world.toast(world.ada, world.ada.tap(again.id, { label: 'Yes' }));
  assert.deepEqual(edits(world), [['edit', start]]);
});

groupTest(
  'cut texts: where everything is heard, the pieces are found among what others write',
  async (world) => {
    const { messageId } = await showCard(world);
    const [first = 0] = world.ada.paste(`${start}\n\n${end}`, { replyTo: messageId });
    assert.ok(first > 0);
    world.sara.send('By the way, lunch?');
    const question = await findSaid(world, /into two messages/);
    await world.toast(world.ada, world.ada.tap(question.id, { label: 'blank line' }));
    assert.deepEqual(edits(world), [['edit', long]]);
  },
  { hearsAll: true },
);

groupTest('an admin who stays anonymous is told once to write as himself; his taps count', async (world) => {
  const { messageId } = await showCard(world);
  const nameless = world.group.namelessAs(world.ada);
  nameless.send('Lunch?');
  nameless.reply(messageId, 'A better text.');
  const said = await findSaid(world, /write as yourself/);
  nameless.reply(messageId, 'A better text!');
  world.ada.reply(messageId, 'My own text.');
  await until(() => world.door.taps.length === 1, 'the named text arrives');
  assert.deepEqual(edits(world), [['edit', 'My own text.']]);
  assert.deepEqual(
    world.group
      .messages()
      .filter(({ text }) => text.includes('write as yourself'))
      .map(({ id }) => id),
    [said.id],
  );
  await world.toast(nameless, nameless.tap(messageId, { label: 'Approve' }));
  assert.equal(world.door.taps.length, 2);
});

groupTest('cut texts: words that fill a caption where only answers reach us are not used', async (world) => {
  const { messageId } = await showCard(world);
  const caption = paragraph('Caption', 1_010);
  const id = world.ada.sendFile({ bytes: png(300, 200, 4), as: 'photo', caption, replyTo: messageId });
  await until(
    () => world.group.messages().some(({ replyTo, text }) => replyTo === id && text.includes('neither')),
    'it is said',
  );
  assert.deepEqual(edits(world), []);
});
