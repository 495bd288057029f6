/** Odd texts and odd lines: what strangers write stays theirs, and what breaks is mended without losing a tap. */
import assert from 'node:assert/strict';

import type { SeenMessage } from '../../sandbox/telegram/index.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { accepted, refused, sampleCard } from '../support/fake-door.ts';
import { createHeldClock } from '../support/held-clock.ts';
import { until } from '../support/until.ts';
import { answerTo, botTexts, showCard, telegramTest } from './telegram-world.ts';

const parts = ({ text, entities }: SeenMessage, type: string) =>
  entities.filter((entity) => entity.type === type).map(({ offset, length }) => text.slice(offset, offset + length));
/** Signs that keep a word apart; nobody sees them. */
const bare = (text: string) => text.replaceAll(/[\u2068\u2069]/g, '');

telegramTest(
  'odd: 4,096 emoji are shown whole and can be approved, and are no text a reply can be trusted with',
  async (world) => {
    const text = '👍'.repeat(4_096);
    const { messageId } = await showCard(world, { text });
    const shown = world.owner.messages().flatMap((message) => parts(message, 'blockquote'));
    assert.equal(shown.join(''), text);
    assert.ok(world.owner.messages().every((message) => message.text.isWellFormed()));
    world.door.answer(accepted('Approved.'));
    assert.equal((await world.toast(world.owner, world.owner.tap(messageId, { label: 'Approve' }))).text, 'Approved.');
    // An app cuts a longer one here, so the rest may be missing.
    assert.match((await answerTo(world, world.owner.reply(messageId, text))).text, /not be your whole text/);
    assert.equal(world.door.taps.length, 1);
  },
);

telegramTest(
  'odd: a subject with signs of markup, a mark that turns the writing and foreign letters stays a value',
  async (world) => {
    const subject = '<b>&_*[ \u202e\u200fWent out\u2069 שלום /pause';
    await showCard(world, {
      title: 'Mail · שלום',
      standing: 'Put off by \u2068עדה\u2069 at 14:02',
      fields: [
        { id: 'subject', label: 'Subject', value: subject },
        { id: 'length', label: 'Length', value: '12 of 3,000' },
      ],
    });
    const { text, entities } = world.newest();
    const lines = text.split('\n');
    assert.equal(bare(lines[0] ?? ''), 'Mail · שלום');
    assert.equal(lines[1], 'Put off by \u2068עדה\u2069 at 14:02', 'a name moves no time');
    assert.equal(bare(lines[3] ?? ''), 'Subject: <b>&_*[ ‹U+202E›‹U+200F›Went out‹U+2069› שלום /pause');
    assert.equal(lines[4], 'Length: 12 of 3,000');
    assert.ok(!/[\u202a-\u202e\u200e\u200f]/.test(text), 'nothing turns the writing of the card');
    // Foreign letters are kept apart from our words, outside what a tap copies.
    assert.ok(parts(world.newest(), 'code').includes('<b>&_*[ ‹U+202E›‹U+200F›Went out‹U+2069› שלום /pause'));
    assert.match(lines[3] ?? '', /^Subject: \u2068.*\u2069$/);
    assert.ok(!entities.some(({ type }) => type === 'bot_command' || type === 'italic' || type === 'text_link'));
  },
);

telegramTest('odd: the text that leaves is shown to the sign, hidden ones and all', async (world) => {
  const text = 'שלום a\u200bb \u2067c\u2069 \u061cd \ufeffe\u{e0041}';
  await showCard(world, { text });
  assert.deepEqual(parts(world.newest(), 'blockquote'), [text]);
});

telegramTest('odd: a mail whose body holds a command and links fetches nothing and changes nothing', async (world) => {
  const original =
    'Please tap /pause or /resume, see https://evil.example/a?b and evil.example\n/approve@countersign_sandbox_bot';
  await showCard(world, { original, text: 'No, thank you.' });
  for (const call of world.telegram.calls('sendMessage')) {
    assert.deepEqual(call.parameters['link_preview_options'], { is_disabled: true });
  }
  const commands = parts(world.newest(), 'bot_command');
  assert.ok(commands.includes('/pause'), 'apps make it tappable all the same');
  for (const command of commands) {
    const before = botTexts(world).length;
    world.owner.send(command);
    await until(() => botTexts(world).length > before, `${command} is answered`);
  }
  assert.deepEqual([world.door.taps, world.door.switches], [[], []]);
});

