/**
 * What every executor must keep, whatever it talks to. Each platform gives a small working world: the executor, a far
 * side that really takes effects, and ways to break it.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { blocks, isBlocked } from '../../src/domain/problem.ts';
import { until } from '../support/until.ts';
import { createFakeRun } from '../support/fake-run.ts';
import type { Effect } from '../../src/domain/effect.ts';
import type { Executor, PastRun } from '../../src/domain/ports.ts';
import type { FakeRun } from '../support/fake-run.ts';
import type { Outcome } from '../../src/domain/outcome.ts';

export type ExecutorWorld = {
  readonly executor: Executor;
  /** Can be carried out. */
  readonly effect: Effect;
  /** Each can never be carried out, and that can be known without asking anybody. */
  readonly impossible: readonly Effect[];
  /** Texts that really left, oldest first. */
  effects(): readonly string[];
  /** How often the far side was talked to at all, in whatever unit. */
  contacts(): number;
  /** From now on the far side fails before anything can be taken. */
  breakBefore(): void;
  /** From now on the far side takes the effect, and the answer is lost. */
  breakAfterSend(): void;
  /** Other ways in which the effect is taken and nobody can tell, by what happens. */
  readonly otherLosses?: Readonly<Record<string, () => void>>;
  /** Back to normal. */
  mend(): void;
  /** From now on a person would have to log in. */
  needLogin?(): void;
  /** Whether `confirm` has a place to look, so that it must find what happened. */
  readonly canLook?: boolean;
  /** Strings that must appear nowhere. */
  readonly secrets: readonly string[];
  /** Lines the executor logged for itself. */
  logged(): readonly string[];
  close(): Promise<void>;
};

const notNow = blocks('paused', 'Paused in this very moment.', 'Resume.');

