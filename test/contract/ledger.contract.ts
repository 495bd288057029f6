import type { Store } from './ledger/bench.ts';
import { attemptContract } from './ledger/attempts.contract.ts';
import { cardContract } from './ledger/cards.contract.ts';
import { commentContract } from './ledger/comments.contract.ts';
import { draftContract } from './ledger/drafts.contract.ts';
import { inboxContract } from './ledger/inbox.contract.ts';
import { jobContract } from './ledger/jobs.contract.ts';
import { recordContract } from './ledger/records.contract.ts';
import { transactionContract } from './ledger/transactions.contract.ts';
import { undraftedContract } from './ledger/undrafted.contract.ts';

/** What every ledger must do, wherever it keeps its rows. */
export function ledgerContract(name: string, createStore: () => Promise<Store>): void {
  draftContract(name, createStore);
  recordContract(name, createStore);
  commentContract(name, createStore);
  attemptContract(name, createStore);
  cardContract(name, createStore);
  inboxContract(name, createStore);
  transactionContract(name, createStore);
  undraftedContract(name, createStore);
  jobContract(name, createStore);
}
