/** Deaths, faults of the disk and cut connections, one after the other, each followed by a new life and the audit. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { inspect } from 'node:util';
import { createDice } from '../support/walk-person.ts';
import type { Dice } from '../support/walk-person.ts';
import { until } from '../support/until.ts';
import { dieInBrowser, nothingLeft } from './browser.ts';
import { createCuts } from './connection.ts';
import type { Cuts } from './connection.ts';
import { createFaults } from './disk.ts';
import type { Faults } from './disk.ts';
import { beginWith } from './first-start.ts';
import type { Beginning } from './first-start.ts';
import { createLives, usualPatienceMs } from './lives.ts';
import type { Lives } from './lives.ts';
import { createOutside } from './outside.ts';
import type { Outside } from './outside.ts';
import { createPoints } from './points.ts';
import { cutPower } from './power/cut.ts';
import type { Points } from './points.ts';
import { stories } from './stories.ts';
import { comeToRest, playWith } from './sweep.ts';
import type { Injection } from './strace.ts';
import { count, createTally } from './tally.ts';
import type { Tally } from './tally.ts';

/** What happens to the process. */
export const kinds = ['death', 'power', 'load', 'beginning', 'browser', 'disk', 'connection'] as const;
export type Kind = (typeof kinds)[number];

export type Plan = {
  readonly kills: number;
  readonly seed: number;
  /** Nothing but this; empty for all of them. */
  readonly only: Kind | '';
  /** How long anything may take before it counts as a broken promise. */
  readonly patienceMs?: number;
  /** Goes on in a new vault after a broken promise. */
  readonly goesOn?: boolean;
  /** How many vaults at the same time. */
  readonly lanes: number;
  readonly say: (line: string) => void;
};

