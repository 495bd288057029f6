/** Checks a large ledger beside the running program, on a connection of its own that can't write. Runs in a worker. */
import { parentPort, workerData } from 'node:worker_threads';
import Database, { SqliteError } from 'better-sqlite3';

const { file } = workerData as { readonly file: string };

function check(): 'sound' | 'damaged' {
  const db = new Database(file, { readonly: true, timeout: 10_000 });
  try {
    return db.pragma('quick_check(1)', { simple: true }) === 'ok' ? 'sound' : 'damaged';
  } catch (thrown) {
    // So broken that it can't even be checked.
    if (thrown instanceof SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(thrown.code)) return 'damaged';
    throw thrown;
  } finally {
    db.close();
  }
}

// Told only after the connection is closed: an open one keeps the main one from tidying up at its end.
parentPort?.postMessage(check());
