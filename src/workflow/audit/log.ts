/** The log in the vault against the ledger: the chain, each line, and that none is missing. Reads, never writes. */
import type { LedgerRecord } from '../../ledger/record.ts';
import type { LogEntry, ReadLog } from '../../vault/record-log.ts';
import { oneLine } from '../../lib/words.ts';
import { entryOf, resultOf } from '../keep-log.ts';

/** @returns what does not agree, in words; empty when all is well */
export function auditLog(log: ReadLog, record: LedgerRecord): readonly string[] {
  const should = new Map<string, LogEntry>([
    ...record.decisions.map((decision) => [decision.id, entryOf(decision, '')] as const),
    ...record.attempts
      .filter(({ phase }) => phase === 'ended')
      .map((attempt) => [attempt.id, resultOf(attempt, '')] as const),
  ]);
  const found: string[] = [];
  if (log.brokenAt !== undefined) {
    found.push(
      `The chain is broken at line ${log.brokenAt}: that line, or one before it, was changed, put in or taken out.`,
    );
  }
  const seen = new Set<string>();
  for (const entry of log.entries) {
    const wanted = should.get(entry.id);
    const words = `${entry.at} ${entry.what} ${entry.file} ${entry.who}`;
    if (wanted === undefined) found.push(`The log says “${words}”; the ledger knows nothing of it.`);
    else if (bare(wanted) !== bare(entry))
      found.push(`The log says “${words}”; the ledger says “${wanted.what} ${wanted.who}”.`);
    if (seen.has(entry.id)) found.push(`“${words}” stands in the log twice.`);
    seen.add(entry.id);
  }
  for (const [id, { at, what, who }] of should) {
    if (!seen.has(id)) found.push(`The ledger says “${at} ${what} ${who}”; the log does not have it.`);
  }
  return found;
}

/** Files are renamed, the clock's zone may change, and names were once written with signs nobody sees: nothing is proved by those. */
const bare = ({ what, who, text }: LogEntry): string =>
  JSON.stringify([what, oneLine(who.replaceAll('|', '¦'), 200), text]);
