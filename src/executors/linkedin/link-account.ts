/** Links a member: opens the login page and waits until a person has logged in. Runs in the child. */
import { blocks } from '../../domain/problem.ts';
import { enter, logInOnce } from './session.ts';
import { standingOf } from './urls.ts';
import { troubleOf } from '../browser-errors.ts';
import type { ChildAnswer } from '../browser-protocol.ts';
import type { Bench } from '../browser-bench.ts';

/** @param waitMs how long the person may take */
export async function linkAccount(bench: Bench, waitMs: number): Promise<ChildAnswer> {
  const { page, settings } = bench;
  await page.goto(new URL('/feed/', settings.baseUrl).href, { waitUntil: 'domcontentloaded' });
  if (!(await isInside(bench))) {
    const refused = await logInOnce(bench);
    if (refused !== undefined) bench.log('Please log in yourself in the browser window.');
    const deadline = performance.now() + waitMs;
    while (!(await isInside(bench))) {
      if (performance.now() > deadline || bench.ending()) {
        const problem = blocks('needs_login', 'Nobody logged in.', 'Run npm run login -- linkedin again.');
        return { kind: 'not_linked', problem };
      }
      await page.waitForTimeout(500);
    }
  }
  const entered = await enter(bench, false);
  if (entered.kind === 'outside') return { kind: 'not_linked', problem: troubleOf(entered.outcome) };
  await bench.backUp();
  return { kind: 'linked', ...entered.identity };
}

const isInside = async (bench: Bench): Promise<boolean> =>
  standingOf(bench.page.url()) === 'inside' && (await bench.session()) !== undefined;
