/** What the mailbox says of mails whose answers wait, against a real IMAP server and the mail program of the owner. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { ImapFlow } from 'imapflow';
import type { News } from '../../src/domain/news.ts';
import type { Conversations } from '../../src/domain/ports.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { createImapClient } from '../../src/watchers/gmail/connection.ts';
import { createMailStandIn } from '../../sandbox/mail/index.ts';
import { dovecotPassword, findDovecot, startDovecot } from '../support/dovecot.ts';
import { createWatcherBench, mailAccount, offerMail } from '../support/mail-worlds.ts';
import { until } from '../support/until.ts';

/** The core's side, kept in memory. */
function createRecord() {
  const ids = new Set<string>();
  const news = new Map<string, News>();
  const ever = new Set<string>();
  let looks = 0;
  const keyOf = ({ messageId, key }: Pick<News, 'messageId' | 'key'>): string => `${messageId} ${key}`;
  const conversations: Conversations = {
    async awaited() {
      looks += 1;
      const toldOf = (id: string) => [...news.values()].filter(({ messageId }) => messageId === id);
      return [...ids].map((id) => ({ id, told: toldOf(id).map(({ key }) => key) }));
    },
    async note(all) {
      for (const one of all) {
        assert.ok(!news.has(keyOf(one)), 'what is on record is not told again');
        news.set(keyOf(one), one);
        ever.add(one.messageId);
      }
    },
    async back(all) {
      for (const messageId of all) news.delete(keyOf({ messageId, key: 'gone' }));
    },
  };
  return {
    conversations,
    await: (...all: string[]) => all.forEach((id) => ids.add(id)),
    news: () => [...news.values()],
    /** Also of those that were taken back. */
    ever,
    looks: () => looks,
  };
}

const named = (name: string, more = ''): string =>
  offerMail(`About ${name}`).replace(/^Message-ID: .*$/m, `Message-ID: <${name}@client.example>${more}`);

const idOf = (name: string): string => `<${name}@client.example>`;

const fromUs = (id: string, more: string): string =>
  [
    `From: ${mailAccount.email}`,
    'To: Sara <sara@client.example>',
    'Cc: omar@client.example',
    'Subject: Re: Offer',
    `Message-ID: ${id}`,
    more,
    '',
    'Here it is.',
    '',
  ].join('\r\n');

/** A server, the watcher at it, and the owner's own mail program. */
async function createMailbox(program: string) {
  const dovecot = await startDovecot(program);
  const record = createRecord();
  const { conversations } = record;
  const bench = createWatcherBench(dovecot, { password: dovecotPassword, conversations });
  const { host, port } = dovecot;
  const config = { email: mailAccount.email, password: dovecotPassword, host, port, secure: false };
  const owner = await createImapClient(config, silentLogger);
  await bench.watcher().start();
  await until(() => bench.watcher().health().standing === 'well', 'the watcher is well');
  await owner.connect();
  return {
    ...record,
    bench,
    owner,
    async arrive(...names: string[]) {
      for (const name of names) await dovecot.deliver(mailAccount.email, named(name));
      await until(async () => {
        await bench.watcher().check();
        return new Set(bench.taken().map(({ key }) => key)).size >= names.length;
      }, 'all are taken in');
      record.await(...names.map(idOf));
      await bench.watcher().check();
    },
    /** What was told of it, once something was. */
    told: (name: string, kind: News['what']['kind']) =>
      until(async () => {
        await bench.watcher().check();
        return record.news().find(({ messageId, what }) => messageId === idOf(name) && what.kind === kind);
      }, `${kind} is told of ${name}`),
    async end() {
      owner.close();
      await bench.watcher().stop();
      await dovecot.stop();
    },
  };
}

async function inInbox(owner: ImapFlow, name: string, work: (uid: string) => Promise<unknown>): Promise<void> {
  await owner.mailboxOpen('INBOX');
  const found = await owner.search({ header: { 'message-id': idOf(name) } }, { uid: true });
  assert.ok(Array.isArray(found) && found.length === 1, `${name} is in the INBOX`);
  await work(String(found[0]));
}

const program = findDovecot();
const skip = program === undefined ? 'SKIPPED: no dovecot' : false;

