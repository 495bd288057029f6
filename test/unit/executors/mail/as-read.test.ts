/** What a reader sees of a mail is what was shown: subjects, names and file names, read by decoders that are not ours. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { ImapFlow } from 'imapflow';
import { simpleParser } from 'mailparser';
import { createMailStandIn } from '../../../../sandbox/mail/index.ts';
import type { Media } from '../../../../src/domain/effect.ts';
import { isBlocked } from '../../../../src/domain/problem.ts';
import { checkMail } from '../../../../src/executors/mail/check.ts';
import { composeMail } from '../../../../src/executors/mail/compose.ts';
import { systemClock } from '../../../../src/lib/clock.ts';
import { oneLine } from '../../../../src/lib/words.ts';
import { offer } from '../../../support/mail-executor-world.ts';
import { mailAccount } from '../../../support/mail-worlds.ts';

const account = mailAccount.email;
const parts = { account, key: 'k0000000000000000001', at: new Date('2026-11-02T10:00:00Z'), attachments: [] };
const blocked = (change: Partial<typeof offer>): boolean => isBlocked(checkMail({ ...offer, ...change }, account));
const file = (path: string): Media => ({
  path,
  name: path.split('/').at(-1) ?? '',
  sha256: '',
  bytes: 1,
  type: 'application/pdf',
});

const withSubject = async (subject: string): Promise<Buffer> =>
  (await composeMail({ ...offer, subject }, parts))?.raw ?? assert.fail();
const withName = async (name: string): Promise<Buffer> =>
  (await composeMail({ ...offer, to: [`${name} <b@x.example>`] }, parts))?.raw ?? assert.fail();
const withFile = async (name: string): Promise<Buffer> => {
  const attachments = [{ name, type: 'application/pdf', bytes: Buffer.from('x') }];
  return (await composeMail(offer, { ...parts, attachments }))?.raw ?? assert.fail();
};

/** Subjects as people type or copy them, each with what decoders are known to make of it when it leaves as it is. */
const subjects: readonly string[] = [
  'Your offer',
  '=?UTF-8?Q?Win=20now?=',
  'Re: =?UTF-8?Q?Win=20now?=',
  'Re: =?utf-8?b?V2lu?= and more',
  '=?utf-8?q?with a space?=',
  '=?utf-8?Q?without an end',
  'x=?UTF-8?B?V2lu?=y',
  '=?UTF-8*en?Q?language?=',
  '=?iso-8859-1?q?=E4?= =?iso-8859-1?q?=E4?=',
  '=?UTF-8?Q?=3D=3FUTF-8=3FQ=3Ftwice=3F=3D?=',
  '=?',
  'is a=?b and c?=d',
  '=??Q??=',
  '=?utf-8?X?unknown?=',
  'Über uns =?UTF-8?Q?Win?=',
  '"quoted" =?UTF-8?Q?Win?=',
  'مرحبا =?UTF-8?Q?W?= abc',
  '  in front',
  'at the end  ',
  'two  and   three',
  `one very long word ${'x'.repeat(200)}`,
  `many ${'words '.repeat(60)}end`,
  'ä'.repeat(200),
  '👩‍👩‍👧'.repeat(20),
  '日本語の件名'.repeat(10),
  'e\u0301 apart, é in one',
  'no\u00a0break',
  'under_score=20and=3D',
];

/** What has its own meaning somewhere on the way from a draft to a reader. */
const pieces =
  "=?UTF-8?Q?Win=20now?= =?utf-8?b?V2lu?= =? ?= ?Q? = _ ä € ﬁ 🙂 مرحبا \" \\ < > ( ) , ; : @ %20 utf-8'' Re: 日本語 .pdf *en";
const unseen = [
  ' ',
  '  ',
  '\u00a0',
  '\u202e',
  '\u200b',
  '\ufeff',
  'e\u0301',
  '\t',
  '\r\n',
  '\u2028',
  '\ud800',
  '\ufffe',
];
const piece = fc.constantFrom(...pieces.split(' '), ...unseen, 'x'.repeat(80));
const look = fc.constantFrom('=', '?', '_', 'Q', 'q', 'B', 'b', 'u', 'U', 't', 'f', '8', '-', ' ', '*');
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.array(piece, { maxLength: 12 }).map((several) => several.join('')),
  fc.string({ unit: look, maxLength: 40 }),
);
const runs = { numRuns: 1_000 };

describe('a subject is read as it was shown', () => {
  it('whatever it is made of, if it passes the check', async () => {
    let passed = 0;
    const property = fc.asyncProperty(anyText, async (subject) => {
      if (blocked({ subject })) return;
      passed += 1;
      assert.equal((await simpleParser(await withSubject(subject))).subject, subject);
    });
    await fc.assert(property, runs);
    assert.ok(passed > 500, `only ${passed} were tried`);
  });

  it('by mailparser', async () => {
    for (const subject of subjects) {
      assert.equal(blocked({ subject }), false, subject);
      assert.equal((await simpleParser(await withSubject(subject))).subject, subject);
    }
  });

  it('by imapflow', async (t) => {
    const standIn = await createMailStandIn({ ...mailAccount, clock: systemClock });
    t.after(() => standIn.stop());
    for (const subject of subjects) await standIn.deliver(await withSubject(subject));
    const auth = { user: mailAccount.email, pass: mailAccount.password };
    const client = new ImapFlow({ ...standIn.imap, secure: false, auth, logger: false });
    client.on('error', () => undefined);
    await client.connect();
    const lock = await client.getMailboxLock('INBOX', { readOnly: true });
    const read = await client.fetchAll('1:*', { envelope: true });
    lock.release();
    await client.logout();
    assert.deepEqual(
      read.map(({ envelope }) => envelope?.subject),
      subjects,
    );
  });

  it('by Python', (t) => byPython(t, subjects, withSubject, 'subject'));

  it('an everyday one leaves as plain as it was written', async () => {
    assert.match(String(await withSubject('Re: Your offer')), /^Subject: Re: Your offer\r$/m);
  });

  for (const subject of [
    'two\nlines',
    'two\r\nBcc: thief@evil.example',
    'a\ttab',
    'a\u2028line',
    '\ud800',
    '\u0000',
    'a'.repeat(501),
  ]) {
    it(`is blocked: ${JSON.stringify(subject.slice(0, 30))}`, () => assert.equal(blocked({ subject }), true));
  }
});

