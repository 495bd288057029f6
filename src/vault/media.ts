import type { BigIntStats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Effect, Media } from '../domain/effect.ts';
import { blocks } from '../domain/problem.ts';
import type { Problem } from '../domain/problem.ts';
import { sha256 } from '../lib/hash.ts';
import { statsOf } from '../lib/plain-file.ts';
import { measure, readRegular } from '../lib/regular-file.ts';
import type { Root } from '../lib/root.ts';
import { oneLine, strange } from '../lib/words.ts';
import { typeOf } from './file-types.ts';
import { largestMedia } from './largest.ts';
import { endingWith, lookThrough, pathsOf } from './media-search.ts';

/** Finds the files a draft names and takes their hash: the bytes are part of what is approved. */
export type MediaFinder = {
  /** @param beside path of the draft's folder below the vault, with `/` */
  find(names: readonly string[], beside: string): Promise<Finding>;
  check(effect: Effect): Promise<readonly Problem[]>;
  /** The file behind each name, in order; undefined where there is none. */
  each(names: readonly string[], beside: string): Promise<readonly (Media | undefined)[]>;
  /** The file's bytes, if they have this hash and are few enough to be shown. */
  bytes(media: Pick<Media, 'path' | 'sha256'>): Promise<Uint8Array | undefined>;
};

type Finding = { readonly media: readonly Media[]; readonly problems: readonly Problem[] };

const most = 20;
/** No file system has longer ones: a name is never cut. */
const longestName = 255;
/** No chat takes more, and it is held in memory. */
const largestShown = 50 * 1_048_576;

export function createMediaFinder(root: Root): MediaFinder {
  const read = createReader(root);

  /** Or the paths of others that are called so: none, or too many to know which. */
  const findOne = async (
    name: string,
    beside: string,
    all: ReturnType<typeof lookThrough>,
  ): Promise<Media | readonly string[]> => {
    for (const path of pathsOf(name, root.path, beside)) {
      const found = await read(path);
      if (found !== undefined) return found;
    }
    const others = endingWith(await all(), name);
    const [only, ...more] = others;
    return (only !== undefined && more.length === 0 ? await read(only) : undefined) ?? others;
  };

  return {
    async find(names, beside) {
      const media: Media[] = [];
      const problems: Problem[] = [];
      const all = lookThrough(root);
      if (names.length > most) problems.push(tooMany);
      for (const name of names.slice(0, most)) {
        const found = isAddress(name) ? remote(name) : await findOne(name, beside, all);
        if ('path' in found) media.push(found);
        else problems.push('code' in found ? found : notOne(name, found));
      }
      return { media, problems };
    },
    async each(names, beside) {
      const all = lookThrough(root);
      const found = await Promise.all(names.slice(0, most).map((name) => findOne(name, beside, all)));
      return found.map((one) => ('path' in one ? one : undefined));
    },
    async bytes({ path, sha256: wanted }) {
      if (!isSafe(path)) return undefined;
      const bytes = await readRegular({ place: root, path: join(root.path, path) }, largestShown);
      return bytes !== undefined && sha256(bytes) === wanted ? bytes : undefined;
    },
    async check(effect) {
      const problems: Problem[] = [];
      for (const media of effect.media) {
        const now = await read(media.path);
        if (now === undefined) problems.push(missing(media.path));
        else if (now.sha256 !== media.sha256) problems.push(changed(media.path));
      }
      return problems;
    },
  };
}

/** A file is measured once, as long as nothing touches it. */
function createReader(root: Root): (path: string) => Promise<Media | undefined> {
  const cache = new Map<string, Media>();

  return async (path) => {
    const absolute = isSafe(path) ? join(root.path, path) : undefined;
    const stats = absolute === undefined ? undefined : await lookAt(root, absolute);
    if (absolute === undefined || stats === undefined) return undefined;
    const stamp = `${path}:${stats.size}:${stats.mtimeNs}:${stats.ctimeNs}:${stats.ino}`;
    const known = cache.get(stamp);
    if (known !== undefined) return known;
    const measured = await measure({ place: root, path: absolute, seen: stats }, largestMedia);
    if (measured === undefined) return undefined;
    const type = typeOf(measured.head, path);
    const shape = await shapeOf({ place: root, path: absolute, seen: stats }, measured, type);
    const name = oneLine(basename(path), longestName);
    const media = { path, name, sha256: measured.sha256, bytes: measured.bytes, type, ...shape };
    if (cache.size >= 200) cache.clear();
    cache.set(stamp, media);
    return media;
  };
}

/** A plain file on a straight way. A known one too: its folder may have become a link to where it was moved. */
async function lookAt(root: Root, absolute: string): Promise<BigIntStats | undefined> {
  try {
    await root.straight(dirname(absolute));
  } catch {
    return undefined;
  }
  const stats = await statsOf(absolute);
  return stats?.isFile() === true ? stats : undefined;
}

const isSafe = (path: string): boolean =>
  path.length <= 1_000 &&
  !path.includes('\0') &&
  path.split('/').every((part) => part !== '' && !part.startsWith('.') && !part.includes(':'));

const missing = (name: string): Problem =>
  blocks(
    'media_missing',
    `The file “${strange(name, 80)}” is not in the vault.`,
    'Put it into the vault, or correct its path.',
  );

const isAddress = (name: string): boolean => /^[a-z][a-z0-9+.-]+:/i.test(name);

const notOne = (name: string, others: readonly string[]): Problem =>
  others.length > 1 ? several(name, others) : missing(name);

const several = (name: string, paths: readonly string[]): Problem =>
  blocks(
    'media_missing',
    `More than one file in the vault is called “${strange(name, 80)}” (${paths
      .slice(0, 2)
      .map((path) => strange(path, 80))
      .join(', ')}).`,
    'Name it with its folder.',
  );

const remote = (name: string): Problem =>
  blocks(
    'media_unsupported',
    `“${strange(name, 80)}” is a web address; only files in the vault can be sent.`,
    'Save the file in the vault and name it in the draft.',
  );

const changed = (name: string): Problem =>
  blocks(
    'changed_after_approval',
    `The file “${strange(name, 80)}” is not the one that was shown.`,
    'Look at the new card and decide again.',
  );

const tooMany = blocks('media_unsupported', `The draft names more than ${most} files.`, 'Name fewer files.');

/** Pixels. A picture that tells none is judged without. */
async function shapeOf(
  spot: Parameters<typeof readRegular>[0],
  { head, bytes, sha256: hash }: { readonly head: Buffer; readonly bytes: number; readonly sha256: string },
  type: string,
): Promise<Pick<Media, 'shape'>> {
  // A drawing is text: it has no pixels, and reading it for some would take long where it is made to.
  if (!type.startsWith('image/') || type === 'image/svg+xml') return {};
  const shape = await measured(head);
  if (shape !== undefined) return { shape };
  // What a camera or an editor wrote before the picture may be longer than any head.
  const whole = bytes > head.length && bytes <= largestShown ? await readRegular(spot, largestShown) : undefined;
  const found = whole !== undefined && sha256(whole) === hash ? await measured(whole) : undefined;
  return found === undefined ? {} : { shape: found };
}

async function measured(bytes: Buffer): Promise<Media['shape'] | undefined> {
  // Most drafts name no picture, and a start is short of time.
  const { imageSize } = await import('image-size');
  try {
    const { width, height, orientation = 1 } = imageSize(bytes);
    if (width < 1 || height < 1) return undefined;
    // From 5 on the picture lies on its side until it is shown.
    return orientation >= 5 ? { width: height, height: width } : { width, height };
  } catch {
    return undefined;
  }
}
