/**
 * Composition root: makes every part and hands it to the next; beside the core only this file knows them all. Reads like
 * a parts list. Parts that cost memory are imported only when they are configured.
 */
import { createChannels } from '../bot/index.ts';
import type { WebChannel } from '../bot/web/index.ts';
import type { Settings } from '../config/index.ts';
import type { Health } from '../domain/health.ts';
import type { Door, Watcher } from '../domain/ports.ts';
import { createExecutors } from '../executors/index.ts';
import { createFolderWatch } from '../vault/folder-watch.ts';
import { createStatusFiles } from '../vault/status-files.ts';
import { createSent, createWatchers } from '../watchers/index.ts';
import { createWorkflow, hotFolders } from '../workflow/index.ts';
import { createClockJumps } from '../workflow/clock-jumps.ts';
import { withTrouble } from '../workflow/deliver.ts';
import type { Workflow } from '../workflow/index.ts';
import { renderMetrics } from '../workflow/metrics.ts';
import { createPulse } from '../workflow/pulse.ts';
import type { Pulse } from '../workflow/pulse.ts';
import { openCore } from './core.ts';
import type { Core, Surroundings } from './core.ts';
import { exhibitsOf, runsOf } from './exhibits.ts';
import { troublesOf } from './vault-folder.ts';
import type { VaultRefusal } from './vault-folder.ts';

export type App = {
  readonly door: Door;
  /** Where the owner enters the web page; carries the token. */
  readonly homeUrl: () => string;
  start(): Promise<void>;
  /** Ends everything in reverse order of starting; within 10 s. */
  stop(): Promise<void>;
};

export type Made = { readonly kind: 'app'; readonly app: App } | VaultRefusal;

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

type Adapters = { readonly kind: 'adapters'; readonly web: WebChannel; readonly watchers: readonly Watcher[] };

async function addAdapters(
  core: Core,
  settings: Settings,
  around: Surroundings,
  workflow: Workflow,
  pulse: Pulse,
): Promise<Adapters | VaultRefusal> {
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
