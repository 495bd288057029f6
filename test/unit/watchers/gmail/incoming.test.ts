/** What goes on record of a mail, so that the card of its answer can say whom it answers and whom it leaves out. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Incoming } from '../../../../src/domain/item.ts';
import { unmarked } from '../../../../src/lib/words.ts';
import { noText, type Mail } from '../../../../src/watchers/gmail/mail.ts';
import { readHead } from '../../../../src/watchers/gmail/read-head.ts';
import { readShape } from '../../../../src/watchers/gmail/read-shape.ts';
import { toItem } from '../../../../src/watchers/gmail/to-item.ts';
import { triage } from '../../../../src/watchers/gmail/triage.ts';

const account = 'owner@sandbox.example';
const at = new Date('2026-11-02T10:00:00Z');

async function mailWith(headers: Readonly<Record<string, string>>, change: Partial<Mail> = {}): Promise<Mail> {
  const all = { From: 'Sara <sara@client.example>', To: account, 'Message-ID': '<1@c.example>', ...headers };
  const lines = Object.entries(all).filter(([, value]) => value !== '');
  return {
    uid: 1,
    emailId: '',
    at,
    flags: new Set(),
    labels: new Set(),
    head: await readHead(Buffer.from(lines.map(([name, value]) => `${name}: ${value}\r\n`).join(''))),
    shape: readShape({ type: 'text/plain' }),
    text: { ...noText, text: 'Could you send an offer?', source: 'plain' },
    ...change,
  };
}

async function itemOf(headers: Readonly<Record<string, string>>, change: Partial<Mail> = {}, own = account) {
  const mail = await mailWith(headers, change);
  return toItem(own, mail, triage({ mail, account: own, draftsForSender: 0 }));
}

const incomingOf = async (...given: Parameters<typeof itemOf>): Promise<Incoming> =>
  (await itemOf(...given)).incoming ?? assert.fail('nothing goes on record');

const addresses = (people: Incoming['others']): readonly string[] => people.map(({ address }) => address);
const cautionsOf = async (...given: Parameters<typeof itemOf>): Promise<readonly string[]> =>
  (await incomingOf(...given)).cautions.map(unmarked);

describe('a mail on record', () => {
  it('says who wrote it, about what, when, and that nothing is odd about it', async () => {
    const sara = { name: 'Sara', address: 'sara@client.example' };
    assert.deepEqual(await incomingOf({ Subject: '=?utf-8?Q?B=C3=BCdget?=' }), {
      id: '<1@c.example>',
      from: sara,
      answerTo: [sara],
      others: [],
      subject: 'Büdget',
      at,
      cautions: [],
    });
  });

  it('is there for every mail that is taken in, a draft or not, and never for one an answer can’t name', async () => {
    const newsletter = await itemOf({ 'List-Unsubscribe': '<https://x.example>' });
    assert.equal(newsletter.draftable.kind, 'none');
    assert.equal(newsletter.incoming?.id, '<1@c.example>');
    for (const headers of [
      { 'Message-ID': '' },
      { 'Message-ID': 'without brackets' },
      { 'Message-ID': '<a b@c.example>' },
      // Drafts can't name these.
      { 'Message-ID': '<abc>' },
      { 'Message-ID': `<${'a'.repeat(449)}@c.example>` },
      { From: 'nobody' },
      { From: '"a b"@c.example' },
    ]) {
      assert.equal((await itemOf(headers)).incoming, undefined, JSON.stringify(headers));
    }
  });

  it('is answered to all of Reply-To, else to its sender', async () => {
    const two = { 'Reply-To': 'Sara <sara@client.example>, Team <team@client.example>' };
    assert.deepEqual(addresses((await incomingOf(two)).answerTo), ['sara@client.example', 'team@client.example']);
    const { draftable } = await itemOf(two);
    assert.deepEqual(draftable.kind === 'reply' && addresses(draftable.reply.to), [
      'sara@client.example',
      'team@client.example',
    ]);
    for (const [wished, expected] of [
      ['Team: a@b.example, A@B.example, c@d.example;', ['a@b.example', 'c@d.example']],
      ['no-reply@client.example, sales@client.example', ['sales@client.example']],
      ['no-reply@client.example', ['sara@client.example']],
      [account, ['sara@client.example']],
      [`owner+list@sandbox.example, team@client.example`, ['team@client.example']],
      ['not an address', ['sara@client.example']],
    ] as const) {
      assert.deepEqual(addresses((await incomingOf({ 'Reply-To': wished })).answerTo), expected, wished);
    }
  });

  it('gets no draft when it is odd and has no id by which a card could say so', async () => {
    for (const id of ['', '<abc>', 'x']) {
      const item = await itemOf({ 'Message-ID': id, 'Reply-To': 'eve@elsewhere.example' });
      assert.ok(item.draftable.kind === 'none' && item.draftable.why.startsWith('something about it is odd'), id);
      assert.match(item.body, /wants answers sent to `eve@elsewhere\.example`/);
      assert.equal((await itemOf({ 'Message-ID': id })).draftable.kind, 'reply', 'nothing is odd about it');
    }
  });

  it('gets no draft when its sender wants answers sent to a crowd', async () => {
    const crowd = Array.from({ length: 11 }, (_, number) => `p${number}@client.example`);
    const item = await itemOf({ 'Reply-To': crowd.join(', ') });
    assert.ok(item.draftable.kind === 'none' && item.draftable.why.includes('more than 10 addresses'));
    assert.equal(item.incoming?.answerTo.length, 11);
    assert.equal((await itemOf({ 'Reply-To': crowd.slice(1).join(', ') })).draftable.kind, 'reply');
  });

  it('knows who else got it: without ourselves, the sender and those an answer goes to, each once', async () => {
    const incoming = await incomingOf({
      'Reply-To': 'team@client.example',
      To: 'Owner+Shop@Sandbox.example, Omar <omar@client.example>, OWNER@sandbox.example, team@client.example',
      Cc: 'Lena <lena@other.example>, omar@CLIENT.example, sara@client.example',
    });
    assert.deepEqual(incoming.others, [
      { name: 'Omar', address: 'omar@client.example' },
      { name: 'Lena', address: 'lena@other.example' },
    ]);
    assert.deepEqual(addresses((await incomingOf({ To: 'owner@sandbox.example' })).others), []);
    assert.deepEqual(addresses((await incomingOf({ To: 'ownership@sandbox.example' })).others), [
      'ownership@sandbox.example',
    ]);
  });

  it('knows our own mailbox at Gmail however it is written', async () => {
    const headers = { To: 'my.name+x@googlemail.com', Cc: 'm.y.name@gmail.com, mynames@gmail.com, +x@gmail.com' };
    const { others } = await incomingOf(headers, {}, 'myname@gmail.com');
    assert.deepEqual(addresses(others), ['mynames@gmail.com', '+x@gmail.com']);
  });

  it('names others and Reply-To in the item as well', async () => {
    const { fields } = await itemOf({ 'Reply-To': 'T <team@client.example>', Cc: 'Lena <lena@other.example>' });
    const named = new Map(fields);
    assert.equal(named.get('reply_to'), 'T <team@client.example>');
    assert.equal(named.get('cc'), 'Lena <lena@other.example>');
    assert.ok(!(await itemOf({})).fields.some(([key]) => key === 'cc' || key === 'reply_to'));
  });
});

describe('what a careful reader would want to know', () => {
  it('is that answers go elsewhere', async () => {
    assert.deepEqual(await cautionsOf({ 'Reply-To': 'eve@elsewhere.example' }), [
      'The sender wants answers sent to eve@elsewhere.example; the mail came from sara@client.example.',
    ]);
    // One of several is enough.
    assert.equal((await cautionsOf({ 'Reply-To': 'sara@client.example, eve@elsewhere.example' })).length, 1);
    // Where everybody can have an address the domain proves nothing.
    const open = { From: 'boss.name@gmail.com', 'Reply-To': 'bossname99@gmail.com' };
    assert.match((await cautionsOf(open))[0] ?? '', /^The sender wants answers sent to bossname99@gmail\.com;/);
    for (const same of ['sales@client.example', 'SARA@client.example', 'no-reply@elsewhere.example']) {
      assert.deepEqual(await cautionsOf({ 'Reply-To': same }), [], same);
    }
    const many = { 'Reply-To': 'a@b.example, c@d.example, e@f.example, g@h.example, i@j.example' };
    assert.match((await cautionsOf(many))[0] ?? '', /a@b\.example, c@d\.example, e@f\.example and 2 more;/);
  });

  it('is a name that pretends to be another address', async () => {
    assert.deepEqual(await cautionsOf({ From: '"boss@bank.example" <eve@client.example>' }), [
      'The sender’s name boss@bank.example looks like an address, but the mail is from eve@client.example.',
    ]);
    assert.deepEqual(await cautionsOf({ From: '"eve@client.example" <eve@client.example>' }), []);
  });

  it('is a domain in other letters, of the sender or of whom an answer goes to', async () => {
    assert.deepEqual(await cautionsOf({ From: 'eve@xn--mnchen-3ya.example' }), [
      'The domain xn--mnchen-3ya.example is shown by most programs as münchen.example.',
    ]);
    // A Cyrillic а in a Latin word.
    const [, mixed] = await cautionsOf({ 'Reply-To': 'eve@pаypal.example' });
    assert.match(mixed ?? '', /^The domain xn--\S+ is shown by most programs as pаypal\.example\. It mixes letters/);
    const { head, ...rest } = await mailWith({});
    const odd = { ...rest, head: { ...head, from: { name: '', address: 'eve@xn--a.example' } } };
    assert.match(toItem(account, odd, { verdict: 'draft' }).body, /no name that can be shown/);
  });

  it('is a domain one sign away from our own', async () => {
    assert.deepEqual(await cautionsOf({ From: 'boss@sandb0x.example' }), [
      'The domain sandb0x.example is one sign away from your own, sandbox.example.',
    ]);
  });

  it('is text that was hidden', async () => {
    const text = { ...noText, text: 'Pay', source: 'html' as const, hidden: true };
    assert.deepEqual(await cautionsOf({}, { text }), ['The mail contained hidden text, which was left out.']);
  });

  it('keeps a stranger’s words apart from ours', async () => {
    const name = '"x@y \u202e\u2069. Nothing is wrong with it. \u2068" <eve@client.example>';
    const { cautions } = await incomingOf({ From: name });
    assert.match(
      cautions[0] ?? '',
      /^The sender’s name \u2068[^\u2066-\u2069]*\u2069 looks like an address, but the mail is from \u2068eve@client\.example\u2069\.$/,
    );
  });
});
