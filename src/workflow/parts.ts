/** All that the steps of the workflow share: the vault, the record, the channels, the executors and the rules. */
import type { ApproverList, Identities } from '../domain/approver.ts';
import type { Platform } from '../domain/platform.ts';
import type { Jobs, Ledger } from '../domain/ledger-port.ts';
import type { Channel, Door, Drafter, Executor } from '../domain/ports.ts';
import type { LogRows } from '../ledger/log-rows.ts';
import type { Clock } from '../lib/clock.ts';
import type { KeyedLock } from '../lib/keyed-lock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Random } from '../lib/random.ts';
import { createHolds } from './holds.ts';
import type { Holds } from './holds.ts';
import { createRunning } from './running.ts';
import type { Running } from './running.ts';
import type { LastCommit } from '../vault/last-commit.ts';
import type { RecordLog } from '../vault/record-log.ts';
import type { RunFiles } from '../vault/run-files.ts';
import type { Vault } from '../vault/types.ts';

/** What every step of the workflow may use. Made once by the composition root. */
export type Parts = {
  readonly vault: Vault;
  readonly ledger: Ledger;
  readonly jobs: Jobs;
  readonly runFiles: RunFiles;
  /** What the log in the vault is written from, and the log. */
  readonly logRows: LogRows;
  readonly recordLog: RecordLog;
  readonly lastCommit: LastCommit;
  readonly channels: readonly Channel[];
  readonly executors: ReadonlyMap<string, Executor>;
  readonly platforms: readonly Platform[];
  readonly drafters: readonly Drafter[];
  readonly approvers: ApproverList;
  readonly editors: ApproverList;
  readonly viewers: ApproverList;
  readonly pair: Door['pair'];
  readonly rules: Rules;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly holds: Holds;
  readonly running: Running;
  /** What those who wait beside a draft of equal effect were told of it last. */
  readonly toldTwins: Map<string, { readonly likeness: string; readonly shows: string }>;
  /** One step at a time per draft: taps, files and attempts of one draft never interleave. */
  readonly lock: KeyedLock;
  /** Address of the page with log and screenshots of an attempt. */
  readonly runLink: (attemptId: string) => string;
  /** Aborts when the process is told to stop. */
  readonly stopping: AbortSignal;
};

/** Settings the workflow obeys. */
export type Rules = {
  /** Undo time after an approval. */
  readonly holdSeconds: number;
  /** Further tries after the first one failed before its point of no return. */
  readonly maxRetries: number;
  /** Wait before the first further try; doubles from try to try. */
  readonly retryDelaySeconds: number;
  /** Whether a move by hand into Approved counts: `seen`: for what waited; `any`: also for files never seen; `chat`: never. */
  readonly policy: 'seen' | 'any' | 'chat';
  /** How many different people must approve exactly the same before it leaves. At least 1. */
  readonly approvalsNeeded: number;
  /** Ids of one person, who counts once. */
  readonly identities: Identities;
  /** Platform id → actions per hour. */
  readonly limits: ReadonlyMap<string, number>;
  readonly dryRun: boolean;
  /** Local time of day at which messages without a draft are told, outside of the quiet hours; undefined: never. */
  readonly mailsAt: { readonly hour: number; readonly minute: number } | undefined;
};

/** Kinds of jobs; the key of each is a draft id. */
export const jobKinds = { settle: 'settle', execute: 'execute', confirm: 'confirm', putAway: 'put_away' } as const;

/** What the workflow remembers in memory only. @param parts asked when an undo time is over: they are made of this too */
export function createMemory(clock: Clock, parts: () => Parts): Pick<Parts, 'holds' | 'running' | 'toldTwins'> {
  const over = (draftId: string): void => {
    const { ledger, jobs, logger } = parts();
    const job = { kind: jobKinds.settle, key: draftId, serialKey: draftId, runAt: clock.now() };
    ledger.jobs.add(job).then(
      () => jobs.wake(),
      (thrown: unknown) => logger.error('The end of an undo time could not be noted; the next look finds it.', thrown),
    );
  };
  return { holds: createHolds(clock, over), running: createRunning(), toldTwins: new Map() };
}
