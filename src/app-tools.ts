/** What the command line needs beside a running Countersign: a login by hand, which browser would be used, the audit. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from './config.ts';
import { approversOf } from './app-parts.ts';
import { linkedinConfig } from './executors/index.ts';
import { findBrowser as find } from './executors/browser-find.ts';
import { loginLinkedin } from './executors/linkedin/login.ts';
import type { Linked } from './executors/linkedin/login.ts';
import { linkedin } from './executors/platforms.ts';
import type { ApproverList } from './domain/approver.ts';
import { readMarks, readRecord } from './ledger/record.ts';
import { sleep, systemClock } from './lib/clock.ts';
import { silentLogger } from './lib/logger.ts';
import { rootAt } from './lib/root.ts';
import { inspectRoot } from './vault/inspection.ts';
import { surveyVault } from './vault/survey.ts';
import { readRecordLog } from './vault/record-log.ts';
import { auditLog } from './workflow/audit/log.ts';
import { auditReal } from './workflow/audit/real.ts';
import type { Explained, Found } from './workflow/audit/real.ts';
import { pairedFlag } from './workflow/pairing.ts';

export { dataInVault } from './app-parts.ts';
export { roleLines } from './domain/role-words.ts';
export type { Explained };
export type { ApiCards, ApiProof, ApiStatus, ApiVerdict } from './bot/web/api.ts';
export { proofOf, signatureOf } from './bot/web/control.ts';
export type { ControlNote } from './bot/web/control.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const loginWaitMs = 30 * 60_000;

/** Opens a window in which the person logs in. Undefined for a platform that needs no login or has none yet. */
export async function logIn(
  settings: Settings,
  platform: string,
  environment: Environment,
  say: (line: string) => void,
): Promise<Linked | undefined> {
  if (!linkedin.names.includes(platform.toLowerCase())) return undefined;
  const config = linkedinConfig(settings);
  const parts = { platform: linkedin, config, environment, clock: systemClock, logger: silentLogger };
  return await loginLinkedin({ ...parts, say, waitMs: loginWaitMs });
}

/** For the doctor: Playwright itself is not loaded, so a browser of its own is not looked for. */
export const findBrowser = (settings: Settings, environment: Environment) =>
  find({
    browserPath: settings.browser.path,
    browserChannel: settings.browser.channel,
    platform: process.platform,
    environment,
    ownPath: '',
    spareDir: settings.dataDir,
  });

/** What keeps a part of the vault from being used. Reads, never writes. */
export const inspectVault = async ({ vaultPath }: Settings) => await inspectRoot(await rootAt(vaultPath));

export type Audited = Found & { readonly files: number; readonly drafts: number; readonly attempts: number };

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

/** Whoever was paired stands in the ledger and not in the settings, and counts while those name nobody. */
function withPaired(settings: Settings, flags: ReadonlyMap<string, string>): ApproverList {
  const listed = approversOf(settings);
  const paired = settings.telegram?.approvers.length === 0 ? flags.get(pairedFlag('telegram')) : undefined;
  return paired === undefined ? listed : new Map([...listed, ['telegram', new Set([paired])]]);
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
