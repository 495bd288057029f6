/** At start, before anything runs: attempts a crash cut off. The phase on record alone tells what may have happened. */
import type { Attempt } from '../domain/attempt.ts';
import type { Draft } from '../domain/draft.ts';
import { blocks } from '../domain/problem.ts';
import { strange } from '../lib/words.ts';
import { jobKinds } from './parts.ts';
import type { Parts } from './parts.ts';
import { tell } from './tell.ts';

export async function recover(parts: Parts): Promise<void> {
  const open = await parts.ledger.drafts.open();
  for (const draft of open) if (draft.state === 'in_progress') await recoverAttempt(parts, draft);
  for (const draft of open) holdOn(parts, draft);
  // Whatever was due while we were off. Those that wait for a person are many, and are looked at without a job.
  const runAt = parts.clock.now();
  const moving = open.filter(({ state }) => state !== 'pending');
  if (moving.length > 0) {
    await parts.ledger.tx(async (tables) => {
      for (const { id } of moving) await tables.jobs.add({ kind: jobKinds.settle, key: id, serialKey: id, runAt });
    });
  }
  for (const channel of parts.channels) {
    const unsure = await parts.ledger.outbox.settleSending(channel.name);
    if (unsure > 0) parts.logger.warn(`${unsure} message(s) to ${channel.name} may or may not have arrived.`);
  }
}

/** The rest of an undo time goes on, by a clock that nobody can set. */
function holdOn({ holds, clock, rules }: Parts, { id, state, notBefore }: Draft): void {
  const from = clock.now();
  const ms = (notBefore?.getTime() ?? 0) - from.getTime();
  if (state === 'approved' && ms > 0 && ms <= rules.holdSeconds * 1_000) holds.begin(id, { ms, from });
}

/** Ends what was cut off: the draft waits again, or its outcome is unknown. */
export async function recoverAttempt(parts: Parts, draft: Draft): Promise<void> {
  const attempt = (await parts.ledger.attempts.of(draft.id)).at(-1);
  if (attempt?.phase === 'committed') await suspect(parts, draft, attempt);
  else await release(parts, draft, attempt);
}

/** Past the point of no return: nobody can tell, so it is looked up and asked about, never repeated. */
async function suspect(parts: Parts, draft: Draft, attempt: Attempt): Promise<void> {
  const at = parts.clock.now();
  const words = 'Countersign was stopped while it was being sent.';
  const trouble = blocks('outcome_unknown', words, 'I look for proof; if you know, answer on the card.');
  const name = strange(draft.file.path.split('/').at(-1) ?? draft.file.path, 80);
  const text = `${name} may have gone out: ${words} I am looking for proof.`;
  const links = [{ label: 'Log', url: parts.runLink(attempt.id) }];
  await parts.ledger.tx(async (tables) => {
    await tables.attempts.end(attempt.id, at, 'unknown', undefined, words);
    // Not in a few seconds: what it did came before the crash, so its proof mostly is there already.
    const to = { state: 'unknown', notBefore: at, trouble } as const;
    await tables.drafts.change(draft.id, { from: ['in_progress'] }, to, at);
    await tell(parts, tables, draft.id, { text, loud: true, links, key: draft.key }, `${attempt.id}:unknown`);
  });
}

/** Before it: certainly nothing left; the approval still counts. */
async function release(parts: Parts, draft: Draft, attempt: Attempt | undefined): Promise<void> {
  const at = parts.clock.now();
  await parts.ledger.tx(async (tables) => {
    if (attempt !== undefined && attempt.phase === 'started') {
      await tables.attempts.end(
        attempt.id,
        at,
        'retry_later',
        undefined,
        'Countersign was stopped before it was sent.',
      );
    }
    const to = { state: 'approved', notBefore: at } as const;
    await tables.drafts.change(draft.id, { from: ['in_progress'] }, to, at);
  });
}
