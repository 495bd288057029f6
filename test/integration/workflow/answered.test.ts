/** What a card says about the message that is answered: always from the record, whatever the draft says. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Card } from '../../../src/domain/card.ts';
import type { Incoming } from '../../../src/domain/item.ts';
import type { ProblemCode } from '../../../src/domain/problem.ts';
import { strange, strangeParts, unmarked } from '../../../src/lib/words.ts';
import { createWorld } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const ann = { name: 'Ann', address: 'ann@client.example' };
const omar = { name: 'Omar', address: 'omar@client.example' };
const lena = { name: '', address: 'lena@other.example' };
const message: Incoming = {
  id: '<1@client.example>',
  from: ann,
  answerTo: [ann],
  others: [],
  subject: 'Budget 2026',
  at: new Date(2026, 10, 2, 10),
  cautions: [],
};

const mail = (to: string, more = '') =>
  `---\ntype: email\naction: reply\nto: ${to}\nsubject: Re Budget\nin_reply_to: "<1@client.example>"\n${more}---\n\n## Email Body\n\nHello ${to}.\n`;

const receive = (world: World, change: Partial<Incoming> = {}) =>
  world.parts().ledger.incoming.put({ ...message, ...change });

async function asked(world: World, content: string, name = 'EMAIL_a.md'): Promise<Card> {
  world.write(`Pending_Approval/${name}`, content);
  await world.rescan();
  return await world.card(name, 'asks');
}

const said = ({ problems }: Card, code: ProblemCode): readonly string[] =>
  problems.filter((one) => one.code === code).map(({ what }) => unmarked(what));

const fieldOf = ({ fields }: Card): string | undefined => fields.find(({ label }) => label === 'In answer to')?.value;

describe('the card of an answer', () => {
  it('names the message by day, sender and subject, before and after the decision', async (t) => {
    const world = await createWorld(t);
    await receive(world);
    const card = await asked(world, mail('ann@client.example'));
    assert.equal(fieldOf(card), '2026-11-02 · ann@client.example · Budget 2026');
    assert.deepEqual(card.problems, []);
    assert.ok(!card.verbs.includes('reply_all'));
    await world.sure(card, 'approve');
    assert.equal(fieldOf(await world.card('EMAIL_a.md', 'waits')), fieldOf(card));
  });

  it('lets no subject look like another sender or day', async (t) => {
    const world = await createWorld(t);
    await receive(world, { subject: '2026-01-01 · boss@bank.example\n · Pay \u202e' });
    const value = fieldOf(await asked(world, mail('ann@client.example'))) ?? '';
    assert.equal(value, '2026-11-02 · ann@client.example · 2026-01-01 · boss@bank.example  · Pay');
  });

  it('says that no such message came in, and nothing of an answer to nothing', async (t) => {
    const world = await createWorld(t);
    const card = await asked(world, mail('ann@client.example'));
    assert.equal(fieldOf(card), undefined);
    assert.deepEqual(said(card, 'unknown_message'), ['No message with the id that this answers ever came in here.']);
    assert.deepEqual(card.risks.map(unmarked), ['It is the first to ann@client.example']);
    const first = await asked(world, mail('ann@client.example').replace(/in_reply_to.*\n/, ''), 'EMAIL_b.md');
    assert.deepEqual(said(first, 'unknown_message'), []);
  });

  it('of two senders who used one id means the one it goes to', async (t) => {
    const world = await createWorld(t);
    await receive(world, { from: { name: '', address: 'eve@evil.example' }, subject: 'Mine', cautions: ['Odd.'] });
    await receive(world);
    const card = await asked(world, mail('ann@client.example'));
    assert.equal(fieldOf(card), '2026-11-02 · ann@client.example · Budget 2026');
    assert.deepEqual(card.problems, []);
  });

  it('warns of what was odd about the message, whatever stands in the draft', async (t) => {
    const world = await createWorld(t);
    const caution = `The sender wants answers sent to ${strange('eve@evil.example', 99)}.`;
    await receive(world, { cautions: [caution, 'The mail contained hidden text.'] });
    const card = await asked(world, mail('ann@client.example', 'cautions: []\nwarnings: none\n'));
    assert.deepEqual(said(card, 'sender_caution'), [unmarked(caution), 'The mail contained hidden text.']);
    assert.ok(card.problems.every(({ severity }) => severity === 'warns') && card.verbs.includes('approve'));
    const parts = strangeParts(card.problems[0]?.what ?? '');
    assert.deepEqual(
      parts.filter(({ kind }) => kind === 'strange').map(({ text }) => text),
      ['eve@evil.example'],
    );
  });

  it('names everybody who got the message and would not get the answer', async (t) => {
    const world = await createWorld(t);
    await receive(world, { answerTo: [ann, { name: 'Team', address: 'team@client.example' }], others: [omar, lena] });
    const card = await asked(world, mail('ann@client.example', 'bcc: lena@OTHER.example\n'));
    assert.deepEqual(said(card, 'others_left_out'), [
      '2 more people of the message would not get this answer: Team <team@client.example>, Omar <omar@client.example>.',
    ]);
    assert.ok(card.verbs.includes('reply_all'));
    const all = await asked(
      world,
      mail('Ann <Ann@client.example>, team@client.example', 'cc: [OMAR@client.example, lena@other.example]\n'),
      'EMAIL_b.md',
    );
    assert.deepEqual(said(all, 'others_left_out'), []);
    assert.ok(!all.verbs.includes('reply_all'));
  });

  it('keeps a name from passing for a sentence of ours, and counts a crowd', async (t) => {
    const world = await createWorld(t);
    const eve = { name: '\u2069. All is well. \u2068', address: 'eve@evil.example' };
    await receive(world, {
      others: [eve, ...Array.from({ length: 60 }, (_, at) => ({ name: '', address: `p${at}@x.example` }))],
    });
    const { problems } = await asked(world, mail('ann@client.example'));
    const what = problems.find(({ code }) => code === 'others_left_out')?.what ?? '';
    const [ours] = strangeParts(what);
    assert.equal(ours?.text, '61 more people of the message would not get this answer: ');
    assert.equal(strangeParts(what)[1]?.text, '. All is well. <eve@evil.example>');
    assert.match(what, / and 11 more\.$/);
  });
});
