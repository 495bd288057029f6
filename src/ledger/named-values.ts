import type { Database } from 'better-sqlite3';
import type { FlagTable } from '../domain/ledger-port.ts';
import type { Cursor, Memory } from '../domain/ports.ts';
import type { Direct } from './turn.ts';

/** Tables of values under a name: flags, cursors, what a channel remembers. */
export function createNamedValues(db: Database): {
  readonly flags: Direct<FlagTable>;
  readonly cursor: (watcher: string) => Direct<Cursor>;
  readonly memory: (channel: string) => Direct<Memory>;
} {
  type Row = { readonly value: string };
  const flag = db.prepare<Row>('SELECT value FROM flags WHERE name = ?');
  const setFlag = db.prepare(`
    INSERT INTO flags VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`);
  const cursor = db.prepare<Row>('SELECT value FROM cursors WHERE watcher = ?');
  const setCursor = db.prepare(`
    INSERT INTO cursors VALUES (?, ?) ON CONFLICT (watcher) DO UPDATE SET value = excluded.value`);
  const memory = db.prepare<Row>('SELECT value FROM memories WHERE channel = ? AND key = ?');
  const setMemory = db.prepare(`
    INSERT INTO memories VALUES (?, ?, ?) ON CONFLICT (channel, key) DO UPDATE SET value = excluded.value`);

  return {
    flags: {
      get: (name) => flag.get(name)?.value,
      set(name, value) {
        setFlag.run(name, value);
      },
    },
    cursor: (watcher) => ({
      read: () => cursor.get(watcher)?.value,
      write(value) {
        setCursor.run(watcher, value);
      },
    }),
    memory: (channel) => ({
      get: (key) => memory.get(channel, key)?.value,
      set(key, value) {
        setMemory.run(channel, key, value);
      },
    }),
  };
}
