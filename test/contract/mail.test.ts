import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SmtpFault } from '../../sandbox/mail/index.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import { createFakeRun } from '../support/fake-run.ts';
import { createMailExecutorBench, offer } from '../support/mail-executor-world.ts';
import { mailAccount } from '../support/mail-worlds.ts';
import { executorContract } from './executor.contract.ts';

const yes: SmtpFault = { at: 'data', does: { says: ['250 2.0.0 go ahead\r\n'], after: 'go_on' } };

executorContract('mail', async () => {
  const { executor, standIn, lines } = await createMailExecutorBench();
  return {
    executor,
    effect: offer,
    impossible: [
      { ...offer, to: [] },
      { ...offer, to: ['sara@client.example\r\nBcc: thief@evil.example'] },
      { ...offer, subject: '' },
      { ...offer, text: '' },
    ],
    // Quoted-printable keeps our ASCII words; the suite compares whole texts, so undo it.
    effects: () => standIn.sent().map(({ raw }) => readBody(raw)),
    contacts: () => standIn.contacts(),
    breakBefore: () => standIn.refuse([{ at: 'greeting', does: 'cut', times: Infinity }]),
    breakAfterSend: () => standIn.refuse([{ at: 'accepted', does: 'cut', times: Infinity }]),
    otherLosses: {
      'DATA answered with 250, then cut': () => standIn.refuse([yes, { at: 'accepted', does: 'cut' }]),
      'DATA answered with 250, then silence': () => standIn.refuse([yes, { at: 'accepted', does: 'hang' }]),
      'the server says that it closes': () =>
        standIn.refuse([{ at: 'accepted', does: { says: ['421 4.3.2 closing\r\n'], after: 'cut' } }]),
    },
    mend: () => standIn.refuse([]),
    needLogin: () => standIn.changePassword('another one'),
    secrets: [mailAccount.password, Buffer.from(mailAccount.password).toString('base64')],
    logged: () => lines,
    close: () => standIn.stop(),
  };
});

function readBody(raw: string): string {
  const body = raw.slice(raw.indexOf('\r\n\r\n') + 4).replaceAll('=\r\n', '');
  const bytes = body.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\r\n', '\n').trimEnd();
}

type Row = {
  readonly title: string;
  readonly script: readonly SmtpFault[];
  readonly kind: Outcome['kind'];
  /** Mails the server has accepted afterwards. */
  readonly left: 0 | 1;
};

const reply = (at: SmtpFault['at'], code: number, text: string): readonly SmtpFault[] => [{ at, does: { code, text } }];
const fault = (at: SmtpFault['at'], does: 'cut' | 'hang'): readonly SmtpFault[] => [{ at, does }];

