/**
 * An attempt that may have left: look for proof, read-only, at growing distances; then ask. Never repeated by itself
 * (promise P2). A person's answer, by tap or by moving the file, ends it at any time.
 */
import type { Attempt } from '../domain/attempt.ts';
import type { Draft, Revision } from '../domain/draft.ts';
import type { DraftChange, Tables } from '../domain/ledger-port.ts';
import type { Confirmation } from '../domain/outcome.ts';
import type { Executor } from '../domain/ports.ts';
import { blocks } from '../domain/problem.ts';
import type { Problem } from '../domain/problem.ts';
import { localClock } from '../lib/local-time.ts';
import { messageOf, strange } from '../lib/words.ts';
import { openLog } from './open-log.ts';
import { runKey } from './run-key.ts';
import { jobKinds } from './parts.ts';
import type { Parts } from './parts.ts';
import { currentRevision } from './present.ts';
import { putAwaySoon } from './put-away.ts';
import { settle, settleLocked } from './settle.ts';
import { tell } from './tell.ts';

/** Seconds after the outcome was found unknown. After the last look people are asked, and it is looked up hourly. */
const looks = [5, 30, 120, 600] as const;
const hourMs = 3_600_000;

export const firstLook = (at: Date): Date => new Date(at.getTime() + looks[0] * 1_000);

/** Job: one look, if it is time for one. */
export async function confirm(parts: Parts, draftId: string): Promise<void> {
  const draft = await parts.ledger.drafts.byId(draftId);
  if (draft?.state !== 'unknown') {
    // Answered, perhaps by this very job before a crash cut it off: folder and card may still have to follow.
    await settle(parts, draftId);
    return;
  }
  const now = parts.clock.now();
  if (draft.notBefore !== undefined && draft.notBefore > now) {
    await again(parts, draft, draft.notBefore);
    return;
  }
  const attempt = (await parts.ledger.attempts.of(draftId)).at(-1);
  const revision = await currentRevision(parts, draft);
  const executor = parts.executors.get(draft.platform);
  if (attempt === undefined || revision === undefined || executor === undefined) return;
  const found = await look(parts, draft, attempt, revision, executor);
  await parts.lock(draftId, async () => {
    await conclude(parts, draft, attempt, found);
    await settleLocked(parts, draftId);
  });
}

async function look(
  parts: Parts,
  draft: Draft,
  attempt: Attempt,
  revision: Revision,
  executor: Executor,
): Promise<Confirmation> {
  const committedAt = attempt.committedAt ?? attempt.startedAt;
  const files = await openLog(parts, attempt.id);
  try {
    const key = runKey(draft.id, attempt.decisionId, revision.hash);
    const past = { key, committedAt, vaultPath: parts.vault.path, log: files.log };
    const found = await executor.confirm(revision.effect, past);
    files.log(`Looked for proof: ${found.kind}${'why' in found ? `: ${found.why}` : ''}`);
    return found;
  } catch (thrown) {
    return { kind: 'cannot_tell', why: strange(messageOf(thrown), 300) };
  } finally {
    await files.close();
  }
}

async function conclude(parts: Parts, draft: Draft, attempt: Attempt, found: Confirmation): Promise<void> {
  const at = parts.clock.now();
  const name = strange(draft.file.path.split('/').at(-1) ?? draft.file.path, 80);
  const change = async (tables: Tables, to: DraftChange) => {
    // While we looked, a person may have answered, and a later attempt may be the one in question now.
    if ((await tables.attempts.of(draft.id)).at(-1)?.id !== attempt.id) return false;
    return await tables.drafts.change(draft.id, { from: ['unknown'] }, to, at);
  };
  const say = (tables: Tables, text: string, loud: boolean, key: string) =>
    tell(parts, tables, draft.id, { text, loud, links: [log(parts, attempt)], key: draft.key }, `${attempt.id}:${key}`);
  switch (found.kind) {
    case 'happened':
      return await parts.ledger.tx(async (tables) => {
        if (!(await change(tables, { state: 'done', notBefore: undefined, trouble: undefined }))) return;
        await tables.attempts.settle(attempt.id, 'posted', found.evidence, found.evidence.note);
        await putAwaySoon(tables, draft.id, at);
        await say(tables, `Proof found: ${name} went out.`, false, 'happened');
      });
    case 'did_not_happen':
      return await parts.ledger.tx(async (tables) => {
        const trouble = didNot(found.why);
        if (!(await change(tables, { state: 'failed', notBefore: undefined, trouble }))) return;
        await tables.attempts.settle(attempt.id, 'refused', undefined, found.why);
        await say(tables, `${name} did not go out: ${found.why} Try again from its card.`, true, 'did_not');
      });
    case 'cannot_tell':
      return await parts.ledger.tx(async (tables) => {
        const next = nextLook(attempt, at);
        const still = await change(tables, { notBefore: next.at });
        if (!still || !next.asks) return;
        const when = localClock(attempt.committedAt ?? attempt.startedAt);
        const text = `I can’t tell whether ${name} went out at ${when}: ${found.why} Please look, and answer on its card.`;
        await say(tables, text, true, 'asked');
      });
  }
}

const didNot = (why: string): Problem =>
  blocks('refused_by_platform', `It did not go out: ${why}`, 'Try again when it should still go out.');

function nextLook(attempt: Attempt, now: Date): { readonly at: Date; readonly asks: boolean } {
  const from = (attempt.endedAt ?? attempt.startedAt).getTime();
  const next = looks.map((seconds) => from + seconds * 1_000).find((at) => at > now.getTime());
  return next === undefined
    ? { at: new Date(now.getTime() + hourMs), asks: true }
    : { at: new Date(next), asks: false };
}

const log = (parts: Parts, attempt: Attempt) => ({
  label: 'Log',
  url: parts.runLink(attempt.id),
  attempt: attempt.id,
});

const again = (parts: Parts, draft: Draft, runAt: Date): Promise<void> =>
  parts.ledger.jobs.add({ kind: jobKinds.confirm, key: draft.id, serialKey: draft.id, runAt });
