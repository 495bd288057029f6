import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { silentLogger } from '../../src/lib/logger.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createSentMailbox } from '../../src/watchers/gmail/sent.ts';
import { createFakeRun } from '../support/fake-run.ts';
import { dovecotPassword, findDovecot, startDovecot } from '../support/dovecot.ts';
import { createMailExecutorBench, offer } from '../support/mail-executor-world.ts';
import { mailAccount, offerMail } from '../support/mail-worlds.ts';

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
        assert.equal(await sent.append(Buffer.from(raw)), true);
        assert.equal(await sent.find('<whole-1@client.example>'), 'found');
        assert.equal(await sent.find('<whole-1@client>'), 'absent', 'a piece of an id is another id');
        await dovecot.kill();
        assert.equal(await sent.find('<whole-1@client.example>'), 'unreachable');
      } finally {
        await dovecot.stop();
      }
    },
  );
});
