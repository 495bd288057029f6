/** The buttons below the cards of one idea: all at once, each a decision of its own, as on its card. */
import type { Door } from '../../../domain/ports.ts';
import { batchWords, decideAll } from '../decide-many.ts';
import type { BatchVerb } from '../decide-many.ts';
import type { Messenger, Press } from '../messenger.ts';
import type { SetMark } from '../memory/set-rows.ts';
import type { Sets } from './sets.ts';
import type { SetVerb, SetWish } from '../buttons/action.ts';

const verbs: Readonly<Record<SetVerb, BatchVerb>> = { set_approve: 'approve', set_reject: 'reject', set_undo: 'undo' };
const words: Readonly<Record<BatchVerb, string>> = { approve: 'approved', reject: 'rejected', undo: 'taken back' };

export async function decideSet(
  { messenger, door, sets }: { messenger: Messenger; door: Door; sets: Sets },
  press: Press,
  wish: SetWish,
): Promise<void> {
  const verb = verbs[wish.kind];
  const tap = { actor: press.actor, id: press.id, verb };
  await sets.update(
    wish.key,
    async (mark, list) => {
      const result = await decideAll(door, tap, list, ({ noun }) => noun);
      await messenger.answer(press, batchWords(result, words[verb]), result.refused.length === 0 ? 'toast' : 'alert');
      return after(mark, verb, result.done);
    },
    () => messenger.answer(press, 'This list is an old one. Please use the newest one, or the cards.', 'alert'),
  );
}

/** What can be taken back from now on. */
function after(mark: SetMark, verb: BatchVerb, done: SetMark['last']): SetMark {
  if (verb === 'undo') return { ...mark, last: mark.last.filter(({ key }) => !done.some((one) => one.key === key)) };
  return done.length === 0 ? mark : { ...mark, last: done, verb };
}
