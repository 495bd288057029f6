/** Places of the vault that are not what they seem, and copies made by sync tools, as people meet them in the chat. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { unmarked } from '../../../src/lib/words.ts';
import { createRoot } from '../../../src/lib/root.ts';
import { readRecordLog } from '../../../src/vault/record-log.ts';
import { sends } from '../../support/fake-executor.ts';
import { until } from '../../support/until.ts';
import { createWorld } from '../../support/workflow-world.ts';
import { onPosix } from '../../support/odd-files.ts';

const post = (words: string) => `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n${words}\n`;

describe('a sub-folder that became a link', onPosix, () => {
  it('keeps its drafts waiting, however long; they go on when it is a folder again', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    world.write('Pending_Approval/Clients/LINKEDIN_a.md', post('Hello.'));
    await world.rescan();
    await world.card('Clients/LINKEDIN_a.md', 'asks');
    const folder = join(world.vaultPath, 'Pending_Approval', 'Clients');
    const outside = join(world.vaultPath, '..', 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'LINKEDIN_theirs.md'), post('Theirs.'));
    renameSync(folder, `${outside}.clients`);
    symlinkSync(outside, folder);
    for (let look = 0; look < 5; look += 1) {
      await world.rescan();
      await world.pass(60_000);
    }
    const [draft] = await world.parts().ledger.drafts.open();
    assert.equal(draft?.state, 'pending');
    assert.equal((await world.parts().ledger.drafts.open()).length, 1, 'nothing of theirs was taken');
    const told = world.chat.notes.filter(({ text }) =>
      unmarked(text).includes('Pending_Approval/Clients: It is a link'),
    );
    assert.equal(told.length, 1, 'and it was said once');
    rmSync(folder);
    renameSync(`${outside}.clients`, folder);
    await world.rescan();
    await world.tap(await world.card('Clients/LINKEDIN_a.md', 'asks'), 'approve');
    await world.pass(5_000);
    await world.card('Clients/LINKEDIN_a.md', 'done');
    assert.deepEqual(readdirSync(outside), ['LINKEDIN_theirs.md']);
  });
});

describe('a folder of logs that became a link', onPosix, () => {
  it('keeps nothing from leaving, and no proof from being looked for', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    world.write('Pending_Approval/LINKEDIN_a.md', post('Hello.'));
    await world.rescan();
    const outside = join(world.vaultPath, '..', 'outside');
    mkdirSync(outside);
    renameSync(join(world.vaultPath, 'Logs'), `${outside}.logs`);
    symlinkSync(outside, join(world.vaultPath, 'Logs'));
    world.executor.next(async (effect, run, send) => {
      await sends(effect, run, send);
      throw new Error('the answer was lost');
    });
    world.executor.confirms({ kind: 'happened', evidence: { link: 'https://example.com/1', messageId: '', note: '' } });
    await world.tap(await world.card('LINKEDIN_a.md', 'asks'), 'approve');
    await until(async () => {
      await world.pass(5_000);
      return world.exists('Done/LINKEDIN_a.md');
    }, 'proof is found, and it is done');
    assert.equal(world.executor.effects.length, 1);
    assert.deepEqual(readdirSync(outside), []);
    rmSync(join(world.vaultPath, 'Logs'));
    renameSync(`${outside}.logs`, join(world.vaultPath, 'Logs'));
    await world.rescan();
    const { entries } = await readRecordLog(createRoot(world.vaultPath));
    assert.deepEqual(
      entries.map(({ what }) => what),
      ['approve', 'passed the point of no return'],
      'the log of decisions has caught up',
    );
  });
});

describe('a finished folder that became a link', onPosix, () => {
  it('gets no file and lets nothing leave twice; the file follows when it is a folder again', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    world.write('Pending_Approval/LINKEDIN_a.md', post('Hello.'));
    await world.rescan();
    const outside = join(world.vaultPath, '..', 'outside');
    mkdirSync(outside);
    renameSync(join(world.vaultPath, 'Done'), `${outside}.done`);
    symlinkSync(outside, join(world.vaultPath, 'Done'));
    await world.tap(await world.card('LINKEDIN_a.md', 'asks'), 'approve');
    await until(async () => {
      await world.pass(5_000);
      return world.executor.effects.length === 1;
    }, 'it leaves');
    for (let look = 0; look < 10; look += 1) {
      await world.pass(60_000);
      await world.rescan();
    }
    assert.deepEqual(readdirSync(outside), []);
    assert.ok(world.exists('In_Progress/LINKEDIN_a.md'));
    rmSync(join(world.vaultPath, 'Done'));
    renameSync(`${outside}.done`, join(world.vaultPath, 'Done'));
    await until(async () => {
      await world.pass(60_000);
      return world.exists('Done/LINKEDIN_a.md');
    }, 'the file follows');
    assert.equal(world.executor.effects.length, 1, 'and nothing left twice');
  });
});

describe('a conflict copy', () => {
  for (const folder of ['Pending_Approval', 'Approved'] as const) {
    it(`in ${folder} is left alone and said once`, async (t) => {
      const world = await createWorld(t, { holdSeconds: 0 });
      world.write('Pending_Approval/LINKEDIN_n.md', post('Hello.'));
      await world.rescan();
      await world.tap(await world.card('LINKEDIN_n.md', 'asks'), 'approve');
      await world.pass(5_000);
      await world.card('LINKEDIN_n.md', 'done');
      const copies = [
        'LINKEDIN_n (Copie en conflit de Sara 2026-11-28).md',
        'LINKEDIN_n (SFConflict sara@client.example 2026-11-28-09-00-00).md',
        'LINKEDIN_n_NAS_Nov-28-090000-2026_Conflict.md',
        'LINKEDIN_n.Conflict.md',
      ];
      for (const name of copies) world.write(`${folder}/${name}`, post('Hello!'));
      for (let look = 0; look < 3; look += 1) {
        await world.rescan();
        await world.pass(60_000);
      }
      assert.equal(world.executor.effects.length, 1, 'nothing left twice');
      assert.deepEqual(
        copies.filter((name) => !existsSync(join(world.vaultPath, folder, name))),
        [],
      );
      for (const name of copies) {
        const told = world.chat.notes.filter(({ text }) => text.includes(`${folder}/${name}`));
        assert.equal(told.length, 1, name);
        assert.match(
          unmarked(told[0]?.text ?? ''),
          /It is a conflict copy of “LINKEDIN_n\.md” made by .*I left it as it is\.$/,
        );
      }
    });
  }
});
