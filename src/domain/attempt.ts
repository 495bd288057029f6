import type { Evidence, Outcome } from './outcome.ts';

/**
 * One numbered try. Its row is written and synced before the executor starts; `committed` is written and synced before
 * the one irreversible act. After a crash the phase alone tells what may have happened.
 */
export type Attempt = {
  readonly id: string;
  readonly draftId: string;
  /** From 1, per draft. */
  readonly number: number;
  readonly decisionId: string;
  readonly revision: string;
  /** How many people had to approve when it began. */
  readonly needed: number;
  readonly phase: 'started' | 'committed' | 'ended';
  readonly startedAt: Date;
  readonly committedAt: Date | undefined;
  readonly endedAt: Date | undefined;
  readonly outcome: Outcome['kind'] | undefined;
  readonly evidence: Evidence | undefined;
  /** We ended it ourselves before anything left (paused, stopping, taken back): no try that failed. */
  readonly held: boolean;
  /** The problem of an outcome that is not `posted`, in words. */
  readonly words: string;
};
