/** Review: one message, one draft after the other under the same thumb. */
import assert from 'node:assert/strict';

import type { SeenMessage } from '../../sandbox/telegram/index.ts';
import type { Card } from '../../src/domain/card.ts';
import type { DraftVerb } from '../../src/domain/decision.ts';
import { sampleCard } from '../support/fake-door.ts';
import { until } from '../support/until.ts';
import { answerTo, botTexts, showCard, telegramTest } from './telegram-world.ts';
import type { TelegramWorld } from './telegram-world.ts';

const verbs: DraftVerb[] = ['approve', 'edit', 'reject', 'postpone'];
const draft = (n: number, change: Partial<Card> = {}) =>
  sampleCard({ key: `k3y000000${n}`, text: `Text number ${n}.`, verbs, ...change });

/** Puts so many drafts behind the door, decides them as they are tapped, and begins. */
async function startReview(world: TelegramWorld, cards: readonly Card[], command = '/next'): Promise<number> {
  for (const card of cards) world.door.put(card);
  world.owner.send(command);
  const found = await until(
    () => world.owner.messages().find(({ text }) => /^(\d+ of \d+|Nothing)/.test(text)),
    'a review',
  );
  return found.id;
}

const at = (world: TelegramWorld, id: number): SeenMessage =>
  world.owner.messages().find((message) => message.id === id) ?? assert.fail('the review is gone');

/** Taps on the review and lets the door settle the draft, as the core would. */
async function decide(world: TelegramWorld, id: number, label: string, card: Card, mood: Card['mood']): Promise<void> {
  world.door.put({ ...card, mood, verbs: ['undo'] });
  await world.toast(world.owner, world.owner.tap(id, { label }));
}

telegramTest('review: five approvals are five taps on the same spot of one message', async (world) => {
  const cards = [1, 2, 3, 4, 5].map((n) => draft(n));
  const id = await startReview(world, cards);
  for (const [n, card] of cards.entries()) {
    await until(() => at(world, id).text.startsWith(`${n + 1} of 5\n`), `draft ${n + 1} is shown`);
    assert.ok(at(world, id).text.includes(card.text));
    assert.equal(at(world, id).buttons[0]?.[0]?.label, '✅ Approve', 'Approve never moves');
    const before = cards[n - 1];
    const last = at(world, id)
      .buttons.at(-1)
      ?.map(({ label }) => label);
    assert.deepEqual(last, before === undefined ? ['⏭ Skip'] : [`↩️ Undo: LinkedIn post “${before.text}”`]);
    await decide(world, id, 'Approve', card, 'waits');
  }
  await until(() => at(world, id).text === 'That was all: 5 decided.', 'the end is said');
  assert.deepEqual(
    at(world, id).buttons.map((row) => row.map(({ label }) => label)),
    [['↩️ Undo: LinkedIn post “Text number 5.”']],
  );
  assert.deepEqual(
    world.door.taps.map(({ verb, key }) => [verb, key]),
    cards.map(({ key }) => ['approve', key]),
  );
  assert.equal(botTexts(world).length, 1);
});

telegramTest('review: skips, goes back, and a nervous thumb skips one only', async (world) => {
  const cards = [1, 2, 3].map((n) => draft(n));
  const id = await startReview(world, cards);
  const skip =
    at(world, id)
      .buttons.flat()
      .find(({ label }) => label === '⏭ Skip')?.data ?? '';
  await world.toast(world.owner, world.owner.tap(id, { data: skip }));
  await until(() => at(world, id).text.startsWith('2 of 3'), 'the second is shown');
  assert.equal((await world.toast(world.owner, world.owner.forge(id, skip))).text, 'Look once more.');
  assert.ok(at(world, id).text.startsWith('2 of 3'));
  await decide(world, id, 'Reject', draft(2), 'rejected');
  await until(() => at(world, id).text.startsWith('3 of 3'), 'the third is shown');
  await world.toast(world.owner, world.owner.tap(id, { label: '◀' }));
  await until(() => at(world, id).text.includes('Text number 1.'), 'the skipped one is back');
  assert.deepEqual(
    world.door.taps.map(({ verb, key }) => [verb, key]),
    [['reject', 'k3y0000002']],
  );
});

telegramTest('review: what was decided elsewhere or changed is never approved unseen', async (world) => {
  const id = await startReview(world, [draft(1), draft(2)]);
  world.door.put(draft(1, { revision: '9999999999', text: 'Text number one, changed.' }));
  await world.toast(world.owner, world.owner.tap(id, { label: 'Approve' }));
  assert.equal(world.door.taps[0]?.revision, 'abcdef0123', 'the core refuses the old one');
  await until(() => at(world, id).text.includes('changed.'), 'the new version is shown');
  world.door.put(draft(1, { mood: 'done', verbs: [] }));
  world.owner.reply(id, 'A new text.');
  await until(() => at(world, id).text.includes('Text number 2.'), 'the decided one goes');
});

