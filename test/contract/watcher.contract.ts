/**
 * What every watcher promises, whatever it watches: each thing that arrives becomes exactly one item with a stable
 * key, nothing is lost or doubled over failures and restarts, and its health tells the truth. The real part and its
 * stand-in world both come from `makeWorld`.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Item } from '../../src/domain/item.ts';
import type { Cursor, TakeIn, Watcher } from '../../src/domain/ports.ts';
import { until } from '../support/until.ts';

export type WatcherWorld = {
  /** The watcher of now; `restart` replaces it. Not started. */
  watcher(): Watcher;
  /** Makes one new thing happen outside; resolves to a piece of text found in the title of its item. */
  arrive(): Promise<string>;
  /** Everything handed in so far, in order, repetitions included. */
  taken(): readonly Item[];
  /** The next `times` calls of takeIn reject, as with a full disk. */
  failTakeIn(times: number): void;
  /** The next `times` items are taken in, but the answer is lost, as in a crash right after. */
  loseAnswer(times: number): void;
  /** A new watcher with the same cursor and settings, as after a restart of the process. Not started. */
  restart(): Promise<void>;
  /** Whether things that arrive while it is stopped are found later. */
  readonly findsMissed: boolean;
  /** Takes the far side away and back. */
  readonly breakIt: () => Promise<void>;
  readonly mendIt: () => Promise<void>;
  close(): Promise<void>;
};

export type MakeWatcherWorld = () => Promise<WatcherWorld>;

/** A takeIn that keeps items by key in memory and fails on demand; worlds build on it. */
export function createItemRecorder(): { takeIn: TakeIn } & Pick<WatcherWorld, 'taken' | 'failTakeIn' | 'loseAnswer'> {
  const items: Item[] = [];
  let failures = 0;
  let losses = 0;
  return {
    takeIn: (item) => {
      if (failures > 0) {
        failures -= 1;
        return Promise.reject(new Error('no space left on the device'));
      }
      const known = items.some((earlier) => earlier.key === item.key);
      items.push(item);
      if (losses > 0) {
        losses -= 1;
        return Promise.reject(new Error('the process died right after'));
      }
      return Promise.resolve(known ? 'known' : 'new');
    },
    taken: () => items,
    failTakeIn: (times) => {
      failures = times;
    },
    loseAnswer: (times) => {
      losses = times;
    },
  };
}

/** A cursor in memory. */
export function createMemoryCursor(): Cursor {
  let value: string | undefined;
  return {
    read: () => Promise.resolve(value),
    write: (next) => {
      value = next;
      return Promise.resolve();
    },
  };
}

const distinct = (items: readonly Item[]): readonly Item[] => [...new Map(items.map((one) => [one.key, one])).values()];

/** Items whose title has `piece`, counted once per key. */
const about = (world: WatcherWorld, piece: string) =>
  distinct(world.taken()).filter((one) => one.title.includes(piece));

async function withWorld(makeWorld: MakeWatcherWorld, work: (world: WatcherWorld) => Promise<void>): Promise<void> {
  const world = await makeWorld();
  try {
    await work(world);
  } finally {
    await world.watcher().stop();
    await world.close();
  }
}

/** Starts and waits until the first look is over, so that what comes now is new. */
async function startWell(world: WatcherWorld): Promise<void> {
  await world.watcher().start();
  await until(() => world.watcher().health().standing === 'well', 'the watcher is well');
}

