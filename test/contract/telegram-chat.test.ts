/** What people meet in the Telegram chat, beyond what every channel does. */
import assert from 'node:assert/strict';

import { accepted, refused, sampleCard } from '../support/fake-door.ts';
import { strange } from '../../src/lib/words.ts';
import { until } from '../support/until.ts';
import { answerTo, ownerId, showCard, strangerId, telegramTest } from './telegram-world.ts';

telegramTest('chat: Approve stands alone in green, Reject is red', async (world) => {
  await showCard(world);
  const rows = world.newest().buttons.map((row) => row.map(({ label, style }) => [label, style]));
  assert.deepEqual(rows, [
    [['✅ Approve', 'success']],
    [
      ['✏️ Edit', undefined],
      ['❌ Reject', 'danger'],
    ],
    [['⋯ More', undefined]],
  ]);
});

telegramTest('chat: a blocked card has a dead button that says why', async (world) => {
  await showCard(world, {
    mood: 'blocked',
    verbs: ['edit', 'reject'],
    problems: [{ code: 'too_long', what: 'The text is too long.', remedy: 'Cut it.', severity: 'blocks' }],
  });
  const [first] = world.newest().buttons;
  assert.deepEqual(
    first?.map(({ label, disabled, data }) => ({ label, disabled, data })),
    [{ label: '🚫 The text is too long.', disabled: true, data: undefined }],
  );
});

telegramTest(
  'chat: links a phone can open are buttons, those to this machine are words to tap, others are text',
  async (world) => {
    const links = [
      { label: 'Open post', url: 'https://example.org/p/1' },
      { label: 'Log', url: 'http://127.0.0.1:8484/runs/1' },
      { label: 'Local', url: 'http://localhost:8484/runs/2' },
      { label: 'Odd', url: 'javascript:alert(1)' },
    ];
    await showCard(world, { mood: 'done', verbs: [], links });
    assert.deepEqual(
      world
        .newest()
        .buttons.flat()
        .flatMap(({ url }) => url ?? []),
      ['https://example.org/p/1'],
    );
    const { text, entities } = world.newest();
    assert.match(
      text,
      /\nLog \(at the computer\)\nLocal \(at the computer\): http:\/\/localhost:8484\/runs\/2\nOdd: javascript:alert\(1\)/,
    );
    assert.deepEqual(
      entities.flatMap(({ offset, length, url }) =>
        url === undefined ? [] : [[text.slice(offset, offset + length), url]],
      ),
      [['Log (at the computer)', 'http://127.0.0.1:8484/runs/1']],
    );
  },
);

telegramTest('chat: commands tell and never change; pausing is a button', async (world) => {
  await showCard(world, { noun: 'Mail', headline: strange('/pause now', 80) });
  await until(() => world.telegram.calls('setMyCommands').length === 2, 'the menu is set');
  world.owner.send('/pause');
  assert.match((await answerTo(world, world.owner.send('/pending'))).text, /1\. Mail · \/pause now: Waiting for you/);
  assert.deepEqual([world.door.taps, world.door.switches], [[], []]);

  world.owner.send('/status');
  const status = await until(
    () => world.owner.messages().find(({ text }) => text.startsWith('▶️ Running')),
    'the status',
  );
  world.door.answer(accepted('Paused.'));
  assert.equal((await world.toast(world.owner, world.owner.tap(status.id, { label: 'Pause' }))).text, 'Paused.');
  const paused = await until(
    () => world.owner.messages().find(({ id, text }) => id === status.id && text.includes('\n⏸ Paused')),
    'the status is redrawn',
  );
  await world.toast(world.owner, world.owner.tap(paused.id, { label: 'Resume' }));
  assert.deepEqual(
    world.door.switches.map(({ verb, actor }) => [verb, actor.id]),
    [
      ['pause', String(ownerId)],
      ['resume', String(ownerId)],
    ],
  );
});

telegramTest(
  'chat: a stranger hears once, with the id to give to the owner, and gets no command answered',
  async (world) => {
    const stranger = world.telegram.person(strangerId);
    await showCard(world);
    stranger.send('/status');
    stranger.send('/pending');
    stranger.send('Hello?');
    await until(() => world.inbox.rows.filter(({ state }) => state === 'done').length === 3, 'all is read');
    const said = stranger.messages().filter(({ from }) => from === 'bot');
    assert.equal(said.length, 1);
    assert.match(said[0]?.text ?? '', new RegExp(String(strangerId)));
  },
);

