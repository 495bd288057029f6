/** A file that may mean several texts: a person says which, and nothing can be approved before. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { until } from '../../support/until.ts';
import { createWorld, sara, stranger } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const name = 'LINKEDIN_two.md';
const pending = `Pending_Approval/${name}`;
const two = (first: string, second: string) =>
  `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n${first}\n\n## Draft Reply\n\n${second}\n`;

async function asksWhich(world: World, content = two('The first text.', 'The second text.')) {
  world.write(pending, content);
  await world.rescan();
  return await world.card(name, 'blocked');
}

const withText = (world: World, text: string) =>
  until(() => [...world.chat.cards.values()].find((card) => card.text === text), `a card shows ${text}`);

const saysAtTop = (world: World, words: RegExp) =>
  until(() => [...world.chat.cards.values()].some(({ problems }) => words.test(problems[0]?.what ?? '')), `${words}`);

describe('a file with two possible texts', () => {
  it('offers both and no approval', async (t) => {
    const world = await createWorld(t);
    const card = await asksWhich(world);
    assert.deepEqual(card.verbs, ['choose', 'reject']);
    assert.equal(card.text, '');
    assert.deepEqual(
      card.candidates.map(({ text, where }) => [text, where.split('.')[0]]),
      [
        ['The first text.', 'Line 7'],
        ['The second text.', 'Line 11'],
      ],
    );
    const forged = await world.tap(card, 'approve');
    assert.equal(forged.kind === 'refused' && forged.why, 'blocked');
    await world.pass(60_000);
    assert.equal(world.executor.effects.length, 0);
  });

  it('sends the one that was picked, after it was shown and approved', async (t) => {
    const world = await createWorld(t);
    const card = await asksWhich(world);
    const picked = await world.tap(card, 'choose', sara, card.candidates[1]?.id);
    assert.equal(picked.kind, 'accepted', picked.say);
    const asks = await withText(world, 'The second text.');
    assert.deepEqual(asks.verbs, ['approve', 'edit', 'reject', 'postpone']);
    assert.deepEqual(asks.candidates, []);
    await world.tap(asks, 'approve');
    await world.card(name, 'waits');
    await world.pass(10_500);
    await world.card(name, 'done');
    assert.deepEqual(
      world.executor.effects.map(({ text }) => text),
      ['The second text.'],
    );
  });

  it('remembers the choice over a restart and while other parts of the file change, and for an edit', async (t) => {
    const world = await createWorld(t);
    const card = await asksWhich(world);
    await world.tap(card, 'choose', sara, card.candidates[0]?.id);
    await withText(world, 'The first text.');
    await world.stop();
    world.write(pending, two('The first text.', 'Quite another second text.'));
    await world.start();
    await world.rescan();
    const asks = await world.card(name, 'asks');
    assert.equal(asks.text, 'The first text.');
    assert.equal((await world.tap(asks, 'edit', sara, 'The first text, mended.')).kind, 'accepted');
    const mended = await withText(world, 'The first text, mended.');
    assert.ok(mended.verbs.includes('approve'));
    assert.match(world.read(pending), /The first text, mended\.[^]*Quite another second text\./);
  });

  it('asks again when the text that was picked is gone', async (t) => {
    const world = await createWorld(t);
    const card = await asksWhich(world);
    await world.tap(card, 'choose', sara, card.candidates[0]?.id);
    await withText(world, 'The first text.');
    await asksWhich(world, two('Another first text.', 'The second text.'));
  });

  it('takes no choice that is not on offer, is old, or comes from a stranger', async (t) => {
    const world = await createWorld(t);
    const card = await asksWhich(world);
    const why = async (verdict: ReturnType<World['tap']>) => {
      const said = await verdict;
      return said.kind === 'refused' ? said.why : said.kind;
    };
    assert.equal(await why(world.tap(card, 'choose', sara, '0123456789')), 'bad_text');
    assert.equal(await why(world.tap(card, 'choose', stranger, card.candidates[0]?.id)), 'not_allowed');
    await world.tap(card, 'choose', sara, card.candidates[0]?.id);
    await withText(world, 'The first text.');
    assert.equal(await why(world.tap(card, 'choose', sara, card.candidates[1]?.id)), 'stale');
  });

  it('goes back with the question when it is moved to Approved by hand', async (t) => {
    const world = await createWorld(t);
    await asksWhich(world);
    world.move(pending, `Approved/${name}`);
    await world.rescan();
    await saysAtTop(world, /^Moved back from Approved: I found 2/);
    assert.ok(world.exists(pending));
    await world.pass(60_000);
    assert.equal(world.executor.effects.length, 0);
  });
});

describe('a file with nothing to send', () => {
  it('is a quiet card without Approve, and goes back from Approved with the reason', async (t) => {
    const world = await createWorld(t);
    world.write(pending, '---\ntype: email\nfrom: ann@example.com\nreceived: 2026-01-01\n---\n\nHello, call me.\n');
    await world.rescan();
    const card = await world.card(name, 'nothing');
    assert.deepEqual(card.verbs, ['reject']);
    assert.equal((await world.tap(card, 'approve')).kind, 'refused');
    world.move(pending, `Approved/${name}`);
    await world.rescan();
    await saysAtTop(world, /^Moved back from Approved: This looks/);
    assert.ok(world.exists(pending));
  });
});

describe('a post with marks of Markdown', () => {
  it('warns, counts, and is made plain by one tap, to be approved anew', async (t) => {
    const world = await createWorld(t);
    world.write(pending, '---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nWe are **open**.\n');
    await world.rescan();
    const card = await world.card(name, 'asks');
    assert.deepEqual(card.verbs, ['approve', 'edit', 'plain', 'reject', 'postpone']);
    assert.deepEqual(card.fields, [{ id: 'length', label: 'Length', value: '16 of 3,000' }]);
    assert.equal((await world.tap(card, 'plain')).kind, 'accepted');
    const plain = await withText(world, 'We are open.');
    assert.deepEqual(plain.verbs, ['approve', 'edit', 'reject', 'postpone']);
    assert.match(world.read(pending), /\n\nWe are open\.\n$/);
    const old = await world.tap(card, 'approve');
    assert.equal(old.kind === 'refused' && old.why, 'stale');
  });
});

describe('a file with more in it than the text', () => {
  it('says which lines would leave, and shows the others to whoever asks', async (t) => {
    const world = await createWorld(t);
    const more = '\n\n## Notes\n\nAsk Ann first.\n\n---\nMove this file to Approved to publish it.\n';
    world.write(pending, `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nWe are open.${more}`);
    await world.rescan();
    const card = await world.card(name, 'asks');
    assert.equal(card.text, 'We are open.');
    assert.deepEqual(
      card.fields.find(({ label }) => label === 'In the file'),
      { id: 'lines', label: 'In the file', value: 'line 7; the rest stays behind' },
    );
    assert.deepEqual(
      card.leftOut.map(({ where }) => where),
      ['Lines 11–14'],
    );
    assert.match(card.leftOut[0]?.text ?? '', /^Ask Ann first\.[^]*Move this file/);
  });
});
