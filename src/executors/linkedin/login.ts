/** `npm run login -- linkedin`: a browser window in which the person logs in, once. */
import { blocks } from '../../domain/problem.ts';
import { createBrowserWorker } from '../browser-worker.ts';
import { settingsOf } from './executor.ts';
import { stoppedProblem } from '../browser-errors.ts';
import type { LinkedinParts } from './executor.ts';
import type { Problem } from '../../domain/problem.ts';

export type Linked =
  | { readonly kind: 'linked'; readonly handle: string; readonly name: string }
  | { readonly kind: 'not_linked'; readonly problem: Problem };

/**
 * Opens the window and waits until the login and the member are known; then the browser is closed properly, because a
 * killed one forgets a fresh login. With an address and password in the settings the form is filled in once.
 *
 * @param parts.waitMs how long the person may take
 */
export async function loginLinkedin(
  parts: LinkedinParts & {
    readonly say: (line: string) => void;
    readonly waitMs: number;
    readonly signal?: AbortSignal;
  },
): Promise<Linked> {
  const worker = createBrowserWorker({
    entry: new URL('child.ts', import.meta.url),
    environment: parts.environment,
    clock: parts.clock,
    logger: parts.logger,
    idleMs: 0,
    orderMs: parts.waitMs + 5 * 60_000,
  });
  try {
    const ending = await worker.run(
      { kind: 'log_in', settings: settingsOf(parts), waitMs: parts.waitMs },
      {
        commit: () => Promise.resolve({ kind: 'stop', problem: stoppedProblem }),
        password: () => parts.config.password,
        log: parts.say,
        keep: () => Promise.resolve(),
        ...(parts.signal === undefined ? {} : { signal: parts.signal }),
      },
    );
    if (ending.kind === 'answered' && (ending.answer.kind === 'linked' || ending.answer.kind === 'not_linked')) {
      return ending.answer;
    }
    const problem = blocks('needs_login', 'The browser was closed before the login was done.', 'Try again.');
    return { kind: 'not_linked', problem };
  } finally {
    await worker.stop();
  }
}
