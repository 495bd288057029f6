import { readdirSync, readFileSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { emptyEffect, type Effect } from '../domain/effect.ts';
import { likenessHash } from './likeness.ts';

type Migration = { readonly version: number; readonly sql: string };

/** The migrations beside this file, oldest first: `0001-first.sql` is version 1. A gap in the numbers is a bug. */
export function readMigrations(folder = new URL('./migrations/', import.meta.url)): readonly Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  return names.map((name, index) => {
    if (Number(name.slice(0, 4)) !== index + 1) throw new Error(`Migration ${name} should have number ${index + 1}`);
    return { version: index + 1, sql: readFileSync(new URL(name, folder), 'utf8') };
  });
}

/**
 * Brings the database forward, each step in a transaction of its own, so that a crash leaves a version that exists.
 *
 * @returns `newer` when the file was written by a later Countersign; then nothing was touched
 */
export function migrate(db: Database, migrations: readonly Migration[]): 'ready' | 'newer' {
  const found = Number(db.pragma('user_version', { simple: true }));
  if (found > migrations.length) return 'newer';
  if (found < migrations.length) db.function('likeness', { deterministic: true }, likenessOfJson);
  for (const { version, sql } of migrations.slice(found)) {
    db.transaction(() => {
      db.exec(sql);
      db.exec(`PRAGMA user_version = ${version}`);
    }).immediate();
  }
  return 'ready';
}

/** For rows from before likeness was kept. */
const likenessOfJson = (json: string): string =>
  likenessHash({ ...emptyEffect, ...(JSON.parse(json) as Partial<Effect>) });
