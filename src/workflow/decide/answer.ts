/** A person's answer to "did it go out?": it settles the attempt and the draft together. */
import type { DraftVerb, Verdict } from '../../domain/decision.ts';
import { noEvidence } from '../../domain/outcome.ts';
import { blocks } from '../../domain/problem.ts';
import type { DraftChange, Tables } from '../../domain/ledger-port.ts';
import { strange } from '../../lib/words.ts';
import type { Parts } from '../parts.ts';
import { record } from './record.ts';
import type { Case } from './record.ts';
import { decidedAlready } from './words.ts';

type Answer = Extract<DraftVerb, 'happened' | 'not_happened' | 'leave'>;

export async function answerUnknown(parts: Parts, about: Case, answer: Answer): Promise<Verdict> {
  const attempt = (await parts.ledger.attempts.of(about.draft.id)).at(-1);
  const who = strange(about.tap.actor.name, 40);
  const also = async (tables: Tables) => {
    if (attempt === undefined) return;
    if (answer === 'happened') {
      const evidence = { ...noEvidence, note: `${who} said that it went out` };
      await tables.attempts.settle(attempt.id, 'posted', evidence, evidence.note);
    }
    if (answer === 'not_happened') {
      await tables.attempts.settle(attempt.id, 'refused', undefined, `${who} said that it did not go out`);
    }
  };
  const won = await record(parts, about, ['unknown'], changes[answer], { also });
  if (!won) return decidedAlready(parts, about.draft, answer);
  return { kind: 'accepted', say: words[answer] };
}

const changes: Readonly<Record<Answer, DraftChange>> = {
  happened: { state: 'done', notBefore: undefined, trouble: undefined },
  not_happened: { state: 'pending', notBefore: undefined, trouble: undefined },
  leave: {
    state: 'failed',
    notBefore: undefined,
    trouble: blocks(
      'outcome_unknown',
      'Nobody could tell whether it went out, and it was left at that.',
      'Look at the account before sending it again.',
    ),
  },
};

const words: Readonly<Record<Answer, string>> = {
  happened: 'Noted: it went out.',
  not_happened: 'Noted: it did not go out. It waits for you again.',
  leave: 'Left as it is.',
};
