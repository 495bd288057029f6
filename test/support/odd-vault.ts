/** A vault in which anything may lie where a folder or a file should lie. */
import assert from 'node:assert/strict';
import { utimesSync, writeFileSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { platforms } from '../../src/executors/platforms.ts';
import { createRoot } from '../../src/lib/root.ts';
import { isUntrusted } from '../../src/lib/untrusted.ts';
import { createVault } from '../../src/vault/vault.ts';
import { createHeldClock } from './held-clock.ts';
import { createOddWorld } from './odd-files.ts';

const noon = new Date(2026, 1, 19, 12, 0, 0);

export async function createOddVault(t: TestContext) {
  const odd = createOddWorld(t);
  const root = createRoot(odd.path);
  const clock = createHeldClock(noon);
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const logger = { debug: say, info: say, warn: say, error: say };
  const vault = createVault({ root, platforms, clock, logger });
  await vault.prepare();
  return {
    ...odd,
    root,
    clock,
    said,
    vault,
    /** What lies there counts as written a minute ago. */
    put(place: string, content = 'Hello') {
      writeFileSync(odd.at(place), content);
      utimesSync(odd.at(place), new Date(noon.getTime() - 60_000), new Date(noon.getTime() - 60_000));
    },
    inspected: async () => (await vault.inspect()).map(({ what }) => what),
  };
}

export type OddVault = Awaited<ReturnType<typeof createOddVault>>;

/** What can lie in the place of a folder, and of a file. */
export const forFolder = {
  'a link to a folder': (world: OddVault, place: string) => world.linkTo(place, 'folder'),
  'a link to nothing': (world: OddVault, place: string) => world.linkTo(place, 'nothing'),
  'a pipe': (world: OddVault, place: string) => world.pipe(place),
  'a file': (world: OddVault, place: string) => world.file(place),
} as const;
export const forFile = {
  'a link to a file': (world: OddVault, place: string) => world.linkTo(place, 'file'),
  'a link to nothing': (world: OddVault, place: string) => world.linkTo(place, 'nothing'),
  'a pipe': (world: OddVault, place: string) => world.pipe(place),
  'a folder': (world: OddVault, place: string) => world.folder(place),
  'a second name of a file': (world: OddVault, place: string) => world.hardLink(place),
} as const;

export const instead = (kinds: typeof forFolder | typeof forFile) =>
  Object.entries(kinds) as [string, (world: OddVault, place: string) => void][];

export const inTheWay = (thrown: unknown) => {
  assert.ok(isUntrusted(thrown), String(thrown));
  return true;
};
