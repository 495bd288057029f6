/** What an audit looks at: everything that can be seen of a draft's way, from inside and from outside. */
import type { ApproverList, Identities } from '../../domain/approver.ts';
import type { Card } from '../../domain/card.ts';
import type { DraftVerb } from '../../domain/decision.ts';
import type { Effect } from '../../domain/effect.ts';
import type { LedgerRecord } from '../../ledger/record.ts';
import type { Surveyed } from '../../vault/survey.ts';

export type Seen = {
  /** Nothing is on its way any more: folders, record and cards have to agree. Otherwise only what holds at every instant. */
  readonly settled: boolean;
  readonly files: readonly Surveyed[];
  readonly record: LedgerRecord;
  /** Who may decide; not looked at when absent, because lists change while decisions stay. */
  readonly approvers?: ApproverList;
  /** How many people must approve; not looked at when absent, because settings change: then each attempt says it itself. */
  readonly approvalsNeeded?: number;
  /** Ids of one person (`source:id`, `owner`); not looked at when absent, because that list changes too. */
  readonly identities?: Identities;
  /** What arrived outside. On a real vault nobody can know. */
  readonly received?: readonly Received[];
  readonly shown?: readonly ShownCard[];
  /** Taps that were answered with "accepted". */
  readonly accepted?: readonly AcceptedTap[];
  /** What was ever written into the vault. */
  readonly written?: readonly Written[];
};

/** One effect as the far side got it. */
export type Received = {
  /** The key of the run, when the far side can see one (the Message-ID of a mail). */
  readonly key?: string;
  /** As much of the effect as the far side can see. */
  readonly effect: Partial<Effect>;
};

/** A card as people see it, as far as the chat shows it. */
export type ShownCard = Pick<Card, 'key'> & {
  readonly channel: string;
  readonly card: Partial<Card>;
  /** For chats that show text: all of it. */
  readonly words?: string;
};

export type AcceptedTap = { readonly key: string; readonly verb: DraftVerb; readonly actorId: string };

/** A text that must be found in so many files: at least one of each that nobody deleted, at most one of each ever made. */
export type Written = { readonly mark: string; readonly least: number; readonly most: number };

export type Breach = {
  readonly promise: 'P1' | 'P2' | 'P3' | 'P4';
  readonly code: string;
  /** What was found, for a person. */
  readonly words: string;
  /** Where it is about one draft that has to be known. */
  readonly draftId?: string;
};

export const breach = (promise: Breach['promise'], code: string, words: string, draftId?: string): Breach => ({
  promise,
  code,
  words,
  ...(draftId === undefined ? {} : { draftId }),
});
