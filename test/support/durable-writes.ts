/** Every call of ledger and vault that writes something down: what a death or a full disk can cut off. */
import type { Parts } from '../../src/workflow/parts.ts';

export type Call = (...given: unknown[]) => Promise<unknown>;

/** What a call is: where it belongs, and whether it writes. */
export type Kind = { readonly in: 'ledger' | 'vault'; readonly writes: boolean };

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const ofTables = words(
  'insert put change append start commit end settle want shown renew retired add mark set settleSending markTold name close forget',
);
const ofVault = words('move create replaceText addCopies stamp keepPicture replaceMedia');
const ofInbox = words('store done failed');

/** Puts something around every call of these parts, of what they hand out too. */
export function wrapCalls(
  { ledger, vault, lastCommit }: Pick<Parts, 'ledger' | 'vault' | 'lastCommit'>,
  around: (usual: Call, kind: Kind) => Call,
) {
  const wrapped = <T extends object>(target: T, part: Kind['in'], writing: ReadonlySet<string>): T => {
    for (const [name, value] of Object.entries(target)) {
      if (typeof value !== 'function') continue;
      Object.assign(target, { [name]: around(value as Call, { in: part, writes: writing.has(name) }) });
    }
    return target;
  };
  const { tx, inbox, memory, cursor } = ledger;
  for (const part of Object.values(ledger)) if (typeof part === 'object') wrapped(part, 'ledger', ofTables);
  wrapped(vault, 'vault', ofVault);
  // Like the ledger it throws what the disk says.
  wrapped(lastCommit, 'ledger', words('write'));
  Object.assign(ledger, {
    tx: around(tx as Call, { in: 'ledger', writes: true }),
    inbox: (channel: string) => wrapped(inbox(channel), 'ledger', ofInbox),
    memory: (channel: string) => wrapped(memory(channel), 'ledger', ofTables),
    cursor: (watcher: string) => wrapped(cursor(watcher), 'ledger', ofTables),
  });
}