telegramTest('chat: button texts that are not ours are answered', async (world) => {
  const { messageId } = await showCard(world);
  for (const foreign of ['', '1:a:', '2:a:k3y0000001:abcdef0123', '1:z:k3y0000001:abcdef0123', '{"a":1}']) {
    const toast = await world.toast(world.owner, world.owner.forge(messageId, foreign));
    assert.ok(toast.alert && toast.text !== '');
  }
  assert.deepEqual(world.door.taps, []);
});

telegramTest('chat: a refusal is an alert, an acceptance a toast, and long words are cut', async (world) => {
  const { messageId } = await showCard(world);
  const tap = () => world.toast(world.owner, world.owner.tap(messageId, { label: 'Approve' }));
  world.door.answer(refused('stale', 'It changed.'));
  assert.deepEqual(await tap(), { text: 'It changed.', alert: true });
  world.door.answer(accepted('y'.repeat(500)));
  const toast = await tap();
  assert.deepEqual([toast.alert, toast.text.length], [false, 200]);
});

telegramTest('chat: a tap that Telegram calls too old counts all the same', async (world) => {
  world.telegram.fault({
    method: 'answerCallbackQuery',
    kind: 'status',
    code: 400,
    description: 'Bad Request: query is too old and response timeout expired or query ID is invalid',
  });
  const { messageId } = await showCard(world);
  world.owner.tap(messageId, { label: 'Approve' });
  await until(() => world.inbox.rows.some(({ state }) => state === 'done'), 'the tap is done');
  assert.equal(world.door.taps.length, 1);
});

telegramTest('chat: a result is a reply to its card: silent when good, with sound when not', async (world) => {
  const { ref, messageId } = await showCard(world);
  const note = { text: 'Posted.', links: [{ label: 'Open', url: 'https://example.org/p' }], loud: false, key: 'k' };
  assert.deepEqual(await world.channel.say(note, ref), { kind: 'said' });
  assert.deepEqual([world.newest().replyTo, world.newest().silent], [messageId, true]);
  assert.deepEqual(await world.channel.say({ ...note, loud: true }, 'nonsense'), { kind: 'said' });
  assert.deepEqual([world.newest().replyTo, world.newest().silent], [undefined, false]);
});

telegramTest('chat: a retired card keeps no buttons', async (world) => {
  const { ref } = await showCard(world);
  await world.channel.retire(ref, 'A newer card is below.');
  assert.deepEqual([world.newest().text, world.newest().buttons], ['A newer card is below.', []]);
});

telegramTest('chat: a card the person deleted is gone; the core sends another', async (world) => {
  const { ref, messageId } = await showCard(world);
  world.owner.remove(messageId);
  assert.deepEqual(await world.channel.show(sampleCard({ standing: 'Changed' }), ref), { kind: 'card_gone' });
  assert.deepEqual(await world.channel.show(sampleCard(), 'nonsense'), { kind: 'card_gone' });
});

telegramTest(
  'chat: a blocked bot shows and says everything later, and says so in its health until it is let in again',
  async (world) => {
    await until(() => world.channel.health().standing === 'well', 'the channel listens');
    world.owner.block();
    assert.equal((await world.channel.show(sampleCard(), undefined)).kind, 'later');
    const note = { text: 'Posted.', links: [], loud: false, key: '' };
    assert.equal((await world.channel.say(note, undefined)).kind, 'later');
    await until(() => world.channel.health().standing === 'troubled', 'the health says it');
    world.owner.unblock();
    await until(() => world.channel.health().standing === 'well', 'the health is well again');
  },
);

telegramTest('chat: after a lost answer a card may be sent again, a note may not', async (world) => {
  const note = { text: 'Posted.', links: [], loud: false, key: '' };
  world.telegram.fault({ method: 'sendMessage', kind: 'drop_after', times: 2 });
  const shown = await world.channel.show(sampleCard(), undefined);
  assert.deepEqual([shown.kind, shown.kind === 'later' && shown.afterSeconds], ['later', 1]);
  assert.equal((await world.channel.say(note, undefined)).kind, 'unknown');
  world.telegram.fault({ method: 'sendMessage', kind: 'status', code: 500, times: 1 });
  assert.equal((await world.channel.say(note, undefined)).kind, 'later');
  world.network?.cut();
  assert.equal((await world.channel.say(note, undefined)).kind, 'later');
});

telegramTest('chat: a group that got a new id is followed', async (world) => {
  const grown = world.telegram.addPerson({ id: 700_300, firstName: 'Group' });
  await world.memory.set(`moved:${ownerId}`, String(grown.id));
  const { ref } = await showCard(world);
  assert.ok(ref.startsWith(`${grown.id}:`));
  assert.equal(grown.messages().filter(({ buttons }) => buttons.length > 0).length, 1);
});
