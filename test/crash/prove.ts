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
import { beginWith } from './first-start.ts';
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

export type Tally = {
  points: number;
  kills: number;
  faults: number;
  cuts: number;
  powerCuts: number;
  /** Power cuts with a call that was carried out and not seen: their disk is that of an instant before. */
  unseen: number;
  browsers: number;
  /** What went wrong, each with its point. */
  broken: unknown[];
};

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
  const tally: Tally = { points: 0, kills: 0, faults: 0, cuts: 0, powerCuts: 0, unseen: 0, browsers: 0, broken: [] };
  const root = mkdtempSync(join(tmpdir(), 'countersign-crash-'));
  const dice = createDice(seed);
  const points = createPoints(dice);
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
      await runLane({ lives, outside, root, dice, points, tally, say, kills, only, index, stopping });
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
  readonly tally: Tally;
  readonly say: (line: string) => void;
  readonly kills: number;
  readonly only: Kind | '';
  readonly index: number;
  /** Aborts when a lane found something. */
  readonly stopping: AbortController;
};

async function runLane(lane: Lane): Promise<void> {
  const { tally, dice, kills, only, stopping } = lane;
  for (let round = 0; tally.kills < kills && !stopping.signal.aborted; round += 1) {
    switch (only === '' ? kindOf(round) : only) {
      case 'disk':
        await failDisk(lane);
        break;
      case 'connection':
        await cutConnection(lane);
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
    13: 'load',
    15: 'power',
    18: 'beginning',
  };
  return others[round % 20] ?? 'death';
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
  if (died) tally.kills += 1;
  else points.beyond(point);
  say(`${story.name}: ${call} ${when}: ${died ? 'killed' : 'not reached'}`);
  return true;
}

const errors = ['ENOSPC', 'EIO', 'EROFS', 'EACCES', 'EBUSY', 'EXDEV'] as const;
const failing = ['pwrite64', 'fsync', 'link', 'unlink', 'rename', 'mkdir', 'openat', 'utimensat'] as const;

async function failDisk({ lives, outside, dice, tally, say }: Lane): Promise<void> {
  const story = dice.oneOf(stories);
  const does = dice.oneOf(errors) ?? 'EIO';
  const call = dice.oneOf(failing) ?? 'fsync';
  if (story === undefined) return;
  const injection: Injection = { call, does, when: 1 + dice.below(6), times: dice.below(2) === 0 ? 1 : 8 };
  // What could not be carried out after all its tries is put before a person.
  await playWith(lives, outside, { ...story, ends: [...story.ends, 'failed'] }, injection);
  tally.faults += 1;
  say(`${story.name}: ${call} ${injection.when} fails ${injection.times} times with ${does}`);
}

const stages = ['greeting', 'auth', 'mail', 'rcpt', 'data', 'content', 'dot', 'accepted'] as const;
const methods = ['sendMessage', 'editMessageText', 'answerCallbackQuery', 'getUpdates'] as const;

/** The far side hangs up before or after it did what was asked. */
async function cutConnection({ lives, outside, dice, tally, say }: Lane): Promise<void> {
  const kind = dice.oneOf(['mail', 'post', 'chat'] as const) ?? 'chat';
  const story = kind === 'chat' ? dice.oneOf(stories) : stories.find(({ name }) => name === kind);
  if (story === undefined) return;
  if (lives.isDead()) lives.start();
  const stage = dice.oneOf(stages) ?? 'dot';
  const method = dice.oneOf(methods) ?? 'sendMessage';
  const side = dice.below(2) === 0 ? 'before' : 'after';
  const mark = `c${dice.below(1_000_000_000)}x`;
  await story.prepare(lives, mark);
  await until(() => lives.isSettled(), 'it rests', 20_000);
  if (kind === 'mail') outside.mail.refuse([{ at: stage, does: 'cut' }]);
  if (kind === 'post') outside.site.cut(side);
  if (kind === 'chat')
    outside.telegram.fault({ method, kind: side === 'before' ? 'drop_before' : 'drop_after', times: 1 });
  const answered = await story.begin(lives, mark);
  const words = `${story.name}: ${kind} cut at ${kind === 'mail' ? stage : `${kind === 'chat' ? method : 'the request'}, ${side}`}`;
  await comeToRest(lives, outside, story, mark, kind === 'chat' ? () => true : answered).catch((cause: unknown) => {
    throw new Error(`${words}\n${lives.output()}`, { cause });
  });
  outside.telegram.heal();
  outside.mail.refuse([]);
  tally.cuts += 1;
  say(words);
}

/** Six drafts at once, and the process dies at any instant of it. */
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
  say(`load: killed after ${ms} ms`);
}

const beginningCalls = ['openat', 'pwrite64', 'fsync', 'ftruncate', 'mkdir', 'fcntl', 'close', 'unlink'] as const;

async function dieAtBeginning(lane: Lane, kind: 'first start' | 'migration', round: number): Promise<void> {
  const { lives, outside, root, dice, tally, say, index } = lane;
  // The chat is shared, and Telegram lets only one process listen.
  await lives.stop();
  const injection: Injection = {
    call: dice.oneOf(beginningCalls) ?? 'fsync',
    when: 1 + dice.below(12),
    does: 'KILL',
  };
  const died = await beginWith(kind, outside, root, `begin${index}${round}`, injection);
  tally.points += 1;
  if (died) tally.kills += 1;
  say(`${kind}: ${injection.call} ${injection.when}: ${died ? 'killed' : 'not reached'}`);
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
    }
  } finally {
    await own.stop();
    await nothingLeft(own);
  }
}
