import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { until } from '../../support/until.ts';
import { later, openBench, type Store } from './bench.ts';

/** A handler that writes down its keys and ends when told. */
function createRecorder() {
  const begun: string[] = [];
  const ended: string[] = [];
  const waiting: (() => void)[] = [];
  return {
    begun,
    ended,
    async run(key: string): Promise<void> {
      begun.push(key);
      await new Promise<void>((resolve) => waiting.push(resolve));
      ended.push(key);
    },
    /** Lets the one that has run longest end. */
    release: () => waiting.shift()?.(),
  };
}

const job = (key: string, serialKey = key, runAt = later(0)) => ({ kind: 'draft', key, serialKey, runAt });

export function jobContract(name: string, createStore: () => Promise<Store>): void {
  describe(`${name}: jobs`, () => {
    test('a due job runs after wake, once, and is gone over a restart', async (t) => {
      const { ledger, clock, createJobs, reopen } = await openBench(t, createStore);
      const ran: string[] = [];
      const jobs = createJobs({ clock });
      jobs.handle('draft', async (key) => void ran.push(key));
      jobs.start();
      await ledger.jobs.add(job('a'));
      jobs.wake();
      await until(() => ran.length === 1, 'it ran');
      await jobs.stop();

      const next = (await reopen()).createJobs({ clock });
      next.handle('draft', async (key) => void ran.push(key));
      next.start();
      await clock.advance(10 * 60_000);
      await next.stop();
      assert.deepEqual(ran, ['a']);
    });

    test('a later job runs at its instant, without being asked; moving it earlier counts, later does not', async (t) => {
      const { ledger, clock, createJobs } = await openBench(t, createStore);
      const ran: string[] = [];
      const jobs = createJobs({ clock });
      jobs.handle('draft', async (key) => void ran.push(`${key} ${clock.now().getTime() - later(0).getTime()}`));
      jobs.start();
      await ledger.jobs.add(job('a', 'a', later(600_000)));
      await ledger.jobs.add(job('b', 'b', later(900_000)));
      await ledger.jobs.add(job('b', 'b', later(300_000)));
      await ledger.jobs.add(job('b', 'b', later(950_000)));
      jobs.wake();

      await clock.advance(299_000);
      assert.deepEqual(ran, []);
      await clock.advance(1_000_000);
      assert.deepEqual(ran, ['b 300000', 'a 600000']);
      assert.equal(clock.waiting(), 0, 'nothing to do, no timer');
      await jobs.stop();
    });

    test('a job that falls due between two looks at the clock is not lost', async (t) => {
      const { ledger, createJobs } = await openBench(t, createStore);
      for (let offset = 0; offset < 12; offset += 1) {
        // Every look at this clock costs a millisecond; waiting costs what was asked for.
        let now = later(0).getTime();
        const clock = {
          now: () => new Date((now += 1)),
          steady: () => now,
          after(ms: number, call: () => void) {
            const timer = setImmediate(() => {
              now += ms;
              call();
            });
            return () => clearImmediate(timer);
          },
        };
        const ran: string[] = [];
        const jobs = createJobs({ clock });
        jobs.handle('draft', async (key) => void ran.push(key));
        await ledger.jobs.add(job(`at ${offset}`, 'a', later(offset)));
        jobs.start();
        await until(() => ran.length === 1, `the job at ${offset} ms ran`);
        await jobs.stop();
      }
    });

    test('jobs with one serial key run one at a time, others beside them, up to the limit', async (t) => {
      const { ledger, clock, createJobs } = await openBench(t, createStore);
      const recorder = createRecorder();
      const jobs = createJobs({ clock, concurrency: 3 });
      jobs.handle('draft', recorder.run);
      jobs.start();
      for (const [index, key] of ['a1', 'a2', 'a3', 'b1', 'c1', 'd1'].entries()) {
        await ledger.jobs.add(job(key, key.slice(0, 1), later(index - 10)));
      }
      jobs.wake();

      await until(() => recorder.begun.length === 3, 'three run');
      assert.deepEqual(recorder.begun, ['a1', 'b1', 'c1']);
      recorder.release();
      await until(() => recorder.begun.length === 4, 'the next of a runs');
      assert.deepEqual(recorder.begun.slice(3), ['a2']);
      for (let ended = 1; ended < 6; ended += 1) {
        await until(() => recorder.begun.length > ended, 'another runs');
        recorder.release();
      }
      await until(() => recorder.ended.length === 6, 'all ended');
      await jobs.stop();
    });

    test('a wake-up that arrives while the job runs leads to another run', async (t) => {
      const { ledger, clock, createJobs } = await openBench(t, createStore);
      const recorder = createRecorder();
      const jobs = createJobs({ clock });
      jobs.handle('draft', recorder.run);
      jobs.start();
      await ledger.jobs.add(job('a'));
      jobs.wake();
      await until(() => recorder.begun.length === 1, 'it runs');
      // With another serial key, which must not let it run beside itself.
      await ledger.jobs.add(job('a', 'other'));
      await ledger.jobs.add(job('a', 'other'));
      jobs.wake();
      await clock.advance(1);
      assert.equal(recorder.begun.length, 1);

      recorder.release();
      await until(() => recorder.begun.length === 2, 'it runs again');
      recorder.release();
      await until(() => recorder.ended.length === 2, 'it ended');
      await clock.advance(600_000);
      assert.equal(recorder.begun.length, 2);
      await jobs.stop();
    });

    test('a job that asks for itself at a later instant waits for it', async (t) => {
      const { ledger, clock, createJobs } = await openBench(t, createStore);
      const ran: number[] = [];
      const jobs = createJobs({ clock });
      jobs.handle('draft', async () => {
        ran.push(clock.now().getTime() - later(0).getTime());
        await ledger.jobs.add(job('a', 'a', new Date(clock.now().getTime() + 3_600_000)));
      });
      await ledger.jobs.add(job('a'));
      jobs.start();

      await clock.advance(2 * 3_600_000);
      assert.deepEqual(ran, [0, 3_600_000, 7_200_000]);
      await jobs.stop();
    });

    test('a job that throws comes back after a growing delay of at most five minutes', async (t) => {
      const { ledger, clock, createJobs } = await openBench(t, createStore);
      const ran: number[] = [];
      let errors = 0;
      const jobs = createJobs({ clock, onError: () => void (errors += 1) });
      jobs.handle('draft', async () => {
        ran.push((clock.now().getTime() - later(0).getTime()) / 1000);
        throw new Error('not today');
      });
      await ledger.jobs.add(job('a'));
      jobs.start();

      await clock.advance(1_200_000);
      assert.deepEqual(ran, [0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 811, 1111]);
      assert.equal(errors, ran.length);
      await jobs.stop();
    });

    test('what failed is tried at once by the next start, what is not due yet waits', async (t) => {
      const { ledger, clock, createJobs, reopen } = await openBench(t, createStore);
      const ran: string[] = [];
      const failing = createJobs({ clock, onError: () => undefined });
      failing.handle('draft', async () => {
        throw new Error('disk full');
      });
      await ledger.jobs.add(job('a'));
      await ledger.jobs.add(job('b', 'b', later(600_000)));
      failing.start();
      await clock.advance(300_000);
      await failing.stop();

      const jobs = (await reopen()).createJobs({ clock });
      jobs.handle('draft', async (key) => void ran.push(`${key} ${clock.now().getTime() - later(0).getTime()}`));
      jobs.start();
      await clock.advance(1);
      assert.deepEqual(ran, ['a 300000']);
      await clock.advance(300_000);
      assert.deepEqual(ran, ['a 300000', 'b 600000']);
      await jobs.stop();
    });

    test('a job that was running when the process died runs again', async (t) => {
      const { ledger, clock, createJobs, reopen } = await openBench(t, createStore);
      const recorder = createRecorder();
      const dying = createJobs({ clock });
      dying.handle('draft', recorder.run);
      dying.start();
      await ledger.jobs.add(job('a'));
      dying.wake();
      await until(() => recorder.begun.length === 1, 'it runs');

      const ran: string[] = [];
      const jobs = (await reopen()).createJobs({ clock });
      jobs.handle('draft', async (key) => void ran.push(key));
      jobs.start();
      await until(() => ran.length === 1, 'it ran again');
      await jobs.stop();
      recorder.release();
      await dying.stop();
    });

    test('stop waits for what runs and starts no more', async (t) => {
      const { ledger, clock, createJobs } = await openBench(t, createStore);
      const recorder = createRecorder();
      const jobs = createJobs({ clock });
      jobs.handle('draft', recorder.run);
      jobs.start();
      await ledger.jobs.add(job('a1', 'a'));
      await ledger.jobs.add(job('a2', 'a'));
      jobs.wake();
      await until(() => recorder.begun.length === 1, 'one runs');

      let stopped = false;
      const stopping = jobs.stop().then(() => (stopped = true));
      await clock.advance(1000);
      assert.equal(stopped, false);
      recorder.release();
      await stopping;
      jobs.wake();
      await clock.advance(600_000);
      assert.deepEqual(recorder.ended, ['a1']);
      assert.deepEqual(recorder.begun, ['a1']);
      assert.equal(clock.waiting(), 0);
    });

    test('jobs of a kind nobody handles stay and hold nobody up', async (t) => {
      const { ledger, clock, createJobs } = await openBench(t, createStore);
      const ran: string[] = [];
      await ledger.jobs.add({ ...job('x', 'same', later(-5)), kind: 'retired' });
      await ledger.jobs.add(job('a', 'same'));
      const jobs = createJobs({ clock, concurrency: 1 });
      jobs.handle('draft', async (key) => void ran.push(key));
      jobs.start();

      await until(() => ran.length === 1, 'it ran');
      await jobs.stop();
    });
  });
}
