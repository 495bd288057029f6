import type { Tables } from '../domain/ledger-port.ts';

/** The big red button: one durable flag, looked at before an attempt begins and again at its point of no return. */
export const isPaused = async (tables: Pick<Tables, 'flags'>): Promise<boolean> =>
  (await tables.flags.get('paused')) === 'yes';

export const setPaused = (tables: Pick<Tables, 'flags'>, paused: boolean): Promise<void> =>
  tables.flags.set('paused', paused ? 'yes' : 'no');
