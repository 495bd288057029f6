import assert from 'node:assert/strict';
import { link, lstat, mkdir, readdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { unmarked } from '../../../src/lib/words.ts';
import { createRoot } from '../../../src/lib/root.ts';
import { moveFile } from '../../../src/vault/moving.ts';
import { createVaultWorld } from '../../support/vault-world.ts';

test('lists drafts of a folder and of its sub-folders, and nothing else', async (t) => {
  const { vault, put } = await createVaultWorld(t);
  const good = ['a.md', 'email/b.md', 'Ünï 🚀.md'];
  const bad = [
    '.c.md',
    '_d.md',
    'README.md',
    'e.txt',
    'f.sync-conflict-20260101-000000-ABC.md',
    'x/y/g.md',
    '.hidden/h.md',
  ];
  for (const name of [...good, ...bad]) await put(`Pending_Approval/${name}`, 'x');
  const { files, unfit } = await vault.list('Pending_Approval');
  assert.deepEqual(files.map(({ path }) => path).toSorted(), good.toSorted());
  assert.deepEqual(
    unfit.map(({ path, kind, words }) => [path, kind, unmarked(words)]),
    [
      [
        'f.sync-conflict-20260101-000000-ABC.md',
        'odd',
        'It is a conflict copy of “f.md” made by Syncthing. Merge it by hand and delete it, or rename it to have it taken.',
      ],
    ],
  );
});

test('a file being written is waited for, one moved in is taken at once', async (t) => {
  const { path, vault } = await createVaultWorld(t);
  await writeFile(join(path, 'outside.md'), 'x');
  await writeFile(join(path, 'Approved', 'fresh.md'), 'x');
  const justNow = new Date(Date.now() - 100);
  await utimes(join(path, 'outside.md'), justNow, justNow);
  await rename(join(path, 'outside.md'), join(path, 'Approved', 'moved.md'));
  const { files, unfit } = await vault.list('Approved');
  assert.deepEqual(
    files.map((file) => file.path),
    ['moved.md'],
  );
  assert.deepEqual(
    unfit.map(({ path, kind }) => [path, kind]),
    [['fresh.md', 'settling']],
  );
  assert.ok((unfit[0]?.afterMs ?? 0) > 0 && (unfit[0]?.afterMs ?? 0) <= 750);
});

test('what is no regular file is reported and never read', async (t) => {
  const { path, vault, put } = await createVaultWorld(t);
  await put('secret.txt', 'secret');
  await symlink(join(path, 'secret.txt'), join(path, 'Approved', 'link.md'));
  await put('Approved/large.md', Buffer.alloc(1_048_577, 'x'));
  await mkdir(join(path, 'Approved', 'folder.md'));
  await put('Approved/twice.md', 'x');
  await link(join(path, 'Approved', 'twice.md'), join(path, 'twice.txt'));
  const { files, unfit } = await vault.list('Approved');
  assert.deepEqual(files, []);
  assert.deepEqual(unfit.map((one) => one.path).toSorted(), ['large.md', 'link.md', 'twice.md']);
  for (const name of ['link.md', 'large.md']) assert.equal(await vault.readBytes('Approved', name), undefined);
  assert.equal(await vault.look('Approved', 'link.md'), undefined);
});

test('a name that is no UTF-8 is reported', { skip: process.platform !== 'linux' }, async (t) => {
  const { path, vault } = await createVaultWorld(t);
  await writeFile(Buffer.concat([Buffer.from(`${path}/Approved/a`), Buffer.from([0xff]), Buffer.from('.md')]), 'x');
  const { files, unfit } = await vault.list('Approved');
  assert.deepEqual([files.length, unfit.length, unfit[0]?.kind], [0, 1, 'odd']);
});

test('a folder that is gone is not an empty folder', async (t) => {
  const { path, vault } = await createVaultWorld(t);
  await rm(join(path, 'Approved'), { recursive: true });
  await assert.rejects(vault.list('Approved'), /Approved/);
});

test('an unchanged file is not read again', async (t) => {
  const { vault, put } = await createVaultWorld(t);
  await put('Approved/a.md', 'one');
  const [before] = (await vault.list('Approved')).files;
  const [again] = (await vault.list('Approved')).files;
  assert.equal(again, before, 'the very same object comes from the cache');
  await put('Approved/a.md', 'two');
  const [changed] = (await vault.list('Approved')).files;
  assert.notEqual(changed?.contentHash, before?.contentHash);
});

test('no path leads out of the vault', async (t) => {
  const { path, vault, put } = await createVaultWorld(t);
  await put('elsewhere/a.md', 'x');
  for (const bad of ['../elsewhere/a.md', '/etc/passwd', 'a/../../elsewhere/a.md', '..\\elsewhere\\a.md', 'a\0.md']) {
    assert.equal(await vault.look('Approved', bad), undefined);
    assert.equal((await vault.move({ folder: 'Approved', path: bad }, 'Done')).kind, 'gone');
  }
  await symlink(join(path, 'elsewhere'), join(path, 'Approved', 'sub'));
  assert.equal(await vault.look('Approved', 'sub/a.md'), undefined);
  assert.deepEqual((await vault.list('Approved')).files, []);
});

test('moving keeps the sub-folder and never overwrites', async (t) => {
  const { path, vault, put, text, first } = await createVaultWorld(t);
  await put('Approved/email/a.md', 'there before');
  await put('Pending_Approval/email/a.md', 'mine');
  const moved = await vault.move(await first('Pending_Approval'), 'Approved');
  assert.equal(moved.kind === 'moved' && moved.file.path, 'email/a-2.md');
  assert.deepEqual([await text('Approved/email/a.md'), await text('Approved/email/a-2.md')], ['there before', 'mine']);
  assert.deepEqual(await readdir(join(path, 'Pending_Approval', 'email')), []);
  assert.equal((await vault.move({ folder: 'Pending_Approval', path: 'email/a.md' }, 'Done')).kind, 'gone');
  assert.deepEqual(
    (await readdir(path)).filter((name) => name.startsWith('.')),
    [],
  );
  // A moved file is taken without waiting.
  assert.deepEqual((await vault.list('Approved')).unfit, []);
});

test('of two moves of one file exactly one wins', async (t) => {
  const { path, vault, put } = await createVaultWorld(t);
  for (let round = 0; round < 20; round += 1) {
    await put('Approved/a.md', String(round));
    const file = { folder: 'Approved', path: 'a.md' } as const;
    await Promise.all([vault.move(file, 'In_Progress'), vault.move(file, 'Rejected')]);
    const places = await Promise.all(
      ['Approved', 'In_Progress', 'Rejected'].map((folder) => readdir(join(path, folder))),
    );
    assert.equal(places.flat().length, round + 1);
  }
});

test('without hard links a move copies, and never overwrites either', async (t) => {
  const { path, put, text } = await createVaultWorld(t);
  await put('Approved/a.md', 'mine');
  await put('Done/a.md', 'there before');
  const noLinks = () => Promise.reject(Object.assign(new Error('no links here'), { code: 'EPERM' }));
  const at = (name: string) => join(path, 'Done', name);
  const mark = () => Promise.resolve(() => Promise.resolve());
  const moved = await moveFile(createRoot(path), join(path, 'Approved', 'a.md'), 'a.md', at, mark, noLinks);
  assert.deepEqual(moved, { kind: 'moved', name: 'a-2.md' });
  assert.deepEqual([await text('Done/a.md'), await text('Done/a-2.md')], ['there before', 'mine']);
  assert.deepEqual(await readdir(join(path, 'Approved')), []);
});

test('a move cut off between its two steps is finished at the next start', async (t) => {
  const { path, open, put } = await createVaultWorld(t);
  await put('Approved/a.md', 'x');
  await link(join(path, 'Approved', 'a.md'), join(path, 'Done', 'a.md'));
  const mark = { from: { folder: 'Approved', path: 'a.md' }, to: { folder: 'Done', path: 'a.md' } };
  await writeFile(join(path, '.countersign-move-1-1.json'), JSON.stringify(mark));
  await writeFile(join(path, 'Approved', '.countersign-1-2.tmp'), 'half');
  await open().prepare();
  assert.deepEqual(await readdir(join(path, 'Approved')), []);
  assert.deepEqual(await readdir(join(path, 'Done')), ['a.md']);
  assert.deepEqual(
    (await readdir(path)).filter((name) => name.startsWith('.')),
    [],
  );
});

test('a new file gets a free name and appears whole', async (t) => {
  const { path, vault, text } = await createVaultWorld(t);
  const names = [];
  for (const content of ['one', 'two']) {
    const result = await vault.create('Pending_Approval', 'EMAIL_reply: Ann/Bob', content);
    assert.ok(result.kind === 'written');
    names.push(result.file.path);
  }
  assert.deepEqual(names, ['EMAIL_reply_Ann_Bob.md', 'EMAIL_reply_Ann_Bob-2.md']);
  assert.equal(await text(`Pending_Approval/${names[1]}`), 'two');
  const { files, unfit } = await vault.list('Pending_Approval');
  assert.deepEqual([files.length, unfit.length], [2, 0], 'our own files need no settling');
  assert.equal((await lstat(join(path, 'Pending_Approval', names[0] ?? ''))).nlink, 1);
});

test('an edit replaces the text and nothing else, byte for byte', async (t) => {
  const { vault, put, first, text } = await createVaultWorld(t);
  const before =
    '\ufeff---\r\ntype: linkedin_post # keep\r\n---\r\n\r\n## LinkedIn Post\r\n\r\nOld\r\n\r\n## Notes\r\nx\r\n';
  await put('Pending_Approval/LINKEDIN_a.md', before);
  const result = await vault.replaceText(await first('Pending_Approval'), 'New\n\nlines #tag');
  assert.equal(result.kind, 'written');
  assert.equal(await text('Pending_Approval/LINKEDIN_a.md'), before.replace('Old', 'New\r\n\r\nlines #tag'));
});

test('a file that changed meanwhile is neither edited nor stamped', async (t) => {
  const { vault, put, first, text } = await createVaultWorld(t);
  await put('Approved/LINKEDIN_a.md', 'Hello');
  const file = await first('Approved');
  await put('Approved/LINKEDIN_a.md', 'Hello, changed');
  assert.equal((await vault.stamp(file, [['a', 'b']])).kind, 'changed');
  assert.equal((await vault.replaceText(file, 'New')).kind, 'changed');
  assert.equal(await text('Approved/LINKEDIN_a.md'), 'Hello, changed');
});

test('bytes that are no text are told, and left alone', async (t) => {
  const { vault, put } = await createVaultWorld(t);
  await put('Approved/LINKEDIN_a.md', Buffer.from([0x80, 0x81, 0x82]));
  const found = await vault.read('Approved', 'LINKEDIN_a.md');
  assert.equal(found?.reading.kind, 'not_publishable');
  assert.deepEqual(
    found.reading.problems.map(({ code }) => code),
    ['unreadable_file'],
  );
});

test('a move that got its new name and could not take the old one away is finished by the next try', async (t) => {
  const { path, vault, put } = await createVaultWorld(t);
  await put('Approved/a.md', 'one');
  await link(join(path, 'Approved', 'a.md'), join(path, 'In_Progress', 'a.md'));
  const moved = await vault.move({ folder: 'Approved', path: 'a.md' }, 'In_Progress');
  assert.ok(moved.kind === 'moved');
  assert.equal(moved.file.path, 'a.md');
  assert.deepEqual(await readdir(join(path, 'Approved')), []);
  assert.deepEqual(await readdir(join(path, 'In_Progress')), ['a.md']);
});

test('a file that is to be moved to where it lies stays, also where it has a second name elsewhere', async (t) => {
  const { path, vault, open, put, text } = await createVaultWorld(t);
  await put('Rejected/email/a.md', 'one');
  const file = { folder: 'Rejected', path: 'email/a.md' } as const;
  const moved = await vault.move(file, 'Rejected');
  assert.equal(moved.kind === 'moved' && moved.file.path, 'email/a.md');
  await link(join(path, 'Rejected', 'email', 'a.md'), join(path, 'kept.md'));
  assert.equal((await vault.move(file, 'Rejected')).kind, 'moved');
  // A version of ours that began such a move may have died in the middle of it.
  await writeFile(join(path, '.countersign-move-1-1.json'), JSON.stringify({ from: file, to: file }));
  await open().prepare();
  assert.equal(await text('Rejected/email/a.md'), 'one');
});

test('a file that looks as it did on record is listed without being read, and read when somebody acts on it', async (t) => {
  const { path, vault, open, put } = await createVaultWorld(t);
  const names = ['same.md', 'longer.md', 'later.md'];
  // Whole seconds: a fraction may come back a millisecond less.
  const then = new Date('2026-01-01T00:00:00Z');
  for (const name of names) {
    await put(`Pending_Approval/${name}`, 'old words');
    await utimes(join(path, 'Pending_Approval', name), then, then);
  }
  const { files } = await vault.list('Pending_Approval');
  const again = open();
  again.remember(files);
  const change = async (name: string, words: string, at: Date) => {
    await writeFile(join(path, 'Pending_Approval', name), words);
    await utimes(join(path, 'Pending_Approval', name), at, at);
  };
  await change('same.md', 'new words', then);
  await change('longer.md', 'longer words', then);
  await change('later.md', 'new words', new Date(then.getTime() + 1_000));
  const listed = new Map((await again.list('Pending_Approval')).files.map((file) => [file.path, file.contentHash]));
  const before = new Map(files.map((file) => [file.path, file.contentHash]));
  assert.deepEqual(
    names.map((name) => listed.get(name) === before.get(name)),
    [true, false, false],
  );
  assert.notEqual((await again.read('Pending_Approval', 'same.md'))?.file.contentHash, before.get('same.md'));
});