const rows: readonly Row[] = [
  { title: 'no greeting', script: fault('greeting', 'hang'), kind: 'retry_later', left: 0 },
  { title: 'a busy greeting', script: reply('greeting', 421, '4.7.0 busy'), kind: 'retry_later', left: 0 },
  { title: 'a wrong password', script: reply('auth', 535, '5.7.8 not accepted'), kind: 'needs_login', left: 0 },
  { title: 'an app password wanted', script: reply('auth', 534, '5.7.9 app password'), kind: 'needs_login', left: 0 },
  { title: 'no logins for now', script: reply('auth', 454, '4.7.0 too many logins'), kind: 'retry_later', left: 0 },
  { title: 'cut at the login', script: fault('auth', 'cut'), kind: 'retry_later', left: 0 },
  { title: 'the sender not now', script: reply('mail', 451, '4.3.0 later'), kind: 'retry_later', left: 0 },
  { title: 'the sender refused', script: reply('mail', 550, '5.7.1 no'), kind: 'refused', left: 0 },
  { title: 'cut at MAIL', script: fault('mail', 'cut'), kind: 'retry_later', left: 0 },
  { title: 'the recipient not now', script: reply('rcpt', 450, '4.2.1 later'), kind: 'retry_later', left: 0 },
  { title: 'the recipient refused', script: reply('rcpt', 550, '5.1.1 nobody'), kind: 'refused', left: 0 },
  { title: 'DATA not now', script: reply('data', 451, '4.3.0 later'), kind: 'retry_later', left: 0 },
  { title: 'cut before 354', script: fault('data', 'cut'), kind: 'retry_later', left: 0 },
  { title: 'silence before 354', script: fault('data', 'hang'), kind: 'retry_later', left: 0 },
  { title: 'cut after 354', script: fault('content', 'cut'), kind: 'unknown', left: 0 },
  { title: 'silence after 354', script: fault('content', 'hang'), kind: 'unknown', left: 0 },
  { title: 'cut after the dot', script: fault('dot', 'cut'), kind: 'unknown', left: 0 },
  { title: 'silence after the dot', script: fault('dot', 'hang'), kind: 'unknown', left: 0 },
  { title: '421 after the dot', script: reply('dot', 421, '4.3.2 closing'), kind: 'unknown', left: 0 },
  { title: '451 after the dot', script: reply('dot', 451, '4.3.0 later'), kind: 'retry_later', left: 0 },
  { title: '552 after the dot', script: reply('dot', 552, '5.3.4 too big'), kind: 'refused', left: 0 },
  { title: '550 after the dot', script: reply('dot', 550, '5.7.1 spam'), kind: 'refused', left: 0 },
  { title: 'the daily limit', script: reply('dot', 550, '5.4.5 Daily limit'), kind: 'rate_limited', left: 0 },
  { title: 'cut after it was accepted', script: fault('accepted', 'cut'), kind: 'unknown', left: 1 },
  { title: 'silence after it was accepted', script: fault('accepted', 'hang'), kind: 'unknown', left: 1 },
];

describe('mail knows from every failure whether the mail left', { concurrency: 4 }, () => {
  for (const { title, script, kind, left } of rows) {
    it(`${title} → ${kind}`, async () => {
      const { executor, standIn } = await createMailExecutorBench();
      try {
        standIn.refuse(script);
        const run = createFakeRun();
        const outcome = await executor.carryOut(offer, run.run);
        assert.equal(outcome.kind, kind, JSON.stringify(outcome));
        assert.equal(standIn.sent().length, left);
        // What may be repeated by itself is repeated here: never two copies.
        if (outcome.kind === 'retry_later') {
          assert.equal((await executor.carryOut(offer, run.run)).kind, 'posted');
          assert.equal(standIn.sent().length, 1);
        }
      } finally {
        await executor.stop();
        await standIn.stop();
      }
    });
  }

  it('a recipient whose domain is written in its own letters is reached in plain ones', async () => {
    const { executor, standIn } = await createMailExecutorBench();
    try {
      const outcome = await executor.carryOut({ ...offer, to: ['j@müller.example'] }, createFakeRun().run);
      assert.equal(outcome.kind === 'posted' && outcome.evidence.note, '250 2.0.0 OK queued');
      const [sent] = standIn.sent();
      // The server turns plain forms back when it reads an envelope.
      assert.deepEqual(sent?.to, ['j@müller.example']);
      assert.equal(sent.headers.get('to'), 'j@xn--mller-kva.example');
    } finally {
      await executor.stop();
      await standIn.stop();
    }
  });

  it('some recipients refused: posted, and the evidence names them', async () => {
    const { executor, standIn } = await createMailExecutorBench();
    try {
      const nobody = {
        at: 'rcpt',
        recipient: 'gone@client.example',
        does: { code: 550, text: '5.1.1 nobody' },
      } as const;
      standIn.refuse([nobody]);
      const effect = { ...offer, cc: ['gone@client.example'], bcc: ['books@sandbox.example'] };
      const outcome = await executor.carryOut(effect, createFakeRun().run);
      assert.equal(outcome.kind, 'posted', JSON.stringify(outcome));
      assert.match(outcome.evidence.note, /Refused for: gone@client\.example\./);
      assert.deepEqual(standIn.sent()[0]?.to, ['sara@client.example', 'books@sandbox.example']);
      assert.equal(standIn.sent()[0]?.headers.has('bcc'), false, 'the hidden recipient must stay hidden');
    } finally {
      await executor.stop();
      await standIn.stop();
    }
  });
});
