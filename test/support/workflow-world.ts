import assert from 'node:assert/strict';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  mkdirSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Actor } from '../../src/domain/actor.ts';
import type { Card } from '../../src/domain/card.ts';
import type { Channel } from '../../src/domain/ports.ts';
import type { DraftVerb, Tap, Verdict } from '../../src/domain/decision.ts';

import { createTemplateDrafter } from '../../src/drafters/template/index.ts';
import { linkedin, mail, platforms } from '../../src/executors/platforms.ts';
import { createJobs } from '../../src/ledger/jobs.ts';
import { openLedger } from '../../src/ledger/ledger.ts';
import { createKeyedLock } from '../../src/lib/keyed-lock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { systemRandom } from '../../src/lib/random.ts';
import type { Random } from '../../src/lib/random.ts';
import { openRoot } from '../../src/lib/root.ts';
import { createLastCommit } from '../../src/vault/last-commit.ts';
import { createRecordLog } from '../../src/vault/record-log.ts';
import { createRunFiles } from '../../src/vault/run-files.ts';
import { createVault } from '../../src/vault/vault.ts';
import { createWorkflow } from '../../src/workflow/index.ts';
import type { Workflow } from '../../src/workflow/index.ts';
import { createMemory } from '../../src/workflow/parts.ts';
import type { Parts, Rules } from '../../src/workflow/parts.ts';
import { createFakeChannel } from './fake-channel.ts';
import { createFakeExecutor } from './fake-executor.ts';
import type { FakeExecutor } from './fake-executor.ts';
import { createHeldClock } from './held-clock.ts';
import type { HeldClock } from './held-clock.ts';
import { until } from './until.ts';

/** Who may decide in a chat that joined. */
export const phoneOwner = 700_100;
export const sara: Actor = { source: 'chat', id: '7', name: 'Sara' };
export const stranger: Actor = { source: 'chat', id: '666', name: 'Sara' };

const usualRules: Rules = {
  holdSeconds: 10,
  maxRetries: 3,
  retryDelaySeconds: 5,
  policy: 'seen',
  approvalsNeeded: 1,
  identities: new Map(),
  limits: new Map([['linkedin', 5]]),
  dryRun: false,
  mailsAt: { hour: 18, minute: 0 },
};

export type World = Awaited<ReturnType<typeof createWorld>>;

/** What a world stands on, when a test wants to have it in its hands. */
export type Ground = {
  readonly folder?: string;
  readonly clock?: HeldClock;
  readonly random?: Random;
  readonly watch?: (channel: string, card: Card) => void;
  /** Executors beside those for LinkedIn and mail. */
  readonly also?: readonly FakeExecutor[];
  /** A third channel, a real one: made anew at every start, started after the workflow and stopped before it. */
  readonly join?: (on: Joined) => Channel;
};

export type Joined = { readonly parts: Parts; readonly workflow: Workflow };

type Mortality = { readonly beforeStart: (parts: Parts) => void; readonly dead: Promise<void> };
const immortal: Mortality = { beforeStart: () => undefined, dead: new Promise(() => undefined) };

/** The real workflow on a real vault and a real ledger, with a held clock, one chat and two executors in memory. */
export async function createWorld(t: Pick<TestContext, 'after'>, rules: Partial<Rules> = {}, ground: Ground = {}) {
  const home = mkdtempSync(join(ground.folder ?? tmpdir(), 'countersign-workflow-'));
  const vaultPath = join(home, 'vault');
  // An hour ahead of the disk's clock, so that no file counts as still being written.
  const clock = ground.clock ?? createHeldClock(new Date(Date.now() + 3_600_000));
  const chat = createFakeChannel('chat', (card) => ground.watch?.('chat', card));
  const second = createFakeChannel('desk', (card) => ground.watch?.('desk', card), 2);
  const executor = createFakeExecutor(linkedin);
  const mailer = createFakeExecutor(mail);
  const all: { -readonly [Name in keyof Rules]: Rules[Name] } = { ...usualRules, ...rules };
  let running: { parts: Parts; workflow: Workflow; stop: () => Promise<void>; kill: () => Promise<void> } | undefined;

  /** @param mortality makes parts that die; `dead` resolves then */
  const start = async (mortality: Mortality = immortal) => {
    running = await startWorkflow({
      ...mortality,
      home,
      vaultPath,
      clock,
      random: ground.random ?? systemRandom,
      rules: all,
      channels: [chat, second],
      join: ground.join,
      executors: [executor, mailer, ...(ground.also ?? [])],
    });
  };
  const now = () => running ?? assert.fail('the workflow is stopped');
  const stop = async () => {
    await running?.stop();
    running = undefined;
  };
  /** The process dies: what hangs stays hanging, only the files on disk go on. */
  const kill = async () => {
    const dying = running;
    running = undefined;
    await dying?.kill();
  };
  t.after(async () => {
    await stop();
    rmSync(home, { recursive: true });
  });
  await start();

  const path = (place: string) => join(vaultPath, place);
  const cardNamed = (name: string): Card | undefined =>
    [...chat.cards.values()].find((card) => card.file.endsWith(name));
  return {
    clock,
    chat,
    second,
    executor,
    mailer,
    home,
    vaultPath,
    /** May be changed while it is stopped. */
    rules: all,
    ledgerFile: join(home, 'ledger.db'),
    start,
    stop,
    kill,
    parts: () => now().parts,
    door: () => now().workflow.door,
    workflow: () => now().workflow,
    write(place: string, content: string | Uint8Array) {
      mkdirSync(dirname(path(place)), { recursive: true });
      writeFileSync(path(place), content);
    },
    move(from: string, to: string) {
      mkdirSync(dirname(path(to)), { recursive: true });
      renameSync(path(from), path(to));
    },
    exists: (place: string) => existsSync(path(place)),
    read: (place: string) => readFileSync(path(place), 'utf8'),
    list: (folder: string) => readdirSync(path(folder)).filter((name) => !name.startsWith('.')),
    /** A mail with this id came in from there, so an answer to it goes to somebody who wrote first. */
    async wroteFirst(id: string, address: string): Promise<void> {
      const person = { name: '', address };
      const message = { id, from: person, answerTo: [person], others: [], subject: 'A question', at: clock.now() };
      await now().parts.ledger.incoming.put({ ...message, cautions: [] });
    },
    rescan: () => now().workflow.rescan(),
    /** Lets held time pass until `condition` holds; for what takes real input and output between held instants. */
    async pass(ms: number) {
      await clock.advance(ms);
    },
    /** The card people see, once it has this mood. */
    card: (name: string, mood: Card['mood']) =>
      until(
        () => {
          const card = cardNamed(name);
          return card?.mood === mood ? card : undefined;
        },
        `the card of ${name} is in the mood ${mood} (it is ${JSON.stringify(cardNamed(name))})`,
      ),
    /** A tap; the second question, when there is one, is not answered. */
    tap: (card: Card, verb: DraftVerb, actor: Actor = sara, text?: string, picture?: Uint8Array): Promise<Verdict> =>
      now().workflow.door.decide(tapOf(card, verb, actor, text, picture)),
    /** A tap by somebody who says yes to the second question. */
    async sure(card: Card, verb: DraftVerb, actor: Actor = sara, text?: string): Promise<Verdict> {
      const tap = tapOf(card, verb, actor, text);
      const verdict = await now().workflow.door.decide(tap);
      return verdict.kind === 'asks' ? await now().workflow.door.decide({ ...tap, sure: verdict.sure }) : verdict;
    },
  };
}

