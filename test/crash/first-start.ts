/** The very first start, and the start of a new version on an old ledger: killed at calls on the vault and the ledger. */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { until } from '../support/until.ts';
import { createLives } from './lives.ts';
import type { Lives } from './lives.ts';
import { checkMigrated, isMigrated, makeOld } from './old-ledger.ts';
import type { OldRows } from './old-ledger.ts';
import type { Outside } from './outside.ts';
import { stories } from './stories.ts';
import type { Story } from './stories.ts';
import { comeToRest, isOver, keepsPromises, nextMark } from './sweep.ts';
import { straced } from './strace.ts';
import type { Injection } from './strace.ts';

export type Beginning = 'first start' | 'migration';

/** @returns whether it died of it */
export async function beginWith(
  kind: Beginning,
  outside: Outside,
  root: string,
  name: string,
  injection: Injection,
): Promise<boolean> {
  const home = join(root, name);
  mkdirSync(join(home, 'state'), { recursive: true });
  const lives = createLives(outside, home);
  try {
    const begun = kind === 'migration' ? await leaveOld(lives, outside) : undefined;
    const mark = nextMark();
    lives.drop(
      `Pending_Approval/LINKEDIN_${mark}.md`,
      `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n${mark}\n`,
      mark,
    );
    lives.start([...straced(injection), ...pathsOf(lives).flatMap((path) => ['-P', path])]);
    const rests = () =>
      isMigrated(lives.ledgerFile) && lives.draftsOf(mark)[0]?.state === 'pending' && lives.isSettled() && isUp(lives);
    await until(() => lives.isDead() || rests(), `${kind} ends`, 30_000).catch(() => undefined);
    const died = lives.isDead();
    await lives.kill();
    lives.start();
    const words = () => `it starts after ${JSON.stringify(injection)}\n${lives.output()}`;
    await until(() => !lives.isDead() && lives.draftsOf(mark)[0]?.state === 'pending', 'it starts', 30_000).catch(
      (cause: unknown) => {
        throw new Error(words(), { cause });
      },
    );
    for (const one of begun?.played ?? []) await comeToRest(lives, outside, one.story, one.mark, one.answered);
    await until(rests, 'it comes to rest', 30_000);
    if (begun !== undefined) checkMigrated(lives.ledgerFile, begun.rows);
    await keepsPromises(lives.breaches);
    return died;
  } finally {
    // Its tracer would not end at a word.
    await lives.kill();
    rmSync(home, { recursive: true, force: true });
  }
}

const controlFile = (lives: Lives): string => join(dirname(lives.ledgerFile), 'control.json');
const isUp = (lives: Lives): boolean => existsSync(controlFile(lives));

/** Loading the program is thousands of calls: only those on our own files count. */
function pathsOf({ vaultPath, ledgerFile }: Lives): readonly string[] {
  const home = dirname(vaultPath);
  const files = ['', '-wal', '-shm', '-journal'].map((end) => `${ledgerFile}${end}`);
  const folders = readdirSync(home).map((entry) => join(home, entry));
  return [...files, ...folders, join(vaultPath, 'Pending_Approval'), join(dirname(ledgerFile), 'instance.lock')];
}

type Played = { readonly story: Story; readonly mark: string; readonly answered: () => boolean };

const over = ['mail', 'reject', 'edit'];
const underWay = ['mail', 'post', 'hand move'];

/** The version before it dies in the middle of its work, with some of it done, rejected, edited and waiting. */
async function leaveOld(
  lives: Lives,
  outside: Outside,
): Promise<{ readonly rows: OldRows; readonly played: readonly Played[] }> {
  lives.start();
  const done: Played[] = [];
  for (const story of stories.filter(({ name }) => over.includes(name))) {
    const [one] = await begin(lives, [story]);
    if (one === undefined) continue;
    await comeToRest(lives, outside, story, one.mark, one.answered);
    done.push(one);
  }
  const begun = await begin(
    lives,
    stories.filter(({ name }) => underWay.includes(name)),
  );
  await until(
    () => begun.every(({ answered, story, mark }) => answered() || isOver(lives, story, mark, answered)),
    'each tap is answered',
    lives.patienceMs,
  );
  await lives.kill();
  const rows = makeOld(lives.ledgerFile);
  rmSync(controlFile(lives), { force: true });
  return { rows, played: [...done, ...begun] };
}

async function begin(lives: Lives, chosen: readonly Story[]): Promise<readonly Played[]> {
  const cases = chosen.map((story) => ({ story, mark: nextMark() }));
  for (const { story, mark } of cases) await story.prepare(lives, mark);
  return await Promise.all(cases.map(async (one) => ({ ...one, answered: await one.story.begin(lives, one.mark) })));
}
