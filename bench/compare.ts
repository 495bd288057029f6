/**
 * `npm run bench:compare -- FOLDER [--pairs N] [--past N]`: this checkout beside another one, in one run on one machine. What is measured
 * happens to both in turn, and who is first changes each time; each pair gives a ratio, so what slows the machine down
 * slows both. Both are measured by this checkout's bench on this Node, and each writes its past with its own tables.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { approveInChat, openChatScene } from './chat-events.ts';
import type { ChatScene } from './chat-events.ts';
import { thisCheckout } from './countersign.ts';
import type { Countersign } from './countersign.ts';
import { createFarSide } from './far-side.ts';
import { spreadOf, table, time } from './figures.ts';
import type * as History from './history.ts';
import { mailWatched, measureRound, settingsOf, starterOf } from './measure.ts';
import type { Ground } from './measure.ts';
import { residentMb } from './memory.ts';
import { eventRows, memoryRows, startRows } from './report.ts';
import { createSamples } from './samples.ts';
import type { Samples } from './samples.ts';
import { cardsAtOnce, editOften } from './telegram-many.ts';
import { pause } from './until.ts';

type Side = { readonly name: string; readonly checkout: string; readonly samples: Samples };
type OnGround = Side & { readonly ground: Ground };

const text = { type: 'string' } as const;
const { values, positionals } = parseArgs({ options: { pairs: text, past: text }, allowPositionals: true });
const other = resolve(positionals[0] ?? '');
if (positionals.length !== 1 || !existsSync(join(other, 'package.json'))) {
  console.error('Name the folder of another checkout in which npm ci was run: npm run bench:compare -- ../before');
  process.exit(2);
}
const pairs = Number(values.pairs ?? 10);
const past = Number(values.past ?? 10_000);
const idleMs = 3_000;
/** Each with an empty vault of its own. */
const chats = 3;
const many = { atOnce: 100, edits: 50 };
const chatRows = ['chat alone: item → message', 'chat alone: tap → answered', 'chat alone: tap → file moved'] as const;
const manyRows = [
  `${many.atOnce} files moved in → half of the cards`,
  `${many.atOnce} files moved in → all cards`,
  'edit by reply → changed card',
] as const;
const chatMemory = 'chat alone, after all of the above';

