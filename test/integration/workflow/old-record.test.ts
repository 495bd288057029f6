/** The ledger is lost or put back from an old copy: nothing that was allowed once goes out by itself. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import Database from 'better-sqlite3';
import { sends } from '../../support/fake-executor.ts';
import { until } from '../../support/until.ts';
import { breachesOf, quiet } from '../../support/walk-checks.ts';
import { createWorld } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const post = (text: string) => `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n${text}\n`;

async function asked(world: World, name: string) {
  world.write(`Pending_Approval/${name}`, post(`News of ${name.slice(0, 1)}.`));
  await world.rescan();
  return await world.card(name, 'asks');
}

/** Stops, puts the ledger back as `copy` has it (or takes it away), and starts again. */
async function restore(world: World, copy: string | undefined): Promise<void> {
  await world.stop();
  for (const end of ['', '-wal', '-shm']) rmSync(`${world.ledgerFile}${end}`, { force: true });
  if (copy !== undefined) copyFileSync(copy, world.ledgerFile);
  await world.start();
}

async function copyOf(world: World): Promise<string> {
  await world.stop();
  copyFileSync(world.ledgerFile, `${world.ledgerFile}.copy`);
  await world.start();
  return `${world.ledgerFile}.copy`;
}

/** As the daily copy is made: while everything goes on. */
async function backUp(from: string, to: string): Promise<void> {
  const db = new Database(from, { readonly: true });
  await db.backup(to);
  db.close();
}

describe('an old copy of the ledger', () => {
  it('asks again for what was approved after the copy was made', async (t) => {
    const world = await createWorld(t);
    const card = await asked(world, 'a.md');
    const copy = await copyOf(world);
    await world.tap(card, 'approve');
    await world.card('a.md', 'waits');
    await restore(world, copy);
    await world.pass(60_000);
    assert.equal((await world.card('a.md', 'asks')).problems[0]?.code, 'undone_move');
    assert.deepEqual(world.executor.effects, []);
    await world.tap(await world.card('a.md', 'asks'), 'approve');
    await quiet(world);
    assert.equal(world.executor.effects.length, 1);
  });

  it('asks again for what was approved in it and went on since', async (t) => {
    const world = await createWorld(t, { holdSeconds: 600 });
    await world.tap(await asked(world, 'b.md'), 'approve');
    await world.card('b.md', 'waits');
    const copy = await copyOf(world);
    // Something came on record after the copy: only then it is old.
    await world.tap(await asked(world, 'other.md'), 'reject');
    await world.card('other.md', 'rejected');
    await restore(world, copy);
    await world.pass(3_600_000);
    await world.card('b.md', 'asks');
    assert.deepEqual(world.executor.effects, []);
  });

  it('never sends again what went out since: its file stays where it is', async (t) => {
    const world = await createWorld(t);
    const card = await asked(world, 'c.md');
    const copy = await copyOf(world);
    await world.tap(card, 'approve');
    await quiet(world);
    assert.ok(world.exists('Done/c.md'));
    await restore(world, copy);
    await quiet(world);
    assert.ok(world.exists('Done/c.md'));
    assert.deepEqual(await world.parts().ledger.drafts.open(), []);
    assert.equal(world.executor.effects.length, 1);
  });

  it('is no old copy when nothing came on record since', async (t) => {
    const world = await createWorld(t);
    await world.tap(await asked(world, 'd.md'), 'approve');
    await world.card('d.md', 'waits');
    await restore(world, await copyOf(world));
    await quiet(world);
    assert.equal(world.executor.effects.length, 1);
  });
});

describe('an old copy of the ledger, after a death before the log had its line', () => {
  /** An attempt that has sent, and whose process dies before its end is on record; `meanwhile` runs before its point of no return. */
  async function sentAndDied(world: World, meanwhile: () => Promise<void>) {
    world.executor.next(async (effect, run, send) => {
      await meanwhile();
      await run.commit();
      send(effect);
      return await new Promise((_, reject) => {
        run.signal.addEventListener('abort', () => reject(new Error('cut off')));
      });
    });
    await world.pass(600_000);
    await until(() => world.executor.effects.length === 1, 'it went out');
    await world.kill();
    world.executor.next(sends);
  }

  async function asksAndSendsNothing(world: World, name: string) {
    await world.pass(3_600_000);
    assert.equal((await world.card(name, 'asks')).problems[0]?.code, 'undone_move');
    assert.equal(world.executor.effects.length, 1);
    // The copy knows nothing of the attempt that sent it; but for that, every promise holds.
    assert.deepEqual(
      (await breachesOf(world)).map(({ code }) => code),
      ['unapproved'],
    );
  }

  it('asks again for what was approved in it and may have gone out since', async (t) => {
    const world = await createWorld(t, { holdSeconds: 600 });
    await world.tap(await asked(world, 'h.md'), 'approve');
    await world.card('h.md', 'waits');
    const copy = await copyOf(world);
    await sentAndDied(world, async () => undefined);
    await restore(world, copy);
    await asksAndSendsNothing(world, 'h.md');
  });

  it('asks again for what was under way in it', async (t) => {
    const world = await createWorld(t, { holdSeconds: 600 });
    await world.tap(await asked(world, 'i.md'), 'approve');
    await world.card('i.md', 'waits');
    const copy = `${world.ledgerFile}.copy`;
    await sentAndDied(world, () => backUp(world.ledgerFile, copy));
    await restore(world, copy);
    await asksAndSendsNothing(world, 'i.md');
    // Its conclusions are drawn once: what is approved anew goes out.
    await world.tap(await world.card('i.md', 'asks'), 'approve');
    await world.stop();
    await world.start();
    await quiet(world);
    assert.equal(world.executor.effects.length, 2);
  });
});

describe('a lost ledger', () => {
  it('asks for everything that lies in Approved and In_Progress', async (t) => {
    const world = await createWorld(t, { holdSeconds: 600 });
    await world.tap(await asked(world, 'e.md'), 'approve');
    await world.card('e.md', 'waits');
    world.write('In_Progress/f.md', post('f'));
    await restore(world, undefined);
    await world.pass(3_600_000);
    const open = await world.parts().ledger.drafts.open();
    assert.deepEqual(
      open.map(({ state, trouble }) => `${state} ${trouble?.code}`),
      ['pending undone_move', 'pending undone_move'],
    );
    assert.deepEqual(world.executor.effects, []);
  });
});

describe('a log that can’t be read', () => {
  it('keeps nothing from starting and asking', async (t) => {
    const world = await createWorld(t);
    await world.stop();
    const log = join(world.vaultPath, 'Logs', 'record.log');
    rmSync(log, { force: true });
    mkdirSync(log, { recursive: true });
    await world.start();
    await asked(world, 'g.md');
  });
});