telegramTest('review: a reply edits the draft that is shown', async (world) => {
  const id = await startReview(world, [draft(1), draft(2)]);
  await decide(world, id, 'Approve', draft(1), 'waits');
  await until(() => at(world, id).text.includes('Text number 2.'), 'the second is shown');
  world.owner.reply(id, 'A new text.');
  await until(() => world.door.taps.length === 2, 'the edit arrives');
  assert.deepEqual([world.door.taps[1]?.verb, world.door.taps[1]?.key], ['edit', 'k3y0000002']);
});

telegramTest('review: Later and Really? go and come back with the buttons of the review', async (world) => {
  const id = await startReview(world, [draft(1, { risks: ['It goes to 7 people'] })]);
  for (const [open, back] of [
    ['Later', 'Back'],
    ['Approve', 'No'],
  ] as const) {
    await world.toast(world.owner, world.owner.tap(id, { label: open }));
    await until(
      () =>
        at(world, id)
          .buttons.flat()
          .some(({ label }) => label.includes(back)),
      `${open} opens`,
    );
    await world.toast(world.owner, world.owner.tap(id, { label: back }));
    await until(
      () =>
        at(world, id)
          .buttons.flat()
          .some(({ label }) => label === '⏭ Skip'),
      'Skip is back',
    );
  }
  assert.deepEqual(world.door.taps, []);
});

telegramTest('review: a long text can’t be approved there, but is shown whole', async (world) => {
  const long = draft(1, { text: 'many words '.repeat(900).trim() });
  const id = await startReview(world, [long]);
  assert.ok(
    !at(world, id)
      .buttons.flat()
      .some(({ data }) => data?.startsWith('1:a:')),
    'no Approve',
  );
  await world.toast(world.owner, world.owner.tap(id, { label: 'The whole text' }));
  // It has no card: the core is asked for one.
  await until(() => world.renewed.includes(long.key), 'it is asked for');
  await showCard(world, long);
  const whole = await until(
    () => world.owner.messages().find(({ buttons }) => buttons.flat().some(({ data }) => data?.startsWith('1:a:'))),
    'its card',
  );
  await world.toast(world.owner, world.owner.tap(id, { label: 'The whole text' }));
  await until(
    () => world.newest().text === 'Here it is, whole.' && world.newest().replyTo === whole.id,
    'it leads there',
  );
});

telegramTest('review: survives a restart; a new one ends the old one', async (world) => {
  const id = await startReview(world, [draft(1), draft(2)]);
  await until(() => world.inbox.rows.every(({ state }) => state === 'done'), 'all is done');
  await world.restart();
  await decide(world, id, 'Approve', draft(1), 'waits');
  await until(() => at(world, id).text.includes('Text number 2.'), 'the second is shown');
  world.owner.send('/next');
  await until(() => at(world, id).text === 'The review goes on below.', 'the old one says so');
  await until(() => world.newest().text.startsWith('1 of 1'), 'the new one begins');
});

telegramTest('commands: what failed, what was settled, what is set; none changes anything', async (world) => {
  await showCard(world);
  world.door.put(draft(2, { mood: 'failed', standing: 'Did not go out', verbs: ['retry', 'edit', 'reject'] }));
  world.owner.send('/failed');
  const review = await until(() => world.owner.messages().find(({ text }) => text.startsWith('1 of 1')), 'what failed');
  assert.ok(review.buttons.flat().some(({ label }) => label === '🔁 Try again'));
  assert.match((await answerTo(world, world.owner.send('/settings'))).text, /Undo time after Approve: 10 s/);
  assert.ok((await answerTo(world, world.owner.send('/recent'))).text !== '');
  assert.match((await answerTo(world, world.owner.send('/help'))).text, /\/next: /);
  for (const command of ['/pause', '/resume']) {
    const before = botTexts(world).length;
    world.owner.send(command);
    await until(() => botTexts(world).length > before, 'it is answered');
    assert.ok(
      world
        .newest()
        .buttons.flat()
        .some(({ label }) => label === '⏸ Pause'),
    );
  }
  assert.deepEqual([world.door.taps, world.door.switches], [[], []]);
});

telegramTest('review: nothing waits', async (world) => {
  const id = await startReview(world, []);
  assert.equal(at(world, id).text, 'Nothing waits for you.');
});
