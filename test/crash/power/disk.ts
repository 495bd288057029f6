/**
 * A disk as the kernel promises it: what was written is seen by everybody at once, and only what was synced is still
 * there after the power was cut. Names are synced with their folder, bytes with their file.
 */
import { dirname } from 'node:path';
import type { Dice } from '../../support/walk-person.ts';
import { descriptorsOf, numbersAtEnd, stringsOf } from './calls.ts';
import type { Call, Descriptor } from './calls.ts';

export type Inode = {
  readonly number: number;
  readonly isFolder: boolean;
  now: Buffer;
  synced: Buffer;
};

type Names = ReadonlyMap<string, Inode>;
type Open = { readonly inode: Inode; offset: number; readonly appends: boolean };

/**
 * `synced`: nothing but what was synced. `names`: all names, and bytes only where they were synced, as a journal of names
 * leaves it. `mixed`: each file and each folder by chance.
 */
export type Survival = 'synced' | 'names' | 'mixed';

export type Disk = {
  /** A file or folder that was there before; it counts as synced. */
  add(path: string, content: Buffer | undefined, same: string): void;
  carryOut(call: Call): void;
  /** What everybody saw last. */
  names(): Names;
  afterCut(survival: Survival, dice: Dice): ReadonlyMap<string, { readonly inode: Inode; readonly content: Buffer }>;
};

/** @param isOurs whether a path lies on this disk */
export function createDisk(isOurs: (path: string) => boolean): Disk {
  const now = new Map<string, Inode>();
  const synced = new Map<string, Inode>();
  const opened = new Map<number, Open>();
  const bySame = new Map<string, Inode>();
  let last = 0;
  const create = (isFolder: boolean, content: Buffer = Buffer.alloc(0)): Inode => {
    last += 1;
    return { number: last, isFolder, now: content, synced: Buffer.alloc(0) };
  };
  const at = (descriptor: Descriptor | undefined): Open | undefined => {
    if (descriptor === undefined) return undefined;
    const known = opened.get(descriptor.number);
    if (known !== undefined) return known;
    const inode = now.get(descriptor.path);
    // Opened before we looked: only logs are written without a place, and always at their end.
    return inode === undefined ? undefined : { inode, offset: 0, appends: true };
  };
  const calls = createCalls({ now, synced, opened, create, at, isOurs });

  return {
    add(path, content, same) {
      const inode = bySame.get(same) ?? create(content === undefined, content);
      inode.synced = inode.now;
      bySame.set(same, inode);
      now.set(path, inode);
      synced.set(path, inode);
    },
    carryOut(call) {
      if (call.result < 0) return;
      calls[call.name]?.(call);
    },
    names: () => now,
    afterCut(survival, dice) {
      const left = namesAfter(survival, dice, now, synced);
      const contents = new Map<Inode, Buffer>();
      for (const inode of left.values()) {
        const keeps = survival === 'mixed' && dice.below(2) === 0;
        contents.set(inode, keeps ? inode.now : inode.synced);
      }
      return new Map([...left].map(([path, inode]) => [path, { inode, content: contents.get(inode) ?? inode.synced }]));
    },
  };
}

function namesAfter(survival: Survival, dice: Dice, now: Names, synced: Names): Names {
  if (survival === 'names') return now;
  const chosen = new Map<string, Names>();
  const namesIn = (folder: string): Names => {
    if (survival === 'synced') return synced;
    const names = chosen.get(folder) ?? (dice.below(2) === 0 ? now : synced);
    chosen.set(folder, names);
    return names;
  };
  const left = new Map<string, Inode>();
  for (const path of [...new Set([...now.keys(), ...synced.keys()])].toSorted()) {
    const inode = namesIn(dirname(path)).get(path);
    if (inode !== undefined) left.set(path, inode);
  }
  return left;
}

type Calls = Readonly<Record<string, (call: Call) => void>>;

