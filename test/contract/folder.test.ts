import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { moveTo } from '../../src/lib/move-file.ts';
import { createRoot, openRoot } from '../../src/lib/root.ts';
import { createFolderWatcher } from '../../src/watchers/folder/index.ts';
import { createOddWorld, onPosix, untouched } from '../support/odd-files.ts';
import { until } from '../support/until.ts';
import { createItemRecorder, watcherContract } from './watcher.contract.ts';

async function makeWorld() {
  const root = await openRoot(await mkdtemp(join(tmpdir(), 'inbox-')));
  const vaultPath = root.path;
  const inbox = join(vaultPath, 'Inbox');
  const recorder = createItemRecorder();
  const make = () => createFolderWatcher({ root, takeIn: recorder.takeIn, clock: systemClock, logger: silentLogger });
  let watcher = make();
  let count = 0;
  return {
    ...recorder,
    vaultPath,
    inbox,
    watcher: () => watcher,
    async arrive() {
      count += 1;
      const name = `note-${count}.txt`;
      await mkdir(inbox, { recursive: true });
      // Written elsewhere and moved in, as a download is.
      await writeFile(join(vaultPath, name), `content ${count}`);
      await rename(join(vaultPath, name), join(inbox, name));
      return name;
    },
    restart() {
      watcher = make();
      return Promise.resolve();
    },
    findsMissed: true,
    breakIt: () => rename(inbox, `${inbox}.away`),
    mendIt: () => rename(`${inbox}.away`, inbox),
    close: () => rm(vaultPath, { recursive: true, force: true }),
  };
}

watcherContract('folder', makeWorld);

test('the dropped file is kept beside the items, and a name taken there is not overwritten', async (t) => {
  const world = await makeWorld();
  t.after(world.close);
  const kept = join(world.vaultPath, 'Needs_Action', 'files');
  await mkdir(kept, { recursive: true });
  await writeFile(join(kept, 'note-1.txt'), 'there before');
  await world.watcher().start();
  t.after(() => world.watcher().stop());
  await world.arrive();
  await until(async () => (await readdir(kept)).length === 2, 'the file is kept');
  const [item] = world.taken();
  const file = item?.fields.find(([key]) => key === 'file')?.[1] ?? '';
  assert.equal(await readFile(join(world.vaultPath, file), 'utf8'), 'content 1');
  assert.equal(await readFile(join(kept, 'note-1.txt'), 'utf8'), 'there before');
  assert.deepEqual(await readdir(world.inbox), []);
  assert.match(item?.body ?? '', /content 1/);
});

test('unfinished downloads and folders stay where they are', async (t) => {
  const world = await makeWorld();
  t.after(world.close);
  await mkdir(join(world.inbox, 'folder'), { recursive: true });
  for (const name of ['.hidden', 'a.crdownload', 'b.part', '~c', 'd.tmp'])
    await writeFile(join(world.inbox, name), 'x');
  await world.watcher().start();
  t.after(() => world.watcher().stop());
  const name = await world.arrive();
  await until(() => world.taken().length === 1, 'the finished file');
  assert.match(world.taken()[0]?.title ?? '', new RegExp(name));
  await until(
    async () => (await readdir(world.inbox)).length === 6,
    'the finished file is taken away, the others stay',
  );
});

test('a drop is taken away where there are no hard links, too', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'no-links-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'a'), 'x');
  await writeFile(join(folder, 'b'), 'y');
  const refused = () => Promise.reject(Object.assign(new Error('no links here'), { code: 'EPERM' }));
  assert.equal(await moveTo(createRoot(folder), join(folder, 'a'), join(folder, 'b'), refused), 'taken');
  assert.equal(await moveTo(createRoot(folder), join(folder, 'a'), join(folder, 'c'), refused), 'moved');
  assert.equal(await moveTo(createRoot(folder), join(folder, 'a'), join(folder, 'd'), refused), 'gone');
  assert.deepEqual(await readdir(folder), ['b', 'c']);
});

test('its health says what it does', async (t) => {
  const world = await makeWorld();
  t.after(world.close);
  await world.watcher().start();
  t.after(() => world.watcher().stop());
  assert.equal(world.watcher().health().words, 'Watching Inbox/.');
});

for (const place of ['Inbox', 'Needs_Action', 'Needs_Action/files']) {
  test(
    `nothing is moved from or to ${place} while it is no real folder, and all goes on afterwards`,
    onPosix,
    async (t) => {
      const world = createOddWorld(t);
      const recorder = createItemRecorder();
      const root = createRoot(world.path);
      const watcher = createFolderWatcher({ root, takeIn: recorder.takeIn, clock: systemClock, logger: silentLogger });
      await watcher.start();
      t.after(() => watcher.stop());
      const turnsOut = (standing: string) =>
        until(async () => {
          await watcher.check();
          return watcher.health().standing === standing;
        }, `it is ${standing}`);
      const drop = async (name: string) => {
        await writeFile(join(world.path, 'dropped'), `content of ${name}`);
        await rename(join(world.path, 'dropped'), world.at(`${place === 'Inbox' ? 'Inbox.away' : 'Inbox'}/${name}`));
      };
      let count = 0;
      for (const put of [
        () => world.linkTo(place, 'folder'),
        () => world.linkTo(place, 'nothing'),
        () => world.pipe(place),
        () => world.file(place),
      ]) {
        count += 1;
        put();
        await drop(`note-${count}.txt`);
        await turnsOut('troubled');
        assert.match(watcher.health().words, new RegExp(`${place} is a .*; a folder is wanted there`));
        assert.ok(recorder.taken().length < count);
        assert.deepEqual(world.theirs(), untouched);
        world.mend(place);
        await turnsOut('well');
        await until(() => recorder.taken().length === count, 'what was dropped is taken in');
        await turnsOut('well');
        assert.deepEqual(await readdir(world.at('Inbox')), []);
      }
      assert.equal((await readdir(world.at('Needs_Action/files'))).length, count, 'nothing is lost');
    },
  );
}

test('a drop that is a link or a pipe is neither followed nor waited for', onPosix, async (t) => {
  const world = createOddWorld(t);
  const recorder = createItemRecorder();
  const root = createRoot(world.path);
  world.linkTo('Inbox/link.txt', 'file');
  world.pipe('Inbox/pipe.txt');
  const watcher = createFolderWatcher({ root, takeIn: recorder.takeIn, clock: systemClock, logger: silentLogger });
  await watcher.start();
  t.after(() => watcher.stop());
  await watcher.check();
  assert.deepEqual([recorder.taken(), await readdir(world.at('Inbox'))], [[], ['link.txt', 'pipe.txt']]);
  assert.deepEqual(world.theirs(), untouched);
});
