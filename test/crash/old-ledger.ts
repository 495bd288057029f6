/** A ledger of today as the first version would have left it, and whether nothing of it is lost or wrong after the migrations. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Database as Db, Value } from 'better-sqlite3';

const migrations = new URL('../../src/ledger/migrations/', import.meta.url);
const newest = readdirSync(migrations).length;

type Row = Readonly<Record<string, Value>>;
type Named = { readonly name: string };

/** Tables whose rows prove something; the key of each. */
const kept = {
  drafts: ['id'],
  revisions: ['draft_id', 'hash'],
  decisions: ['id'],
  attempts: ['id'],
} as const;
type Kept = keyof typeof kept;

export type OldRows = Readonly<Record<Kept, readonly Row[]>>;

/** Written by triggers, or there from the beginning. */
const filledBySchema = ['draft_counts', 'closing'];

/** What tables held that are gone, out of those that hold it today. */
const goneSince: Readonly<Record<string, string>> = {
  inbox_offsets: 'SELECT channel, CAST("cursor" AS INTEGER) FROM today.inbox_cursors',
};

/**
 * Leaves out all that later migrations brought: the rows stay. Only while no process has it open.
 *
 * @returns the rows that the migrations have to keep
 */
export function makeOld(file: string): OldRows {
  const old = `${file}.old`;
  const [first = ''] = readdirSync(migrations).toSorted();
  const db = new Database(old);
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA foreign_keys = OFF; ${readFileSync(new URL(first, migrations), 'utf8')}`);
  db.exec(`ATTACH '${file}' AS today`);
  const tables = namesIn(db, `SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`);
  for (const table of tables.filter((name) => !filledBySchema.includes(name))) {
    const columns = namesIn(db, `SELECT name FROM pragma_table_info('${table}', 'main')`).map((name) => `"${name}"`);
    const from = goneSince[table] ?? `SELECT ${columns.join()} FROM today.${table}`;
    db.exec(`INSERT INTO main.${table} (${columns.join()}) ${from}`);
  }
  // What buttons carried then: the beginning of the text's hash.
  db.exec(`UPDATE main.cards SET wanted = json_set(wanted, '$.revision',
    (SELECT substr(coalesce(revision, ''), 1, 10) FROM main.drafts WHERE id = draft_id))`);
  db.exec(`UPDATE main.closing SET clean = 0; PRAGMA main.user_version = 1; DETACH today`);
  const rows = readRows(db);
  db.close();
  for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
  renameSync(old, file);
  return rows;
}

export function isMigrated(file: string): boolean {
  const db = new Database(file, { readonly: true });
  try {
    return db.pragma('user_version', { simple: true }) === newest;
  } finally {
    db.close();
  }
}

/** Every row is there, says what it said, and has what its migration had to give it. */
export function checkMigrated(file: string, before: OldRows): void {
  const db = new Database(file, { readonly: true });
  try {
    const after = readRows(db);
    // A draft and an attempt go on; what was shown and what was decided stays as it was.
    checkKept('drafts', before, after, ['id', 'key', 'created_at', 'platform', 'account']);
    checkKept('revisions', before, after, ['effect', 'original', 'at']);
    checkKept('decisions', before, after, Object.keys(before.decisions[0] ?? {}));
    checkKept('attempts', before, after, ['draft_id', 'number', 'decision_id', 'revision', 'started_at']);
    for (const row of oldOnes('revisions', before, after)) assert.match(String(row['layout']), /^\{"kind":"draft"/);
    for (const row of oldOnes('decisions', before, after)) assert.equal(row['tap'], null);
    for (const row of oldOnes('attempts', before, after)) assert.equal(row['needed'], 1);
    checkReached(db, before);
    checkAsked(before, after);
  } finally {
    db.close();
  }
}

function checkReached(db: Db, before: OldRows): void {
  const reached = namesIn(db, 'SELECT address AS name FROM reached');
  const left = before.attempts.filter(({ outcome, committed_at: at }) => outcome === 'posted' && at !== null);
  assert.ok(left.length > 0, 'the old ledger has a mail that left');
  for (const attempt of left) {
    const shown = before.revisions.find(
      (row) => row['draft_id'] === attempt['draft_id'] && row['hash'] === attempt['revision'],
    );
    const { to = [] } = JSON.parse(String(shown?.['effect'])) as { readonly to?: readonly string[] };
    for (const address of to) assert.ok(reached.includes(address.toLowerCase()), `${address} was reached before`);
  }
}

/** What waits has no approval yet; what was approved has its one. Only where nobody decided anything since. */
function checkAsked(before: OldRows, after: OldRows): void {
  assert.ok(
    before.drafts.some(({ state }) => state === 'pending'),
    'the old ledger has a draft that waits',
  );
  const decided = (rows: OldRows, id: Value | undefined) => rows.decisions.filter((row) => row['draft_id'] === id);
  for (const { id, state } of before.drafts) {
    const decisions = decided(before, id);
    if (decisions.length !== decided(after, id).length) continue;
    const askedFrom = Number(after.drafts.find((row) => row['id'] === id)?.['asked_from']);
    const open = decisions.slice(askedFrom).filter(({ verb }) => verb === 'approve');
    const isApproved = ['approved', 'in_progress', 'unknown'].includes(String(state));
    if (state === 'pending') assert.equal(askedFrom, decisions.length, `${id} waits for its first approval`);
    if (isApproved) assert.equal(open.length, 1, `${id} is approved by one`);
  }
}

const keyOf = (table: Kept, row: Row): string => kept[table].map((column) => row[column]).join(' ');

function oldOnes(table: Kept, before: OldRows, after: OldRows): readonly Row[] {
  const keys = new Set(before[table].map((row) => keyOf(table, row)));
  return after[table].filter((row) => keys.has(keyOf(table, row)));
}

function checkKept(table: Kept, before: OldRows, after: OldRows, columns: readonly string[]): void {
  const pick = (row: Row) => [keyOf(table, row), ...columns.map((column) => row[column])];
  const found = new Map(after[table].map((row) => [keyOf(table, row), pick(row)]));
  for (const row of before[table])
    assert.deepEqual(found.get(keyOf(table, row)), pick(row), `${table} keep their rows`);
}

const namesIn = (db: Db, sql: string): readonly string[] =>
  db
    .prepare<Named>(sql)
    .all()
    .map(({ name }) => name);

const readRows = (db: Db): OldRows => ({
  drafts: db.prepare<Row>('SELECT * FROM main.drafts').all(),
  revisions: db.prepare<Row>('SELECT * FROM main.revisions').all(),
  decisions: db.prepare<Row>('SELECT * FROM main.decisions').all(),
  attempts: db.prepare<Row>('SELECT * FROM main.attempts').all(),
});
