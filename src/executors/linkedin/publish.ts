/** The one irreversible act: last look, point of no return, one click, and the site's own answer as evidence. */
import { blocks } from '../../domain/problem.ts';
import { judge } from './answer.ts';
import { lastLook } from './compose.ts';
import { loginRemedy } from './session.ts';
import { stoppedProblem } from '../browser-errors.ts';
import type { Bench } from '../browser-bench.ts';
import type { Composer } from './compose.ts';
import type { Identity } from '../browser-identity.ts';
import type { Locator } from 'playwright';
import type { Outcome } from '../../domain/outcome.ts';

export async function publish(
  bench: Bench,
  composer: Composer,
  text: string,
  identity: Identity,
  session: string | undefined,
): Promise<Outcome> {
  // A button that is switched off can't be rehearsed; the last look says so in words.
  const press = (await composer.post.isEnabled()) ? await rehearse(composer.post) : () => Promise.resolve();
  const look = await lastLook(bench, composer, text, identity);
  if (look?.kind === 'ended') return look.outcome;
  if ((await bench.session()) !== session) {
    const problem = blocks('wrong_account', 'The login of LinkedIn changed while the post was written.', loginRemedy);
    return { kind: 'needs_login', problem };
  }
  if (bench.ending()) return { kind: 'retry_later', problem: stoppedProblem };
  const answer = await bench.commit();
  if (answer.kind === 'stop') return { kind: 'refused', problem: answer.problem };
  bench.gate.arm();
  // Nothing may throw between here and the judgement: whatever happens, the gate knows whether the request left.
  const pressed = press().catch(() => undefined);
  const outcome = judge(await bench.gate.answer(bench.settings.answerMs), bench.settings.baseUrl);
  await pressed;
  return outcome;
}

/**
 * Makes sure the click will arrive, while it is still free. Where something lies over the button (the host of the
 * shadow root does at times) or it can't be scrolled into view, a click on the element itself does the same.
 */
async function rehearse(button: Locator): Promise<() => Promise<void>> {
  const covered = await button.click({ trial: true, timeout: 3000 }).then(
    () => false,
    (thrown: unknown) => {
      if (thrown instanceof Error && /intercepts pointer events|outside of the viewport/.test(thrown.message))
        return true;
      throw thrown;
    },
  );
  return covered ? () => button.dispatchEvent('click') : () => button.click({ noWaitAfter: true });
}
