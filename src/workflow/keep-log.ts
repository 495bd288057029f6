/**
 * Keeps the log in the vault beside the record: every decision and every result becomes a line, in the order they came
 * on record. It also is the memory outside the ledger: a ledger that does not know the log's last line is an old copy.
 */
import type { Attempt } from '../domain/attempt.ts';
import type { Decision } from '../domain/decision.ts';
import { shortRevision } from '../domain/draft.ts';
import { warns } from '../domain/problem.ts';

import { localDate, localSeconds } from '../lib/local-time.ts';
import { messageOf, oneLine } from '../lib/words.ts';
import type { LogEntry } from '../vault/record-log.ts';
import { jobKinds } from './parts.ts';
import type { Parts } from './parts.ts';

/** How far the log is: the newest decision and attempt that were looked at, and attempts whose end is still to come. */
type Mark = { readonly decision: number; readonly attempt: number; readonly open: readonly string[] };

const markName = 'logged';
const batch = 200;

/** Adds what came on record since the last time. Called again after a crash, it adds nothing twice. */
export async function keepLog(parts: Parts): Promise<void> {
  const { logRows, recordLog, ledger } = parts;
  for (;;) {
    const mark = await markOf(parts);
    const decisions = await logRows.decisionsAfter(mark.decision, batch);
    const attempts = await logRows.attemptsAfter(mark.attempt, batch);
    const running = [...mark.open, ...attempts.map(({ row }) => row.id)];
    const looked = await Promise.all(running.map((id) => logRows.attempt(id)));
    const ended = looked.filter((one) => one !== undefined && isOver(one.row));
    const entries = [
      ...decisions.map(({ row, file }) => entryOf(row, file)),
      ...ended.flatMap((one) => (one === undefined ? [] : [resultOf(one.row, one.file)])),
    ];
    const over = new Set(ended.map((one) => one?.row.id));
    const next: Mark = {
      decision: decisions.at(-1)?.number ?? mark.decision,
      attempt: attempts.at(-1)?.number ?? mark.attempt,
      open: running.filter((id) => !over.has(id)),
    };
    if (JSON.stringify(next) === JSON.stringify(mark)) return;
    // Cut off between the lines and the mark, some are there already, and not always the first: others came on record since.
    const there = entries.length === 0 ? [] : await recordLog.latest(entries.length);
    const known = new Set(there.map(({ id, what }) => `${id} ${what}`));
    const missing = entries.filter(({ id, what }) => !known.has(`${id} ${what}`));
    if (missing.length > 0) await recordLog.append(missing);
    await ledger.flags.set(markName, JSON.stringify(next));
    if (decisions.length < batch && attempts.length < batch) return;
  }
}

async function markOf(parts: Parts): Promise<Mark> {
  const kept = await parts.ledger.flags.get(markName);
  return kept === undefined ? { decision: 0, attempt: 0, open: [] } : (JSON.parse(kept) as Mark);
}

/** What an unknown outcome turns out to be is a decision, or proof beside it: its line says only how far it came. */
const isOver = (attempt: Attempt): boolean => attempt.phase === 'ended';

const stamp = (at: Date): string => `${localDate(at)} ${localSeconds(at)}`;

export const entryOf = (decision: Decision, file: string): LogEntry => ({
  at: stamp(decision.at),
  what: decision.verb,
  file: oneLine(file, 120),
  who: `by ${oneLine(decision.actor.name, 40)} (${decision.actor.source}:${oneLine(decision.actor.id, 40)})`,
  text: shortRevision(decision.revision),
  id: decision.id,
});

export const resultOf = (attempt: Attempt, file: string): LogEntry => ({
  at: stamp(attempt.endedAt ?? attempt.startedAt),
  what: attempt.committedAt === undefined ? 'did not leave' : 'passed the point of no return',
  file: oneLine(file, 120),
  who: `attempt ${attempt.number} under ${attempt.decisionId}`,
  text: shortRevision(attempt.revision),
  id: attempt.id,
});

