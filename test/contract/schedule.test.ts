import assert from 'node:assert/strict';
import { mkdir, rename, rm, symlink } from 'node:fs/promises';
import { test } from 'node:test';
import { unmarked } from '../../src/lib/words.ts';
import { makePipe, onPosix } from '../support/odd-files.ts';
import { entryOf, hour, makeWorld, minute, started } from '../support/schedule-world.ts';
import { watcherContract } from './watcher.contract.ts';

// Every tick has the same title here: the items are told apart by their keys in the tests below.
watcherContract('schedule', async () => {
  const world = await makeWorld();
  let ticks = 0;
  return {
    ...world,
    taken: () => world.taken().map((item) => ({ ...item, title: `${item.title} ${item.at.toISOString()}` })),
    async arrive() {
      ticks += 1;
      await world.arrive();
      return new Date(Date.parse('2026-02-19T08:59:00Z') + ticks * minute).toISOString();
    },
    // Its far side is people: an entry whose times can't be read.
    breakIt: () => world.write('LINKEDIN_broken.md', entryOf('every monday')),
    mendIt: () => rm(world.path('LINKEDIN_broken.md')),
  };
});

test('an entry that can’t be taken in holds up none behind it, and comes as soon as it can', async (t) => {
  const world = await started(t, '2026-02-19T08:59:30Z', entryOf('* * * * *'));
  await world.write('A_first.md', entryOf('* * * * *'));
  await world.watcher().check();
  world.unfit.add('A_first');
  await world.pass(2 * minute);
  const from = (name: string) => world.taken().filter(({ key }) => key.includes(name)).length;
  assert.deepEqual([from('A_first'), from('LINKEDIN_weekly') >= 1], [0, true]);
  assert.equal(world.watcher().health().standing, 'troubled');
  world.unfit.clear();
  await world.pass(minute);
  assert.ok(from('A_first') >= 1);
  assert.equal(world.watcher().health().standing, 'well');
});

test('a tick makes a draft from the entry, with day and time filled in', async (t) => {
  const world = await started(t, '2026-02-19T08:30:00Z', entryOf('0 10 * * 4', 'timezone: Europe/Berlin\n'));
  await world.pass(20 * minute);
  assert.deepEqual(world.taken(), []);
  await world.pass(20 * minute);
  const [item] = world.taken();
  assert.equal(item?.at.toISOString(), '2026-02-19T09:00:00.000Z');
  assert.deepEqual(item.draftable, {
    kind: 'ready',
    fileStem: 'LINKEDIN_weekly_20260219',
    content: '---\ntype: linkedin_post\n---\n\n## Post\n\nHappy Thursday, 2026-02-19 10:00! {{other}}\n',
  });
  await world.pass(6 * 24 * hour);
  assert.equal(world.taken().length, 1);
});

test('after a pause the latest missed tick counts, once, and none older than a day', async (t) => {
  const world = await started(t, '2026-02-19T08:30:00Z', entryOf('0 * * * *'));
  await world.watcher().stop();
  await world.clock.advance(5 * hour);
  await world.restart();
  await world.watcher().start();
  assert.deepEqual(
    world.taken().map(({ at }) => at.toISOString()),
    ['2026-02-19T13:00:00.000Z'],
  );
  await world.write('LINKEDIN_weekly.md', entryOf('0 9 19 2 *'));
  await world.watcher().check();
  await world.watcher().stop();
  await world.clock.advance(365 * 24 * hour - 3 * hour);
  await world.restart();
  await world.watcher().start();
  await world.watcher().check();
  assert.equal(world.taken().length, 2, 'the tick of a year later, an hour and a half ago');
  await world.watcher().stop();
  await world.clock.advance(366 * 24 * hour);
  await world.restart();
  await world.watcher().start();
  assert.equal(world.taken().length, 2, 'a tick more than a day ago is let go');
});

test('a new entry does not make up for ticks from before it was written', async (t) => {
  const world = await started(t, '2026-02-19T08:30:00Z', entryOf('0 0 1 1 *'));
  await world.pass(hour);
  await world.write('X_new.md', entryOf('0 9 * * *'));
  await world.watcher().check();
  await world.watcher().check();
  assert.deepEqual(world.taken(), []);
});

