/** How LinkedIn is used through a browser, step by step. Runs in the child. */
import { blocks } from '../../domain/problem.ts';
import { compose } from './compose.ts';
import { confirmPost } from './confirm.ts';
import { enter } from './session.ts';
import { linkAccount } from './link-account.ts';
import { isPublish, standingOf } from './urls.ts';
import { keepProof } from './proof.ts';
import { publish } from './publish.ts';
import type { Bench } from '../browser-bench.ts';
import type { Effect } from '../../domain/effect.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { Recipe } from '../browser-child.ts';

export const linkedinRecipe: Recipe = {
  plan: {
    isPublish,
    sessionCookie: 'li_at',
    mayPhotograph: (url) => url.startsWith('http') && standingOf(url) === 'inside',
  },
  carryOut,
  confirm: (effect, committedAt, bench) => confirmPost(bench, effect.text, committedAt),
  logIn: linkAccount,
};

async function carryOut(effect: Effect, bench: Bench, dryRun: boolean): Promise<Outcome> {
  if (effect.action !== 'post_update') {
    const problem = blocks('unknown_action', 'Only posts can go out on LinkedIn so far.', 'Do this one by hand.');
    return { kind: 'refused', problem };
  }
  bench.log('Opening LinkedIn.');
  const entered = await enter(bench, true);
  if (entered.kind === 'outside') return entered.outcome;
  const session = await bench.session();
  bench.log(`Logged in as ${entered.identity.handle}; writing the post.`);
  const composed = await compose(bench, effect.text);
  if (composed.kind === 'ended') {
    await bench.keepTrouble();
    return composed.outcome;
  }
  bench.log('The share box holds exactly the approved text.');
  await bench.photograph('before.jpg');
  if (dryRun) {
    return { kind: 'posted', evidence: { link: '', messageId: '', note: 'dry run: nothing was posted' } };
  }
  const outcome = await publish(bench, composed.composer, effect.text, entered.identity, session);
  if (bench.gate.stopped() > 0)
    bench.log(`Stopped ${bench.gate.stopped()} further request(s) that would have published.`);
  if (outcome.kind === 'posted') await afterwards(bench, outcome.evidence.link, effect.text);
  else await bench.photograph('trouble.jpg');
  return outcome;
}

/** Nice to have, after the fact: nothing in here may change the outcome. */
async function afterwards(bench: Bench, link: string, text: string): Promise<void> {
  bench.log(`Posted: ${link}`);
  await bench.backUp();
  try {
    await bench.page.goto(link, { waitUntil: 'domcontentloaded' });
    await bench.photograph('after.jpg');
    await keepProof(bench, text);
  } catch {
    bench.log('The page of the post could not be opened for a picture.');
  }
}
