/** The watcher under the faults that lost or doubled mail elsewhere, against a real IMAP server where one is installed. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMailStandIn } from '../../sandbox/mail/index.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { findDovecot } from '../support/dovecot.ts';
import {
  createDovecotMailWorld,
  createSandboxMailWorld,
  createWatcherBench,
  mailAccount,
  offerMail,
} from '../support/mail-worlds.ts';
import { until } from '../support/until.ts';

type Taken = readonly { readonly key: string; readonly title: string }[];

const titles = (taken: Taken): readonly string[] => [...new Map(taken.map((one) => [one.key, one.title])).values()];

describe('mail watcher against the stand-in', () => {
  it('takes each mail once while connections break again and again', async () => {
    const world = await createSandboxMailWorld();
    try {
      await world.watcher().start();
      await until(() => world.watcher().health().standing === 'well', 'the watcher is well');
      const expected: string[] = [];
      for (let round = 0; round < 4; round += 1) {
        for (let one = 0; one < 5; one += 1) expected.push(await world.arrive());
        world.standIn.cutConnections();
        expected.push(await world.arrive());
        await world.watcher().check();
      }
      await until(async () => {
        await world.watcher().check();
        return titles(world.taken()).length >= expected.length;
      }, 'all mails are there');
      assert.equal(titles(world.taken()).length, expected.length);
      for (const piece of expected)
        assert.ok(
          titles(world.taken()).some((title) => title.endsWith(piece)),
          piece,
        );
    } finally {
      await world.watcher().stop();
      await world.close();
    }
  });

  it('hands in who wrote, whom an answer goes to and who else got it, of a mail that gets a draft and of one that does not', async () => {
    const world = await createSandboxMailWorld();
    try {
      await world.watcher().start();
      await until(() => world.watcher().health().standing === 'well', 'the watcher is well');
      for (const [id, more] of [
        ['a', 'Reply-To: Sara <sara@client.example>, =?utf-8?Q?B=C3=BCro?= <team@client.example>'],
        ['b', 'List-Id: <talk.client.example>'],
      ] as const) {
        const mail = [
          'From: Sara <sara@client.example>',
          more,
          `To: ${mailAccount.email}, Omar <omar@client.example>`,
          'Cc: Lena <lena@other.example>, owner+copy@sandbox.example',
          `Subject: Budget ${id}`,
          `Message-ID: <${id}@client.example>`,
          '',
          'Could you send it?',
          '',
        ].join('\r\n');
        await world.standIn.deliver(mail);
      }
      await until(async () => {
        await world.watcher().check();
        return world.taken().length === 2;
      }, 'both are taken in');
      const [first, second] = world.taken().map(({ draftable, incoming }) => ({
        kind: draftable.kind,
        id: incoming?.id,
        answerTo: incoming?.answerTo,
        others: incoming?.others.map(({ address }) => address),
      }));
      const others = ['omar@client.example', 'lena@other.example'];
      const sara = { name: 'Sara', address: 'sara@client.example' };
      const team = { name: 'Büro', address: 'team@client.example' };
      assert.deepEqual(first, { kind: 'reply', id: '<a@client.example>', answerTo: [sara, team], others });
      assert.deepEqual(second, { kind: 'none', id: '<b@client.example>', answerTo: [sara], others });
    } finally {
      await world.watcher().stop();
      await world.close();
    }
  });

  it('replays nothing when the server numbers the INBOX anew, and loses nothing that came meanwhile', async () => {
    const standIn = await createMailStandIn({ ...mailAccount, clock: systemClock });
    const bench = createWatcherBench(standIn.imap);
    const watcher = bench.watcher();
    const from = 'Sara <sara@client.example>';
    try {
      await standIn.deliver({ from, subject: 'Ancient', text: 'old' }, new Date(Date.now() - 86_400_000));
      await watcher.start();
      await until(() => watcher.health().standing === 'well', 'the watcher is well');
      await standIn.deliver({ from, subject: 'First', text: 'hello' });
      await until(() => bench.taken().length === 1, 'the first mail');
      await watcher.stop();
      await standIn.deliver({ from, subject: 'Meanwhile', text: 'hello' });
      standIn.changeUidValidity();
      await watcher.start();
      await until(async () => {
        await watcher.check();
        return titles(bench.taken()).length === 2;
      }, 'the mail of the meantime');
      await standIn.deliver({ from, subject: 'Last', text: 'hello' });
      await until(() => titles(bench.taken()).length === 3, 'the mail after it');
      assert.deepEqual(
        titles(bench.taken()).map((title) => title.replace('Mail from Sara: ', '')),
        ['First', 'Meanwhile', 'Last'],
      );
    } finally {
      await watcher.stop();
      await standIn.stop();
    }
  });

  it('tells the log of one look per interval, and nothing of the server’s hints', async () => {
    const standIn = await createMailStandIn({ ...mailAccount, clock: systemClock });
    const lines: string[] = [];
    const logger = { ...silentLogger, info: (line: string) => void lines.push(line) };
    const { watcher, taken } = createWatcherBench(standIn.imap, { logger });
    try {
      await watcher().start();
      await until(() => watcher().health().standing === 'well', 'the watcher is well');
      await standIn.deliver({ from: 'Sara <sara@client.example>', subject: 'First', text: 'hello' });
      await until(() => taken().length === 1, 'the mail');
      await watcher().check();
      assert.deepEqual(lines, ['Checking Gmail...', '✓ Gmail check completed']);
    } finally {
      await watcher().stop();
      await standIn.stop();
    }
  });

  it('leaves the server alone after two refused logins, and says what to do', async () => {
    const standIn = await createMailStandIn({ ...mailAccount, clock: systemClock });
    const { watcher } = createWatcherBench(standIn.imap, { password: 'wrong' });
    try {
      await watcher().start();
      await until(() => standIn.contacts() === 2, 'two tries');
      await until(() => /app password/.test(watcher().health().words), 'words that help');
      for (let round = 0; round < 5; round += 1) await watcher().check();
      assert.equal(standIn.contacts(), 2);
      assert.equal(watcher().health().standing, 'troubled');
      assert.ok(!watcher().health().words.includes('wrong'));
    } finally {
      await watcher().stop();
      await standIn.stop();
    }
  });

  it('does not send the password in the clear to another machine', async () => {
    const standIn = await createMailStandIn({ ...mailAccount, clock: systemClock });
    // The same server under a name that is not this machine: without STARTTLS nothing may be said.
    const { watcher } = createWatcherBench({ host: '0.0.0.0', port: standIn.imap.port });
    try {
      await watcher().start();
      await until(() => watcher().health().standing === 'troubled', 'it refuses to go on');
      assert.equal(watcher().health().lastSuccess, undefined);
    } finally {
      await watcher().stop();
      await standIn.stop();
    }
  });
});

const program = findDovecot();
const skip = program === undefined ? 'SKIPPED: no dovecot' : false;

describe('mail watcher against Dovecot', { skip }, () => {
  it('finds mail that came while the server crashed and lost its numbers', async () => {
    const world = await createDovecotMailWorld(program ?? '');
    try {
      await world.watcher().start();
      await until(() => world.watcher().health().standing === 'well', 'the watcher is well');
      await world.arrive();
      await until(() => world.taken().length === 1, 'the first mail');
      await world.dovecot.kill();
      await world.dovecot.forgetUids(mailAccount.email);
      await world.dovecot.up();
      await world.arrive();
      await until(async () => {
        await world.watcher().check();
        return titles(world.taken()).length === 2;
      }, 'the second mail');
    } finally {
      await world.watcher().stop();
      await world.close();
    }
  });

  it('leaves ten thousand old mails alone at the first start', async () => {
    const world = await createDovecotMailWorld(program ?? '');
    try {
      const old = Array.from({ length: 10_000 }, (_, index) => Buffer.from(offerMail(`Old ${index}`)));
      await world.dovecot.drop(mailAccount.email, old);
      const before = process.memoryUsage().rss;
      await world.watcher().start();
      await until(() => world.watcher().health().standing === 'well', 'the watcher is well', 60_000);
      const piece = await world.arrive();
      await until(() => world.taken().length > 0, 'the new mail');
      assert.deepEqual(
        titles(world.taken()).map((title) => title.endsWith(piece)),
        [true],
      );
      assert.ok(process.memoryUsage().rss - before < 100 * 1024 * 1024, 'memory must not grow with the INBOX');
    } finally {
      await world.watcher().stop();
      await world.close();
    }
  });
});
