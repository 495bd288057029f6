/** The one way to what lies below a folder: nothing else than plain files in real folders, and never a wait. */
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { unmarked } from '../../../src/lib/words.ts';
import { moveTo } from '../../../src/lib/move-file.ts';
import { anywhere } from '../../../src/lib/plain-file.ts';
import type { Use } from '../../../src/lib/plain-file.ts';
import { readRegular } from '../../../src/lib/regular-file.ts';
import { createRoot, openRoot, rootAt } from '../../../src/lib/root.ts';
import type { Root } from '../../../src/lib/root.ts';
import { syncFolder } from '../../../src/lib/sync-folder.ts';
import { isUntrusted } from '../../../src/lib/untrusted.ts';
import { createOddWorld, onPosix, untouched } from '../../support/odd-files.ts';

function world(t: TestContext) {
  const odd = createOddWorld(t);
  mkdirSync(odd.at('Logs/runs'), { recursive: true });
  return { ...odd, root: createRoot(odd.path) };
}

/** Reached through a link above it, so that the system's own word for where a file lies is another one. */
function worldByLooks(t: TestContext) {
  const odd = world(t);
  symlinkSync(odd.home, `${odd.home}.way`);
  t.after(() => rmSync(`${odd.home}.way`));
  const root = createRoot(join(`${odd.home}.way`, 'vault'));
  return { ...odd, root, at: (place: string) => join(root.path, ...place.split('/')) };
}

const worlds = [
  ['where the system tells the place of an open file', world],
  ['where it does not', worldByLooks],
] as const;

const untrusted = (words: RegExp) => (thrown: unknown) => {
  assert.ok(isUntrusted(thrown), String(thrown));
  assert.match(unmarked(thrown.what), words);
  assert.match(thrown.remedy, /goes on by itself\.$/);
  return true;
};

async function write(root: Pick<Root, 'open'>, path: string, use: Use, text: string): Promise<void> {
  const { file } = await root.open(path, use);
  try {
    await file.writeFile(text);
  } finally {
    await file.close();
  }
}

const uses = ['read', 'append', 'update'] as const;

