/** The conversation moves on while an answer waits: its card says so at once, and nobody approves it unasked. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Card } from '../../../src/domain/card.ts';
import type { Item } from '../../../src/domain/item.ts';
import { goneKey } from '../../../src/domain/news.ts';
import type { News } from '../../../src/domain/news.ts';
import { blocks } from '../../../src/domain/problem.ts';
import { strangeParts, unmarked } from '../../../src/lib/words.ts';
import { sends } from '../../support/fake-executor.ts';
import { until } from '../../support/until.ts';
import { createWorld } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const sara = { name: 'Sara', address: 'sara@client.example' };
const id = '<1@client.example>';
const at = new Date(2026, 10, 2, 10);

const itemOf = (number: number, text: string, more: Partial<Item> = {}): Item => {
  const message = `<${number}@client.example>`;
  return {
    key: `mail:${number}`,
    watcher: 'gmail',
    at: new Date(2026, 10, 1 + number, 10),
    fileStem: `EMAIL_${number}`,
    title: 'Mail from Sara: Budget',
    fields: [],
    body: text,
    draftable: { kind: 'none', why: 'somebody else drafts' },
    incoming: { id: message, from: sara, answerTo: [sara], others: [], subject: 'Budget', at, cautions: [] },
    conversation: { follows: number === 1 ? [] : [id], text },
    ...more,
  };
};

const answered = (change: Partial<News> = {}): News => ({
  messageId: id,
  key: '<sent@phone.example>',
  at: new Date(2026, 10, 2, 14, 2),
  what: { kind: 'answered', to: ['sara@client.example'] },
  ...change,
});
const gone = answered({ key: goneKey, what: { kind: 'gone' } });

const draft = (to = sara.address) =>
  `---\ntype: email\naction: reply\nto: ${to}\nsubject: Re Budget\nin_reply_to: "${id}"\n---\n\n## Email Body\n\nYes, on Monday.\n\n## Original message\n\n> When is it?\n`;

/** The message came in, and its answer waits. */
async function asked(t: Parameters<typeof createWorld>[0]): Promise<{ world: World; card: Card }> {
  const world = await createWorld(t);
  await world.workflow().takeIn(itemOf(1, 'When is it?'));
  world.write('Pending_Approval/EMAIL_a.md', draft());
  await world.rescan();
  const card = await world.card('EMAIL_a.md', 'asks');
  assert.deepEqual(movedOn(card), []);
  return { world, card };
}

const movedOn = ({ problems }: Card): readonly string[] =>
  problems.filter(({ code }) => code === 'conversation_moved_on').map(({ what }) => unmarked(what));

const cardThat = (world: World, what: string, holds: (card: Card) => boolean): Promise<Card> =>
  until(() => [...world.chat.cards.values()].find((card) => card.file.endsWith('EMAIL_a.md') && holds(card)), what);

const cardThatTells = (world: World) => cardThat(world, 'the card tells it', (card) => movedOn(card).length > 0);

