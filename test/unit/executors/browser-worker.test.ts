import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { blocks } from '../../../src/domain/problem.ts';
import { browserEnvironment, createBrowserWorker } from '../../../src/executors/browser-worker.ts';
import { emptyEffect } from '../../../src/domain/effect.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import type { OrderHooks } from '../../../src/executors/browser-worker.ts';
import type { Order } from '../../../src/executors/browser-protocol.ts';

const settings = {
  baseUrl: 'http://127.0.0.1:1',
  email: '',
  profileDir: '/nowhere',
  browserPath: '',
  browserChannel: '',
  headless: 'auto' as const,
  environment: {},
  stepMs: 1,
  answerMs: 1,
};
const order = (text: string): Order => ({
  kind: 'carry_out',
  settings,
  effect: { ...emptyEffect, text },
  dryRun: false,
});

async function withWorker(
  test: (
    run: (text: string, given?: Partial<OrderHooks>) => Promise<{ ending: unknown; lines: string[] }>,
    stop: () => Promise<void>,
  ) => Promise<void>,
  orderMs = 60_000,
) {
  const worker = createBrowserWorker({
    entry: new URL('children/fixed.ts', import.meta.url),
    environment: {
      PATH: process.env['PATH'],
      HOME: '/home/x',
      TELEGRAM_BOT_TOKEN: 'secret-1',
      LINKEDIN_PASSWORD: 'secret-2',
    },
    clock: systemClock,
    logger: silentLogger,
    idleMs: 60_000,
    orderMs,
  });
  const run = async (text: string, given: Partial<OrderHooks> = {}) => {
    const lines: string[] = [];
    const ending = await worker.run(order(text), {
      commit: async () => ({ kind: 'go' }),
      password: () => '',
      log: (line) => {
        lines.push(line);
      },
      keep: async () => undefined,
      ...given,
    });
    return { ending, lines };
  };
  try {
    await test(run, () => worker.stop());
  } finally {
    await worker.stop();
  }
}

describe('the parent of a browser', () => {
  it('knows that a child which died before commit did nothing', () =>
    withWorker(async (run) => {
      const { ending } = await run('die at once');
      assert.deepEqual(ending, { kind: 'died', committed: false, words: 'the browser ended unexpectedly' });
    }));

  it('knows that a child which died after commit may have done it', () =>
    withWorker(async (run) => {
      const { ending } = await run('die after commit');
      assert.deepEqual(ending, { kind: 'died', committed: true, words: 'the browser ended unexpectedly' });
    }));

  it('starts a new child after one has died', () =>
    withWorker(async (run) => {
      await run('die at once');
      assert.deepEqual((await run('work')).lines, ['go']);
    }));

  it('passes a stop on', () =>
    withWorker(async (run) => {
      const problem = blocks('paused', 'Paused.', 'Resume.');
      assert.deepEqual((await run('work', { commit: async () => ({ kind: 'stop', problem }) })).lines, ['stop']);
    }));

  it('gives the child no secret of the environment', () =>
    withWorker(async (run) => {
      const { lines } = await run('show environment');
      assert.match(lines[0] ?? '', /"HOME":"\/home\/x"/);
      assert.doesNotMatch(lines[0] ?? '', /secret|TOKEN|PASSWORD/);
    }));

  it('gives a child up that hangs before its commit, and the next order gets a new one', () =>
    withWorker(async (run) => {
      const { ending } = await run('hang');
      assert.deepEqual(ending, { kind: 'died', committed: false, words: 'the browser ended unexpectedly' });
      assert.deepEqual((await run('work')).lines, ['go']);
    }, 8_000));

  it('does not know what a child did that hangs after its commit', () =>
    withWorker(async (run) => {
      const { ending } = await run('hang after commit');
      assert.deepEqual(ending, { kind: 'died', committed: true, words: 'the browser ended unexpectedly' });
    }, 8_000));

  it('ends a child that hangs when it is stopped', () =>
    withWorker(async (run, stop) => {
      const working = run('hang');
      await stop();
      assert.equal(JSON.stringify((await working).ending).includes('"committed":false'), true);
    }));
});

it('a browser sees paths, language and screen, and nothing that could be a secret', () => {
  const seen = browserEnvironment({
    PATH: '/bin',
    LC_ALL: 'C',
    DISPLAY: ':0',
    SLACK_BOT_TOKEN: 'x',
    NODE_OPTIONS: '--inspect',
    AWS_SECRET: 'y',
    LANG: undefined,
  });
  assert.deepEqual(seen, { PATH: '/bin', LC_ALL: 'C', DISPLAY: ':0' });
});
