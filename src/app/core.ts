/** What everything else stands on: the vault's folder and its lock, log, ledger, and the parts the workflow is made of. */
import { join } from 'node:path';
import { createPageKeys, cutOff } from '../bot/web/keys.ts';
import type { KeptKeys } from '../bot/web/keys.ts';
import type { Settings } from '../config/index.ts';
import type { Channel, Executor } from '../domain/ports.ts';
import { createTemplateDrafter } from '../drafters/template/index.ts';
import type { createExecutors } from '../executors/index.ts';
import { platforms } from '../executors/platforms.ts';
import type { Ledger } from '../domain/ledger-port.ts';
import { createDailyBackup } from '../ledger/daily-backup.ts';
import type { DailyBackup } from '../ledger/daily-backup.ts';
import { createJobs } from '../ledger/jobs.ts';
import { openLedger } from '../ledger/ledger.ts';
import { acquireVaultLock } from '../ledger/vault-lock.ts';
import type { Clock } from '../lib/clock.ts';
import { createKeyedLock } from '../lib/keyed-lock.ts';
import { silentLogger } from '../lib/logger.ts';
import { createMask } from '../lib/mask.ts';
import type { Random } from '../lib/random.ts';
import type { Root } from '../lib/root.ts';
import { createStopList } from '../lib/stop-list.ts';
import type { StopList } from '../lib/stop-list.ts';
import type { DayLog } from '../vault/day-log.ts';
import { createVault } from '../vault/vault.ts';
import { createPairing } from '../workflow/pairing.ts';
import type { Pairing } from '../workflow/pairing.ts';
import { createMemory } from '../workflow/parts.ts';
import type { Parts } from '../workflow/parts.ts';
import { setPaused } from '../workflow/pausing.ts';
import { approversOf, helpersOf, openToPairing } from './people.ts';
import { dayLogOf, keptIn, rootOf, vaultTaken } from './vault-folder.ts';
import type { VaultRefusal } from './vault-folder.ts';

export type Surroundings = {
  readonly clock: Clock;
  readonly random: Random;
  readonly pid: number;
  readonly version: string;
  /** Handed to the browser, less everything that is ours. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Each line of the log as it is written; for a terminal. */
  readonly echo: (line: string) => void;
  /** A line for the person in front of the machine that must not be kept in any log. */
  readonly show: (line: string) => void;
  readonly memoryBytes: () => number;
  /** Since the machine started, in milliseconds, the time it slept counted too. */
  readonly uptimeMs: () => number;
  /** What carries drafts out; the real ones when absent. */
  readonly executors?: typeof createExecutors;
  /** How much is said in a group chat a minute; below its limit when absent. */
  readonly groupPace?: { readonly canWait: number; readonly all: number };
};

export type Core = {
  readonly root: Root;
  readonly parts: Parts;
  readonly pairing: Pairing;
  readonly channels: Channel[];
  readonly executors: Map<string, Executor>;
  readonly logger: DayLog;
  readonly stopList: StopList;
  readonly stopping: AbortController;
  readonly keys: KeptKeys;
  /** Set when the web page is made; the workflow needs it only later. */
  readonly links: { run: (attemptId: string) => string };
  readonly backups: DailyBackup;
  readonly mask: (text: string) => string;
};

/** Log, lock, ledger, vault: what everything else stands on. */
export async function openCore(
  settings: Settings,
  around: Surroundings,
): Promise<{ readonly kind: 'open'; readonly core: Core } | VaultRefusal> {
  const { clock, random } = around;
  const { dataDir, vaultPath } = settings;
  const vault = await rootOf(settings);
  if (vault.kind === 'refused') return vault;
  const lock = acquireVaultLock({ dir: dataDir, vaultPath, pid: around.pid, clock, logger: silentLogger });
  if (lock.kind === 'refused') return lock;
  if (lock.kind === 'taken') return vaultTaken(vaultPath, lock.pid, lock.since);
  const mask = createMask(settings.secrets);
  const keys = createPageKeys({ dataDir, pid: around.pid, random, learn: mask.add });
  const logger = dayLogOf(vault.root, settings, around, mask);
  const stopList = createStopList(logger, 4_000);
  stopList.add('lock', () => lock.release());
  stopList.add('log', () => logger.close());
  if (keys.wasCutOff) logger.warn(cutOff);
  const opened = await openLedger({ file: join(dataDir, 'ledger.db'), clock, logger });
  if (opened.kind === 'refused') {
    await stopList.stopAll();
    return opened;
  }
  stopList.add('ledger', () => opened.ledger.close());
  void opened.soundness.then((found) => (found === 'damaged' ? stopOnDamage(opened.ledger, logger) : undefined));
  const backups = createDailyBackup({ backup: opened.backup, folder: join(dataDir, 'backups'), clock, logger });
  const channels: Channel[] = [];
  const executors = new Map<string, Executor>();
  const stopping = new AbortController();
  const links: Core['links'] = { run: () => '' };
  const pairable = { listed: approversOf(settings), sources: openToPairing(settings) };
  const pairing = await createPairing({ ...around, ...pairable, flags: opened.ledger.flags, logger });
  const parts: Parts = {
    vault: createVault({ root: vault.root, platforms, clock, logger }),
    ledger: opened.ledger,
    jobs: createJobs({ queue: opened.jobQueue, clock, random, logger }),
    ...keptIn(vault.root, clock, mask),
    logRows: opened.logRows,
    channels,
    executors,
    platforms,
    drafters: [createTemplateDrafter({ platforms, clock })],
    approvers: pairing.approvers,
    ...helpersOf(settings),
    pair: pairing.pair,
    rules: settings,
    clock,
    random,
    logger,
    lock: createKeyedLock(),
    runLink: (attemptId) => links.run(attemptId),
    stopping: stopping.signal,
    ...createMemory(clock, () => parts),
  };
  const rest = { stopList, stopping, keys, links, backups, mask };
  return { kind: 'open', core: { root: vault.root, parts, pairing, channels, executors, logger, ...rest } };
}

/** A record that can't be trusted must not send anything; people decide what happens next. */
async function stopOnDamage(ledger: Ledger, logger: DayLog): Promise<void> {
  logger.error('The ledger is damaged: everything is paused. Stop, put a backup in its place, and start again.');
  await setPaused(ledger, true);
}