export function watcherContract(name: string, makeWorld: MakeWatcherWorld): void {
  describe(`watcher contract: ${name}`, () => {
    it('each thing that arrives becomes exactly one item, fit to be written', () =>
      withWorld(makeWorld, async (world) => {
        await startWell(world);
        const first = await world.arrive();
        await until(() => about(world, first).length === 1, 'the first item');
        const second = await world.arrive();
        await world.watcher().check();
        await until(() => about(world, second).length === 1, 'the second item');
        assert.equal(distinct(world.taken()).length, 2);
        for (const item of world.taken()) assertFit(item, world.watcher().name);
      }));

    it('looking again finds nothing twice', () =>
      withWorld(makeWorld, async (world) => {
        await startWell(world);
        const piece = await world.arrive();
        await until(() => about(world, piece).length === 1, 'the item');
        await world.watcher().check();
        await world.watcher().check();
        assert.equal(distinct(world.taken()).length, 1);
        assert.equal(world.taken().length, 1, 'a second look must not even hand it in again');
      }));

    it('a restart repeats nothing', () =>
      withWorld(makeWorld, async (world) => {
        await startWell(world);
        const piece = await world.arrive();
        await until(() => about(world, piece).length === 1, 'the item');
        await world.watcher().check();
        await world.watcher().stop();
        await world.restart();
        await startWell(world);
        await world.watcher().check();
        assert.equal(distinct(world.taken()).length, 1);
      }));

    it('what arrived while it was stopped is found after the start', (t) =>
      withWorld(makeWorld, async (world) => {
        if (!world.findsMissed) return t.skip('this source does not keep what was missed');
        await startWell(world);
        await world.watcher().stop();
        const piece = await world.arrive();
        await world.restart();
        await startWell(world);
        await world.watcher().check();
        await until(() => about(world, piece).length === 1, 'the item that came meanwhile');
      }));

    it('when an item can’t be taken in, it is handed in again and not lost', () =>
      withWorld(makeWorld, async (world) => {
        await startWell(world);
        world.failTakeIn(1);
        const piece = await world.arrive();
        await until(async () => {
          await world.watcher().check();
          return about(world, piece).length === 1;
        }, 'the item after the failure');
        assert.equal(distinct(world.taken()).length, 1);
      }));

    it('an item that was safe when the process died comes again as the same one', () =>
      withWorld(makeWorld, async (world) => {
        await startWell(world);
        world.loseAnswer(1);
        const piece = await world.arrive();
        await until(async () => {
          await world.watcher().check();
          return world.taken().length > 1;
        }, 'the item is handed in again');
        assert.equal(about(world, piece).length, 1, 'under the same key');
      }));

    it('stop ends it within two seconds, and nothing is taken afterwards', () =>
      withWorld(makeWorld, async (world) => {
        await startWell(world);
        const before = performance.now();
        await world.watcher().stop();
        assert.ok(performance.now() - before < 2_000, 'stop took too long');
        const count = world.taken().length;
        await world.arrive();
        await world.watcher().check();
        assert.equal(world.taken().length, count);
        assert.equal(world.watcher().health().standing, 'off');
      }));

    it('health says when it can’t see, and when it can again', () =>
      withWorld(makeWorld, async (world) => {
        await startWell(world);
        assert.ok(world.watcher().health().lastSuccess instanceof Date);
        await world.breakIt();
        await until(async () => {
          await world.watcher().check();
          return world.watcher().health().standing === 'troubled';
        }, 'health is troubled');
        assert.notEqual(world.watcher().health().words, '');
        await world.mendIt();
        await until(async () => {
          await world.watcher().check();
          return world.watcher().health().standing === 'well';
        }, 'health is well again');
        const piece = await world.arrive();
        await world.watcher().check();
        await until(() => about(world, piece).length === 1, 'an item after the trouble');
      }));
  });
}

function assertFit(item: Item, watcher: string): void {
  assert.equal(item.watcher, watcher);
  assert.ok(item.key.length > 0 && item.key.length <= 200, 'key of 1 to 200 characters');
  assert.ok(!/[\r\n]/.test(item.title), 'title on one line');
  assert.match(item.fileStem, /^[^/\\\0\r\n]+$/);
  assert.ok(Number.isFinite(item.at.getTime()), 'a real instant');
  for (const [key, value] of item.fields) {
    assert.match(key, /^[a-z][a-z0-9_]*$/);
    assert.ok(!/[\r\n]/.test(value), `field ${key} on one line`);
  }
}
