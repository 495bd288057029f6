/** What goes on record of a mail without a draft, held against the table of docs/mail.md. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { undraftedLine } from '../../../../src/domain/undrafted.ts';
import { whyNoDraft } from '../../../../src/domain/why-no-draft.ts';
import type { WhyNoDraft } from '../../../../src/domain/why-no-draft.ts';
import type { Item } from '../../../../src/domain/item.ts';
import { tableUnder } from '../../../support/tables.ts';
import { mailItem, newsletter, noReply, unreadable } from '../../../support/undrafted-mails.ts';

const page = readFileSync(new URL('../../../../docs/mail.md', import.meta.url), 'utf8');
const at = new Date(2026, 4, 1);
const fields = (name: string, value: string) => ({ fields: new Map([[name, [value]]]) });
const person = (n: number) => ({ name: '', address: `p${n}@client.example` });
const people = (count: number) => Array.from({ length: count }, (_, n) => person(n));

/** One mail for each reason. */
const mails: Readonly<Partial<Record<WhyNoDraft, Item>>> = {
  report: mailItem('a', at, fields('x-failed-recipients', 'x@y.example')),
  automatic: mailItem('b', at, fields('auto-submitted', 'auto-replied')),
  list: mailItem('c', at, fields('list-id', '<talk.example>')),
  newsletter: newsletter('d', at),
  no_address: mailItem('e', at, { from: undefined }),
  nobody_reads: noReply('f', at),
  answers_to_many: mailItem('g', at, { replyTo: people(11) }),
  encrypted: mailItem('h', at, { text: '-----BEGIN PGP MESSAGE-----\n\nhQ\n-----END PGP MESSAGE-----' }),
  no_text: mailItem('i', at, { text: '' }),
  not_to_you: mailItem('j', at, { to: people(2) }),
  odd_without_id: mailItem('k', at, { messageId: '', replyTo: [{ name: '', address: 'eve@elsewhere.example' }] }),
  unreadable: unreadable(1, at),
};

const undraftedOf = ({ draftable }: Item) => {
  assert.ok(draftable.kind === 'none' && draftable.undrafted !== undefined, JSON.stringify(draftable));
  return draftable.undrafted;
};
const warns = ({ incoming }: Item): boolean => incoming?.cautions.some((words) => words.includes('by itself')) ?? false;
const becomes = (item: Item): string =>
  undraftedOf(item).answer.kind === 'impossible' ? 'none' : warns(item) ? 'with a warning' : 'yes';

describe('a mail without a draft', () => {
  const rows = tableUnder(page, 'Why there is none', 15);

  it('has a row in the documents for every reason, and each row its words', () => {
    assert.deepEqual(
      rows.map(([, why]) => why),
      Object.values(whyNoDraft),
    );
    const words = (why: string, count: number) => undraftedLine([{ why, count }]).replace(/^.*: /, '');
    assert.deepEqual(
      rows.map(([line]) => line),
      Object.keys(whyNoDraft).map((why) => `${words(why, 1)} · ${words(why, 2)}`),
    );
  });

  for (const [why, item] of Object.entries(mails)) {
    it(`${why}: the reason is on record, and whether an answer can be had is as the documents say`, () => {
      assert.equal(undraftedOf(item).why, why);
      const [, , reply] = rows.find(([, words]) => words === whyNoDraft[why as WhyNoDraft]) ?? [];
      assert.equal(becomes(item), reply);
    });
  }

  it('keeps what its answer needs, with the text beside it', () => {
    const { answer, text, subject, from } = undraftedOf(newsletter('d', at));
    assert.deepEqual(answer, {
      kind: 'possible',
      reply: {
        platform: 'mail',
        to: [{ name: 'Sara', address: 'sara@client.example' }],
        subject: 'Re: About d',
        thread: { inReplyTo: '<d@client.example>', references: ['<before@client.example>', '<d@client.example>'] },
        original: '',
      },
    });
    assert.deepEqual([text, subject, from?.address], ['Is d still open?', 'About d', 'sara@client.example']);
  });

  it('can’t be answered for any of these, whatever the first reason is', () => {
    const bulk = fields('list-unsubscribe', '<https://x.example/u>');
    const obstacle = (item: Item) => {
      const { why, answer } = undraftedOf(item);
      return [why, answer.kind === 'impossible' ? answer.obstacle : ''];
    };
    assert.deepEqual(obstacle(mailItem('a', at, { ...bulk, from: undefined })), ['newsletter', 'no_address']);
    assert.deepEqual(obstacle(mailItem('b', at, { ...bulk, replyTo: people(11) })), ['newsletter', 'answers_to_many']);
    assert.deepEqual(obstacle(mailItem('c', at, { ...bulk, messageId: '' })), ['newsletter', 'odd_without_id']);
    const armour = '-----BEGIN PGP MESSAGE-----\n\nhQ\n-----END PGP MESSAGE-----';
    assert.deepEqual(obstacle(mailItem('d', at, { ...bulk, text: armour })), ['newsletter', 'encrypted']);
    // Nothing to warn of: the answer begins a conversation of its own.
    assert.deepEqual(obstacle(mailItem('e', at, { to: people(2), messageId: '' })), ['not_to_you', '']);
  });
});
