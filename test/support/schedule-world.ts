/** The schedule on a real folder, with a held clock and a recorder of what it hands in. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { TakeIn } from '../../src/domain/ports.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { openRoot } from '../../src/lib/root.ts';
import { createScheduleWatcher } from '../../src/watchers/schedule/index.ts';
import { createItemRecorder, createMemoryCursor } from '../contract/watcher.contract.ts';
import { createHeldClock } from './held-clock.ts';

export const minute = 60_000;
export const hour = 60 * minute;

export async function makeWorld(start = '2026-02-19T08:59:30Z', entry = entryOf('* * * * *')) {
  const root = await openRoot(await mkdtemp(join(tmpdir(), 'schedule-')));
  const { path } = root;
  const folder = join(path, 'Schedule');
  const clock = createHeldClock(new Date(start));
  const recorder = createItemRecorder();
  const cursor = createMemoryCursor();
  /** Names of files whose items can't be taken in. */
  const unfit = new Set<string>();
  const takeIn: TakeIn = async (item) => {
    if ([...unfit].some((name) => item.key.includes(name))) throw new Error('x is undefined');
    return await recorder.takeIn(item);
  };
  const make = () => createScheduleWatcher({ root, takeIn, cursor, clock, logger: silentLogger });
  let watcher = make();
  await watcher.start();
  await writeFile(join(folder, 'LINKEDIN_weekly.md'), entry);
  await watcher.check();
  await watcher.stop();
  watcher = make();
  return {
    ...recorder,
    unfit,
    clock,
    path: (name: string) => join(folder, name),
    write: (name: string, content: string) => writeFile(join(folder, name), content),
    watcher: () => watcher,
    async arrive() {
      await clock.advance(minute);
      await watcher.check();
      return 'LINKEDIN_weekly';
    },
    restart() {
      watcher = make();
      return Promise.resolve();
    },
    findsMissed: true,
    close: () => rm(path, { recursive: true, force: true }),
  };
}

export const entryOf = (cron: string, more = '') =>
  `---\ncron: "${cron}"\n${more}type: linkedin_post\n---\n\n## Post\n\nHappy {{weekday}}, {{date}} {{time}}! {{other}}\n`;

export async function started(t: TestContext, start: string, entry: string) {
  const world = await makeWorld(start, entry);
  await world.watcher().start();
  t.after(async () => {
    await world.watcher().stop();
    await world.close();
  });
  const pass = async (ms: number) => {
    await world.clock.advance(ms);
    await world.watcher().check();
  };
  return { ...world, pass };
}
