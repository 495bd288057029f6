import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { simpleParser } from 'mailparser';
import type { Confirmation } from '../../../../src/domain/outcome.ts';
import { systemClock } from '../../../../src/lib/clock.ts';
import { sha256 } from '../../../../src/lib/hash.ts';
import { readAddress } from '../../../../src/executors/mail/address.ts';
import { readAttachments } from '../../../../src/executors/mail/attachments.ts';
import { checkMail } from '../../../../src/executors/mail/check.ts';
import { composeMail } from '../../../../src/executors/mail/compose.ts';
import { confirmSent, type SentMailbox } from '../../../../src/executors/mail/confirm.ts';
import { offer } from '../../../support/mail-executor-world.ts';
import { mailAccount } from '../../../support/mail-worlds.ts';

const account = mailAccount.email;
const key = 'k0000000000000000001';
const at = new Date('2026-11-02T10:00:00Z');
const compose = (change: Partial<typeof offer>) =>
  composeMail({ ...offer, ...change }, { account, key, at, attachments: [] });

describe('addresses', () => {
  it('a plain address, with or without a plain name', () => {
    const sara = { address: 'sara@client.example', written: 'sara@client.example' };
    assert.deepEqual(readAddress(' sara@client.example '), { name: '', ...sara });
    assert.deepEqual(readAddress('Sara Malik <sara@client.example>'), { name: 'Sara Malik', ...sara });
  });

  it('a domain in its own script leaves in plain form, and the card says what it becomes', async () => {
    const effect = { ...offer, to: ['Jo <j@müller.example>'], bcc: ['j@xn--mller-kva.example', 'k@bücher.example'] };
    const problems = checkMail(effect, account);
    assert.deepEqual(
      problems.map(({ code, severity }) => [code, severity]),
      [
        ['bad_recipient', 'warns'],
        ['bad_recipient', 'warns'],
      ],
    );
    assert.match(problems[0]?.what ?? '', /müller\.example.*xn--mller-kva\.example/);
    const mail = await compose(effect);
    assert.deepEqual(mail?.recipients, ['j@xn--mller-kva.example', 'k@xn--bcher-kva.example']);
    assert.match(String(mail?.raw), /^To: Jo <j@xn--mller-kva\.example>\r$/m);
  });

  it('a domain made of two alphabets is blocked, with what it leads to', () => {
    const [problem] = checkMail({ ...offer, to: ['billing@p\u0430ypal.example'] }, account);
    assert.equal(problem?.severity, 'blocks');
    assert.match(problem.what, /several alphabets.*xn--pypal-4ve\.example/);
  });

  it('letters before the @ that mail servers don’t take are named as the reason', () => {
    for (const to of ['jörg@müller.example', 'Jörg <jörg@client.example>', 'почта@client.example']) {
      const [problem] = checkMail({ ...offer, to: [to] }, account);
      assert.equal(problem?.severity, 'blocks');
      assert.match(problem.what, /before the @/, to);
    }
  });

  for (const hostile of [
    '',
    'sara',
    'sara@client',
    'sara@client.example, thief@evil.example',
    'sara@client.example\r\nBcc: thief@evil.example',
    'sara@client.example <thief@evil.example>',
    '"sara@client.example" <thief@evil.example>',
    'group: thief@evil.example;',
    'sara@client.example(comment)',
    '<sara@client.example> thief@evil.example',
    'sara@[127.0.0.1]',
    'sárа@client.example',
  ]) {
    it(`not an address: ${JSON.stringify(hostile)}`, () => {
      assert.equal(readAddress(hostile), undefined);
      const problems = checkMail({ ...offer, cc: [hostile] }, account);
      assert.ok(problems.some(({ code, severity }) => code === 'bad_recipient' && severity === 'blocks'));
    });
  }
});

describe('the message', () => {
  for (const [title, text] of [
    ['dots, From lines and trailing spaces', '.\n..\nFrom me\nsignature \n-- \nOwner'],
    ['emoji, right to left and combining signs', '👩‍👩‍👧 مرحبا é\n\n#tag'],
    ['one very long line', `start ${'word '.repeat(2_000)}end`],
  ] as const) {
    it(`arrives as it was approved: ${title}`, async () => {
      const mail = await compose({ text });
      const parsed = await simpleParser(mail?.raw ?? '');
      assert.equal((parsed.text ?? '').replace(/\n$/, ''), text);
      assert.equal(parsed.html, false);
    });
  }

  it('is the same bytes for the same approval, with an id that stays', async () => {
    const [first, second] = [await compose({}), await compose({})];
    assert.deepEqual(first?.raw, second?.raw);
    assert.equal(first?.messageId, `<cs-${key}@sandbox.example>`);
    assert.equal((await simpleParser(first?.raw ?? '')).messageId, first?.messageId);
  });

  it('keeps the thread, and drops ids that are not ids', async () => {
    const thread = {
      inReplyTo: '<b@x.example>',
      references: ['<a@x.example>', 'nonsense', '<b@x.example>\r\nBcc: c@d.example'],
    };
    const raw = String((await compose({ action: 'reply', thread }))?.raw);
    assert.match(raw, /^In-Reply-To: <b@x\.example>\r$/m);
    assert.match(raw, /^References: <a@x\.example> <b@x\.example>\r$/m);
    assert.doesNotMatch(raw, /bcc|c@d\.example/i);
  });

  it('goes to everybody the person saw, each once, and shows no Bcc', async () => {
    const mail = await compose({ cc: ['b@x.example'], bcc: ['c@x.example', 'b@x.example'] });
    assert.deepEqual(mail?.recipients, ['sara@client.example', 'b@x.example', 'c@x.example']);
    assert.doesNotMatch(String(mail?.raw), /c@x\.example/);
  });

  it('a subject can’t add a header', async () => {
    const raw = String((await compose({ subject: 'Hi\r\nBcc: thief@evil.example' }))?.raw);
    assert.doesNotMatch(raw, /^bcc:/im);
    assert.ok(
      checkMail({ ...offer, subject: 'Hi\r\nBcc: x@y.example' }, account).some(({ severity }) => severity === 'blocks'),
    );
  });
});

