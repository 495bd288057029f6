/** What may have left is known from what was handed over, whatever words the server finds for it. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import type { MailStandIn, SmtpFault } from '../../sandbox/mail/index.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import type { Executor } from '../../src/domain/ports.ts';
import { sha256 } from '../../src/lib/hash.ts';
import { createFakeRun } from '../support/fake-run.ts';
import { createMailExecutorBench, offer } from '../support/mail-executor-world.ts';
import { until } from '../support/until.ts';

type Row = {
  readonly title: string;
  readonly script: readonly SmtpFault[];
  readonly kind: Outcome['kind'];
  /** Mails the server has accepted afterwards. */
  readonly left: 0 | 1;
};

const says = (at: SmtpFault['at'], after: 'cut' | 'hang' | 'stall' | 'go_on', ...pieces: string[]): SmtpFault => ({
  at,
  does: { says: pieces, after },
});
const instead = (...pieces: string[]): SmtpFault => says('data', 'go_on', ...pieces);
const yes = instead('250 2.0.0 go ahead\r\n');

/** DATA is answered in another way than with 354. */
const odd: readonly Row[] = [
  { title: '250, and all goes well', script: [yes], kind: 'posted', left: 1 },
  { title: '250, taken, cut', script: [yes, { at: 'accepted', does: 'cut' }], kind: 'unknown', left: 1 },
  { title: '250, taken, silence', script: [yes, { at: 'accepted', does: 'hang' }], kind: 'unknown', left: 1 },
  { title: '250, cut in the middle', script: [yes, { at: 'content', does: 'cut' }], kind: 'unknown', left: 0 },
  { title: '250, cut at the dot', script: [yes, { at: 'dot', does: 'cut' }], kind: 'unknown', left: 0 },
  { title: '250, silence at the dot', script: [yes, { at: 'dot', does: 'hang' }], kind: 'unknown', left: 0 },
  {
    title: '250, then a refusal of the whole',
    script: [yes, { at: 'dot', does: { code: 550, text: '5.7.1 spam' } }],
    kind: 'refused',
    left: 0,
  },
  {
    title: '250 in pieces, over several lines',
    script: [instead('25', '0-2.0.0 go\r\n250', ' ahead\r\n'), { at: 'accepted', does: 'cut' }],
    kind: 'unknown',
    left: 1,
  },
  { title: '300', script: [instead('300 go\r\n'), { at: 'accepted', does: 'cut' }], kind: 'unknown', left: 1 },
  { title: '199, which is no go', script: [says('data', 'cut', '199 hm\r\n')], kind: 'retry_later', left: 0 },
  { title: '451', script: [says('data', 'cut', '451 4.3.0 later\r\n')], kind: 'retry_later', left: 0 },
  { title: '550 in pieces', script: [says('data', 'cut', '55', '0 5.7.1 ', 'no\r\n')], kind: 'refused', left: 0 },
  { title: '421 and a closed connection', script: [says('data', 'cut', '421 busy\r\n')], kind: 'retry_later', left: 0 },
];