describe('a root', onPosix, () => {
  for (const [where, make] of worlds) {
    it(`opens what is plain, to read, to add to, to change, and new files, ${where}`, async (t) => {
      const { root, at } = make(t);
      await write(root, at('Logs/a.log'), 'append', 'one ');
      await write(root, at('Logs/a.log'), 'append', 'two');
      assert.equal(readFileSync(at('Logs/a.log'), 'utf8'), 'one two');
      await write(root, at('Logs/a.log'), 'update', 'TWO');
      assert.equal(readFileSync(at('Logs/a.log'), 'utf8'), 'TWO two', 'opening cuts nothing off');
      await assert.rejects(write(root, at('Logs/a.log'), 'create', 'x'), { code: 'EEXIST' });
      await write(root, at('Logs/a.log'), 'anew', 'three');
      assert.equal((await readRegular({ place: root, path: at('Logs/a.log') }, 100))?.toString(), 'three');
      await assert.rejects(root.open(at('Logs/b.log'), 'read'), { code: 'ENOENT' });
    });

    for (const use of uses) {
      it(`opens nothing else than a plain file to ${use}, ${where}`, async (t) => {
        const { root, at, linkTo, pipe, socket, folder, theirs } = make(t);
        linkTo('Logs/link', 'file');
        linkTo('Logs/dangling', 'nothing');
        pipe('Logs/pipe');
        await socket('Logs/socket');
        folder('Logs/folder');
        for (const [name, words] of [
          ['link', /^Logs\/link is a link to another place; a plain file is wanted there\.$/],
          ['dangling', /is a link to another place/],
          ['pipe', /is a pipe/],
          ['socket', /is a socket/],
          ['folder', /is a folder/],
        ] as const) {
          await assert.rejects(root.open(at(`Logs/${name}`), use), untrusted(words), name);
        }
        assert.deepEqual(theirs(), untouched);
      });
    }
  }

  it('writes into no file that has a second name, and reads it', async (t) => {
    const { root, at, hardLink, theirs } = world(t);
    hardLink('Logs/twice');
    for (const use of ['append', 'update'] as const)
      await assert.rejects(
        root.open(at('Logs/twice'), use),
        untrusted(/also exists under another name \(a hard link\)/),
      );
    assert.equal((await readRegular({ place: root, path: at('Logs/twice') }, 100))?.toString(), 'theirs');
    await write(root, at('Logs/twice'), 'anew', 'ours');
    assert.deepEqual(theirs(), untouched, 'a new file took the name');
  });

  it('puts a new file in the place of a link or a pipe without following or waiting', async (t) => {
    const { root, at, linkTo, pipe, theirs } = world(t);
    linkTo('Logs/link', 'file');
    pipe('Logs/pipe');
    for (const name of ['link', 'pipe']) {
      await write(root, at(`Logs/${name}`), 'anew', 'ours');
      assert.equal(readFileSync(at(`Logs/${name}`), 'utf8'), 'ours');
    }
    assert.deepEqual(theirs(), untouched);
  });

  it('follows no link on the way, to whatever act, wherever the link leads', async (t) => {
    const { root, path, at, outside, theirs } = world(t);
    mkdirSync(join(outside, 'inner'));
    mkdirSync(at('Real/inner'), { recursive: true });
    writeFileSync(at('plain.txt'), 'plain');
    for (const [name, target] of [
      ['Out', outside],
      ['In', at('Real')],
      ['Nowhere', at('nothing')],
    ] as const) {
      symlinkSync(target, at(name));
      const words = untrusted(new RegExp(`^${name} is a link to another place; a folder is wanted there`));
      for (const act of [
        () => root.open(at(`${name}/inner/a.txt`), 'append'),
        () => root.open(at(`${name}/theirs.txt`), 'read'),
        () => root.make(at(`${name}/made`)),
        () => root.make(at(`${name}/inner/made`)),
        () => root.entries(at(`${name}/inner`)),
        () => root.names(at(name)),
        () => root.link(at('plain.txt'), at(`${name}/b.txt`)),
        () => root.rename(at('plain.txt'), at(`${name}/b.txt`)),
        () => root.rename(at(`${name}/theirs.txt`), at('mine.txt')),
        () => root.unlink(at(`${name}/theirs.txt`)),
        () => root.check(at(`${name}/theirs.txt`), 'file'),
        () => moveTo(root, at(`${name}/theirs.txt`), at('mine.txt')),
        () => moveTo(root, at('plain.txt'), at(`${name}/mine.txt`)),
      ]) {
        await assert.rejects(act(), words, `${name}: ${String(act)}`);
      }
    }
    assert.deepEqual([existsSync(at('plain.txt')), existsSync(join(outside, 'inner', 'made'))], [true, false]);
    assert.throws(() => readFileSync(join(path, 'mine.txt')));
    assert.deepEqual(theirs(), untouched);
  });

  it('tells a file, a pipe or nothing in the place of a folder, and goes on when it is mended', async (t) => {
    const { root, at, pipe, file, mend } = world(t);
    pipe('Logs');
    await assert.rejects(root.straight(at('Logs/runs')), untrusted(/^Logs is a pipe; a folder is wanted there/));
    file('Logs');
    await assert.rejects(root.make(at('Logs/runs')), untrusted(/^Logs is a file; a folder is wanted there/));
    mend('Logs');
    assert.equal(await root.make(at('Logs/runs/one/two')), at('Logs/runs/one'), 'the first folder that was made');
    assert.equal(await root.make(at('Logs/runs/one/two')), undefined);
    await root.straight(at('Logs/runs/one/two'));
  });

  it('is reached through a link itself, and never made anew when it is gone', async (t) => {
    const { home, path } = world(t);
    symlinkSync(path, join(home, 'way'));
    assert.equal((await openRoot(join(home, 'way'))).path, path);
    assert.equal((await rootAt(join(home, 'way'))).path, path);
    const root = await rootAt(join(home, 'way'));
    renameSync(path, `${path}.out`);
    await assert.rejects(root.make(join(path, 'Logs')), { code: 'ENOENT' });
    assert.equal(existsSync(path), false);
    symlinkSync(`${path}.out`, path);
    await assert.rejects(root.names(join(path, 'Logs')), untrusted(/vault is a link/));
    await assert.rejects(root.open(join(path, 'Logs', 'a.log'), 'append'), untrusted(/vault is a link/));
  });

  it('knows nothing of what is not below it', async (t) => {
    const { root, outside } = world(t);
    await assert.rejects(root.open(join(outside, 'theirs.txt'), 'read'), TypeError);
    await assert.rejects(root.names(`${root.path}/../outside`), TypeError);
    await assert.rejects(root.names(`${root.path}-too`), TypeError);
  });

  it('checks a place without opening it; what is missing is fine', async (t) => {
    const { root, at, pipe, folder, hardLink } = world(t);
    for (const place of ['Nothing/inner', 'Logs', 'Logs/runs']) await root.check(at(place), 'folder');
    for (const place of ['Nothing/file', 'Logs/nothing']) await root.check(at(place), 'file');
    pipe('Logs/pipe');
    folder('Logs/folder');
    hardLink('Logs/twice');
    for (const [place, words] of [
      ['Logs/pipe', /is a pipe/],
      ['Logs/folder', /is a folder/],
      ['Logs/twice', /a hard link/],
    ] as const) {
      await assert.rejects(root.check(at(place), 'file'), untrusted(words));
    }
  });

  it('writes not a byte elsewhere while a folder becomes a link and a folder again, as fast as that goes', async (t) => {
    const { root, at, outside, theirs } = world(t);
    mkdirSync(join(outside, 'Logs'));
    const flipper = fork(new URL('flip-child.ts', import.meta.url), [at('Logs'), join(outside, 'Logs')]);
    t.after(() => flipper.kill('SIGKILL'));
    await new Promise((resolve) => flipper.once('message', resolve));
    const results = { done: 0, refused: 0 };
    const until = Date.now() + 1_500;
    while (Date.now() < until) {
      await write(root, at('Logs/a.log'), 'append', 'ours\n').then(
        () => (results.done += 1),
        () => (results.refused += 1),
      );
    }
    flipper.kill('SIGKILL');
    await new Promise((resolve) => flipper.once('exit', resolve));
    const written = ['Logs', 'Logs.real'].flatMap((name) => {
      const file = join(at(name), 'a.log');
      return existsSync(file) ? [readFileSync(file, 'utf8')] : [];
    });
    const there = existsSync(join(outside, 'Logs', 'a.log'))
      ? readFileSync(join(outside, 'Logs', 'a.log'), 'utf8')
      : '';
    assert.equal(there, '');
    assert.ok(results.refused > 0, 'the links were met');
    assert.ok(written.some((text) => text.includes('ours')) || results.done === 0);
    assert.deepEqual(theirs(), untouched);
  });
});

