import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { silentLogger } from '../../src/lib/logger.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createImapClient } from '../../src/watchers/gmail/connection.ts';
import { createSentMailbox } from '../../src/watchers/gmail/sent.ts';
import { createFakeRun } from '../support/fake-run.ts';
import { dovecotPassword, findDovecot, startDovecot } from '../support/dovecot.ts';
import { createLineLogger, createMailExecutorBench, offer } from '../support/mail-executor-world.ts';
import { mailAccount, offerMail } from '../support/mail-worlds.ts';
import { until } from '../support/until.ts';

describe('the copy in Sent', () => {
  it('is filed by us, once and marked as read, where the provider does not', async () => {
    const { executor, standIn } = await createMailExecutorBench({ filesSentCopies: false });
    const run = createFakeRun();
    assert.equal((await executor.carryOut(offer, run.run)).kind, 'posted');
    await executor.stop();
    assert.equal(standIn.mailbox('Sent').length, 1);
    assert.match(standIn.mailbox('Sent')[0] ?? '', /^Message-ID: <cs-k0000000000000000001@/m);
    await standIn.stop();
  });

  it('is not doubled where the provider filed it already', async () => {
    const { executor, standIn } = await createMailExecutorBench({ fileSentCopy: 'append' });
    await executor.carryOut(offer, createFakeRun().run);
    await executor.stop();
    assert.equal(standIn.mailbox('Sent').length, 1);
    await standIn.stop();
  });

  const program = findDovecot();
  it(
    'is found by its whole id at a real server',
    { skip: program === undefined ? 'SKIPPED: no dovecot' : false },
    async () => {
      const dovecot = await startDovecot(program ?? '');
      try {
        const { host, port } = dovecot;
        const config = { email: mailAccount.email, password: dovecotPassword, host, port, secure: false };
        const sent = createSentMailbox({ config, logger: silentLogger, clock: systemClock });
        const raw = offerMail('Sent').replace(/^Message-ID: .*$/m, 'Message-ID: <whole-1@client.example>');
        assert.equal(await sent.find('<whole-1@client.example>'), 'absent');
        assert.equal(await sent.append(Buffer.from(raw)), 'filed');
        assert.equal(await sent.find('<whole-1@client.example>'), 'found');
        assert.equal(await sent.find('<whole-1@client>'), 'absent', 'a piece of an id is another id');
        await dovecot.kill();
        assert.equal(await sent.find('<whole-1@client.example>'), 'unreachable');
      } finally {
        await dovecot.stop();
      }
    },
  );

  const skip = program === undefined ? 'SKIPPED: no dovecot' : false;
  for (const [mailboxes, used, expected] of [
    [['Old/Sent', 'Gesendet'], '', 'Gesendet'],
    [['Gesendet', 'Sent', 'Archive/Sent Items'], '', 'Sent'],
    [['Gesendete Objekte', 'Sent'], 'Gesendete Objekte', 'Gesendete Objekte'],
    [['INBOX/Éléments envoyés', 'Drafts'], '', 'INBOX/Éléments envoyés'],
    [['Sent to clients', 'Presents'], '', undefined],
    [[], '', undefined],
  ] as const) {
    it(
      `goes to ${expected ?? 'none'} of ${mailboxes.join(', ')} where the server does not say which`,
      { skip },
      async () => {
        const dovecot = await startDovecot(program ?? '', { specialUse: false });
        const { host, port } = dovecot;
        const config = { email: mailAccount.email, password: dovecotPassword, host, port, secure: false };
        const client = await createImapClient(config, silentLogger);
        try {
          await client.connect();
          for (const mailbox of mailboxes) await client.mailboxCreate(mailbox);
          if (used !== '') await client.append(used, offerMail('Before'));
          const { logger, lines } = createLineLogger();
          const sent = createSentMailbox({ config, logger, clock: systemClock });
          assert.equal(
            await sent.append(Buffer.from(offerMail('Sent'))),
            expected === undefined ? 'no_mailbox' : 'filed',
          );
          const counts = await Promise.all(mailboxes.map((one) => client.status(one, { messages: true })));
          const holding = mailboxes.filter((_, index) => (counts[index] || { messages: 0 }).messages !== 0);
          assert.deepEqual(holding, expected === undefined ? [] : [expected]);
          assert.equal(
            lines.some((line) => line.endsWith(`its copy is in ${expected}.`)),
            expected !== undefined,
          );
          assert.equal(await sent.find('<none@client.example>'), 'unreachable', 'a name proves nothing');
        } finally {
          client.close();
          await dovecot.stop();
        }
      },
    );
  }

  it('is said to be missing where there is no mailbox for it', async () => {
    const { executor, standIn, lines } = await createMailExecutorBench({
      filesSentCopies: false,
      sent: { find: () => Promise.resolve('unreachable'), append: () => Promise.resolve('no_mailbox') },
    });
    assert.equal((await executor.carryOut(offer, createFakeRun().run)).kind, 'posted');
    await until(() => executor.health().words.includes('no folder for sent mail'), 'it is said');
    assert.equal(executor.health().standing, 'well', 'mails leave all the same');
    assert.ok(lines.some((line) => line.includes('Make one that is called Sent')));
    await executor.stop();
    await standIn.stop();
  });
});