describe('a mail whose answer waits', { skip }, () => {
  it('is answered when it got the flag of an answered one, also without being asked for', async () => {
    const world = await createMailbox(program ?? '');
    try {
      await world.arrive('a', 'b');
      assert.deepEqual(world.news(), []);
      await inInbox(world.owner, 'a', (uid) => world.owner.messageFlagsAdd(uid, ['\\Answered'], { uid: true }));
      // The server's hint is enough: nobody asks the watcher to look.
      const [one] = await until(() => (world.news().length > 0 ? world.news() : undefined), 'the flag is told');
      assert.deepEqual([one?.messageId, one?.key, one?.what], [idOf('a'), 'answered', { kind: 'answered', to: [] }]);
      await inInbox(world.owner, 'b', (uid) => world.owner.messageFlagsAdd(uid, ['\\Seen'], { uid: true }));
      await world.bench.watcher().check();
      assert.equal(world.news().length, 1);
    } finally {
      await world.end();
    }
  });

  it('is answered when a mail of the owner in Sent names it, and not when one of ours does', async () => {
    const world = await createMailbox(program ?? '');
    try {
      const sent = (id: string, more: string) => world.owner.append('Sent', fromUs(id, more), ['\\Seen']);
      await sent('<before@phone.example>', `In-Reply-To: ${idOf('early')}`);
      await world.arrive('early', 'a', 'ab', 'ours', 'gmail');
      assert.equal((await world.told('early', 'answered')).key, '<before@phone.example>');
      await sent('<cs-abcdefghij0123456789@sandbox.example>', `In-Reply-To: ${idOf('ours')}`);
      await sent(
        '<rewritten@mail.example>',
        `X-Google-Original-Message-ID: <cs-abcdefghij0123456780@sandbox.example>\r\nIn-Reply-To: ${idOf('gmail')}`,
      );
      await sent('<phone@phone.example>', `References: <older@client.example>\r\n ${idOf('a')} <newer@client.example>`);
      const { key, what } = await world.told('a', 'answered');
      assert.equal(key, '<phone@phone.example>');
      assert.deepEqual(what, { kind: 'answered', to: ['sara@client.example', 'omar@client.example'] });
      await world.bench.watcher().check();
      assert.deepEqual(
        world
          .news()
          .map(({ messageId }) => messageId)
          .toSorted(),
        [idOf('a'), idOf('early')],
      );
    } finally {
      await world.end();
    }
  });

  it('is gone when it was deleted, not when it was put away, and is back when it is', async () => {
    const world = await createMailbox(program ?? '');
    try {
      await world.arrive('deleted', 'kept', 'moved');
      await inInbox(world.owner, 'kept', (uid) => world.owner.messageMove(uid, 'Archive', { uid: true }));
      await inInbox(world.owner, 'deleted', (uid) => world.owner.messageDelete(uid, { uid: true }));
      await world.owner.mailboxCreate('Projects');
      await inInbox(world.owner, 'moved', (uid) => world.owner.messageMove(uid, 'Projects', { uid: true }));
      await world.told('deleted', 'gone');
      await world.told('moved', 'gone');
      await world.bench.watcher().check();
      assert.equal(world.news().length, 2);
      await world.owner.mailboxOpen('Projects');
      await world.owner.messageMove('1', 'INBOX');
      await until(async () => {
        await world.bench.watcher().check();
        return world.news().length === 1 ? true : undefined;
      }, 'it is back');
      assert.equal(world.news()[0]?.messageId, idOf('deleted'));
      assert.deepEqual([...world.ever].toSorted(), [idOf('deleted'), idOf('moved')]);
    } finally {
      await world.end();
    }
  });

  it('keeps no new mail from coming in, and makes no look ring for the next', async () => {
    const world = await createMailbox(program ?? '');
    try {
      await world.arrive('a');
      const before = world.looks();
      await world.bench.watcher().check();
      await world.bench.watcher().check();
      assert.ok(world.looks() - before <= 6, `${world.looks() - before} looks for two questions`);
      // Put in at any moment of a look: also while another mailbox is open, when the server gives no hint.
      for (let number = 0; number < 8; number += 1) {
        const asked = world.bench.watcher().check();
        await setTimeout(number * 15);
        await world.owner.append('INBOX', named(`b${number}`));
        await asked;
        const title = `About b${number}`;
        await until(() => world.bench.taken().some((one) => one.title.endsWith(title)), `${title} came in`);
      }
      await world.owner.append('INBOX', named('b'));
      await until(() => world.bench.taken().some(({ title }) => title.endsWith('About b')), 'a hint brought it in');
    } finally {
      await world.end();
    }
  });
});

it('where the server has nothing to say, nothing is told and new mail comes in', async () => {
  const standIn = await createMailStandIn({ ...mailAccount, clock: systemClock });
  const record = createRecord();
  const bench = createWatcherBench(standIn.imap, { conversations: record.conversations });
  try {
    await bench.watcher().start();
    await until(() => bench.watcher().health().standing === 'well', 'the watcher is well');
    await standIn.deliver(named('a'));
    record.await(idOf('a'));
    await until(async () => {
      await bench.watcher().check();
      return bench.taken().length === 1 && record.looks() > 1 ? true : undefined;
    }, 'it came in');
    standIn.cutConnections();
    await standIn.deliver(named('b'));
    await until(async () => {
      await bench.watcher().check();
      return bench.taken().length >= 2 ? true : undefined;
    }, 'the next came in');
    assert.deepEqual(record.news(), []);
  } finally {
    await bench.watcher().stop();
    await standIn.stop();
  }
});
