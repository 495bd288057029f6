/** The one translator from what a browser throws to our words. */
import { blocks } from '../domain/problem.ts';
import { messageOf, strange } from '../lib/words.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Problem } from '../domain/problem.ts';

/** @param committed whether the point of no return was passed: then only `unknown` is honest */
export function endedByError(thrown: unknown, committed: boolean, ending: boolean): Outcome {
  // The first line only: the rest is a call log that quotes the page and may quote what was typed.
  const words = messageOf(thrown).split(/ Call log:|\n/)[0] ?? '';
  if (committed) {
    return {
      kind: 'unknown',
      problem: blocks(
        'outcome_unknown',
        'The browser failed after Post was pressed, so nobody can tell yet whether it went out.',
        'Wait for the check, or look at the account yourself.',
      ),
    };
  }
  if (ending) return { kind: 'retry_later', problem: stoppedProblem };
  if (
    /ERR_(?:INTERNET_DISCONNECTED|NAME_NOT_RESOLVED|CONNECTION_|NETWORK_|TIMED_OUT|ADDRESS_|PROXY_|EMPTY_)/.test(words)
  ) {
    return {
      kind: 'retry_later',
      problem: blocks('unreachable', 'The site could not be reached.', 'Nothing to do: it is tried again by itself.'),
    };
  }
  return {
    kind: 'retry_later',
    problem: blocks(
      'unreachable',
      `The browser stopped before anything was posted: ${firstWords(words)}`,
      'Nothing to do: it is tried again by itself. If it keeps failing, run npm run doctor.',
    ),
  };
}

// Playwright quotes values in its messages ("fill("…")"), so only the plain part in front is kept.
const firstWords = (words: string): string => `${strange(words.split(/["'`]/)[0] ?? '', 120)}.`;

export const stoppedProblem: Problem = blocks(
  'stopped',
  'The program was stopped before anything was posted.',
  'Nothing to do: it goes on when the program runs again.',
);

/** The problem of an outcome that is not `posted`. */
export const troubleOf = (outcome: Outcome): Problem =>
  outcome.kind === 'posted' ? blocks('bug', 'A failure was reported as a success.', 'Report it.') : outcome.problem;
