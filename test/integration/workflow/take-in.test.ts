import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Item } from '../../../src/domain/item.ts';
import { unmarked } from '../../../src/lib/words.ts';
import { itemOf } from '../../contract/ledger/samples.ts';
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
    await world.parts().ledger.items.put(itemOf(item.key, { at: item.at }));
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

  it('is on record with who wrote it, and with a warning when they are one sign away from people we wrote to', async (t) => {
    const world = await createWorld(t);
    const from = { name: 'Sara', address: 'sara@cl1ent.example' };
    const at = new Date('2026-02-19T14:00:00Z');
    const incoming = {
      id: '<a@client.example>',
      from,
      answerTo: [from],
      others: [],
      subject: 'Budget',
      at,
      cautions: [],
    };
    await world.workflow().takeIn({ ...item, incoming });
    const onRecord = async (id: string) =>
      (await world.parts().ledger.incoming.find(id)).flatMap((one) => one.cautions);
    assert.deepEqual(await onRecord('<a@client.example>'), [], 'nobody was written to yet');

    world.write(
      'Pending_Approval/EMAIL_b.md',
      '---\nto: sara@client.example\nsubject: Hi\n---\n\n## Email Body\n\nHello.\n',
    );
    await world.rescan();
    await world.sure(await world.card('EMAIL_b.md', 'asks'), 'approve');
    await world.pass(11_000);
    await world.card('EMAIL_b.md', 'done');
    await world
      .workflow()
      .takeIn({ ...item, key: '2', fileStem: 'EMAIL_alike', incoming: { ...incoming, id: '<b@c>' } });
    const [caution = ''] = await onRecord('<b@c>');
    assert.equal(
      unmarked(caution),
      'The domain cl1ent.example is one sign away from client.example, that of people you wrote to.',
    );
    const file = world.list('Needs_Action').find((name) => name.startsWith('EMAIL_alike'));
    assert.match(world.read(`Needs_Action/${file}`), /^Careful: The domain `cl1ent\.example` is one sign away/m);
    const known = { ...from, address: 'eve@client.example' };
    await world
      .workflow()
      .takeIn({ ...item, key: '3', incoming: { ...incoming, id: '<c@c>', from: known, answerTo: [known] } });
    assert.deepEqual(await onRecord('<c@c>'), []);
  });

  it('of which another came in under the same id gets no draft: its card would tell of the other one', async (t) => {
    const world = await createWorld(t);
    const sara = { name: 'Sara', address: 'sara@client.example' };
    const eve = { name: 'Sara', address: 'eve@elsewhere.example' };
    const at = new Date('2026-02-19T14:00:00Z');
    const incoming = {
      id: '<a@client.example>',
      from: sara,
      answerTo: [sara],
      others: [],
      subject: 'Budget',
      at,
      cautions: [],
    };
    const drafts = () => world.list('Pending_Approval').length;
    await world.workflow().takeIn({ ...item, incoming });
    // A crash between the rows and the files: it is the same one.
    await world.parts().ledger.items.put(itemOf(item.key, { at: item.at }));
    assert.equal(await world.workflow().takeIn({ ...item, incoming }), 'new');
    assert.equal(drafts(), 1);
    for (const [key, change] of Object.entries({
      later: { at: new Date('2026-02-19T14:00:01Z') },
      elsewhere: { answerTo: [eve] },
      copied: { others: [eve] },
      odd: { cautions: ['It is odd.'] },
    })) {
      await world.workflow().takeIn({ ...item, key, fileStem: `EMAIL_${key}`, incoming: { ...incoming, ...change } });
      const file = world.list('Needs_Action').find((name) => name.startsWith(`EMAIL_${key}`)) ?? '';
      assert.match(world.read(`Needs_Action/${file}`), /No draft was written: a message with the same id came in/, key);
    }
    assert.equal(drafts(), 1);
    // The same id from somebody else proves nothing about either.
    const other = { ...incoming, from: eve, answerTo: [eve] };
    await world.workflow().takeIn({ ...item, key: 'other', fileStem: 'EMAIL_other', incoming: other });
    assert.equal(drafts(), 2);
  });

  it('keeps strangers’ values values', async (t) => {
    const world = await createWorld(t);
    await world.workflow().takeIn(item);
    const lines = world.read(`Needs_Action/${world.list('Needs_Action')[0]}`).split('\n');
    assert.ok(lines.includes('subject: "Budget: \\"urgent\\" platform: linkedin"'));
    assert.ok(!lines.some((line) => line.startsWith('platform:')));
  });
});
