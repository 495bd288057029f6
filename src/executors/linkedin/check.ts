/** What this executor can’t do, beyond what no post on LinkedIn may be, said before the approval (promise P7). Pure. */
import { blocks } from '../../domain/problem.ts';
import type { Effect } from '../../domain/effect.ts';
import type { Problem } from '../../domain/problem.ts';

/** @param account that is set up; empty when none */
export function checkPost(effect: Effect, account: string): readonly Problem[] {
  const problems: Problem[] = [];
  if (effect.action !== 'post_update') {
    const what = 'Only posts can go out on LinkedIn; articles and comments are not built yet.';
    problems.push(blocks('unknown_action', what, 'Set action: post_update, or do this one by hand.'));
  }
  if (effect.media.length > 0) {
    const what = 'Pictures and videos can’t go out on LinkedIn yet.';
    problems.push(blocks('media_unsupported', what, 'Take them out of the draft, or post it by hand.'));
  }
  if (effect.to.length > 0) {
    const what = 'A LinkedIn post goes to everybody, but this draft names somebody it is for.';
    problems.push(blocks('contradiction', what, 'Take the recipient out, or do this one by hand.'));
  }
  if (effect.account !== '' && account !== '' && effect.account.toLowerCase() !== account.toLowerCase()) {
    const what = 'This draft is for another LinkedIn account than the one that is set up.';
    problems.push(blocks('wrong_account', what, 'Correct the account in the draft, or link that account.'));
  }
  return problems;
}
