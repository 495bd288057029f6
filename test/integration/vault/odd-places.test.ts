/**
 * Anything may lie where a folder or a file of the vault should lie: that part stands still and says so, nothing outside is
 * read or written, nothing is lost, and it goes on when the place is right again.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { strange, unmarked } from '../../../src/lib/words.ts';
import { readAttachments } from '../../../src/executors/mail/attachments.ts';
import { sha256 } from '../../../src/lib/hash.ts';
import { createMediaFinder } from '../../../src/vault/media.ts';
import { readRecordLog } from '../../../src/vault/record-log.ts';
import { createStatusFiles } from '../../../src/vault/status-files.ts';
import { surveyVault } from '../../../src/vault/survey.ts';
import { onPosix, untouched } from '../../support/odd-files.ts';
import { createOddVault as start, forFolder, instead, inTheWay } from '../../support/odd-vault.ts';

describe('the places of a vault', onPosix, () => {
  const folders = [
    'Inbox',
    'Needs_Action',
    'Pending_Approval',
    'Approved',
    'In_Progress',
    'Done',
    'Rejected',
    'Failed',
  ];
  const inner = ['Logs', 'Logs/runs', 'Needs_Action/files', 'Schedule'];
  for (const place of [...folders, ...inner]) {
    it(`are told one by one when they are wrong: ${place}`, async (t) => {
      const world = await start(t);
      for (const [, put] of instead(forFolder)) {
        put(world, place);
        assert.deepEqual(
          (await world.inspected()).map((what) => unmarked(what).split(' is ')[0]),
          [place],
        );
        world.mend(place);
        assert.deepEqual(await world.inspected(), []);
      }
    });
  }

  it('are told with what was found, what is wanted and what to do', async (t) => {
    const world = await start(t);
    world.pipe('Logs/record.log');
    assert.deepEqual(await world.vault.inspect(), [
      {
        code: 'unreachable',
        what: `${strange('Logs/record.log', 120)} is a pipe; a plain file is wanted there.`,
        remedy: 'Take it away: it goes on by itself.',
        severity: 'blocks',
      },
    ]);
  });

  for (const place of ['Inbox', 'Needs_Action', 'Logs', 'Done', 'Rejected', 'Failed']) {
    it(`let a start go on without ${place}, and say so`, async (t) => {
      const world = await start(t);
      world.linkTo(place, 'folder');
      await world.vault.prepare();
      assert.match(world.said.join('\n'), new RegExp(`^${place} is a link to another place`));
      assert.deepEqual(world.theirs(), untouched);
    });
  }

  for (const place of ['Pending_Approval', 'Approved', 'In_Progress'] as const) {
    it(`let no start go on without ${place}, and nobody take it for an empty one`, async (t) => {
      const world = await start(t);
      for (const [kind, put] of instead(forFolder)) {
        put(world, place);
        await assert.rejects(world.vault.prepare(), inTheWay, kind);
        await assert.rejects(world.vault.list(place), inTheWay, kind);
      }
      world.mend(place);
      assert.deepEqual(await world.vault.list(place), { files: [], unfit: [] });
    });
  }
});

describe('drafts', onPosix, () => {
  for (const [kind, put] of instead(forFolder)) {
    it(`stay where they are while ${kind} lies where they should go`, async (t) => {
      const world = await start(t);
      world.put('Approved/a.md');
      put(world, 'Done');
      const refused = await world.vault.move({ folder: 'Approved', path: 'a.md' }, 'Done');
      assert.match(
        unmarked(refused.kind === 'failed' ? refused.problem.what : ''),
        /^Done is a.*; a folder is wanted there\.$/,
      );
      assert.deepEqual(readdirSync(world.at('Approved')), ['a.md']);
      assert.deepEqual(world.theirs(), untouched);
      world.mend('Done');
      assert.equal((await world.vault.move({ folder: 'Approved', path: 'a.md' }, 'Done')).kind, 'moved');
    });

    it(`are not written while ${kind} lies where they should be`, async (t) => {
      const world = await start(t);
      put(world, 'Needs_Action');
      const refused = await world.vault.create('Needs_Action', 'item', 'text');
      assert.match(unmarked(refused.kind === 'failed' ? refused.problem.what : ''), /^Needs_Action is a/);
      assert.deepEqual(world.theirs(), untouched);
      world.mend('Needs_Action');
      assert.equal((await world.vault.create('Needs_Action', 'item', 'text')).kind, 'written');
    });
  }

  it('in a sub-folder that is a link are not seen, which is said', async (t) => {
    const world = await start(t);
    world.linkTo('Approved/Clients', 'folder');
    world.linkTo('Approved/note.txt', 'file');
    const { files, unfit } = await world.vault.list('Approved');
    assert.deepEqual([files, unfit.map(({ path, kind }) => [path, kind])], [[], [['Clients', 'odd']]]);
  });

  it('below a linked folder or sub-folder are not there, for whoever looks for one by name', async (t) => {
    const world = await start(t);
    writeFileSync(join(world.outside, 'theirs.md'), 'theirs');
    world.linkTo('Rejected', 'folder');
    world.linkTo('Approved/Clients', 'folder');
    for (const [folder, path] of [
      ['Rejected', 'theirs.md'],
      ['Approved', 'Clients/theirs.md'],
    ] as const) {
      assert.equal(await world.vault.look(folder, path), undefined);
      assert.equal(await world.vault.arrivedAt(folder, path), undefined);
      assert.equal((await world.vault.move({ folder, path }, 'Done')).kind, 'gone');
    }
  });

  it('that are links, pipes or sockets are told and never waited for, by nobody', async (t) => {
    const world = await start(t);
    world.pipe('Approved/pipe.md');
    world.linkTo('Approved/link.md', 'file');
    await world.socket('Approved/socket.md');
    const { files, unfit } = await world.vault.list('Approved');
    assert.deepEqual([files, unfit.map(({ path }) => path)], [[], ['link.md', 'pipe.md', 'socket.md']]);
    for (const path of ['pipe.md', 'link.md', 'socket.md']) {
      assert.equal(await world.vault.readBytes('Approved', path), undefined);
      assert.equal(await world.vault.read('Approved', path), undefined);
    }
    assert.deepEqual(await surveyVault(world.path), []);
  });
});

describe('what else lies in a vault', onPosix, () => {
  it('the audit looks into no linked folder and waits for no pipe', async (t) => {
    const world = await start(t);
    writeFileSync(join(world.outside, 'LINKEDIN_theirs.md'), 'theirs');
    world.put('Done/LINKEDIN_a.md');
    world.linkTo('Approved', 'folder');
    world.linkTo('Done/Clients', 'folder');
    world.pipe('Done/pipe.md');
    assert.deepEqual(
      (await surveyVault(world.path)).map(({ path }) => path),
      ['LINKEDIN_a.md'],
    );
    world.pipe('Logs/record.log');
    await assert.rejects(readRecordLog(world.root), inTheWay);
  });

  it('a note of a move that is a pipe or a link is cleared away, and leads nowhere', async (t) => {
    const world = await start(t);
    world.pipe('.countersign-move-1-1.json');
    world.linkTo('.countersign-move-1-2.json', 'file');
    world.pipe('.countersign-move-1-3.json.tmp');
    await world.vault.prepare();
    assert.deepEqual(
      readdirSync(world.path).filter((name) => name.startsWith('.') && !name.endsWith('.away')),
      [],
    );
    assert.deepEqual(world.theirs(), untouched);
  });

  it('the status files take the place of a link or a pipe, and a folder there is told', async (t) => {
    const world = await start(t);
    world.linkTo('orchestrator_status.txt', 'file');
    world.linkTo(`.orchestrator_status.txt.${process.pid}.tmp`, 'file');
    world.pipe('orchestrator_report.json');
    world.pipe(`.orchestrator_report.json.${process.pid}.tmp`);
    const files = createStatusFiles(world);
    await files.status('Running.');
    await files.report({ running: true });
    assert.match(readFileSync(world.at('orchestrator_status.txt'), 'utf8'), /^Last update/);
    assert.deepEqual(JSON.parse(readFileSync(world.at('orchestrator_report.json'), 'utf8')), { running: true });
    assert.deepEqual(world.theirs(), untouched);
    world.folder('orchestrator_status.txt');
    await assert.rejects(files.status('Running.'));
  });

  it('a picture and an attachment are plain files on a straight way, or they are missing', async (t) => {
    const world = await start(t);
    mkdirSync(world.at('Media'));
    world.put('Media/a.png');
    world.linkTo('Media/link.png', 'file');
    world.pipe('Media/pipe.png');
    symlinkSync(world.at('Media'), world.at('Linked'));
    const finder = createMediaFinder(world.root);
    const media = { name: 'a.png', sha256: sha256('Hello'), bytes: 5, type: 'image/png' };
    for (const [path, isFound] of [
      ['Media/a.png', true],
      ['Media/link.png', false],
      ['Media/pipe.png', false],
      ['Linked/a.png', false],
    ] as const) {
      assert.equal((await finder.find([path], 'Approved')).media.length === 1, isFound, path);
      assert.equal((await finder.bytes({ ...media, path })) !== undefined, isFound, path);
      assert.equal((await readAttachments(world.path, [{ ...media, path }])).kind === 'read', isFound, path);
    }
    // Moved out of the vault, and a link left in its place: its bytes are known, and it is no part of the vault any more.
    renameSync(world.at('Media'), join(world.outside, 'Media'));
    symlinkSync(join(world.outside, 'Media'), world.at('Media'));
    assert.deepEqual((await finder.find(['Media/a.png'], 'Approved')).media, []);
  });
});
