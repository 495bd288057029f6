/**
 * `npm run bench:settling`: how long after a `kill -9` in the middle of work it takes until everything is settled, with
 * many drafts waiting and a long past. `--waiting N` and `--past N` take another vault; `--profile FOLDER` keeps CPU profiles there.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Database, { type Database as Db } from 'better-sqlite3';
import { createLives } from '../test/crash/lives.ts';
import type { Lives } from '../test/crash/lives.ts';
import { createOutside } from '../test/crash/outside.ts';
import { spreadOf, table, time } from './figures.ts';
import { writeHistory } from './history.ts';
import { createSamples } from './samples.ts';
import { pause, until } from './until.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { waiting: text, past: text, rounds: text, profile: text } });
const [waiting, past] = [Number(values.waiting ?? 1_000), Number(values.past ?? 100_000)];
const rounds = Number(values.rounds ?? 7);
/** Approved in one breath before each death. */
const approvals = 16;
const limitMs = 300_000;

/** As it is by default, but for the undo time: with one, an approval would be at rest for ten seconds. */
const asNpmStart = '--max-semi-space-size=2 --v8-pool-size=1';
const settings = {
  UV_THREADPOOL_SIZE: '4',
  APPROVAL_CHECK_INTERVAL: '10',
  DIGEST_FROM: '0',
  LOG_LEVEL: 'INFO',
  NODE_OPTIONS: asNpmStart,
};
const profiling =
  values.profile === undefined ? [] : ['env', `NODE_OPTIONS=${asNpmStart} --cpu-prof --cpu-prof-dir=${values.profile}`];

const root = await mkdtemp(join(tmpdir(), 'countersign-settling-'));
process.once('exit', () => rmSync(root, { recursive: true, force: true }));
const outside = await createOutside();
const samples = createSamples();
const load = () => loadavg()[0]?.toFixed(2) ?? '';
const before = load();

const addBoth = (row: string, ms: number, cpu: number) => {
  samples.add(row, ms);
  samples.add(`${row}, processor`, cpu);
};

const homeOf = (name: string): string => {
  const home = join(root, name);
  mkdirSync(home);
  return home;
};

/** What it used of the processors so far, in ms; where that can't be read, nothing. */
function cpuMs(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
}

/** Milliseconds from asking the system for the process. */
async function startOf(lives: Lives, isReached: () => boolean, words: string, before: readonly string[] = []) {
  const from = performance.now();
  lives.start(before, settings);
  const isUp = () => {
    if (lives.isDead()) throw new Error(`it died:\n${lives.output()}`);
    return lives.output().includes(' is running on ') || undefined;
  };
  await until(isUp, 'it is up', limitMs);
  const upMs = performance.now() - from;
  const upCpuMs = cpuMs(lives.pid());
  await until(() => isReached() || undefined, words, limitMs);
  return { upMs, upCpuMs, reachedMs: performance.now() - from, reachedCpuMs: cpuMs(lives.pid()) };
}

const post = (mark: string) => `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nNews ${mark}.\n`;
const placeOf = (folder: string, mark: string) => `${folder}/LINKEDIN_${mark}.md`;

const countIn = (db: Db, state: string): number =>
  db.prepare<{ n: number }>('SELECT count AS n FROM draft_counts WHERE state = ?').get(state)?.n ?? 0;

/**
 * Nothing is on its way, nothing is due, every card shows what is on record, and all that was approved went out. But for
 * what died between its point of no return and its request: nobody can prove that it did not, so its card asks.
 */
function isSettled(db: Db, over: number): boolean {
  const one = (sql: string, ...given: number[]): number => db.prepare<{ n: number }>(sql).get(...given)?.n ?? 0;
  return (
    countIn(db, 'done') + countIn(db, 'unknown') === over &&
    countIn(db, 'approved') + countIn(db, 'in_progress') === 0 &&
    one(
      `SELECT count(*) AS n FROM drafts WHERE state IN ('pending', 'approved', 'in_progress', 'unknown')
        AND state = 'unknown' AND not_before <= ?`,
      Date.now(),
    ) === 0 &&
    one('SELECT count(*) AS n FROM jobs WHERE run_at <= ?', Date.now()) === 0 &&
    one('SELECT count(*) AS n FROM cards WHERE wanted_hash <> shown_hash OR retiring IS NOT NULL') === 0
  );
}

