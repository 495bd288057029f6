/**
 * Opens the record: its lock, its check after a crash, its migrations and its tables. What was answered from here survives a
 * power cut (`database.ts` says how).
 */
import type { Database } from 'better-sqlite3';
import type { Ledger, Tables } from '../domain/ledger-port.ts';
import type { Cursor, Inbox, Memory } from '../domain/ports.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { createBackup } from './backup.ts';
import { closeDatabase, openDatabase, type Refused } from './database.ts';
import type { JobQueue } from './job-queue.ts';
import { checkBeside, type Soundness } from './soundness.ts';
import { createLogRows, type LogRows } from './log-rows.ts';
import { createTables } from './tables.ts';
import { createTurns, promised, type RunInTurn } from './turn.ts';

/** What a crash left comes first: reading a large file takes a processor for a second. */
const checkAfterMs = 3_000;

export type OpenLedger = {
  readonly kind: 'open';
  readonly ledger: Ledger;
  /** For `createJobs`. */
  readonly jobQueue: JobQueue;
  /** For the log in the vault. */
  readonly logRows: LogRows;
  /** Resolves when a check that runs beside the start is done; at once when none was needed. */
  readonly soundness: Promise<Soundness>;
  /** Writes a whole copy while everything goes on; an existing file is replaced only by a complete one. */
  backup(file: string): Promise<void>;
};

/**
 * Opens the ledger in `file`; one process at a time (see vault-lock.ts).
 *
 * @param parts.file absolute path, on a local disk, never in a synced folder
 */
export async function openLedger(parts: {
  readonly file: string;
  readonly clock: Clock;
  readonly logger: Logger;
}): Promise<OpenLedger | Refused> {
  const opened = openDatabase(parts.file);
  if (opened.kind === 'refused') return opened;
  const { db } = opened;
  const check = opened.unchecked ? checkBeside({ ...parts, afterMs: checkAfterMs }) : undefined;
  const { tables, inbox, cursor, memory, queue } = createTables({ db, clock: parts.clock });
  // One connection: while a transaction has the turn, a call from elsewhere would become part of it, so it waits.
  const inTurn = createTurns();

  const ledger: Ledger = {
    ...tables(inTurn),
    tx: (work) => inTurn(() => transact(db, tables, work)),
    inbox: (channel) => promised<Inbox>(inbox(channel), inTurn),
    cursor: (watcher) => promised<Cursor>(cursor(watcher), inTurn),
    memory: (channel) => promised<Memory>(memory(channel), inTurn),
    close: () =>
      inTurn(async () => {
        await check?.stop();
        if (!db.open) return;
        closeDatabase(db);
        parts.logger.debug('Ledger closed.');
      }),
  };
  return {
    kind: 'open',
    ledger,
    soundness: check?.result ?? Promise.resolve<Soundness>('sound'),
    jobQueue: promised<JobQueue>(queue, inTurn),
    logRows: promised<LogRows>(createLogRows(db), inTurn),
    backup: createBackup(db, inTurn, (copy) => checkBeside({ ...parts, file: copy, afterMs: 0 }).result),
  };
}

async function transact<T>(
  db: Database,
  tables: (run: RunInTurn) => Tables,
  work: (tables: Tables) => Promise<T>,
): Promise<T> {
  let ended = false;
  // A write after the end, or after SQLite gave the transaction up by itself (disk full), would stand alone.
  const inside: RunInTurn = async (call) => {
    if (ended || !db.inTransaction) throw new Error('This ledger transaction has ended.');
    return call();
  };
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = await work(tables(inside));
    if (!db.inTransaction) throw new Error('SQLite gave up this ledger transaction.');
    db.exec('COMMIT');
    return result;
  } finally {
    ended = true;
    if (db.inTransaction) db.exec('ROLLBACK');
  }
}
