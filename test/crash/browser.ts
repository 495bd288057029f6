/** The real browser at work, and a part of it dies at any instant: all, our process, its helper, or Chromium. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import type { Dice } from '../support/walk-person.ts';
import { until } from '../support/until.ts';
import type { Lives } from './lives.ts';
import type { Outside } from './outside.ts';
import { stories } from './stories.ts';
import { comeToRest, nextMark, statesOf } from './sweep.ts';

const victims = ['all', 'process', 'helper', 'Chromium'] as const;

/** A post through the browser takes some seconds. */
const longestMs = 7_000;

/** @returns who died, and when */
export async function dieInBrowser(lives: Lives, outside: Outside, dice: Dice): Promise<string> {
  const story = stories.find(({ name }) => name === 'post');
  if (story === undefined) throw new Error('there is no post');
  if (lives.isDead()) {
    if (dice.below(3) === 0) lives.wasAway();
    lives.start();
  }
  const mark = nextMark();
  const victim = dice.oneOf(victims) ?? 'all';
  const ms = dice.below(longestMs);
  const words = `${victim} dies ${ms} ms after the tap`;
  await story.prepare(lives, mark);
  await until(() => lives.isSettled(), `it rests before ${words}`, lives.patienceMs);
  const answered = await story.begin(lives, mark);
  await rest(ms);
  await kill(victim, lives);
  await comeToRest(lives, outside, story, mark, answered).catch((cause: unknown) => {
    throw new Error(`${words}: ${statesOf(lives, mark)}\n${lives.output()}`, { cause });
  });
  return words;
}

/** Nothing of it is left when its process is gone. */
export const nothingLeft = (lives: Lives): Promise<unknown> =>
  until(() => processesOf(lives).length === 0, 'no helper and no Chromium is left', 30_000);

async function kill(victim: (typeof victims)[number], lives: Lives): Promise<void> {
  if (victim === 'all') return await lives.kill();
  if (victim === 'process') {
    process.kill(lives.pid(), 'SIGKILL');
    return await lives.died();
  }
  const isChromium = (command: string) => command.includes('--user-data-dir=');
  const found = processesOf(lives).filter(({ command }) => isChromium(command) === (victim === 'Chromium'));
  for (const { pid } of found) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (thrown) {
      assert.match(String(thrown), /ESRCH/);
    }
  }
}

type Found = { readonly pid: number; readonly command: string };

/** Its helper and its Chromium: other processes that name its home. */
function processesOf(lives: Lives): readonly Found[] {
  const home = dirname(lives.vaultPath);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== lives.pid())
    .flatMap((name) => {
      const command = read(`/proc/${name}/cmdline`);
      const isIts = command.includes(home) || (command.includes('child.ts') && parentOf(name) === lives.pid());
      return isIts ? [{ pid: Number(name), command }] : [];
    });
}

const parentOf = (name: string): number => Number(/^PPid:\s*(\d+)/m.exec(read(`/proc/${name}/status`))?.[1]);

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
