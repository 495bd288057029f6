/** The real workflow under people who do anything in any order; then what must hold whatever they did. */
import assert from 'node:assert/strict';
import { setTimeout as rest } from 'node:timers/promises';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { canonicalEffect } from '../../../src/domain/effect.ts';
import type { Effect } from '../../../src/domain/effect.ts';
import { blocks } from '../../../src/domain/problem.ts';
import { sha256 } from '../../../src/lib/hash.ts';
import { allows } from '../../../src/workflow/present.ts';
import { sends } from '../../support/fake-executor.ts';
import type { Script } from '../../support/fake-executor.ts';
import { checkCards, checkFiles, quiet } from '../../support/walk-checks.ts';
import { createDice, createPerson } from '../../support/walk-person.ts';
import type { Dice } from '../../support/walk-person.ts';
import { createWorld, sara } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const seeds = (process.env['WALK_SEEDS'] ?? '1,2,3,4,5,6,126,225,284').split(',').map(Number);
const stepCount = 60;

describe('a random walk', () => {
  for (const seed of seeds) {
    it(`keeps every promise (seed ${seed})`, { timeout: 60_000 }, async (t) => {
      const steps: string[] = [];
      try {
        await walk(t, seed, (step) => steps.push(step));
      } catch (thrown) {
        t.diagnostic(`seed ${seed}, steps:\n${steps.join('\n')}`);
        throw thrown;
      }
    });
  }
});

async function walk(t: TestContext, seed: number, say: (step: string) => void): Promise<void> {
  const dice = createDice(seed);
  const world = await createWorld(t, { maxRetries: 1, limits: new Map([['linkedin', 4]]) });
  const sent: string[] = [];
  world.executor.next(playing(world, dice, sent, say));
  const person = createPerson(world, dice, say);
  for (let step = 0; step < stepCount; step += 1) {
    await person.step();
    await between(world, dice, say);
  }
  say('-- settling');
  world.executor.next(async (effect, run, send) => await recorded(world, sends, sent, effect, run, send));
  world.executor.confirms({ kind: 'did_not_happen', why: 'Nothing there.' });
  await world.door().resume(sara);
  await quiet(world);
  assert.deepEqual(sent, [...new Set(sent)], 'one approval, one effect');
  assert.deepEqual(
    sent.filter((key) => key.startsWith('unapproved')),
    [],
  );
  await checkFiles(world, person.copies);
  await checkCards(world);
}

/** What the world does between two steps of a person. */
async function between(world: World, dice: Dice, say: (step: string) => void): Promise<void> {
  switch (dice.below(14)) {
    case 0:
      await world.stop();
      await world.start();
      return say('restart');
    case 1:
      await world.door().pause(sara);
      return say('pause');
    case 2:
    case 3:
      await world.door().resume(sara);
      return say('resume');
    case 4:
    case 5:
    case 6:
      await world.pass(dice.oneOf([500, 4_000, 11_000, 700_000]) ?? 0);
      return say('time passes');
    case 7:
      world.executor.confirms(
        dice.oneOf([
          { kind: 'cannot_tell', why: 'Nothing to see.' },
          { kind: 'did_not_happen', why: 'Nothing there.' },
        ]) ?? { kind: 'cannot_tell', why: '' },
      );
      return;
    case 8:
      return await rest(dice.below(10));
    default:
      if (dice.below(2) === 0) await world.rescan();
  }
}

/** An executor of moods. What it sends must stand under the newest decision of a draft that is being carried out. */
function playing(world: World, dice: Dice, sent: string[], say: (step: string) => void): Script {
  const problem = blocks('unreachable', 'Down.', 'Wait.');
  const moods: readonly Script[] = [
    sends,
    sends,
    async () => ({ kind: 'retry_later', problem }),
    async () => ({ kind: 'refused', problem }),
    async (_, run) =>
      (await run.commit()).kind === 'go' ? { kind: 'unknown', problem } : { kind: 'retry_later', problem },
    async (effect, run, send) => {
      await sends(effect, run, send);
      throw new Error('died');
    },
  ];
  return async (effect, run, send) => {
    const mood = dice.oneOf(moods) ?? sends;
    await rest(dice.below(8));
    say(`attempt ${run.key.slice(0, 6)} of "${effect.text}"`);
    return await recorded(world, mood, sent, effect, run, send);
  };
}

async function recorded(world: World, script: Script, sent: string[], ...[effect, run, send]: Parameters<Script>) {
  const leave = (leaving: Effect) => {
    sent.push(run.key);
    send(leaving);
  };
  const commit = async () => {
    const answer = await run.commit();
    // Not asserted here: what is thrown in an executor counts as an unknown outcome.
    if (answer.kind === 'go' && !(await standsUnderDecision(world, effect))) sent.push(`unapproved: ${effect.text}`);
    return answer;
  };
  return await script(effect, { ...run, commit }, leave);
}

async function standsUnderDecision(world: World, effect: Effect): Promise<boolean> {
  const { ledger } = world.parts();
  const revision = sha256(canonicalEffect(effect));
  for (const draft of await ledger.drafts.open()) {
    if (draft.state !== 'in_progress' || draft.revision !== revision) continue;
    const attempt = (await ledger.attempts.of(draft.id)).at(-1);
    const decision = (await ledger.decisions.of(draft.id)).at(-1);
    if (attempt?.phase === 'committed' && attempt.decisionId === decision?.id && allows(decision, revision))
      return true;
  }
  return false;
}
