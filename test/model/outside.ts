/** The far sides of the executors: each does what the walk says next, and remembers honestly what reached it. */
import type { Confirmation, Outcome } from '../../src/domain/outcome.ts';
import type { Run } from '../../src/domain/ports.ts';
import { blocks } from '../../src/domain/problem.ts';
import { sends } from '../support/fake-executor.ts';
import type { FakeExecutor, Script } from '../support/fake-executor.ts';
import { farSides } from './steps.ts';
import type { FarSide, Mood } from './steps.ts';

const problem = blocks('unreachable', 'The far side is down.', 'Wait.');

export function createOutside(executors: Readonly<Record<FarSide, FakeExecutor>>) {
  const moods = new Map<FarSide, Mood[]>();
  const down = new Set<FarSide>();
  let honest = true;
  let gates: (() => void)[] = [];
  /** Opens when the walk goes on, and for an attempt that is told to stop: a real executor listens to that too. */
  const gate = ({ signal }: Pick<Run, 'signal'>): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
      gates.push(resolve);
      return undefined;
    });
  for (const side of farSides) {
    const executor = executors[side];
    const scripts = scriptsFor(gate, () => down.has(side));
    executor.next(async (...given) => {
      // What it would have done next it does when it is up again.
      const mood = down.has(side) ? 'retries' : moods.get(side)?.shift();
      return await scripts[mood ?? 'sends'](...given);
    });
    executor.confirms((key): Confirmation => {
      if (!honest || down.has(side)) return { kind: 'cannot_tell', why: 'Nothing to look at.' };
      return executor.received.some((arrival) => arrival.key === key)
        ? { kind: 'happened', evidence: { link: '', messageId: '', note: 'found' } }
        : { kind: 'did_not_happen', why: 'Nothing there.' };
    });
  }
  return {
    next: (side: FarSide, mood: Mood) => void moods.set(side, [...(moods.get(side) ?? []), mood]),
    /** Until it is up again nothing gets as far as its point of no return there. */
    down: (side: FarSide, isDown: boolean) => void (isDown ? down.add(side) : down.delete(side)),
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
      moods.clear();
      down.clear();
      honest = true;
    },
  };
}

function scriptsFor(
  gate: (run: Pick<Run, 'signal'>) => Promise<void>,
  isDown: () => boolean,
): Readonly<Record<Mood, Script>> {
  const retries: Script = async () => ({ kind: 'retry_later', problem });
  const after = async (run: Parameters<Script>[1], act: () => Promise<Outcome>): Promise<Outcome> =>
    (await run.commit()).kind === 'go' ? await act() : { kind: 'retry_later', problem };
  return {
    sends,
    retries,
    refuses: async () => ({ kind: 'refused', problem }),
    'logs out': async () => ({ kind: 'needs_login', problem }),
    waits: async (effect, run, send) => {
      await gate(run);
      return await (isDown() ? retries : sends)(effect, run, send);
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
      await gate(run);
      return outcome;
    },
  };
}