describe('attachments', () => {
  it('arrive byte by byte, as what they are', async () => {
    const odd = Buffer.from('\ufeffa;b\r\n1;2\n.\nFrom me\n\u00e4=3D \t\r\n\n');
    const every = Buffer.from(Array.from({ length: 512 }, (_, at) => at % 256));
    const attachments = [
      { name: 'list.csv', type: 'text/csv', bytes: odd },
      { name: 'page.html', type: 'text/html', bytes: odd },
      { name: 'meeting.ics', type: 'text/calendar', bytes: odd },
      { name: 'drawing.svg', type: 'image/svg+xml', bytes: odd },
      { name: 'data.json', type: 'application/json', bytes: odd },
      { name: 'notes.txt', type: 'text/plain', bytes: Buffer.from('') },
      { name: 'film.mp4', type: 'video/mp4', bytes: every },
      {
        name: 'offer.docx',
        type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        bytes: every,
      },
    ];
    const mail = await composeMail(offer, { account, key, at, attachments });
    const parsed = await simpleParser(mail?.raw ?? '', { skipHtmlToText: true });
    assert.deepEqual(
      parsed.attachments.map(({ filename, contentType, content }) => ({
        name: filename,
        type: contentType,
        bytes: content,
      })),
      attachments,
    );
    assert.equal((parsed.text ?? '').trimEnd(), offer.text);
    assert.match(String(mail?.raw), /text\/csv; charset=utf-8/);
  });

  it('are read only inside the vault and only with the approved bytes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mail-'));
    try {
      const vault = join(folder, 'vault');
      await mkdir(vault);
      await writeFile(join(vault, 'offer.txt'), 'offer');
      await writeFile(join(folder, 'secret.txt'), 'offer');
      await symlink(join(folder, 'secret.txt'), join(vault, 'link.txt'));
      const media = { path: 'offer.txt', name: 'offer.txt', sha256: sha256('offer'), bytes: 5, type: 'text/plain' };
      const read = await readAttachments(vault, [media]);
      assert.equal(read.kind === 'read' && String(read.files[0]?.bytes), 'offer');
      const codeOf = async (change: Partial<typeof media>): Promise<string> => {
        const answer = await readAttachments(vault, [{ ...media, ...change }]);
        return answer.kind === 'refused' ? answer.problem.code : 'read';
      };
      assert.equal(await codeOf({ sha256: sha256('other') }), 'changed_after_approval');
      for (const path of ['../secret.txt', 'link.txt', 'missing.txt', '.']) {
        assert.equal(await codeOf({ path }), 'media_missing', path);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('looking for evidence', () => {
  const look = async (
    host: string,
    found: Awaited<ReturnType<SentMailbox['find']>>,
    ageMs: number,
  ): Promise<Confirmation> => {
    const sent: SentMailbox = { find: () => Promise.resolve(found), append: () => Promise.resolve('filed') };
    const past = { key, committedAt: new Date(Date.now() - ageMs), vaultPath: '', log: () => undefined };
    return confirmSent({ account, host, sent, clock: systemClock }, past);
  };

  it('found is proof at once', async () => {
    const answer = await look('smtp.other.example', 'found', 10_000);
    assert.equal(answer.kind === 'happened' && answer.evidence.messageId, `<cs-${key}@sandbox.example>`);
  });

  it('absent is proof only after five minutes, where the provider files every mail under our id', async () => {
    assert.equal((await look('smtp.gmail.com', 'absent', 301_000)).kind, 'did_not_happen');
    assert.equal((await look('smtp.gmail.com', 'absent', 200_000)).kind, 'cannot_tell');
    assert.equal((await look('smtp.office365.com', 'absent', 999_000)).kind, 'cannot_tell');
    assert.equal((await look('smtp.other.example', 'absent', 999_000)).kind, 'cannot_tell');
    assert.equal((await look('smtp.gmail.com', 'unreachable', 999_000)).kind, 'cannot_tell');
  });
});
