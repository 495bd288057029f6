/** The far side of the executors: does what the walk says next, and remembers honestly what reached it. */
import type { Confirmation, Outcome } from '../../src/domain/outcome.ts';
import { blocks } from '../../src/domain/problem.ts';
import { sends } from '../support/fake-executor.ts';
import type { FakeExecutor, Script } from '../support/fake-executor.ts';
import type { Mood } from './steps.ts';

const problem = blocks('unreachable', 'The far side is down.', 'Wait.');

export function createOutside(executors: readonly FakeExecutor[]) {
  let moods: Mood[] = [];
  let honest = true;
  let gates: (() => void)[] = [];
  const gate = (): Promise<void> => new Promise((resolve) => gates.push(resolve));
  const after = async (run: Parameters<Script>[1], act: () => Promise<Outcome>): Promise<Outcome> =>
    (await run.commit()).kind === 'go' ? await act() : { kind: 'retry_later', problem };

  const scripts: Readonly<Record<Mood, Script>> = {
    sends,
    retries: async () => ({ kind: 'retry_later', problem }),
    refuses: async () => ({ kind: 'refused', problem }),
    'logs out': async () => ({ kind: 'needs_login', problem }),
    waits: async (effect, run, send) => {
      await gate();
      return await sends(effect, run, send);
    },
    loses: async (effect, run, send) =>
      await after(run, async () => {
        send(effect);
        return { kind: 'unknown', problem };
      }),
    forgets: async (_, run) => await after(run, async () => ({ kind: 'unknown', problem })),
    dies: async (effect, run, send) => {
      await sends(effect, run, send);
      throw new Error('died after it was sent');
    },
    hangs: async (effect, run, send) => {
      const outcome = await sends(effect, run, send);
      await gate();
      return outcome;
    },
  };
  for (const executor of executors) {
    executor.next(async (...given) => await scripts[moods.shift() ?? 'sends'](...given));
    executor.confirms((key): Confirmation => {
      if (!honest) return { kind: 'cannot_tell', why: 'Nothing to look at.' };
      return executor.received.some((arrival) => arrival.key === key)
        ? { kind: 'happened', evidence: { link: '', messageId: '', note: 'found' } }
        : { kind: 'did_not_happen', why: 'Nothing there.' };
    });
  }
  return {
    next: (mood: Mood) => void moods.push(mood),
    confirms: (honestly: boolean) => void (honest = honestly),
    goOn() {
      for (const open of gates) open();
      gates = [];
    },
    /** The process died: nobody waits at the gates any more. */
    forget() {
      gates = [];
    },
    calm() {
      moods = [];
      honest = true;
    },
  };
}