/** Whether the vault knows more than the ledger: somebody put an old copy of the ledger back, or lost it. */
export async function isLedgerOld(parts: Parts): Promise<boolean> {
  return (await isLogAhead(parts)) || (await isCommitAhead(parts));
}

async function isLogAhead({ recordLog, ledger, logger }: Parts): Promise<boolean> {
  // A log that can't be read must not keep everything from starting; `npm run verify` says the same.
  const last = await recordLog.last().catch((thrown: unknown) => {
    logger.warn(
      `The log of decisions can’t be read, so nobody can tell whether the ledger is old: ${messageOf(thrown)}`,
    );
    return undefined;
  });
  if (last === undefined || (await ledger.flags.get(seenName)) === last.id) return false;
  return (await ledger.decisions.byId(last.id)) === undefined && (await ledger.attempts.byId(last.id)) === undefined;
}

/** An attempt that may have gone out, and here it never came so far: it was cut off before it got its line in the log. */
async function isCommitAhead(parts: Parts): Promise<boolean> {
  const id = await committedLast(parts);
  if (id === undefined || (await parts.ledger.flags.get(seenCommitName)) === id) return false;
  return (await parts.ledger.attempts.byId(id))?.committedAt === undefined;
}

const committedLast = ({ lastCommit, logger }: Parts): Promise<string | undefined> =>
  lastCommit.read().catch((thrown: unknown) => {
    logger.warn(`The name of the newest attempt can’t be read: ${messageOf(thrown)}`);
    return undefined;
  });

/** The newest attempt this ledger does not know to have left and has drawn its conclusions from. */
const seenCommitName = 'commit_ahead';

/** The last line of the log this ledger does not know and has drawn its conclusions from. */
const seenName = 'log_ahead';

/**
 * With an old ledger nothing that was allowed once may run by itself: it may have gone out since. What lies in Approved
 * or In_Progress is asked again; what lies in a finished folder is adopted from there by the rescan.
 */
export async function distrust(parts: Parts): Promise<void> {
  const { ledger, recordLog, logRows, clock, logger } = parts;
  logger.warn('The ledger is older than the log in the vault: everything that was approved is asked again.');
  const at = clock.now();
  // Nothing to compare with, when the log can't be read: the name of the newest attempt brought us here.
  const last = await recordLog.last().catch(() => undefined);
  const committed = await committedLast(parts);
  const mark = await endOf(logRows, await markOf(parts));
  const trouble = warns('undone_move', oldWords, oldRemedy);
  const open = (await ledger.drafts.open()).filter(({ state }) => state === 'approved');
  await ledger.tx(async (tables) => {
    // The first look is one into a vault nobody knows.
    await tables.flags.set('rescanned', 'no');
    await tables.flags.set(seenName, last?.id ?? '');
    await tables.flags.set(seenCommitName, committed ?? '');
    // All that this ledger knows was in the log before the lines it does not know.
    await tables.flags.set(markName, JSON.stringify(mark));
    for (const { id } of open) {
      await tables.drafts.change(id, { from: ['approved'] }, { state: 'pending', notBefore: undefined, trouble }, at);
      await tables.jobs.add({ kind: jobKinds.settle, key: id, serialKey: id, runAt: at });
    }
  });
}

async function endOf(rows: Parts['logRows'], from: Mark): Promise<Mark> {
  let { decision, attempt } = from;
  for (let more = true; more;) {
    const decisions = await rows.decisionsAfter(decision, batch);
    const attempts = await rows.attemptsAfter(attempt, batch);
    decision = decisions.at(-1)?.number ?? decision;
    attempt = attempts.at(-1)?.number ?? attempt;
    more = decisions.length + attempts.length > 0;
  }
  return { decision, attempt, open: [] };
}

export const oldRemedy = 'Look at the account; approve it only if it did not go out.';
export const oldWords = 'The record was lost or put back from an older copy, so it may have gone out before.';