const tapOf = (card: Card, verb: DraftVerb, actor: Actor, text?: string, picture?: Uint8Array): Tap => ({
  actor,
  key: card.key,
  revision: card.revision,
  verb,
  ...(text === undefined ? {} : { text }),
  ...(picture === undefined ? {} : { picture }),
});

async function startWorkflow(on: {
  home: string;
  vaultPath: string;
  clock: Parts['clock'];
  random: Random;
  rules: Rules;
  channels: Parts['channels'];
  join: Ground['join'];
  executors: readonly ReturnType<typeof createFakeExecutor>[];
  beforeStart: (parts: Parts) => void;
  dead: Promise<void>;
}) {
  const { clock, random } = on;
  const channels = [...on.channels];
  const logger = silentLogger;
  const opened = await openLedger({ file: join(on.home, 'ledger.db'), clock, logger });
  assert.equal(opened.kind, 'open');
  if (opened.kind !== 'open') return assert.fail();
  const stopping = new AbortController();
  const root = await openRoot(on.vaultPath);
  const vault = createVault({ root, platforms, clock, logger });
  await vault.prepare();
  const parts: Parts = {
    vault,
    ledger: opened.ledger,
    jobs: createJobs({ queue: opened.jobQueue, clock, random, logger }),
    runFiles: createRunFiles({ root, clock }),
    logRows: opened.logRows,
    recordLog: createRecordLog(root),
    lastCommit: createLastCommit(root),
    channels,
    executors: new Map(on.executors.map((executor) => [executor.platform.id, executor])),
    platforms,
    drafters: [createTemplateDrafter({ platforms, clock })],
    approvers: new Map([
      ['chat', new Set(['7', '8'])],
      ['desk', new Set(['9'])],
      ['telegram', new Set([String(phoneOwner)])],
      ['vault', new Set(on.rules.policy === 'chat' ? [] : ['owner'])],
    ]),
    editors: new Map([['chat', new Set(['5'])]]),
    viewers: new Map([['chat', new Set(['6'])]]),
    pair: async () => ({ kind: 'refused', why: 'not_allowed', say: 'Nobody is to be paired.' }),
    rules: on.rules,
    clock,
    random,
    logger,
    lock: createKeyedLock(),
    runLink: (id) => `http://127.0.0.1:8484/runs/${id}`,
    stopping: stopping.signal,
    ...createMemory(clock, () => parts),
  };
  const workflow = createWorkflow(parts, () => []);
  const close = opened.ledger.close;
  on.beforeStart(parts);
  const joined = on.join?.({ parts, workflow });
  if (joined !== undefined) channels.push(joined);
  const started = workflow.start();
  // A process that dies in its start never gets there; one that can't start ends.
  await Promise.race([started, on.dead]).catch(async (thrown: unknown) => {
    stopping.abort();
    void workflow.stop();
    await close();
    throw thrown;
  });
  await joined?.start();
  return {
    parts,
    workflow,
    async stop() {
      stopping.abort();
      await joined?.stop();
      await workflow.stop();
      await close();
    },
    async kill() {
      stopping.abort();
      void workflow.stop();
      await close();
    },
  };
}
