import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Item } from '../../../src/domain/item.ts';
import { createWorld } from '../../support/workflow-world.ts';

const item: Item = {
  key: 'mail:1:<a@client.example>',
  watcher: 'gmail',
  at: new Date('2026-02-19T14:00:00Z'),
  fileStem: 'EMAIL_sara_budget',
  title: 'Mail from Sara: Budget',
  fields: [
    ['from', 'Sara <sara@client.example>'],
    ['subject', 'Budget: "urgent"\nplatform: linkedin'],
  ],
  body: 'Could you send it?',
  draftable: {
    kind: 'reply',
    reply: {
      platform: 'mail',
      to: [{ name: 'Sara', address: 'sara@client.example' }],
      subject: 'Re: Budget',
      thread: { inReplyTo: '<a@client.example>', references: ['<a@client.example>'] },
      original: 'Could you send it?',
    },
  },
};

describe('an item', () => {
  it('becomes one file and one draft, however often it is told', async (t) => {
    const world = await createWorld(t);
    const answers = await Promise.all([world.workflow().takeIn(item), world.workflow().takeIn(item)]);
    assert.deepEqual(answers.toSorted(), ['known', 'new']);
    assert.equal(await world.workflow().takeIn(item), 'known');
    assert.equal(world.list('Needs_Action').length, 1);
    assert.equal(world.list('Pending_Approval').length, 1);
    await world.pass(1_000);
    const card = await world.card('.md', 'asks');
    assert.deepEqual(
      card.fields.map(({ label, value }) => `${label}: ${value}`),
      ['To: sara@client.example', 'Subject: Re: Budget'],
    );
    assert.match(card.original, /Could you send it/);
  });

  it('is not written again after a crash between file and record', async (t) => {
    const world = await createWorld(t);
    await world.workflow().takeIn(item);
    // The way a crash after the files, before the rows, looks from the record.
    await world
      .parts()
      .ledger.items.put({ key: item.key, watcher: 'gmail', at: item.at, file: '', draftFile: '', state: 'seen' });
    const [draft] = world.list('Pending_Approval');
    assert.ok(draft);
    world.move(`Pending_Approval/${draft}`, `Rejected/${draft}`);
    assert.equal(await world.workflow().takeIn(item), 'new');
    assert.equal(world.list('Needs_Action').length, 1);
    assert.deepEqual(world.list('Pending_Approval'), []);
  });

  it('says why when it gets no draft', async (t) => {
    const world = await createWorld(t);
    await world.workflow().takeIn({ ...item, draftable: { kind: 'none', why: 'It is a newsletter.' } });
    assert.match(
      world.read(`Needs_Action/${world.list('Needs_Action')[0]}`),
      /No draft was written: It is a newsletter\./,
    );
    assert.deepEqual(world.list('Pending_Approval'), []);
  });

  it('keeps strangers’ values values', async (t) => {
    const world = await createWorld(t);
    await world.workflow().takeIn(item);
    const lines = world.read(`Needs_Action/${world.list('Needs_Action')[0]}`).split('\n');
    assert.ok(lines.includes('subject: "Budget: \\"urgent\\" platform: linkedin"'));
    assert.ok(!lines.some((line) => line.startsWith('platform:')));
  });
});
