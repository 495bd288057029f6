import { basename } from 'node:path';
import type { Folder } from '../domain/lifecycle.ts';
import type { Platform } from '../domain/platform.ts';
import { blocks } from '../domain/problem.ts';
import type { Clock } from '../lib/clock.ts';
import { sha256 } from '../lib/hash.ts';
import { statsOf } from '../lib/plain-file.ts';
import { readRegular } from '../lib/regular-file.ts';
import { decodeFile } from './file-text.ts';
import { largestDraft } from './largest.ts';
import { traceOf } from './listing.ts';
import { withCopies } from './name-copies.ts';
import { numbered, safeStem } from './names.ts';
import type { VaultPlaces } from './places.ts';
import { rewritten } from './rewrite.ts';
import { stampText } from './stamp.ts';
import { vaultProblem } from './trouble.ts';
import type { Vault, VaultFile, WriteResult } from './types.ts';
import type { Writing } from './writing.ts';

const mostNames = 1_000;

export type VaultEdits = Pick<Vault, 'create' | 'replaceText' | 'addCopies' | 'stamp'> & {
  /**
   * Puts another text into a draft, if it still has these bytes.
   * @param edit undefined: it can't be put there
   * @param before called with the content hash to be, right before anything is written
   */
  change(
    file: VaultFile,
    edit: (text: string) => string | undefined,
    before?: (contentHash: string) => Promise<void>,
  ): Promise<WriteResult>;
};

/** Everything that writes into the vault's files. A file that is not the expected one any more is left alone. */
export function createEdits(parts: {
  places: VaultPlaces;
  writing: Writing;
  platforms: readonly Platform[];
  clock: Clock;
}): VaultEdits {
  const { places, writing, platforms, clock } = parts;

  const change: VaultEdits['change'] = async (file, edit, before = async () => undefined) => {
    const absolute = await places.file(file.folder, file.path);
    if (absolute === undefined) return { kind: 'changed' };
    const isExpected = (bytes: Uint8Array) => sha256(bytes) === file.contentHash;
    try {
      const bytes = await readRegular({ place: places.root, path: absolute }, largestDraft);
      if (bytes === undefined || !isExpected(bytes)) return { kind: 'changed' };
      const text = decodeFile(bytes);
      const edited = text === undefined ? undefined : edit(text.text);
      if (text === undefined || edited === undefined) return { kind: 'failed', problem: notEditable };
      if (edited === text.text) return { kind: 'written', file };
      const wanted = text.encode(edited);
      if (wanted.length > largestDraft) return { kind: 'failed', problem: tooLarge };
      await before(sha256(wanted));
      const done = await writing.replace(absolute, wanted, isExpected);
      return done ? await written(file.folder, file.path, absolute, wanted) : { kind: 'changed' };
    } catch (thrown) {
      return { kind: 'failed', problem: vaultProblem(thrown) };
    }
  };

  return {
    change,
    async create(folder, stem, content) {
      const bytes = Buffer.from(content, 'utf8');
      if (bytes.length > largestDraft) return { kind: 'failed', problem: tooLarge };
      try {
        for (let n = 1; n <= mostNames; n += 1) {
          const name = numbered(`${safeStem(stem)}.md`, n);
          const absolute = await places.target(folder, name);
          if (absolute === undefined) return { kind: 'failed', problem: vaultProblem(undefined) };
          if (await writing.create(absolute, bytes)) return await written(folder, name, absolute, bytes);
        }
        return { kind: 'failed', problem: noName };
      } catch (thrown) {
        return { kind: 'failed', problem: vaultProblem(thrown) };
      }
    },
    replaceText: (file, newText, picked) =>
      change(file, (text) => rewritten(text, newText, basename(file.path), platforms, clock.now(), picked)),
    async addCopies(file, addresses, picked) {
      const named = (text: string) => withCopies(text, addresses, basename(file.path), platforms, clock.now(), picked);
      const result = await change(file, named);
      const isTold = result.kind === 'failed' && result.problem === notEditable;
      return isTold ? { kind: 'failed', problem: notNamed } : result;
    },
    stamp: (file, keys, before) => change(file, (text) => stampText(text, keys), before),
  };
}

async function written(folder: Folder, path: string, absolute: string, bytes: Uint8Array): Promise<WriteResult> {
  const stats = await statsOf(absolute);
  if (stats === undefined) throw new Error('The file was moved on in the instant in which it was written.');
  return { kind: 'written', file: traceOf(folder, path, stats, bytes) };
}

const notEditable = blocks(
  'unclear_text',
  'The text can’t be put into this file without changing something else.',
  'Edit the file in the vault instead.',
);
const notNamed = blocks(
  'unclear_text',
  'Nobody can be put in copy in this file without changing something else.',
  'Name them in the file in the vault instead.',
);
const tooLarge = blocks('file_too_large', 'The file would be larger than 1 MiB.', 'Shorten the text.');
const noName = blocks('unreachable', 'A thousand files of this name exist already.', 'Clear the folder up.');