/** Registers the suite. @param makeWorld called for each test; must be independent of earlier ones */
export function executorContract(name: string, makeWorld: () => Promise<ExecutorWorld>): void {
  const within = async (test: (world: ExecutorWorld) => Promise<void>) => {
    const world = await makeWorld();
    try {
      await test(world);
    } finally {
      await world.executor.stop();
      await world.close();
    }
  };
  const past = (run: FakeRun, committedAt: Date): PastRun => ({
    key: run.run.key,
    committedAt,
    vaultPath: run.run.vaultPath,
    log: run.run.log,
  });

  describe(`${name} keeps the contract of executors`, () => {
    it('says what can never leave, without asking anybody', () =>
      within(async ({ executor, effect, impossible, contacts }) => {
        const before = contacts();
        const checked = (one: Effect) => [...executor.platform.check(one), ...executor.check(one)];
        assert.deepEqual(executor.missing(), []);
        assert.equal(isBlocked(checked(effect)), false, JSON.stringify(checked(effect)));
        assert.ok(impossible.length > 0);
        for (const one of impossible) assert.equal(isBlocked(checked(one)), true, JSON.stringify(one));
        assert.equal(contacts(), before);
      }));

    it('carries out exactly once, exactly the text, with evidence, and asks before', () =>
      within(async ({ executor, effect, effects }) => {
        let leftBefore = -1;
        const run = createFakeRun({
          commit: () => {
            leftBefore = effects().length;
            return { kind: 'go' };
          },
        });
        const outcome = await executor.carryOut(effect, run.run);
        assert.equal(outcome.kind, 'posted', JSON.stringify(outcome));
        assert.ok(outcome.evidence.link !== '' || outcome.evidence.messageId !== '');
        assert.deepEqual(effects(), [effect.text]);
        assert.equal(run.commits(), 1);
        assert.equal(leftBefore, 0);
      }));

    it('does nothing when it is told to stop at the last moment', () =>
      within(async ({ executor, effect, effects }) => {
        const run = createFakeRun({ commit: () => ({ kind: 'stop', problem: notNow }) });
        const outcome = await executor.carryOut(effect, run.run);
        assert.ok(outcome.kind === 'refused' || outcome.kind === 'retry_later', JSON.stringify(outcome));
        assert.deepEqual(outcome.problem, notNow);
        assert.equal(run.commits(), 1);
        assert.deepEqual(effects(), []);
      }));

    it('may be tried again when it fails before the point of no return', () =>
      within(async ({ executor, effect, effects, breakBefore, mend }) => {
        breakBefore();
        const run = createFakeRun();
        const outcome = await executor.carryOut(effect, run.run);
        assert.ok(outcome.kind === 'retry_later' || outcome.kind === 'refused', JSON.stringify(outcome));
        assert.equal(run.commits(), 0);
        assert.deepEqual(effects(), []);
        mend();
        assert.equal((await executor.carryOut(effect, createFakeRun().run)).kind, 'posted');
        assert.deepEqual(effects(), [effect.text]);
      }));

    const loses = (world: ExecutorWorld, breakIt: () => void): Promise<void> => loseAnswer(world, breakIt, past);

    it('calls a lost answer unknown, never sends twice, and finds it by looking', () =>
      within((world) => loses(world, world.breakAfterSend)));

    it('calls it unknown in every other way in which nobody can tell', async (t) => {
      let ways: readonly string[] = [];
      await within(async ({ otherLosses = {} }) => {
        ways = Object.keys(otherLosses);
      });
      for (const way of ways) {
        await t.test(way, () => within((world) => loses(world, world.otherLosses?.[way] ?? assert.fail)));
      }
    });

    it('does not claim to find what never was', () =>
      within(async ({ executor, effect, effects }) => {
        const found = await executor.confirm(effect, past(createFakeRun(), new Date()));
        assert.notEqual(found.kind, 'happened', JSON.stringify(found));
        assert.deepEqual(effects(), []);
      }));

    it('changes nothing outside in a dry run', () =>
      within(async ({ executor, effect, effects }) => {
        const run = createFakeRun({ dryRun: true });
        const outcome = await executor.carryOut(effect, run.run);
        assert.equal(outcome.kind, 'posted', JSON.stringify(outcome));
        assert.match(outcome.evidence.note, /dry run/i);
        assert.deepEqual(effects(), []);
      }));

    it('asks for a person when a login is needed', (t) =>
      within(async ({ executor, effect, effects, needLogin }) => {
        if (needLogin === undefined) {
          t.skip(`${name} has no login`);
          return;
        }
        needLogin();
        const run = createFakeRun();
        const outcome = await executor.carryOut(effect, run.run);
        assert.equal(outcome.kind, 'needs_login', JSON.stringify(outcome));
        assert.notEqual(outcome.problem.remedy, '');
        assert.equal(run.commits(), 0);
        assert.deepEqual(effects(), []);
      }));

    it('gives up before the point of no return when the program stops', () =>
      within(async ({ executor, effect, effects }) => {
        const run = createFakeRun();
        run.abort();
        const outcome = await executor.carryOut(effect, run.run);
        assert.ok(outcome.kind === 'retry_later' || outcome.kind === 'refused', JSON.stringify(outcome));
        assert.deepEqual(effects(), []);
      }));

    it('writes no secret anywhere', () =>
      within(async ({ executor, effect, secrets, logged, breakAfterSend, needLogin }) => {
        assert.ok(secrets.length > 0);
        const outcomes: Outcome[] = [];
        const runs = [createFakeRun(), createFakeRun(), createFakeRun()];
        for (const [index, run] of runs.entries()) {
          outcomes.push(await executor.carryOut({ ...effect, text: `${effect.text} ${index}` }, run.run));
          if (index === 0) breakAfterSend();
          else needLogin?.();
        }
        const written = [
          JSON.stringify(outcomes),
          JSON.stringify(executor.health()),
          ...logged(),
          ...runs.flatMap((run) => [...run.lines]),
          ...runs.flatMap((run) => [...run.kept.values()].map((bytes) => Buffer.from(bytes).toString('latin1'))),
        ].join('\n');
        for (const secret of secrets) assert.equal(written.includes(secret), false, 'a secret was written');
      }));

    it('stops within five seconds, also twice', () =>
      within(async ({ executor, effect, contacts }) => {
        const working = executor.carryOut(effect, createFakeRun().run);
        await until(() => contacts() > 0, 'the executor is at work');
        const begun = performance.now();
        await executor.stop();
        assert.ok(performance.now() - begun < 5000, `took ${Math.round(performance.now() - begun)} ms`);
        await executor.stop();
        assert.notEqual((await working).kind, 'needs_login');
      }));
  });
}

async function loseAnswer(
  world: ExecutorWorld,
  breakIt: () => void,
  past: (run: FakeRun, committedAt: Date) => PastRun,
): Promise<void> {
  const { executor, effect, effects, mend, canLook } = world;
  let committedAt = new Date();
  const run = createFakeRun({
    commit: () => {
      committedAt = new Date();
      return { kind: 'go' };
    },
  });
  breakIt();
  const outcome = await executor.carryOut(effect, run.run);
  assert.equal(outcome.kind, 'unknown', JSON.stringify(outcome));
  assert.deepEqual(effects(), [effect.text]);
  mend();
  const found = await executor.confirm(effect, past(run, committedAt));
  assert.notEqual(found.kind, 'did_not_happen', 'it did happen');
  if (canLook === true) assert.equal(found.kind, 'happened', JSON.stringify(found));
  if (found.kind === 'happened') assert.ok(found.evidence.link !== '' || found.evidence.messageId !== '');
  assert.deepEqual(effects(), [effect.text], 'looking must not send');
}
