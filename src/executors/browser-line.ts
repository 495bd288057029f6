/** The child's line to its parent: asks, waits for the answer, and knows how far the order is. */
import { stoppedProblem } from './browser-errors.ts';
import type { CommitAnswer } from '../domain/ports.ts';
import type { Line, ToChild, ToParent } from './browser-protocol.ts';

export type ChildLine = {
  readonly line: Line;
  /** Takes an answer of the parent in. */
  hear(message: ToChild): void;
  /** A new order begins. */
  begin(): void;
  /** The parent wants the child to end. */
  end(): void;
  committed(): boolean;
  /** From the question on the answer may be under way, and then the browser must not be closed under the click. */
  mayBreakOff(): boolean;
};

export function createLine(say: (message: ToParent) => void): ChildLine {
  let ending = false;
  let phase: 'before' | 'asking' | 'committed' = 'before';
  let onCommit: (answer: CommitAnswer) => void = () => undefined;
  let onPassword: (password: string) => void = () => undefined;
  let onKept: () => void = () => undefined;

  return {
    line: {
      log: (text) => say({ kind: 'log', line: text }),
      async commit() {
        if (ending) return { kind: 'stop', problem: stoppedProblem };
        phase = 'asking';
        const answer = await new Promise<CommitAnswer>((resolve) => {
          onCommit = resolve;
          say({ kind: 'commit' });
        });
        phase = answer.kind === 'go' ? 'committed' : 'before';
        return answer;
      },
      password: () =>
        new Promise((resolve) => {
          onPassword = resolve;
          say({ kind: 'password_wanted' });
        }),
      keep: (name, bytes) =>
        new Promise((resolve) => {
          onKept = resolve;
          say({ kind: 'keep', name, bytes });
        }),
      ending: () => ending,
    },
    hear(message) {
      if (message.kind === 'commit_answer') onCommit(message.answer);
      else if (message.kind === 'password') onPassword(message.password);
      else if (message.kind === 'kept') onKept();
    },
    begin() {
      phase = 'before';
    },
    end() {
      ending = true;
    },
    committed: () => phase === 'committed',
    mayBreakOff: () => phase === 'before',
  };
}
