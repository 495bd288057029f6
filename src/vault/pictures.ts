/**
 * A picture that a person gives to a draft: first kept as a file of its own, never over another, then named in the
 * draft. Between the two nothing has changed but that there is one file more.
 */
import { basename, dirname, extname } from 'node:path';
import type { Platform } from '../domain/platform.ts';
import { blocks } from '../domain/problem.ts';
import type { Problem } from '../domain/problem.ts';
import type { Clock } from '../lib/clock.ts';
import { sha256 } from '../lib/hash.ts';
import { readRegular } from '../lib/regular-file.ts';
import { decodeFile } from './file-text.ts';
import { typeOf } from './file-types.ts';
import type { MediaFinder } from './media.ts';
import { withMediaNames } from './name-media.ts';
import { numbered, safeStem } from './names.ts';
import type { VaultPlaces } from './places.ts';
import { readDraft } from './reading/read-draft.ts';
import { rewritten } from './rewrite.ts';
import { vaultProblem } from './trouble.ts';
import type { Vault, WriteResult } from './types.ts';
import type { Writing } from './writing.ts';

type Parts = {
  readonly places: VaultPlaces;
  readonly writing: Writing;
  readonly media: MediaFinder;
  readonly platforms: readonly Platform[];
  readonly clock: Clock;
  readonly readBytes: Vault['readBytes'];
  readonly change: (
    file: Parameters<Vault['replaceMedia']>[0],
    edit: (text: string) => string | undefined,
  ) => Promise<WriteResult>;
};

/** Where drafts wait: there a picture is found from wherever the draft goes, by its path. */
const home = 'Pending_Approval';
const largest = 20 * 1_048_576;
const mostNames = 50;

const endings: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/heic': 'heic',
};

export function createPictures(parts: Parts): Pick<Vault, 'keepPicture' | 'replaceMedia'> {
  const { places, writing, media, platforms, clock, readBytes } = parts;
  return {
    async keepPicture(draft, bytes) {
      const end = endings[typeOf(Buffer.from(bytes.subarray(0, 4_096)))];
      if (end === undefined) return { kind: 'failed', problem: noPicture };
      if (bytes.length > largest) return { kind: 'failed', problem: tooLarge };
      const hash = sha256(bytes);
      const sub = draft.path.includes('/') ? `${dirname(draft.path)}/` : '';
      const name = `${safeStem(basename(draft.path, extname(draft.path)))}-${hash.slice(0, 10)}.${end}`;
      try {
        for (let n = 1; n <= mostNames; n += 1) {
          const path = sub + numbered(name, n);
          const absolute = await places.target(home, path);
          if (absolute === undefined) return { kind: 'failed', problem: vaultProblem(undefined) };
          if (await writing.create(absolute, bytes)) return { kind: 'kept', path: `${home}/${path}`, sha256: hash };
          // Kept before, perhaps by a try that was cut off: once is enough.
          const there = await readRegular({ place: places.root, path: absolute }, largest);
          if (there !== undefined && sha256(there) === hash)
            return { kind: 'kept', path: `${home}/${path}`, sha256: hash };
        }
        return { kind: 'failed', problem: noName };
      } catch (thrown) {
        return { kind: 'failed', problem: vaultProblem(thrown) };
      }
    },
    async replaceMedia(file, picture, newText, picked) {
      const bytes = await readBytes(file.folder, file.path);
      const text = bytes === undefined ? undefined : decodeFile(bytes)?.text;
      if (bytes === undefined || sha256(bytes) !== file.contentHash) return { kind: 'changed' };
      if (text === undefined) return { kind: 'failed', problem: notNamed };
      const fileName = basename(file.path);
      const names = readDraft(text, fileName, platforms, clock.now(), picked).media;
      const found = await media.each(names, dirname(`${file.folder}/${file.path}`));
      const places_ = names.flatMap((_, at) => (isPicturePlace(found[at]?.type) ? [at] : []));
      if (places_.length > 1) return { kind: 'failed', problem: several(places_.length) };
      const [place = names.length] = places_;
      const wanted = [...names.slice(0, place), picture, ...names.slice(place + 1)];
      return await parts.change(file, (old) => {
        const named = withMediaNames(old, wanted, fileName, platforms, clock.now(), picked);
        return named === undefined || newText === undefined
          ? named
          : rewritten(named, newText, fileName, platforms, clock.now(), picked);
      });
    },
  };
}

/** A picture, or a name behind which there is none: that is what was to be mended. */
const isPicturePlace = (type: string | undefined): boolean => type === undefined || type.startsWith('image/');

const noPicture: Problem = blocks(
  'media_unsupported',
  'That is no picture I know, whatever its name says.',
  'Send a PNG, JPEG, WebP, GIF or HEIC.',
);
const tooLarge: Problem = blocks('file_too_large', 'The picture is larger than 20 MB.', 'Make it smaller.');
const noName: Problem = blocks('unreachable', 'Too many pictures of this name exist already.', 'Clear the folder up.');
const notNamed: Problem = blocks(
  'unclear_text',
  'The picture can’t be named in this file without changing something else.',
  'Name it in the file in the vault.',
);
const several = (count: number): Problem =>
  blocks(
    'media_unsupported',
    `The draft has ${count} pictures, and I can’t know which one this should replace.`,
    'Name the picture in the file in the vault.',
  );
