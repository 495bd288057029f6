/**
 * Composition root: makes every part and hands it to the next; the only file that knows them all. Reads like a parts
 * list. Parts that cost memory are imported only when they are configured.
 */
import { join } from 'node:path';
import { createChannels } from '../bot/index.ts';
import type { WebChannel } from '../bot/web/index.ts';
import { createPageKeys, cutOff } from '../bot/web/keys.ts';
import type { KeptKeys } from '../bot/web/keys.ts';
import type { Settings } from '../config/index.ts';
import type { Health } from '../domain/health.ts';
import type { Channel, Door, Executor, Watcher } from '../domain/ports.ts';
import { createTemplateDrafter } from '../drafters/template/index.ts';
import { createExecutors } from '../executors/index.ts';
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
import { createFolderWatch } from '../vault/folder-watch.ts';
import { createStatusFiles } from '../vault/status-files.ts';
import { createVault } from '../vault/vault.ts';
import { createSent, createWatchers } from '../watchers/index.ts';
import { createWorkflow, hotFolders } from '../workflow/index.ts';
import { createClockJumps } from '../workflow/clock-jumps.ts';
import { withTrouble } from '../workflow/deliver.ts';
import type { Workflow } from '../workflow/index.ts';
import { renderMetrics } from '../workflow/metrics.ts';
import { createPairing } from '../workflow/pairing.ts';
import type { Pairing } from '../workflow/pairing.ts';
import { createMemory } from '../workflow/parts.ts';
import type { Parts } from '../workflow/parts.ts';
import { setPaused } from '../workflow/pausing.ts';
import { createPulse } from '../workflow/pulse.ts';
import type { Pulse } from '../workflow/pulse.ts';
import { exhibitsOf, runsOf } from './exhibits.ts';
import { approversOf, helpersOf, openToPairing } from './people.ts';
import { dayLogOf, keptIn, rootOf, troublesOf, vaultTaken } from './vault-folder.ts';

export type App = {
  readonly door: Door;
  /** Where the owner enters the web page; carries the token. */
  readonly homeUrl: () => string;
  start(): Promise<void>;
  /** Ends everything in reverse order of starting; within 10 s. */
  stop(): Promise<void>;
};

export type Made =
  | { readonly kind: 'app'; readonly app: App }
  | { readonly kind: 'refused'; readonly what: string; readonly remedy: string };

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

/** Makes everything, starts nothing. A refusal (vault in use, ledger unreadable, port taken) changes nothing. */
export async function createApp(settings: Settings, around: Surroundings): Promise<Made> {
  const opened = await openCore(settings, around);
  if (opened.kind === 'refused') return opened;
  const { core } = opened;
  const workflow = createWorkflow(core.parts, () => healths());
  const pulse = createPulse({
    intervalSeconds: settings.approvalCheckIntervalSeconds,
    rescan: workflow.rescan,
    door: workflow.door,
    files: createStatusFiles({ root: core.root, clock: around.clock }),
    inspect: () => troublesOf(core.parts.vault, core.logger),
    mailWatcher: 'gmail',
    clockJump: createClockJumps(around.clock, around.uptimeMs),
    announce: workflow.announce,
    clock: around.clock,
    logger: core.logger,
  });
  const adapters = await addAdapters(core, settings, around, workflow, pulse);
  if (adapters.kind === 'refused') {
    await core.stopList.stopAll();
    return adapters;
  }
  const { web, watchers } = adapters;
  const healths = (): readonly Health[] => [
    pulse.health(),
    ...core.channels.map((channel) => withTrouble(channel.health(), workflow.troubles().get(channel.name))),
    ...watchers.map((watcher) => watcher.health()),
    ...[...core.executors.values()].map((executor) => executor.health()),
  ];
  return {
    kind: 'app',
    app: {
      door: workflow.door,
      homeUrl: web.homeUrl,
      start: () => startAll(core, settings, around, workflow, pulse, adapters),
      async stop() {
        core.stopping.abort();
        await core.stopList.stopAll();
      },
    },
  };
}

type Refusal = Extract<Made, { kind: 'refused' }>;

type Core = {
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
async function openCore(
  settings: Settings,
  around: Surroundings,
): Promise<{ readonly kind: 'open'; readonly core: Core } | Refusal> {
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

type Adapters = { readonly kind: 'adapters'; readonly web: WebChannel; readonly watchers: readonly Watcher[] };

async function addAdapters(
  core: Core,
  settings: Settings,
  around: Surroundings,
  workflow: Workflow,
  pulse: Pulse,
): Promise<Adapters | Refusal> {
  const { parts, logger } = core;
  const { clock, random, environment } = around;
  const shared = { settings, environment, clock, random, logger };
  const executors = around.executors ?? createExecutors;
  for (const executor of await executors({ ...shared, sent: await createSent(shared) })) {
    core.executors.set(executor.platform.id, executor);
  }
  const { web, others } = await createChannels({
    ...shared,
    keys: core.keys,
    door: workflow.door,
    inbox: parts.ledger.inbox,
    memory: parts.ledger.memory,
    reachable: workflow.reachable,
    anew: workflow.anew,
    groupPace: around.groupPace,
    runs: runsOf(parts.runFiles),
    exhibits: exhibitsOf(parts.vault, parts.runFiles, core.mask),
    metrics: async () => renderMetrics(await workflow.door.status(), clock.now(), around.memoryBytes()),
    healthz: async () => ({ ok: pulse.health().standing === 'well', words: pulse.health().words }),
  });
  const listening = await web.listen();
  if ('problem' in listening) {
    return {
      kind: 'refused',
      what: listening.problem,
      remedy: 'Set WEB_PORT to another port, or to 0 for any free one.',
    };
  }
  core.stopList.add('web', () => web.stop());
  core.channels.push(web, ...others);
  core.links.run = web.runLink;
  const { takeIn, conversations } = workflow;
  const watched = { root: core.root, takeIn, conversations, cursor: parts.ledger.cursor };
  const watchers = await createWatchers({ ...shared, ...watched });
  return { kind: 'adapters', web, watchers };
}

async function startAll(
  core: Core,
  settings: Settings,
  around: Surroundings,
  workflow: Workflow,
  pulse: Pulse,
  { web, watchers }: Adapters,
): Promise<void> {
  const { logger, stopList } = core;
  await core.parts.vault.prepare();
  core.keys.announce(web.localUrl());
  stopList.add('control file', core.keys.withdraw);
  for (const executor of core.executors.values()) stopList.add(executor.platform.label, () => executor.stop());
  const watch = createFolderWatch({
    vaultPath: settings.vaultPath,
    folders: hotFolders,
    onHint: workflow.hint,
    logger,
  });
  // Before the first look: what comes after that is told, so that nothing has to be listed twice.
  await watch.start();
  stopList.add('folder watch', watch.stop);
  await workflow.start();
  stopList.add('workflow', workflow.stop);
  for (const channel of core.channels) {
    await channel.start();
    if (channel !== web) stopList.add(channel.name, () => channel.stop());
  }
  core.pairing.start();
  await pulse.start();
  stopList.add('pulse', pulse.stop);
  core.backups.start();
  stopList.add('backups', core.backups.stop);
  // What was approved before a crash goes first; looking for new mail loads and asks much.
  await workflow.caughtUp();
  for (const watcher of watchers) {
    await watcher.start();
    stopList.add(watcher.name, () => watcher.stop());
  }
  logger.info(`Countersign ${around.version} is running on ${settings.vaultPath}`);
}