function createCalls(disk: {
  now: Map<string, Inode>;
  synced: Map<string, Inode>;
  opened: Map<number, Open>;
  create: (isFolder: boolean) => Inode;
  at: (descriptor: Descriptor | undefined) => Open | undefined;
  isOurs: (path: string) => boolean;
}): Calls {
  const { now, synced, opened, create, at, isOurs } = disk;
  const paths = ({ words }: Call) => stringsOf(words).map((bytes) => bytes.toString('utf8'));
  const writeAt = (inode: Inode, bytes: Buffer, offset: number) => {
    // A copy, because what was synced may be the same buffer.
    const content = Buffer.alloc(Math.max(inode.now.length, offset + bytes.length));
    inode.now.copy(content);
    bytes.copy(content, offset);
    inode.now = content;
  };
  const write = (call: Call) => {
    const file = at(descriptorsOf(call.words)[0]);
    if (file === undefined) return;
    const bytes = Buffer.concat(stringsOf(call.words)).subarray(0, call.result);
    const offset = file.appends ? file.inode.now.length : file.offset;
    writeAt(file.inode, bytes, offset);
    file.offset = offset + bytes.length;
  };
  const pwrite = (call: Call) => {
    const file = at(descriptorsOf(call.words)[0]);
    const bytes = Buffer.concat(stringsOf(call.words)).subarray(0, call.result);
    if (file !== undefined) writeAt(file.inode, bytes, numbersAtEnd(call.words).at(-1) ?? 0);
  };
  const sync = (call: Call) => {
    const [descriptor] = descriptorsOf(call.words);
    const file = at(descriptor);
    if (file === undefined || descriptor === undefined) return;
    file.inode.synced = file.inode.now;
    if (file.inode.isFolder) syncNames(now, synced, descriptor.path);
  };
  const rename = (call: Call) => {
    const [from = '', to = ''] = paths(call);
    const inode = now.get(from);
    now.delete(from);
    if (inode !== undefined && isOurs(to)) now.set(to, inode);
  };
  const link = (call: Call) => {
    const [from = '', to = ''] = paths(call);
    const inode = now.get(from);
    if (inode !== undefined && isOurs(to)) now.set(to, inode);
  };
  const remove = (call: Call) => {
    now.delete(paths(call)[0] ?? '');
  };
  const copied = (call: Call) => {
    // Our own moves copy only where there are no links; whole files at once.
    const [from, to] = call.name === 'sendfile' ? descriptorsOf(call.words).toReversed() : descriptorsOf(call.words);
    const [source, target] = [at(from), at(to)];
    if (source !== undefined && target !== undefined) writeAt(target.inode, source.inode.now, 0);
  };
  return {
    openat({ words, result }) {
      const [path = ''] = paths({ name: '', words, result });
      if (!isOurs(path)) return void opened.delete(result);
      let inode = now.get(path);
      if (inode === undefined && words.includes('O_CREAT')) now.set(path, (inode = create(false)));
      if (inode === undefined) return;
      if (words.includes('O_TRUNC')) inode.now = Buffer.alloc(0);
      opened.set(result, { inode, offset: 0, appends: words.includes('O_APPEND') });
    },
    close: ({ words }) => void opened.delete(descriptorsOf(words)[0]?.number ?? -1),
    write,
    writev: write,
    pwrite64: pwrite,
    pwritev: pwrite,
    ftruncate({ words }) {
      const file = at(descriptorsOf(words)[0]);
      if (file === undefined) return;
      const content = Buffer.alloc(numbersAtEnd(words).at(-1) ?? 0);
      file.inode.now.copy(content);
      file.inode.now = content;
    },
    fsync: sync,
    fdatasync: sync,
    rename,
    renameat2: rename,
    link,
    linkat: link,
    unlink: remove,
    unlinkat: remove,
    rmdir: remove,
    mkdir(call) {
      const [path = ''] = paths(call);
      if (isOurs(path)) now.set(path, create(true));
    },
    copy_file_range: copied,
    sendfile: copied,
  };
}

function syncNames(now: Names, synced: Map<string, Inode>, folder: string): void {
  for (const path of synced.keys()) if (dirname(path) === folder) synced.delete(path);
  for (const [path, inode] of now) if (dirname(path) === folder) synced.set(path, inode);
}