test('an entry that can’t be used is named, and works once it is mended', async (t) => {
  const world = await started(t, '2026-02-19T08:30:30Z', entryOf('0 0 1 1 *'));
  const bad = [
    'no front matter',
    entryOf('61 * * * *'),
    entryOf('* * * * * *'),
    entryOf('0 9 * * *', 'timezone: Mars/X\n'),
  ];
  for (const content of bad) {
    await world.write('X_bad.md', content);
    await world.watcher().check();
    assert.equal(world.watcher().health().standing, 'troubled', content);
    assert.match(unmarked(world.watcher().health().words), /X_bad\.md/);
  }
  await world.write('X_bad.md', entryOf('* * * * *'));
  await world.watcher().check();
  assert.equal(world.watcher().health().standing, 'well');
  await world.pass(minute);
  assert.equal(world.taken().length, 1);
});

test('an hour that occurs twice in autumn ticks once', async (t) => {
  const world = await started(t, '2026-10-24T23:30:00Z', entryOf('30 2 * * *', 'timezone: Europe/Berlin\n'));
  for (let quarter = 0; quarter < 12; quarter += 1) await world.pass(hour / 4);
  assert.equal(new Set(world.taken().map(({ key }) => key)).size, 1);
});

test('the health says how many entries there are', async (t) => {
  const world = await started(t, '2026-02-19T08:30:00Z', entryOf('0 9 * * *'));
  assert.equal(unmarked(world.watcher().health().words), 'Watching Schedule/, 1 entry.');
});

test(
  'an entry that became a link, a pipe or a folder does not tick on, which is said, and ticks again afterwards',
  onPosix,
  async (t) => {
    const world = await started(t, '2026-02-19T08:30:00Z', entryOf('* * * * *'));
    const entry = world.path('LINKEDIN_weekly.md');
    for (const put of [
      () => symlink(`${entry}.away`, entry),
      () => Promise.resolve(makePipe(entry)),
      () => mkdir(entry),
    ]) {
      await world.pass(minute);
      const before = world.taken().length;
      assert.ok(before > 0);
      await rename(entry, `${entry}.away`);
      await put();
      await world.pass(3 * minute);
      assert.equal(world.taken().length, before);
      assert.match(
        unmarked(world.watcher().health().words),
        /^Schedule\/LINKEDIN_weekly\.md is not used: it is a link, a pipe or a/,
      );
      await rm(entry, { recursive: true });
      await rename(`${entry}.away`, entry);
      await world.pass(minute);
      assert.equal(world.taken().length, before + 1);
    }
  },
);

test(
  'a folder that is a link or a pipe is not looked into, which is said, and it goes on afterwards',
  onPosix,
  async (t) => {
    const world = await started(t, '2026-02-19T08:30:00Z', entryOf('* * * * *'));
    const folder = world.path('.');
    for (const put of [() => symlink(`${folder}.away`, folder), () => Promise.resolve(makePipe(folder))]) {
      await world.pass(minute);
      const before = world.taken().length;
      await rename(folder, `${folder}.away`);
      await put();
      await world.pass(3 * minute);
      assert.equal(world.taken().length, before);
      assert.match(
        unmarked(world.watcher().health().words),
        /Schedule is a (link to another place|pipe); a folder is wanted there/,
      );
      await rm(folder);
      await rename(`${folder}.away`, folder);
      await world.pass(minute);
      assert.ok(world.taken().length > before, 'the latest missed tick counts');
      assert.equal(world.watcher().health().standing, 'well');
    }
  },
);

test('a conflict copy of an entry does not tick, which is said', async (t) => {
  const world = await started(t, '2026-02-19T08:30:00Z', entryOf('* * * * *'));
  await world.write('LINKEDIN_weekly (Copie en conflit de Sara 2026-02-19).md', entryOf('* * * * *'));
  await world.pass(minute);
  assert.equal(world.taken().length, 1);
  assert.match(
    unmarked(world.watcher().health().words),
    /it is a conflict copy of LINKEDIN_weekly\.md; delete one of them/,
  );
});

test('a tick that could not be taken in is found again, also when the entry ticks rarely', async (t) => {
  const world = await started(t, '2026-02-19T08:30:00Z', entryOf('0 9 * * *'));
  await world.pass(20 * minute);
  world.failTakeIn(3);
  await world.pass(15 * minute);
  world.failTakeIn(0);
  await world.pass(10 * minute);
  assert.deepEqual(
    world.taken().map(({ at }) => at.toISOString()),
    ['2026-02-19T09:00:00.000Z'],
  );
});
