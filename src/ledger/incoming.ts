import type { Database } from 'better-sqlite3';
import type { Incoming } from '../domain/item.ts';
import type { IncomingTable } from '../domain/ledger-port.ts';
import type { Direct } from './turn.ts';

/** Messages that reached us, by their id and sender. */
export function createIncomingTable(db: Database): Direct<IncomingTable> {
  const put = db.prepare(`
    INSERT INTO incoming (id, sender, message) VALUES (@id, @sender, @message) ON CONFLICT (id, sender) DO NOTHING`);
  const find = db.prepare<{ readonly message: string }>(
    'SELECT message FROM incoming WHERE id = ? ORDER BY seq LIMIT 20',
  );

  return {
    put(message) {
      put.run({ id: message.id, sender: message.from.address.toLowerCase(), message: JSON.stringify(message) });
    },
    find: (id) => find.all(id).map(({ message }) => readIncoming(message)),
  };
}

function readIncoming(json: string): Incoming {
  const stored = JSON.parse(json) as Omit<Incoming, 'at'> & { readonly at: string };
  return { ...stored, at: new Date(stored.at) };
}