const root = await mkdtemp(join(tmpdir(), 'countersign-compare-'));
process.once('exit', () => rmSync(root, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const load = () => loadavg()[0]?.toFixed(2) ?? '';

const sideOf = (name: string, checkout: string): Side => ({ name, checkout, samples: createSamples() });
const sides = [sideOf('this', thisCheckout), sideOf('other', other)] as const;

/** Who is first changes with each round. */
async function inTurn<S>(round: number, both: readonly [S, S], work: (side: S) => Promise<void>): Promise<void> {
  for (const side of round % 2 === 0 ? both : both.toReversed()) await work(side);
}

async function prepare(side: Side): Promise<OnGround> {
  const folder = join(root, side.name);
  const far = await createFarSide();
  const ground = { folder, vaultPath: join(folder, 'vault'), stateDir: join(folder, 'state'), far };
  const file = join(side.checkout, 'bench/history.ts');
  const { writeHistory } = (await import(pathToFileURL(file).href)) as typeof History;
  await writeHistory({ ...ground, email: far.email, count: past });
  return { ...side, ground };
}

async function measureStarts(both: readonly [OnGround, OnGround]): Promise<void> {
  for (const [row, kind] of [
    [startRows[0], 'chat'],
    [startRows[1], 'all'],
  ] as const) {
    // The first one compiles the sources and is not counted.
    for (let round = -1; round < pairs; round += 1) {
      await inTurn(round + 1, both, async ({ ground, checkout, samples }) => {
        const running = await starterOf(ground, checkout)(settingsOf(ground, kind));
        if (round >= 0) samples.add(row, running.startMs);
        await running.end('SIGTERM');
      });
    }
  }
  for (let round = 0; round < Math.ceil(pairs / 2); round += 1) {
    await inTurn(round, both, async ({ ground, checkout, samples }) => {
      const start = starterOf(ground, checkout);
      await (await start(settingsOf(ground, 'all'))).end('SIGKILL');
      const again = await start(settingsOf(ground, 'all'));
      samples.add(startRows[2], again.startMs);
      await again.end('SIGTERM');
    });
  }
}

/** Both run all the time. */
async function measureRunning(both: readonly [OnGround, OnGround]): Promise<void> {
  const up = async (kind: 'chat' | 'all') => {
    const one = async (side: OnGround) => ({
      ...side,
      running: await starterOf(side.ground, side.checkout)(settingsOf(side.ground, kind)),
    });
    return [await one(both[0]), await one(both[1])] as const;
  };
  const rest = async (row: string, running: readonly (OnGround & { readonly running: Countersign })[]) => {
    await pause(idleMs);
    for (const one of running) one.samples.add(row, residentMb(one.running.pid));
  };
  const chatAlone = await up('chat');
  await rest(memoryRows[0], chatAlone);
  for (const { running } of chatAlone) await running.end('SIGTERM');
  const all = await up('all');
  for (const { running } of all) await mailWatched(running);
  await rest(memoryRows[1], all);
  for (let round = 0; round < pairs; round += 1) {
    await inTurn(round, all, async ({ ground, running, samples }) => {
      const { far, vaultPath, folder } = ground;
      await measureRound({ far, running, vaultPath, workDir: join(folder, 'work') }, round, samples);
    });
  }
  await rest(memoryRows[2], all);
  for (const { running } of all) await running.end('SIGTERM');
}

async function measureChat(number: number): Promise<void> {
  const open = async (side: Side): Promise<Side & { readonly scene: ChatScene }> => ({
    ...side,
    scene: await openChatScene(join(root, `${side.name}-chat${number}`), side.checkout),
  });
  const both = [await open(sides[0]), await open(sides[1])] as const;
  try {
    for (let round = 0; round < pairs; round += 1) {
      await inTurn(round + number, both, async ({ scene, samples }) => {
        const { shown, answered, moved } = await approveInChat(scene, `t${round}x`);
        for (const [at, value] of [shown, answered, moved].entries()) samples.add(chatRows[at] ?? '', value);
      });
    }
    await inTurn(number, both, async ({ scene, samples }) => {
      const { p50, max } = spreadOf(await cardsAtOnce(scene, many.atOnce));
      samples.add(manyRows[0], p50);
      samples.add(manyRows[1], max);
    });
    await inTurn(number, both, async ({ scene, samples }) => {
      samples.add(manyRows[2], spreadOf(await editOften(scene, many)).p50);
    });
    for (const { scene, samples } of both) samples.add(chatMemory, residentMb(scene.running.pid));
  } finally {
    for (const { scene } of both) await scene.stop();
  }
}

function compared(rows: readonly string[], words: (value: number) => string): string {
  const [ours, theirs] = [sides[0].samples, sides[1].samples];
  return table(
    ['', 'pairs', 'this, p50', 'other, p50', 'ratio, median', 'min–max'],
    rows.map((row) => {
      const [mine, others] = [ours.of(row), theirs.of(row)];
      const ratios = mine.map((value, at) => value / (others[at] ?? Number.NaN)).toSorted((a, b) => a - b);
      const { p50, max } = spreadOf(ratios);
      const range = `${ratios[0]?.toFixed(2)}–${max.toFixed(2)}`;
      return [
        row,
        String(ratios.length),
        words(spreadOf(mine).p50),
        words(spreadOf(others).p50),
        p50.toFixed(2),
        range,
      ];
    }),
  );
}

function commitOf(checkout: string): string {
  try {
    const git = (...words: string[]) => execFileSync('git', ['-C', checkout, ...words], { encoding: 'utf8' }).trim();
    return `${git('log', '-1', '--format=%h %s')}${git('status', '--short', '--untracked-files=no') === '' ? '' : ' and changes'}`;
  } catch {
    return 'no commit';
  }
}

const before = load();
for (const { name, checkout } of sides) console.log(`${name}: ${checkout}, ${commitOf(checkout)}`);
const both = [await prepare(sides[0]), await prepare(sides[1])] as const;
try {
  await measureStarts(both);
  await measureRunning(both);
} finally {
  for (const { ground } of both) await ground.far.stop();
}
for (let number = 0; number < chats; number += 1) await measureChat(number);
console.log(
  `Node ${process.version}, ${cpus().length} processors, load ${before} before, ${load()} after; ${past.toLocaleString('en')} in Done. ` +
    'A ratio under 1: this one took less.\n',
);
console.log(compared([...eventRows, ...startRows, ...chatRows, ...manyRows], time));
console.log(`\n${compared([...memoryRows, chatMemory], (megabytes) => `${megabytes.toFixed(0)} MB`)}`);
process.exit();
