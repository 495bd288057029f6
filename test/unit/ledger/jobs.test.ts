import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { createJobs } from '../../../src/ledger/jobs.ts';
import type { JobQueue } from '../../../src/ledger/job-queue.ts';
import { openLedger } from '../../../src/ledger/ledger.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { systemRandom } from '../../../src/lib/random.ts';
import { createHeldClock } from '../../support/held-clock.ts';
import { until } from '../../support/until.ts';
import { temporaryFolder } from './folder.ts';

const start = new Date('2026-03-01T12:00:00.000Z');
const job = { kind: 'draft', key: 'a', serialKey: 'a', failures: 0 };

test('from wake to the handler it takes less than a millisecond', async (t) => {
  const folder = await temporaryFolder(t);
  const opened = await openLedger({ file: join(folder, 'ledger.db'), clock: systemClock, logger: silentLogger });
  assert(opened.kind === 'open');
  const { ledger, jobQueue: queue } = opened;
  const jobs = createJobs({ queue, clock: systemClock, random: systemRandom, logger: silentLogger });
  const took: number[] = [];
  let woken = 0;
  jobs.handle('draft', async () => void took.push(performance.now() - woken));
  jobs.start();

  for (let round = 1; round <= 50; round += 1) {
    await ledger.jobs.add({ kind: 'draft', key: `${round}`, serialKey: 'a', runAt: new Date(0) });
    woken = performance.now();
    jobs.wake();
    await until(() => took.length === round, 'it ran');
  }
  await jobs.stop();
  await ledger.close();

  const median = took.toSorted((a, b) => a - b)[25] ?? Infinity;
  t.diagnostic(`median ${median.toFixed(3)} ms`);
  assert.ok(median < 1, `${median} ms`);
});

/** A queue with one job due, that fails as often as told. */
function createBrokenQueue(failing: { take: number; finish: number }) {
  const calls: string[] = [];
  let due = true;
  const fail = (call: 'take' | 'finish') => {
    calls.push(call);
    failing[call] -= 1;
    if (failing[call] >= 0) throw new Error('disk full');
  };
  const queue: JobQueue = {
    async take() {
      if (!due) return undefined;
      fail('take');
      due = false;
      return job;
    },
    next: async () => undefined,
    finish: async () => fail('finish'),
    retry: async () => assert.fail('nothing is to be tried again'),
  };
  return { queue, calls };
}

test('a ledger that can’t be read for a while costs delay, no job and no storm', async () => {
  const clock = createHeldClock(start);
  const { queue, calls } = createBrokenQueue({ take: 3, finish: 0 });
  const jobs = createJobs({ queue, clock, random: systemRandom, logger: silentLogger });
  const ran: string[] = [];
  jobs.handle('draft', async (key) => void ran.push(key));
  jobs.start();

  await clock.advance(500);
  assert.deepEqual(calls, ['take']);
  await clock.advance(10_000);
  assert.deepEqual(calls, ['take', 'take', 'take', 'take', 'finish']);
  assert.deepEqual(ran, ['a']);
  await jobs.stop();
});

test('a job whose end can’t be written is not run again meanwhile, and stop does not wait for the disk', async () => {
  const clock = createHeldClock(start);
  const { queue, calls } = createBrokenQueue({ take: 0, finish: 1000 });
  const jobs = createJobs({ queue, clock, random: systemRandom, logger: silentLogger });
  const ran: string[] = [];
  jobs.handle('draft', async (key) => void ran.push(key));
  jobs.start();

  await clock.advance(60_000);
  assert.deepEqual(ran, ['a']);
  assert.ok(calls.length > 5 && calls.length < 12, `${calls.length} tries`);
  await jobs.stop();
});

test('a machine that slept runs what is due within a minute of waking', async () => {
  const clock = createHeldClock(start);
  let now = start.getTime();
  const inAnHour = new Date(now + 3_600_000);
  let taken = false;
  const queue: JobQueue = {
    async take(_kinds, at) {
      if (taken || at < inAnHour) return undefined;
      taken = true;
      return job;
    },
    next: async () => (taken ? undefined : inAnHour),
    finish: async () => undefined,
    retry: async () => undefined,
  };
  // Wall time that jumps, on timers that did not notice.
  const jumping = { ...clock, now: () => new Date(now) };
  const ran: string[] = [];
  const jobs = createJobs({ queue, clock: jumping, random: systemRandom, logger: silentLogger });
  jobs.handle('draft', async (key) => void ran.push(key));
  jobs.start();
  await clock.advance(1000);

  now += 2 * 3_600_000;
  await clock.advance(60_000);
  assert.deepEqual(ran, ['a']);
  await jobs.stop();
});
