/** Who may do what in which source: from the settings, and from the record of whoever was paired. */
import type { Settings } from '../config/index.ts';
import type { ApproverList } from '../domain/approver.ts';
import type { Listed } from '../domain/role-words.ts';
import { pairedFlag } from '../workflow/pairing.ts';

type Listing = Pick<Settings, 'chats' | 'policy'>;

/** Who may decide, per source. Whoever holds the page's token is the owner, and so is whoever may write into the vault. */
export const approversOf = ({ chats, policy }: Listing): ApproverList =>
  new Map([
    ...listed(chats, 'approvers'),
    ['web', new Set(['owner'])],
    ['cli', new Set(['owner'])],
    ['vault', new Set(policy === 'chat' ? [] : ['owner'])],
  ]);

/** Those who may do less, per source. */
export const helpersOf = ({ chats }: Listing): { readonly editors: ApproverList; readonly viewers: ApproverList } => ({
  editors: new Map(listed(chats, 'editors')),
  viewers: new Map(listed(chats, 'viewers')),
});

/** Chats that are set up without anybody who may decide: whoever pairs does. */
export const openToPairing = ({ chats }: Listing): readonly string[] =>
  chats.filter(({ people }) => people.approvers.length === 0).map(({ name }) => name);

/** Whoever was paired stands in the ledger and not in the settings, and counts while those name nobody. */
export function withPaired(settings: Listing, flags: ReadonlyMap<string, string>): ApproverList {
  const approvers = new Map(approversOf(settings));
  for (const source of openToPairing(settings)) {
    const paired = flags.get(pairedFlag(source));
    if (paired !== undefined) approvers.set(source, new Set([paired]));
  }
  return approvers;
}

const listed = (chats: Listing['chats'], role: keyof Listed): readonly (readonly [string, ReadonlySet<string>])[] =>
  chats.map(({ name, people }) => [name, new Set(people[role])]);