describe('a file that may lie anywhere', onPosix, () => {
  it('is reached through links, and is a plain one all the same', async (t) => {
    const { at, outside, home, pipe, linkTo, folder } = world(t);
    symlinkSync(outside, join(home, 'way'));
    await write(anywhere, join(home, 'way', 'a.log'), 'append', 'ours');
    linkTo('link.log', 'file');
    await write(anywhere, at('link.log'), 'append', ' and ours');
    assert.equal(readFileSync(join(outside, 'theirs.txt'), 'utf8'), 'theirs and ours');
    linkSync(join(outside, 'a.log'), at('twice.log'));
    await write(anywhere, at('twice.log'), 'append', ', twice');
    pipe('pipe.log');
    folder('folder.log');
    symlinkSync(at('pipe.log'), at('to-pipe.log'));
    for (const name of ['pipe.log', 'folder.log', 'to-pipe.log'])
      await assert.rejects(anywhere.open(at(name), 'append'), isUntrusted);
  });
});

it('a pipe in the place of a folder is not waited for when its names are to be kept', onPosix, async (t) => {
  const { at, pipe, linkTo } = world(t);
  pipe('Logs');
  await assert.rejects(syncFolder(at('Logs')), { code: 'ENOTDIR' });
  linkTo('Done', 'folder');
  await assert.rejects(syncFolder(at('Done')));
});
