/** The ledger is lost or put back from an old copy: nothing that was allowed once goes out by itself. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { quiet } from '../../support/walk-checks.ts';
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
