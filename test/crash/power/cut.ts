/** The power is cut in the middle of a story: the process dies, and of its files only what was synced is left. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Dice } from '../../support/walk-person.ts';
import { until } from '../../support/until.ts';
import type { Lives } from '../lives.ts';
import type { Outside } from '../outside.ts';
import type { Story } from '../stories.ts';
import { attach } from '../strace.ts';
import type { Injection } from '../strace.ts';
import { comeToRest, isOver, nextMark, statesOf } from '../sweep.ts';
import { fileCalls, readCalls } from './calls.ts';
import { createDisk } from './disk.ts';
import type { Survival } from './disk.ts';
import { differences, entriesBelow, restore } from './image.ts';

export type Cut = { readonly story: Story; readonly injection: Injection; readonly survival: Survival };

/** @returns whether the power went at the call that was asked for, and not only after the story's end; and whether a call was not seen */
export async function cutPower(lives: Lives, outside: Outside, { story, injection, survival }: Cut, dice: Dice) {
  if (lives.isDead()) lives.start();
  const mark = nextMark();
  const home = dirname(lives.vaultPath);
  const roots = [lives.vaultPath, dirname(lives.ledgerFile)];
  const words = () => `power cut (${survival}): ${story.name} ${mark}, ${injection.call} ${injection.when}`;
  await story.prepare(lives, mark);
  await until(() => lives.isSettled(), `it rests before ${words()}`, lives.patienceMs);
  const log = join(home, 'strace');
  const pid = lives.pid();
  // Held still, so that the picture of its files is of the very instant from which on its calls are written down.
  process.kill(pid, 'SIGSTOP');
  const tracer = await attach(pid, injection, { log, calls: fileCalls });
  const answered = await story.begin(lives, mark);
  const disk = createDisk((path) => roots.some((root) => path === root || path.startsWith(`${root}/`)));
  for (const root of roots) {
    disk.add(root, undefined, root);
    for (const { path, content, same } of entriesBelow(root)) disk.add(path, content, same);
  }
  process.kill(pid, 'SIGCONT');
  await until(() => lives.isDead() || isOver(lives, story, mark, answered), words(), lives.patienceMs).catch(
    () => undefined,
  );
  const died = lives.isDead();
  await lives.kill();
  await tracer.stop();
  await lives.died();
  const { calls, cutOff } = readCalls(readFileSync(log, 'latin1'));
  for (const call of calls) disk.carryOut(call);
  // What was under way may or may not have been carried out.
  const unseen = cutOff.length === 0 ? differences(roots, disk) : [];
  // The last call of another thread may be carried out in the instant in which the process dies, and its tracer with it;
  // a rename is seen at both its names.
  if (unseen.length > 2) assert.deepEqual(unseen, [], `strace saw everything, ${words()}`);
  restore(roots, join(home, 'stage'), disk, disk.afterCut(survival, dice));
  rmSync(log);
  await comeToRest(lives, outside, story, mark, answered).catch((cause: unknown) => {
    throw new Error(`${words()}: ${statesOf(lives, mark)}, answered: ${answered()}\n${lives.output()}`, { cause });
  });
  return { died, unseen: unseen.length > 0 };
}
