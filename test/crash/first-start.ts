/** The very first start, and the start of a new version on an old ledger: killed at calls on the vault and the ledger. */
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { until } from '../support/until.ts';
import { createLives } from './lives.ts';
import type { Outside } from './outside.ts';
import { keepsPromises } from './sweep.ts';
import { straced } from './strace.ts';
import type { Injection } from './strace.ts';

export type Beginning = 'first start' | 'migration';

const migrations = new URL('../../src/ledger/migrations/', import.meta.url);

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
  const mark = `b${name}x`;
  lives.drop(
    `Pending_Approval/LINKEDIN_${mark}.md`,
    `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n${mark}\n`,
    mark,
  );
  if (kind === 'migration') writeOldLedger(lives.ledgerFile);
  const files = ['', '-wal', '-shm', '-journal'].map((end) => `${lives.ledgerFile}${end}`);
  const folders = readdirSync(home).map((entry) => join(home, entry));
  const paths = [...files, ...folders, join(lives.vaultPath, 'Pending_Approval'), join(home, 'state', 'instance.lock')];
  // Loading the program is thousands of calls: only those on our own files count.
  lives.start([...straced(injection), ...paths.flatMap((path) => ['-P', path])]);
  try {
    await until(() => lives.isDead() || rests(lives.isSettled, lives, mark), `${kind} ends`, 30_000).catch(
      () => undefined,
    );
    const died = lives.isDead();
    await lives.kill();
    lives.start();
    await until(
      () => !lives.isDead() && rests(lives.isSettled, lives, mark),
      `it starts after ${JSON.stringify(injection)}`,
      20_000,
    );
    await keepsPromises(lives.breaches);
    return died;
  } finally {
    await lives.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

const rests = (isSettled: () => boolean, lives: ReturnType<typeof createLives>, mark: string): boolean =>
  lives.draftOf(mark)?.state === 'pending' && isSettled();

/** As the first version left it. */
function writeOldLedger(file: string): void {
  const [first = ''] = readdirSync(migrations).toSorted();
  const db = new Database(file);
  db.exec(`PRAGMA journal_mode = WAL; ${readFileSync(new URL(first, migrations), 'utf8')} PRAGMA user_version = 1;`);
  db.close();
}
