/** Reads a real folder into the model of a disk, and makes it what the cut has left of it. */
import { existsSync, linkSync, lstatSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Disk } from './disk.ts';

/** Shared memory, written without calls; no database trusts it after a cut. */
const isMemory = (path: string): boolean => path.endsWith('-shm');

type Entry = { readonly path: string; readonly content: Buffer | undefined; readonly same: string };

export function* entriesBelow(folder: string): Generator<Entry> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const { dev, ino } = lstatSync(path);
    const same = `${dev}:${ino}`;
    if (entry.isDirectory()) {
      yield { path, content: undefined, same };
      yield* entriesBelow(path);
    } else if (entry.isFile() && !isMemory(path)) {
      yield { path, content: readFileSync(path), same };
    }
  }
}

/** Paths about which the model and the real folder differ: something was written that strace did not see. */
export function differences(roots: readonly string[], disk: Disk): readonly string[] {
  const names = disk.names();
  const seen = new Set<string>();
  const wrong: string[] = [];
  for (const root of roots) {
    for (const { path, content } of entriesBelow(root)) {
      seen.add(path);
      const inode = names.get(path);
      const same = inode !== undefined && (content === undefined ? inode.isFolder : content.equals(inode.now));
      if (!same) wrong.push(path);
    }
  }
  for (const path of names.keys()) if (!seen.has(path) && !roots.includes(path)) wrong.push(path);
  return wrong.filter((path) => !isMemory(path));
}

/** Files keep their inodes where they can, as on a real disk. */
export function restore(roots: readonly string[], stage: string, disk: Disk, left: ReturnType<Disk['afterCut']>): void {
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage);
  const staged = (number: number) => join(stage, String(number));
  for (const [path, inode] of disk.names()) {
    if (!inode.isFolder && !existsSync(staged(inode.number)) && existsSync(path)) linkSync(path, staged(inode.number));
  }
  for (const root of roots) for (const name of readdirSync(root)) rmSync(join(root, name), { recursive: true });
  for (const [path, { inode, content }] of [...left].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    if (roots.includes(path)) continue;
    // A name in a folder that is gone is gone with it.
    if (!existsSync(join(path, '..'))) continue;
    if (inode.isFolder) {
      mkdirSync(path);
      continue;
    }
    if (!existsSync(staged(inode.number))) writeFileSync(staged(inode.number), content);
    linkSync(staged(inode.number), path);
    if (!readFileSync(path).equals(content)) writeFileSync(path, content);
  }
  rmSync(stage, { recursive: true });
}