try {
  const empty = createLives(outside, homeOf('empty'));
  for (let start = 0; start < rounds + 1; start += 1) {
    const { upMs, upCpuMs } = await startOf(empty, () => true, 'it is up');
    // The first one compiles the sources.
    if (start > 0) addBoth('empty', upMs, upCpuMs);
    await empty.stop();
  }

  const home = homeOf('full');
  const full = createLives(outside, home);
  await writeHistory({
    vaultPath: full.vaultPath,
    stateDir: join(home, 'state'),
    email: 'owner@example.com',
    count: past,
  });
  const mark = (at: number) => `w${String(at).padStart(5, '0')}x`;
  const drop = (from: number, to: number) => {
    for (let at = from; at < to; at += 1) full.drop(placeOf('Pending_Approval', mark(at)), post(mark(at)), mark(at));
  };
  drop(0, waiting + approvals);
  await startOf(full, () => true, 'it is up');
  const db = new Database(full.ledgerFile, { readonly: true, timeout: 5_000 });
  const isLooked = () => full.output().includes('each was looked at after the start');
  await until(() => (isLooked() && isSettled(db, past)) || undefined, 'every draft has its card', limitMs);
  await full.stop();
  const calm = await startOf(full, () => isLooked() && isSettled(db, past), 'it rests');
  addBoth('after a stop', calm.reachedMs, calm.reachedCpuMs);
  for (let round = 0; round < rounds; round += 1) {
    for (let at = round * approvals; at < (round + 1) * approvals; at += 1) {
      full.move(placeOf('Pending_Approval', mark(at)), placeOf('Approved', mark(at)));
    }
    await pause(100 + (round * 900) / rounds);
    await full.kill();
    const left = db
      .prepare<{ state: string; n: number }>(
        `SELECT state, count(*) AS n FROM drafts WHERE state IN ('pending', 'approved', 'in_progress', 'unknown') GROUP BY state`,
      )
      .all();
    const { upMs, upCpuMs, reachedMs, reachedCpuMs } = await startOf(
      full,
      () => isSettled(db, past + (round + 1) * approvals),
      'it is settled',
      profiling,
    );
    addBoth('up', upMs, upCpuMs);
    addBoth('settled', reachedMs, reachedCpuMs);
    await until(() => isLooked() || undefined, 'each was looked at', limitMs);
    const asked = countIn(db, 'unknown');
    console.log(
      `killed with ${left.map(({ state, n }) => `${n} ${state}`).join(', ')}: up after ${time(upMs)}, settled after ${time(reachedMs)}` +
        (asked === 0 ? '' : `; ${asked} can’t be told`),
    );
    if (profiling.length > 0) {
      await full.stop();
      await startOf(full, () => isSettled(db, past + (round + 1) * approvals), 'it is settled');
    }
    // As many wait at each death.
    drop(waiting + (round + 1) * approvals, waiting + (round + 2) * approvals);
    const all = () => countIn(db, 'pending') === waiting + approvals && isSettled(db, past + (round + 1) * approvals);
    await until(() => all() || undefined, 'every draft has its card', limitMs);
  }
  db.close();
  await full.stop();

  const rows = ['empty', 'up', 'after a stop', 'settled'] as const;
  const spreads = rows.map((row) => spreadOf(samples.of(row)));
  const cpu = rows.map((row) => spreadOf(samples.of(`${row}, processor`)).p50);
  const [floor, cpuFloor] = [spreads[0]?.p50 ?? Number.NaN, cpu[0] ?? Number.NaN];
  const names = [
    'an empty product: start → up',
    'after kill -9: start → up',
    'after a stop: start → everything looked at',
    'after kill -9: start → settled',
  ];
  console.log(`\nload ${before} before, ${load()} after; ${cpus().length} processors\n`);
  console.log(
    table(
      [
        `${waiting.toLocaleString('en')} waiting, ${past.toLocaleString('en')} in Done`,
        'times',
        'p50',
        'longest',
        '× empty',
        'processor p50',
        '× empty',
      ],
      spreads.map(({ count, p50, max }, at) => [
        names[at] ?? '',
        String(count),
        time(p50),
        time(max),
        (p50 / floor).toFixed(1),
        time(cpu[at] ?? Number.NaN),
        ((cpu[at] ?? Number.NaN) / cpuFloor).toFixed(1),
      ]),
    ),
  );
} finally {
  await outside.stop();
}
process.exit();