describe('a name is read as it was shown', () => {
  it('whatever it is made of, if it passes the check', async () => {
    let passed = 0;
    const property = fc.asyncProperty(anyText, async (name) => {
      if (blocked({ to: [`${name} <b@x.example>`] })) return;
      passed += 1;
      const { to } = await simpleParser(await withName(name));
      const people = [to ?? []].flat().flatMap(({ value }) => value);
      assert.deepEqual(people, [{ name: name.trim(), address: 'b@x.example' }]);
    });
    await fc.assert(property, runs);
    assert.ok(passed > 100, `only ${passed} were tried`);
  });

  for (const name of ['=?UTF-8?Q?Boss?=', 'The =?utf-8?q?b o s s?=', '=?UTF-8*en?Q?Boss?=', '=?', 'two  spaces']) {
    it(`is blocked, in any list, with a remedy: ${name}`, () => {
      for (const list of ['to', 'cc', 'bcc'] as const) {
        const problems = checkMail({ ...offer, [list]: [`${name} <b@x.example>`] }, account);
        const [problem] = problems.filter((one) => isBlocked([one]));
        assert.equal(problem?.code, 'bad_recipient');
        assert.match(problem.what, new RegExp(name.slice(0, 2).replace('?', '\\?')));
        assert.notEqual(problem.remedy, '');
      }
    });
  }
});

describe('a file name is read as it was shown', () => {
  it('whatever it is made of, if it passes the check', async () => {
    let passed = 0;
    const property = fc.asyncProperty(anyText, async (made) => {
      const name = oneLine(made.replaceAll('/', ''), 120);
      if (name === '' || blocked({ media: [file(`Media/${name}`)] })) return;
      passed += 1;
      const raw = await withFile(name);
      assert.deepEqual(
        (await simpleParser(raw)).attachments.map(({ filename }) => filename),
        [name],
      );
    });
    await fc.assert(property, { numRuns: 400 });
    assert.ok(passed > 100, `only ${passed} were tried`);
  });

  it('by Python', (t) =>
    byPython(
      t,
      ['Offer 2026.pdf', 'Angebot für Müller.pdf', 'a "b" c.pdf', "it's 100%.pdf", '日本語.pdf'],
      withFile,
      'file',
    ));

  for (const name of ['=?utf-8?Q?Rechnung.pdf?=', '=?UTF-8?B?V2lu?=.pdf', 'x =?utf-8?q?a b?=.pdf', 'two  spaces.pdf']) {
    it(`is blocked with a remedy: ${name}`, () => {
      const [problem] = checkMail({ ...offer, media: [file(`Media/${name}`)] }, account);
      assert.equal(problem?.code, 'media_unsupported');
      assert.match(problem.remedy, /Rename/);
    });
  }
});

describe('a conversation is kept together', () => {
  it('ids leave byte by byte, whatever they look like, and are never cut', async () => {
    const odd = '<=?UTF-8?Q?a=20b?=@mail.example>';
    const long = `<${'x'.repeat(200)}@mail.example>`;
    const thread = { inReplyTo: odd, references: [long, '<a%"b(c)@mail.example>', odd] };
    const raw = String((await composeMail({ ...offer, thread }, parts))?.raw);
    const unfolded = raw.replaceAll(/\r\n(?=[ \t])/g, '');
    assert.ok(unfolded.includes(`\r\nIn-Reply-To: ${odd}\r\n`));
    assert.ok(unfolded.includes(`\r\nReferences: ${thread.references.join(' ')}\r\n`));
  });
});

const reader = `
import sys, json, base64, email
from email import policy
for line in sys.stdin:
    mail = email.message_from_bytes(base64.b64decode(line), policy=policy.default)
    names = [part.get_filename() for part in mail.iter_attachments()]
    print(json.dumps({"subject": str(mail["subject"]), "file": names[0] if names else None}))
`;

async function byPython(
  t: { skip(why: string): void },
  texts: readonly string[],
  compose: (text: string) => Promise<Buffer>,
  what: 'subject' | 'file',
): Promise<void> {
  const mails = await Promise.all(texts.map(compose));
  const input = mails.map((raw) => raw.toString('base64')).join('\n');
  const { stdout, status, error } = spawnSync('python3', ['-c', reader], { input, encoding: 'utf8' });
  if (error !== undefined) return t.skip('SKIPPED: no python3');
  assert.equal(status, 0);
  const read = stdout
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as Record<string, unknown>)[what]);
  assert.deepEqual(read, texts);
}
