import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readHead } from '../../../../src/watchers/gmail/read-head.ts';
import { readShape } from '../../../../src/watchers/gmail/read-shape.ts';
import { toItem } from '../../../../src/watchers/gmail/to-item.ts';
import type { Mail } from '../../../../src/watchers/gmail/mail.ts';

const read = async (headers: string, change: Partial<Mail> = {}): Promise<Mail> => ({
  uid: 1,
  emailId: '',
  at: new Date('2026-11-02T10:00:00Z'),
  flags: new Set(),
  labels: new Set(),
  head: await readHead(Buffer.from(headers.replaceAll('\n', '\r\n'))),
  shape: readShape({ type: 'text/plain' }),
  text: { text: 'Could you send an offer?', source: 'plain', hidden: false, cut: false },
  ...change,
});

const account = 'owner@sandbox.example';
const draft = { verdict: 'draft' } as const;

describe('a mail as an item', () => {
  it('answers into the same thread, to Reply-To when given', async () => {
    const item = toItem(
      account,
      await read(
        'From: Sara <sara@client.example>\nReply-To: Sales <sales@client.example>\nSubject: RE: Budget 2026\nMessage-ID: <3@c.example>\nReferences: <1@c.example>\n <2@c.example>\n',
      ),
      draft,
    );
    assert.equal(item.title, 'Mail from Sara: RE: Budget 2026');
    assert.equal(item.fileStem, 'EMAIL_sara_budget_2026');
    assert.deepEqual(item.draftable, {
      kind: 'reply',
      reply: {
        platform: 'mail',
        to: [{ name: 'Sales', address: 'sales@client.example' }],
        subject: 'Re: Budget 2026',
        thread: { inReplyTo: '<3@c.example>', references: ['<1@c.example>', '<2@c.example>', '<3@c.example>'] },
        original: 'Could you send an offer?',
      },
    });
  });

  it('warns of a sender who looks like somebody else', async () => {
    const { body } = toItem(
      account,
      await read(
        'From: "boss@bank.example" <eve@xn--mnchen-3ya.example>\nReply-To: eve@elsewhere.example\nSubject: Pay\n',
      ),
      draft,
    );
    assert.match(body, /name `boss@bank\.example` looks like an address, but .* from `eve@xn--mnchen-3ya\.example`/);
    assert.match(body, /is shown by most programs as `münchen\.example`/);
    assert.match(body, /wants answers sent to `eve@elsewhere\.example`/);
  });

  it('has the same key after it got a new UID, another for another mail, Gmail’s id first', async () => {
    const headers = 'From: sara@client.example\nSubject: Hi\nMessage-ID: <1@c.example>\n';
    const key = async (text: string, change: Partial<Mail> = {}) =>
      toItem(account, await read(text, change), draft).key;
    assert.equal(await key(headers), await key(headers, { uid: 99 }));
    assert.notEqual(await key(headers), await key(`${headers}X-Other: 1\n`));
    assert.equal(await key(headers, { emailId: '17' }), await key(`${headers}X-Other: 1\n`, { emailId: '17' }));
  });

  it('says on one line what it can’t say otherwise', async () => {
    const item = toItem(
      account,
      await read('From: "A\u202Eb" <a@b.example>\nSubject: =?utf-8?Q?x=0AType:_y?=\n'),
      draft,
    );
    assert.ok(!/[\n\u202e]/.test(item.title));
    for (const [, value] of item.fields) assert.ok(!value.includes('\n'));
  });

  it('reads bare signs in a header as UTF-8, or as old programs write them', async () => {
    for (const [encoding, name] of [
      ['utf8', 'Jörg Müller'],
      ['latin1', 'Jörg Müller'],
    ] as const) {
      const bytes = Buffer.from(`From: ${name} <j@client.example>\r\nSubject: Größe\r\n`, encoding);
      const { from, subject } = await readHead(bytes);
      assert.deepEqual([from?.name, subject], ['Jörg Müller', 'Größe'], encoding);
    }
  });
});