/** The message was handed over, and what comes is no answer to it, or no whole one. */
const after: readonly Row[] = [
  { title: '421 in the middle, cut', script: [says('content', 'cut', '421 4.3.2 bye\r\n')], kind: 'unknown', left: 0 },
  {
    title: '421 in the middle of a mail that is taken all the same',
    script: [says('content', 'go_on', '421 4.3.2 closing soon\r\n')],
    kind: 'unknown',
    left: 1,
  },
  {
    title: '421 for a mail that is taken',
    script: [says('accepted', 'cut', '421 4.3.2 closing\r\n')],
    kind: 'unknown',
    left: 1,
  },
  {
    title: 'a refusal without the end of its line',
    script: [says('dot', 'cut', '550 5.7.1 no')],
    kind: 'unknown',
    left: 0,
  },
  { title: 'half a refusal', script: [says('dot', 'cut', '550-5.7.1 no\r\n', '550 ')], kind: 'unknown', left: 0 },
  { title: 'half a code', script: [says('dot', 'cut', '55')], kind: 'unknown', left: 0 },
  {
    title: 'a refusal in pieces',
    script: [says('dot', 'hang', '55', '0-5.7.1 looks', ' like\r\n550 5.7.1 sp', 'am\r\n')],
    kind: 'refused',
    left: 0,
  },
  {
    title: 'a "not now" in pieces',
    script: [says('dot', 'hang', '45', '2 4.2.2 full\r\n')],
    kind: 'retry_later',
    left: 0,
  },
  { title: 'a yes in pieces', script: [says('accepted', 'hang', '2', '50 2.0', '.0 ok\r\n')], kind: 'posted', left: 1 },
  { title: 'half a yes', script: [says('accepted', 'cut', '250 2.0.0 o')], kind: 'unknown', left: 1 },
  { title: 'something in between', script: [says('accepted', 'hang', '354 what?\r\n')], kind: 'unknown', left: 1 },
  { title: 'no answer but words', script: [says('accepted', 'hang', 'thank you\r\n')], kind: 'unknown', left: 1 },
  {
    title: 'our lines were taken for commands',
    script: [says('dot', 'hang', '500 5.5.1 what?\r\n')],
    kind: 'unknown',
    left: 0,
  },
  {
    title: 'the two sides are out of step',
    script: [says('dot', 'hang', '503 5.5.1 order\r\n')],
    kind: 'unknown',
    left: 0,
  },
  { title: 'a code nobody knows', script: [says('accepted', 'hang', '580 5.0.0 ?\r\n')], kind: 'unknown', left: 1 },
  {
    title: 'the digits of the daily limit somewhere in the words',
    script: [says('dot', 'hang', '550 5.7.1 see help/5.4.5 (5.4.5)\r\n')],
    kind: 'refused',
    left: 0,
  },
  {
    title: 'the daily limit over two lines',
    script: [says('dot', 'hang', '550-5.4.5 Daily\r\n550 5.4.5 limit\r\n')],
    kind: 'rate_limited',
    left: 0,
  },
];

async function inWorld<T>(
  t: TestContext,
  options: Parameters<typeof createMailExecutorBench>[0],
  act: (world: { executor: Executor; standIn: MailStandIn }) => Promise<T>,
): Promise<T> {
  const world = await createMailExecutorBench(options);
  t.after(async () => {
    await world.executor.stop();
    await world.standIn.stop();
  });
  return act(world);
}

describe('what a server may say instead of 354, and instead of a result', { concurrency: 4 }, () => {
  for (const pipelining of [true, false]) {
    for (const { title, script, kind, left } of [...odd, ...after]) {
      const way = pipelining ? 'all commands at once' : 'one command at a time';
      it(`${title} → ${kind} (${way})`, (t) =>
        inWorld(t, { pipelining }, async ({ executor, standIn }) => {
          standIn.refuse(script);
          const outcome = await executor.carryOut(offer, createFakeRun().run);
          assert.equal(outcome.kind, kind, JSON.stringify(outcome));
          assert.equal(standIn.faultsLeft(), 0, 'every fault was made');
          await until(() => standIn.sent().length === left, `${left} mails were taken`);
        }));
    }
  }
});

describe('a mail so large that it can’t all be handed over', () => {
  for (const [title, words] of [
    ['421', '421 4.3.2 closing\r\n'],
    ['a refusal, which may belong to anything', '552 5.3.4 too big\r\n'],
    ['a yes, which can’t be one', '250 2.0.0 queued\r\n'],
  ] as const) {
    it(`${title} in the middle → unknown`, (t) =>
      inWorld(t, {}, async ({ executor, standIn }) => {
        const vaultPath = await mkdtemp(join(tmpdir(), 'mail-left-'));
        t.after(() => rm(vaultPath, { recursive: true }));
        const bytes = Buffer.alloc(14_000_000, 'x');
        await writeFile(join(vaultPath, 'big.txt'), bytes);
        const big = {
          path: 'big.txt',
          name: 'big.txt',
          sha256: sha256(bytes),
          bytes: bytes.length,
          type: 'text/plain',
        };
        standIn.refuse([says('content', 'stall', words)]);
        const outcome = await executor.carryOut({ ...offer, media: [big] }, createFakeRun({ vaultPath }).run);
        assert.equal(outcome.kind, 'unknown', JSON.stringify(outcome));
        assert.equal(standIn.sent().length, 0);
      }));
  }
});