describe('a conversation that moves on', () => {
  it('is on the open card at once, with the newer message before what is answered, and Approve asks', async (t) => {
    const { world, card: before } = await asked(t);
    await world.workflow().takeIn(itemOf(2, 'Forget it, we cancelled.'));
    const card = await cardThatTells(world);
    assert.deepEqual(movedOn(card), [
      'A newer message of this conversation came in on 2026-11-03 from sara@client.example.',
    ]);
    assert.match(card.original, /^Forget it, we cancelled\.\n\n---\n\n.*When is it\?/s);
    assert.equal((await world.door().whole(card.key))?.original, card.original);
    assert.ok(!card.verbs.includes('close'), 'nobody answered it');
    assert.equal(card.revision, before.revision, 'what would leave is the same');

    // Also for whoever still looks at the old card, with a yes to what was risky on it.
    for (const shown of [before, card]) {
      const verdict = await world.tap(shown, 'approve');
      assert.equal(verdict.kind, 'asks');
      assert.match(unmarked(verdict.say), /A newer message of this conversation came in/);
    }
    assert.equal((await world.sure(card, 'approve')).kind, 'accepted');
    await world.pass(11_000);
    await world.card('EMAIL_a.md', 'done');
    assert.equal(world.mailer.effects.length, 1);
  });

  it('keeps what a stranger wrote apart, and shows three newer texts at most', async (t) => {
    const { world } = await asked(t);
    const eve = { name: '', address: 'eve@evil.example' };
    for (const number of [2, 3, 4, 5]) {
      const { incoming, ...item } = itemOf(number, `Text ${number}\u202e.`);
      assert.ok(incoming);
      await world.workflow().takeIn({ ...item, incoming: { ...incoming, from: eve } });
      await world.pass(1);
    }
    const card = await cardThat(world, 'the newest comes first', ({ original }) => original.startsWith('Text 5'));
    assert.doesNotMatch(card.original, /Text 2/);
    assert.equal(movedOn(card).length, 1);
    const what = card.problems.find(({ code }) => code === 'conversation_moved_on')?.what ?? '';
    assert.deepEqual(
      strangeParts(what)
        .filter(({ kind }) => kind === 'strange')
        .map(({ text }) => text),
      ['eve@evil.example'],
    );
  });

  it('is told once for each message, and a flood hides nothing that counts more', async (t) => {
    const { world } = await asked(t);
    for (let number = 2; number <= 60; number += 1) await world.workflow().takeIn(itemOf(number, 'And?'));
    await world.workflow().conversations.note([answered()]);
    const card = await cardThat(world, 'both are told', (one) => movedOn(one).length === 2);
    assert.ok(movedOn(card)[0]?.startsWith('You wrote') === true && card.verbs.includes('close'));
    assert.equal((await world.parts().ledger.news.of(id)).length, 51);
  });

  it('of a message that never came in here is nothing to anybody, and a message does not follow itself', async (t) => {
    const { world } = await asked(t);
    const strangers = itemOf(2, 'Hello', { conversation: { follows: ['<never@client.example>'], text: 'Hello' } });
    await world.workflow().takeIn(strangers);
    await world
      .workflow()
      .takeIn({ ...itemOf(1, 'When is it?'), key: 'again', conversation: { follows: [id], text: '' } });
    await world.parts().jobs.calm();
    assert.deepEqual(await world.parts().ledger.news.of('<never@client.example>'), []);
    assert.deepEqual(await world.parts().ledger.news.of(id), []);
  });

  it('says that the owner answered elsewhere and to whom; one tap closes it, and the item follows', async (t) => {
    const { world } = await asked(t);
    await world.workflow().conversations.note([answered({ key: 'answered', what: { kind: 'answered', to: [] } })]);
    assert.deepEqual(movedOn(await cardThatTells(world)), ['The message was answered elsewhere already.']);
    await world.workflow().conversations.note([answered(), answered()]);
    const card = await cardThat(world, 'it says to whom', (one) => movedOn(one)[0]?.startsWith('You wrote') === true);
    assert.deepEqual(movedOn(card), [
      'You wrote in this conversation elsewhere at 14:02 on 2026-11-02, to sara@client.example.',
    ]);
    assert.ok(card.verbs.includes('close') && card.verbs.includes('approve'));
    assert.equal((await world.tap(card, 'approve')).kind, 'asks');
    assert.deepEqual(await world.tap(card, 'close'), { kind: 'accepted', say: 'Closed. Nothing was sent from here.' });
    const done = await world.card('EMAIL_a.md', 'done');
    assert.match(unmarked(done.standing), /^Nothing was sent from here · closed by Sara/);
    await until(() => (world.list('Done').length === 2 ? true : undefined), 'draft and item lie in Done');
    assert.deepEqual(world.list('Needs_Action'), []);
    assert.deepEqual(world.mailer.effects, []);
    assert.equal((await world.tap(card, 'close')).kind, 'refused');
  });

  it('says that the message is gone, and no more when it is back', async (t) => {
    const { world } = await asked(t);
    const { conversations } = world.workflow();
    assert.deepEqual(await conversations.awaited(), [{ id, told: [] }]);
    await conversations.note([gone]);
    const card = await cardThatTells(world);
    assert.deepEqual(movedOn(card), ['The message that is answered was deleted, or moved out of sight.']);
    assert.equal((await world.tap(card, 'approve')).kind, 'asks');
    assert.deepEqual(await conversations.awaited(), [{ id, told: [goneKey] }]);
    await conversations.back([id, '<never@client.example>']);
    await cardThat(world, 'it is forgotten', (one) => movedOn(one).length === 0 && one.risks.length === 0);
  });

  it('takes an approval that waits for its time back, unless the message is only gone', async (t) => {
    const { world, card } = await asked(t);
    const later = new Date(world.clock.now().getTime() + 86_400_000).toISOString();
    assert.equal((await world.tap(card, 'approve', undefined, later)).kind, 'accepted');
    await world.card('EMAIL_a.md', 'waits');
    await world.pass(60_000);
    await world.workflow().conversations.note([gone]);
    await world.parts().jobs.calm();
    await world.card('EMAIL_a.md', 'waits');
    await world.workflow().conversations.note([answered()]);
    const back = await world.card('EMAIL_a.md', 'asks');
    assert.ok(movedOn(back).includes('The conversation moved on after this was approved.'));
    assert.equal(back.file, 'Pending_Approval/EMAIL_a.md');
    await world.pass(2 * 86_400_000);
    assert.deepEqual(world.mailer.effects, []);
    assert.equal((await world.sure(back, 'approve')).kind, 'accepted');
    await world.pass(11_000);
    await world.card('EMAIL_a.md', 'done');
    assert.equal(world.mailer.effects.length, 1);
  });

  it('lets nothing out that is about to begin: it waited behind another one of the account', async (t) => {
    const { world, card } = await asked(t);
    let go = () => {};
    const gate = new Promise<void>((resolve) => (go = resolve));
    world.mailer.next(async (...all) => {
      await gate;
      return await sends(...all);
    }, sends);
    world.write('Pending_Approval/EMAIL_first.md', draft().replace('Yes, on Monday.', 'Yes, on Tuesday.'));
    await world.rescan();
    await world.sure(await world.card('EMAIL_first.md', 'asks'), 'approve');
    await world.pass(11_000);
    await until(() => (world.mailer.runs.length === 1 ? true : undefined), 'the first one is under way');
    await world.tap(card, 'approve');
    await world.pass(11_000);
    await cardThat(world, 'it is next in line', ({ standing }) => standing.includes('next in line'));
    // On record, and nobody was woken: as if the wake-up were still on its way.
    await world.parts().ledger.news.put(answered(), world.clock.now());
    go();
    await world.card('EMAIL_a.md', 'asks');
    assert.equal(world.mailer.runs.length, 1);
  });

  it('makes “try again” a question', async (t) => {
    const { world, card } = await asked(t);
    world.mailer.next(async () => ({ kind: 'refused', problem: blocks('refused_by_platform', 'No.', 'Look.') }));
    await world.tap(card, 'approve');
    await world.pass(11_000);
    const failed = await world.card('EMAIL_a.md', 'failed');
    await world.parts().ledger.news.put(answered(), world.clock.now());
    assert.equal((await world.tap(failed, 'retry')).kind, 'refused');
    assert.ok((await world.card('EMAIL_a.md', 'asks')).verbs.includes('close'));
    await world.pass(60_000);
    assert.equal(world.mailer.runs.length, 1);
  });

  it('is known to a draft that is written later', async (t) => {
    const world = await createWorld(t);
    await world.workflow().takeIn(itemOf(1, 'When is it?'));
    await world.workflow().takeIn(itemOf(2, 'Forget it.'));
    world.write('Pending_Approval/EMAIL_a.md', draft());
    await world.rescan();
    assert.equal(movedOn(await world.card('EMAIL_a.md', 'asks')).length, 1);
  });
});
