import type { Effect } from '../../src/domain/effect.ts';
import type { Confirmation, Outcome } from '../../src/domain/outcome.ts';
import type { Platform } from '../../src/domain/platform.ts';
import type { Executor, Run } from '../../src/domain/ports.ts';
import type { Problem } from '../../src/domain/problem.ts';

/** What the next runs do; the last one stays. */
export type Script = (effect: Effect, run: Run, send: (effect: Effect) => void) => Promise<Outcome>;

/** An executor whose outside world is a list. */
export type FakeExecutor = Executor & {
  /** Everything that really left. */
  readonly effects: readonly Effect[];
  /** The same, with the key of the run it left in. */
  readonly received: readonly { readonly key: string; readonly effect: Effect }[];
  readonly runs: readonly { readonly key: string; readonly attempt: number }[];
  next(...scripts: readonly Script[]): void;
  /** A function gets the key of the run that is asked about. */
  confirms(answer: Confirmation | ((key: string) => Confirmation)): void;
  object(problems: readonly Problem[]): void;
};

export const sends: Script = async (effect, run, send) => {
  const answer = await run.commit();
  if (answer.kind === 'stop') return { kind: 'retry_later', problem: answer.problem };
  if (!run.dryRun) send(effect);
  return { kind: 'posted', evidence: { link: 'https://example.com/post/1', messageId: '', note: 'accepted' } };
};

export function createFakeExecutor(platform: Platform, account = 'you@example.com'): FakeExecutor {
  const effects: Effect[] = [];
  const received: { key: string; effect: Effect }[] = [];
  const runs: { key: string; attempt: number }[] = [];
  let scripts: readonly Script[] = [sends];
  let confirmation: Confirmation | ((key: string) => Confirmation) = { kind: 'cannot_tell', why: 'nothing to look at' };
  let problems: readonly Problem[] = [];
  return {
    platform,
    account,
    missing: () => [],
    check: () => problems,
    async carryOut(effect, run) {
      runs.push({ key: run.key, attempt: run.attempt });
      const script = scripts[0] ?? sends;
      if (scripts.length > 1) scripts = scripts.slice(1);
      return await script(effect, run, (sent) => {
        effects.push(sent);
        received.push({ key: run.key, effect: sent });
      });
    },
    confirm: async (_, { key }) => (typeof confirmation === 'function' ? confirmation(key) : confirmation),
    health: () => ({ part: platform.id, standing: 'well', since: new Date(0), lastSuccess: undefined, words: '' }),
    stop: async () => undefined,
    effects,
    received,
    runs,
    next(...given) {
      scripts = given;
    },
    confirms(answer) {
      confirmation = answer;
    },
    object(given) {
      problems = given;
    },
  };
}
