import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noText, type Head, type Mail, type Shape } from '../../../../src/watchers/gmail/mail.ts';
import { triage, type Triage } from '../../../../src/watchers/gmail/triage.ts';

const account = 'owner@sandbox.example';
const sara = { name: 'Sara', address: 'sara@client.example' };
const owner = { name: '', address: account };

const head: Head = {
  hash: 'h',
  fields: new Map(),
  from: sara,
  replyTo: [],
  to: [owner],
  cc: [],
  subject: 'Offer',
  messageId: '<1@client.example>',
  references: [],
};
const shape: Shape = {
  type: 'text/plain',
  types: new Set(['text/plain']),
  texts: [{ kind: 'plain', part: '1', charset: '' }],
  calendar: false,
  calendarParts: [],
  attachments: [],
};

type Change = { readonly head?: Partial<Head>; readonly shape?: Partial<Shape>; readonly mail?: Partial<Mail> };

const mail = (change: Change): Mail => ({
  uid: 1,
  emailId: '',
  at: new Date(0),
  flags: new Set(),
  labels: new Set(),
  text: { ...noText, text: 'Could you send an offer?', source: 'plain' },
  ...change.mail,
  head: { ...head, ...change.head },
  shape: { ...shape, ...change.shape },
});

const verdict = (change: Change, draftsForSender = 0): string => {
  const triaged: Triage = triage({ mail: mail(change), account, draftsForSender });
  return triaged.verdict === 'draft' ? 'draft' : `${triaged.verdict} ${triaged.rule}`;
};

const withField = (name: string, value: string): Change => ({ head: { fields: new Map([[name, [value]]]) } });

const rows: readonly (readonly [title: string, change: Change, expected: string])[] = [
  ['a mail from a customer', {}, 'draft'],
  ['own mail to others', { head: { from: owner, to: [sara] } }, 'drop own_mail'],
  ['a note to oneself', { head: { from: owner } }, 'draft'],
  [
    'what Countersign sent to the owner',
    { head: { from: owner, messageId: `<cs-${'a1'.repeat(10)}@sandbox.example>` } },
    'drop sent_by_us',
  ],
  ['a forged id of ours from elsewhere', { head: { messageId: `<cs-${'a1'.repeat(10)}@sandbox.example>` } }, 'draft'],
  ['an unfinished draft', { mail: { flags: new Set(['\\Draft']) } }, 'drop unfinished'],
  ['marked spam', withField('x-spam-flag', 'YES'), 'drop spam'],
  [
    'a bounce by structure',
    { shape: { types: new Set(['multipart/report', 'message/delivery-status']) } },
    'notify report',
  ],
  ['a bounce by its null sender', withField('return-path', '<>'), 'notify report'],
  ['an ordinary return path', withField('return-path', '<sara@client.example>'), 'draft'],
  ['an automatic answer', withField('auto-submitted', 'auto-replied'), 'notify automatic'],
  ['Auto-Submitted: no', withField('auto-submitted', 'no'), 'draft'],
  ['out of office by subject', { head: { subject: 'Out of Office: back on Monday' } }, 'notify automatic'],
  ['a mailing list', withField('list-id', '<talk.example>'), 'notify list'],
  ['a newsletter', withField('list-unsubscribe', '<https://x.example>'), 'notify newsletter'],
  ['bulk', withField('precedence', 'bulk'), 'notify newsletter'],
  ['no-reply', { head: { from: { name: '', address: 'no-reply@shop.example' } } }, 'notify nobody_reads'],
  [
    'no-reply with an address to answer to',
    { head: { from: { name: '', address: 'no-reply@shop.example' }, replyTo: [sara] } },
    'draft',
  ],
  ['info@ of a small firm', { head: { from: { name: '', address: 'info@shop.example' } } }, 'draft'],
  ['a malformed sender', { head: { from: undefined } }, 'notify no_address'],
  ['encrypted', { shape: { type: 'multipart/encrypted' } }, 'notify encrypted'],
  ['an invitation', { shape: { calendar: true } }, 'notify invitation'],
  ['no text', { mail: { text: noText } }, 'notify no_text'],
  ['only in Cc', { head: { to: [sara], cc: [owner] } }, 'notify not_to_you'],
  ['a forwarded alias', { head: { to: [{ name: '', address: 'sales@firm.example' }] } }, 'draft'],
  ['in Bcc of a mail to its own sender', { head: { to: [sara] } }, 'notify not_to_you'],
  ['to very many', { head: { to: [owner, ...Array.from({ length: 10 }, () => sara)] } }, 'notify not_to_you'],
];

describe('triage', () => {
  for (const [title, change, expected] of rows)
    it(`${title}: ${expected}`, () => assert.equal(verdict(change), expected));

  it('stops drafting for a sender after five drafts in a day', () => {
    assert.equal(verdict({}, 4), 'draft');
    assert.equal(verdict({}, 5), 'notify too_often');
  });
});
