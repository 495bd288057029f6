/** The audit: folders, cards and the log in the vault held against the ledger, whether Countersign runs or not. Reads, never writes. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../config/index.ts';
import { readMarks, readRecord } from '../ledger/record.ts';
import { sleep, systemClock } from '../lib/clock.ts';
import { rootAt } from '../lib/root.ts';
import { surveyVault } from '../vault/survey.ts';
import { readRecordLog } from '../vault/record-log.ts';
import { auditLog } from '../workflow/audit/log.ts';
import { auditReal } from '../workflow/audit/real.ts';
import type { AuditFindings } from '../workflow/audit/real.ts';
import { withPaired } from './people.ts';

export type Audited = AuditFindings & { readonly files: number; readonly drafts: number; readonly attempts: number };

/** Between two looks at a running vault: what is on its way in one is where it belongs in the other. */
const secondLookMs = 3_000;

/**
 * Holds the promises against a real vault: folders and cards against ledger, read-only. Undefined when there is no
 * ledger yet.
 *
 * @param isRunning then folders have to follow the record within seconds; a stopped one does that at its next start
 */
export async function auditVault(settings: Settings, isRunning: boolean): Promise<Audited | undefined> {
  const file = join(settings.dataDir, 'ledger.db');
  if (!existsSync(file)) return undefined;
  const look = async (): Promise<Audited> => {
    const record = readRecord(file);
    const { waiting, flags } = readMarks(file);
    const files = await surveyVault(settings.vaultPath);
    const { approvalsNeeded, identities } = settings;
    const approvers = withPaired(settings, flags);
    const found = auditReal({ files, record, approvers, approvalsNeeded, identities, isRunning, waiting });
    return { ...found, files: files.length, drafts: record.drafts.length, attempts: record.attempts.length };
  };
  const first = await look();
  if (!isRunning || first.breaches.length + first.explained.length === 0) return first;
  await sleep(systemClock, secondLookMs);
  const second = await look();
  const before = new Set([...first.breaches, ...first.explained].map(({ words }) => words));
  const stays = ({ words }: { readonly words: string }) => before.has(words);
  return { ...second, breaches: second.breaches.filter(stays), explained: second.explained.filter(stays) };
}

/**
 * The log in the vault against the ledger. Undefined when there is no ledger.
 *
 * @param lagMs how far the log of a running Countersign may be behind; 0 when it is stopped
 */
export async function verifyLog(
  { dataDir, vaultPath }: Pick<Settings, 'dataDir' | 'vaultPath'>,
  lagMs: number,
): Promise<{ readonly lines: number; readonly wrong: readonly string[] } | undefined> {
  const file = join(dataDir, 'ledger.db');
  if (!existsSync(file)) return undefined;
  const look = async () => {
    // A line follows its row, so the log is read first.
    const log = await readRecordLog(await rootAt(vaultPath));
    return { lines: log.entries.length, wrong: auditLog(log, readRecord(file)) };
  };
  const first = await look();
  if (lagMs === 0 || first.wrong.length === 0) return first;
  await sleep(systemClock, lagMs);
  const second = await look();
  return { ...second, wrong: second.wrong.filter((words) => first.wrong.includes(words)) };
}