describe('told to stop while the mail is leaving', () => {
  it('the mail is finished, and its result is the truth', (t) =>
    inWorld(t, {}, async ({ executor, standIn }) => {
      const run = createFakeRun();
      standIn.refuse([says('dot', 'go_on', '')]);
      const working = executor.carryOut(offer, run.run);
      await until(() => standIn.faultsLeft() === 0, 'the mail is with the server');
      run.abort();
      assert.equal((await working).kind, 'posted');
      assert.equal(standIn.sent().length, 1);
    }));

  it('a server that says nothing any more leaves it unknown', (t) =>
    inWorld(t, {}, async ({ executor, standIn }) => {
      standIn.refuse([{ at: 'accepted', does: 'hang' }]);
      const working = executor.carryOut(offer, createFakeRun().run);
      await until(() => standIn.sent().length === 1, 'the mail is with the server');
      await executor.stop();
      assert.equal((await working).kind, 'unknown');
    }));

  it('nothing leaves when the word comes while the commit is asked for', (t) =>
    inWorld(t, {}, async ({ executor, standIn }) => {
      const run = createFakeRun({
        commit: () => {
          run.abort();
          return { kind: 'go' };
        },
      });
      const outcome = await executor.carryOut(offer, run.run);
      assert.equal(outcome.kind === 'retry_later' && outcome.problem.code, 'stopped', JSON.stringify(outcome));
      assert.equal(standIn.sent().length, 0);
    }));
});

describe('some and all recipients refused', () => {
  for (const pipelining of [true, false]) {
    it(`all of them, for the day: nothing left, and it waits a day (pipelining ${pipelining})`, (t) =>
      inWorld(t, { pipelining }, async ({ executor, standIn }) => {
        standIn.refuse([{ at: 'rcpt', does: { code: 550, text: '5.4.5 Daily limit' } }]);
        const outcome = await executor.carryOut(offer, createFakeRun().run);
        assert.equal(outcome.kind, 'rate_limited', JSON.stringify(outcome));
        assert.equal(standIn.sent().length, 0);
      }));

    it(`one of them, and then the connection breaks: unknown (pipelining ${pipelining})`, (t) =>
      inWorld(t, { pipelining }, async ({ executor, standIn }) => {
        standIn.refuse([
          { at: 'rcpt', recipient: 'gone@client.example', does: { code: 550, text: '5.1.1 nobody' } },
          { at: 'accepted', does: 'cut' },
        ]);
        const outcome = await executor.carryOut({ ...offer, cc: ['gone@client.example'] }, createFakeRun().run);
        assert.equal(outcome.kind, 'unknown', JSON.stringify(outcome));
        assert.deepEqual(standIn.sent()[0]?.to, ['sara@client.example']);
      }));
  }
});

describe('a mail larger than the server said it takes', () => {
  it('is refused before the point of no return, with the limit named', (t) =>
    inWorld(t, { sizeLimit: 100_000 }, async ({ executor, standIn }) => {
      const run = createFakeRun();
      const outcome = await executor.carryOut({ ...offer, text: 'word '.repeat(60_000) }, run.run);
      assert.equal(outcome.kind, 'refused', JSON.stringify(outcome));
      assert.match(outcome.problem.what, /3\d\d kB.*at most 100 kB/);
      assert.equal(run.commits(), 0);
      assert.equal(standIn.sent().length, 0);
      assert.equal((await executor.carryOut(offer, createFakeRun().run)).kind, 'posted');
    }));
});
