/** The disk fails: one call, or eight of its name in a row, give an error instead of being carried out. */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate as breath } from 'node:timers/promises';
import { localDate } from '../../src/lib/local-time.ts';
import type { Dice } from '../support/walk-person.ts';
import type { Lives } from './lives.ts';
import type { Outside } from './outside.ts';
import { usualCount } from './points.ts';
import { stories } from './stories.ts';
import type { Story } from './stories.ts';
import { attach, injectedIn } from './strace.ts';
import type { Injection } from './strace.ts';
import { playWith } from './sweep.ts';
import type { Start } from './sweep.ts';
import { count } from './tally.ts';
import type { Tally } from './tally.ts';
import { createTurns } from './turns.ts';

const errors = ['ENOSPC', 'EIO', 'EROFS', 'EACCES', 'EBUSY', 'EXDEV'] as const;
/** Between two disks: elsewhere that error means nothing. */
const acrossDisks = ['link', 'rename'] as const;

type Target = {
  readonly call: string;
  /** Sockets and the word between threads are written in the same way: only these files count. Any when left out. */
  readonly paths?: (lives: Lives) => readonly string[];
  /** Which stories write them; by the table of calls when left out. */
  readonly stories?: readonly string[];
};

const inVault = (lives: Lives, ...names: readonly string[]) =>
  names.map((name) => join(lives.vaultPath, ...name.split('/')));
const decided = ['mail', 'post', 'hand move', 'reject', 'edit'];
const sent = ['mail', 'post', 'hand move'];
/** Hidden files are numbered in each process, and a process lives for some stories only. */
const numbers = Array.from({ length: 150 }, (_, index) => index);

/**
 * What can fail. The ledger is written with pwrite64 alone, everything in the vault with write; writev goes to sockets only,
 * and there is no fdatasync. ftruncate is too seldom to be aimed at and is left to the deaths.
 */
const targets = {
  'ledger pwrite64': { call: 'pwrite64' },
  fsync: { call: 'fsync' },
  link: { call: 'link' },
  unlink: { call: 'unlink' },
  rename: { call: 'rename' },
  mkdir: { call: 'mkdir' },
  openat: { call: 'openat' },
  utimensat: { call: 'utimensat' },
  'record.log write': { call: 'write', stories: decided, paths: (lives) => inVault(lives, 'Logs/record.log') },
  'day log write': {
    call: 'write',
    stories: sent,
    paths: (lives) => inVault(lives, `Logs/orchestrator_${localDate(new Date()).replaceAll('-', '')}.log`),
  },
  'run log write': { call: 'write', stories: sent },
  'status write': {
    call: 'write',
    stories: sent,
    paths: (lives) =>
      inVault(lives, `.orchestrator_status.txt.${lives.pid()}.tmp`, `.orchestrator_report.json.${lives.pid()}.tmp`),
  },
  'move mark write': {
    call: 'write',
    stories: [...sent, 'reject'],
    paths: (lives) => inVault(lives, ...numbers.map((each) => `.countersign-move-${lives.pid()}-${each}.json.tmp`)),
  },
  'draft write': {
    call: 'write',
    stories: ['mail', 'post', 'hand move', 'edit'],
    paths: (lives) =>
      numbers.flatMap((each) =>
        inVault(
          lives,
          ...['Pending_Approval', 'Done'].map((place) => `${place}/.countersign-${lives.pid()}-${each}.tmp`),
        ),
      ),
  },
} as const satisfies Readonly<Record<string, Target>>;
type TargetName = keyof typeof targets;

/** Where one fault, or one cut, is tried. */
export type Room = {
  readonly lives: Lives;
  readonly outside: Outside;
  readonly tally: Tally;
  readonly say: (line: string) => void;
};

export type Faults = ReturnType<typeof createFaults>;

/** Errors and calls are dealt in turn; one that was not reached is due again. */
export function createFaults(dice: Dice) {
  const names = Object.keys(targets) as [TargetName, ...TargetName[]];
  const errorTurns = createTurns(errors, dice);
  const targetTurns = createTurns(names, dice);
  return {
    /** Tries until something failed, some times. */
    async play(room: Room): Promise<void> {
      for (let tries = 0; tries < 4; tries += 1) {
        const does = errorTurns.next();
        const name = targetTurns.next(does === 'EXDEV' ? acrossDisks : names);
        if (await playOne(room, name, does, dice)) return;
        errorTurns.giveBack(does);
      }
    },
  };
}

async function playOne(
  { lives, outside, tally, say }: Room,
  name: TargetName,
  does: (typeof errors)[number],
  dice: Dice,
): Promise<boolean> {
  const target: Target = targets[name];
  const { call } = target;
  const story = dice.oneOf(stories.filter((one) => makes(one, target)));
  if (story === undefined) throw new Error(`no story makes ${name}`);
  const most = call === 'write' ? 1 : Math.min(6, usualCount(story, call));
  const injection: Injection = { call, does, when: 1 + dice.below(most), times: dice.below(2) === 0 ? 1 : 8 };
  const log = join(dirname(lives.vaultPath), 'strace');
  // What could not be carried out after all its tries is put before a person.
  const patient = { ...story, ends: [...story.ends, 'failed'] as const };
  await playWith(lives, outside, patient, injection, name === 'run log write' ? atNextRun(log) : onFiles(log, target));
  const failed = injectedIn(log);
  const words = `${story.name}: ${name} ${injection.when} fails with ${does}`;
  if (failed === 0) {
    tally.missed += 1;
    say(`${words}: not reached`);
    return false;
  }
  tally.faults += 1;
  count(tally, 'faults by error', does);
  count(tally, 'faults by call', name);
  count(tally, 'faults by story', story.name);
  say(`${words}: ${failed} of ${injection.times}`);
  return true;
}

const makes = (story: Story, target: Target): boolean =>
  target.stories?.includes(story.name) ?? usualCount(story, target.call) > 0;

const onFiles =
  (log: string, { paths }: Target): Start =>
  async (lives, injection, begin) => {
    const tracer = await attach(lives.pid(), injection, { log, paths: paths?.(lives) ?? [] });
    return { tracer, answered: await begin() };
  };

/** The name of its log is known only when the run is there: the process is held still until its calls on it count. */
const atNextRun =
  (log: string): Start =>
  async (lives, injection, begin) => {
    const runs = () => {
      try {
        return readdirSync(join(lives.vaultPath, 'Logs', 'runs'));
      } catch {
        return [];
      }
    };
    const before = new Set(runs());
    const answered = await begin();
    const deadline = performance.now() + lives.patienceMs;
    let run: string | undefined;
    while (run === undefined && performance.now() < deadline && !lives.isDead()) {
      await breath();
      run = runs().find((name) => !before.has(name));
    }
    if (run === undefined) throw new Error(`no run began: ${JSON.stringify(injection)}`);
    process.kill(lives.pid(), 'SIGSTOP');
    const paths = [join(lives.vaultPath, 'Logs', 'runs', run, 'log.txt')];
    const tracer = await attach(lives.pid(), injection, { log, paths });
    process.kill(lives.pid(), 'SIGCONT');
    return { tracer, answered };
  };