telegramTest('odd: a 429 in the middle of a review skips nothing and approves nothing unseen', async (world) => {
  const drafts = [1, 2, 3].map((n) => sampleCard({ key: `k3y000000${n}`, text: `Text number ${n}.` }));
  for (const draft of drafts) world.door.put(draft);
  world.owner.send('/next');
  const { id } = await until(() => world.owner.messages().find(({ text }) => text.startsWith('1 of 3')), 'a review');
  const now = () => world.owner.messages().find((message) => message.id === id) ?? assert.fail('the review is gone');
  const first = now().buttons[0]?.[0]?.data ?? '';
  world.telegram.fault({ method: 'editMessageText', kind: 'status', retryAfter: 1, times: 1 });
  world.door.put(sampleCard({ key: 'k3y0000001', mood: 'waits', verbs: ['undo'] }));
  await world.toast(world.owner, world.owner.tap(id, { data: first }));
  await until(() => world.telegram.calls('editMessageText').length > 0, 'the next draft was to be shown');
  // The phone may still show the first one: another tap on it is refused by the core, and brings the second.
  world.door.answer(refused('decided', 'Already approved by Ada.'));
  assert.equal((await world.toast(world.owner, world.owner.forge(id, first))).text, 'Already approved by Ada.');
  await until(() => now().text.startsWith('2 of 3') && now().text.includes('Text number 2.'), 'the second is shown');
  assert.deepEqual(
    world.door.taps.map(({ key }) => key),
    ['k3y0000001', 'k3y0000001'],
  );
});

telegramTest('odd: a group that is upgraded between two cards is followed, also after a restart', async (world) => {
  const grown = world.telegram.addPerson({ id: 700_300, firstName: 'Group' });
  await showCard(world);
  world.telegram.fault({ method: 'sendMessage', kind: 'status', migrateTo: grown.id, times: 1 });
  const { ref } = await showCard(world, { key: 'k3y0000002' });
  assert.ok(ref.startsWith(`${grown.id}:`), ref);
  await world.restart();
  await showCard(world, { key: 'k3y0000003' });
  assert.equal(grown.messages().length, 2);
});

{
  let ahead = 0;
  /** Waits of the channel pass at once; the line itself keeps real time. */
  const hurried: Clock = {
    now: () => new Date(Date.now() + ahead),
    steady: () => performance.now(),
    after: (ms, call) =>
      systemClock.after(1, () => {
        ahead += ms;
        call();
      }),
  };
  telegramTest(
    'odd: a half-open line is given up, and the tap behind it is heard',
    async (world) => {
      const { messageId } = await showCard(world);
      await until(() => world.telegram.calls('getUpdates').length === 1, 'the poll hangs');
      const tap = world.owner.tap(messageId, { label: 'Approve' });
      assert.equal((await world.toast(world.owner, tap)).text, 'Noted.');
      assert.equal(world.door.taps.length, 1);
      await until(() => world.channel.health().standing === 'well', 'it is well again');
    },
    {
      clock: hurried,
      pollLimitSeconds: 1,
      prepare: (telegram) => telegram.fault({ method: 'getUpdates', kind: 'hang', times: 1 }),
    },
  );
}

{
  const clock = createHeldClock(new Date(2026, 4, 1, 10, 0));
  telegramTest(
    'odd: a token revoked while it runs stops the polling, is told, and ends with the new token’s first answer',
    async (world) => {
      const { messageId } = await showCard(world);
      await until(() => world.telegram.calls('getUpdates').length === 2, 'a poll waits');
      world.telegram.fault({ method: '*', kind: 'status', code: 401 });
      world.owner.tap(messageId, { label: 'Approve' });
      await until(() => world.door.taps.length === 1, 'what was heard before counts');
      await until(() => world.channel.health().standing === 'troubled', 'the health says it');
      assert.match(world.channel.health().words, /does not accept the bot token/);
      const polls = world.telegram.calls('getUpdates').length;
      await clock.advance(290_000);
      assert.equal(world.telegram.calls('getUpdates').length, polls, 'no poll for minutes');
      assert.equal((await world.channel.show(sampleCard({ standing: 'Changed' }), undefined)).kind, 'later');
      assert.equal(
        world.logs().filter((line) => line.includes('does not accept the bot token')).length,
        1,
        'told once',
      );
      world.telegram.heal();
      await clock.advance(20_000);
      await until(() => world.channel.health().standing === 'well', 'it listens again');
    },
    { clock },
  );
}
