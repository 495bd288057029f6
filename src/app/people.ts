/** Who may do what in which source: from the settings, and from the record of whoever was paired. */
import type { Settings } from '../config/index.ts';
import type { ApproverList } from '../domain/approver.ts';
import { pairedFlag } from '../workflow/pairing.ts';

/** Who may decide, per source. Whoever holds the page's token is the owner, and so is whoever may write into the vault. */
export const approversOf = (settings: Settings): ApproverList =>
  new Map([
    ['telegram', new Set(settings.telegram?.approvers)],
    ['web', new Set(['owner'])],
    ['cli', new Set(['owner'])],
    ['vault', new Set(settings.policy === 'chat' ? [] : ['owner'])],
  ]);

/** Those who may do less, per source. */
export const helpersOf = ({
  telegram,
}: Settings): { readonly editors: ApproverList; readonly viewers: ApproverList } => ({
  editors: new Map([['telegram', new Set(telegram?.editors)]]),
  viewers: new Map([['telegram', new Set(telegram?.viewers)]]),
});

/** Whoever was paired stands in the ledger and not in the settings, and counts while those name nobody. */
export function withPaired(settings: Settings, flags: ReadonlyMap<string, string>): ApproverList {
  const listed = approversOf(settings);
  const paired = settings.telegram?.approvers.length === 0 ? flags.get(pairedFlag('telegram')) : undefined;
  return paired === undefined ? listed : new Map([...listed, ['telegram', new Set([paired])]]);
}