/** Ends at the first broken promise, unless it was told to go on. */
export async function prove(plan: Plan): Promise<Tally> {
  const { kills, seed, only, lanes, say, patienceMs = usualPatienceMs, goesOn = false } = plan;
  const tally = createTally();
  const root = mkdtempSync(join(tmpdir(), 'countersign-crash-'));
  const dice = createDice(seed);
  const points = createPoints(dice);
  const faults = createFaults(dice);
  const cuts = createCuts(dice);
  const stopping = new AbortController();
  const warm = Promise.withResolvers<void>();
  const lane = async (index: number, vault: number): Promise<void> => {
    const home = join(root, `lane${index}-${vault}`);
    mkdirSync(home);
    const outside = await createOutside();
    const lives = createLives(outside, home, patienceMs);
    try {
      if (index > 0) await warm.promise;
      else await warmUp(lives).finally(warm.resolve);
      await runLane({ lives, outside, root, dice, points, faults, cuts, tally, say, kills, only, index, stopping });
      assert.deepEqual(outside.telegram.conformance(), [], 'the chat was asked nothing that its rules forbid');
    } catch (thrown) {
      tally.broken.push(thrown);
      // All of it at once: a long run may be stopped before its end.
      say(`BROKEN: ${inspect(thrown)}`);
      if (!goesOn) stopping.abort();
    } finally {
      await lives.kill();
      await outside.stop();
    }
    if (tally.kills < kills && !stopping.signal.aborted && points.areLeft()) await lane(index, vault + 1);
  };
  try {
    await Promise.all(Array.from({ length: lanes }, (_, index) => lane(index, 0)));
    return tally;
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Only a process that ends in order keeps what it compiled, and most of a life is its start. */
async function warmUp(lives: Lives): Promise<void> {
  lives.start();
  await until(() => existsSync(join(dirname(lives.ledgerFile), 'control.json')), 'it is up', 60_000);
  await lives.stop();
}

type Lane = {
  readonly lives: Lives;
  readonly outside: Outside;
  readonly root: string;
  readonly dice: Dice;
  readonly points: Points;
  readonly faults: Faults;
  readonly cuts: Cuts;
  readonly tally: Tally;
  readonly say: (line: string) => void;
  readonly kills: number;
  readonly only: Kind | '';
  readonly index: number;
  /** Aborts when a lane found something. */
  readonly stopping: AbortController;
};

async function runLane(lane: Lane): Promise<void> {
  const { tally, dice, kills, only, stopping, faults, cuts } = lane;
  for (let round = 0; tally.kills < kills && !stopping.signal.aborted; round += 1) {
    switch (only === '' ? kindOf(round) : only) {
      case 'disk':
        await faults.play(lane);
        break;
      case 'connection':
        await cuts.play(lane);
        break;
      case 'load':
        await dieUnderLoad(lane);
        break;
      case 'beginning':
        await dieAtBeginning(lane, dice.below(2) === 0 ? 'first start' : 'migration', round);
        break;
      case 'browser':
        await dieWithBrowser(lane);
        break;
      case 'power':
        if (!(await losePower(lane))) return;
        break;
      case 'death':
        if (!(await dieAtPoint(lane))) return;
    }
    // Nothing else counts towards the end of a run.
    if (only === 'disk' || only === 'connection') tally.kills += 1;
  }
}

/** Spread over the twenty, so that a short run has some of each. */
function kindOf(round: number): Kind {
  // Once in forty: it takes as long as all the others of its round.
  if (round % 40 === 10) return 'browser';
  const others: Readonly<Record<number, Kind>> = {
    3: 'disk',
    5: 'power',
    8: 'connection',
    11: 'disk',
    13: 'load',
    15: 'power',
    16: 'connection',
    18: 'beginning',
  };
  return others[round % 20] ?? 'death';
}

function countKill(tally: Tally, story: string, call: string): void {
  count(tally, 'kills by story', story);
  count(tally, 'kills by call', call);
}

const survivals = ['synced', 'names', 'mixed'] as const;

async function losePower({ lives, outside, points, dice, tally, say }: Lane): Promise<boolean> {
  const point = points.next();
  if (point === undefined) return false;
  const { story, call, when } = point;
  const survival = dice.oneOf(survivals) ?? 'synced';
  tally.points += 1;
  const { died: reached, unseen } = await cutPower(
    lives,
    outside,
    { story, injection: { call, when, does: 'KILL' }, survival },
    dice,
  );
  if (!reached) points.beyond(point);
  tally.kills += 1;
  countKill(tally, story.name, reached ? call : '(at its end)');
  tally.powerCuts += 1;
  if (unseen) tally.unseen += 1;
  // A kind of call that is not written down would be missing nearly every time.
  assert.ok(
    tally.unseen < 3 + tally.powerCuts / 5,
    `of ${tally.powerCuts} power cuts ${tally.unseen} had calls nobody saw`,
  );
  say(`${story.name}: power cut at ${reached ? `${call} ${when}` : 'its end'} (${survival})`);
  return true;
}

async function dieAtPoint({ lives, outside, points, tally, say }: Lane): Promise<boolean> {
  const point = points.next();
  if (point === undefined) return false;
  const { story, call, when } = point;
  tally.points += 1;
  const died = await playWith(lives, outside, story, { call, when, does: 'KILL' });
  if (died) {
    tally.kills += 1;
    countKill(tally, story.name, call);
  } else points.beyond(point);
  say(`${story.name}: ${call} ${when}: ${died ? 'killed' : 'not reached'}`);
  return true;
}

/** All stories at once, and the process dies at any instant of it. */
async function dieUnderLoad({ lives, outside, dice, tally, say }: Lane): Promise<void> {
  if (lives.isDead()) lives.start();
  const cases = stories.flatMap((story) => ({ story, mark: `l${dice.below(1_000_000_000)}x` }));
  for (const { story, mark } of cases) await story.prepare(lives, mark);
  const begun = await Promise.all(
    cases.map(async (one) => ({ ...one, answered: await one.story.begin(lives, one.mark) })),
  );
  const ms = dice.below(900);
  await rest(ms);
  await lives.kill();
  for (const { story, mark, answered } of begun) await comeToRest(lives, outside, story, mark, answered);
  tally.kills += 1;
  countKill(tally, 'all at once', '(any instant)');
  say(`load: killed after ${ms} ms`);
}

/** How many of them go to our own files at most; what turned out not to be reached is not asked for again. */
const beginningCalls = { openat: 6, pwrite64: 168, fsync: 13, ftruncate: 2, mkdir: 3, fcntl: 127, close: 6, unlink: 2 };
const beginningNames = Object.keys(beginningCalls) as [keyof typeof beginningCalls];

async function dieAtBeginning(lane: Lane, kind: Beginning, round: number): Promise<void> {
  const { lives, outside, root, dice, tally, say, index } = lane;
  // The chat is shared, and Telegram lets only one process listen.
  await lives.stop();
  const call = dice.oneOf(beginningNames.filter((name) => beginningCalls[name] > 0)) ?? 'fsync';
  const injection: Injection = { call, when: 1 + dice.below(beginningCalls[call]), does: 'KILL' };
  const died = await beginWith(kind, outside, root, `begin${index}${round}`, injection);
  tally.points += 1;
  if (died) {
    tally.kills += 1;
    countKill(tally, kind, call);
  } else if (kind === 'first start') beginningCalls[call] = injection.when - 1;
  say(`${kind}: ${call} ${injection.when}: ${died ? 'killed' : 'not reached'}`);
}

/** A vault of its own, kept over the rounds: it stays logged in. */
async function dieWithBrowser({ lives, outside, root, dice, tally, say }: Lane): Promise<void> {
  // The chat is shared, and Telegram lets only one process listen.
  await lives.stop();
  // One for each world outside: its cards stand in that chat.
  const home = join(root, `browser-${basename(dirname(lives.vaultPath))}`);
  mkdirSync(home, { recursive: true });
  const own = createLives(outside, home, lives.patienceMs, outside.withBrowser);
  try {
    for (let times = 0; times < 3; times += 1) {
      say(`browser: ${await dieInBrowser(own, outside, dice)}`);
      tally.kills += 1;
      tally.browsers += 1;
      countKill(tally, 'browser', '(any instant)');
    }
  } finally {
    await own.stop();
    await nothingLeft(own);
  }
}
