import { basename, dirname, join } from 'node:path';
import { blocks } from '../domain/problem.ts';
import { statsOf } from '../lib/plain-file.ts';
import type { Lister } from './listing.ts';
import type { MoveMarks } from './move-marks.ts';
import { moveFile } from './moving.ts';
import type { VaultPlaces } from './places.ts';
import { vaultProblem } from './trouble.ts';
import type { MoveResult, Vault } from './types.ts';

/** Moves files between folders; see moving.ts for how. */
export function createMoves(parts: { places: VaultPlaces; lister: Lister; marks: MoveMarks }): Pick<Vault, 'move'> {
  const { places, lister, marks } = parts;

  const move: Vault['move'] = async (file, to) => {
    const from = await places.file(file.folder, file.path);
    const stats = from === undefined ? undefined : await statsOf(from);
    if (from === undefined || stats === undefined) return { kind: 'gone' };
    if (!stats.isFile()) return failed('It is not a regular file.', 'Put a plain file in its place.');
    const target = await places.target(to, file.path);
    if (target === undefined) return failed(`${to} can’t be opened.`, 'Check that it is a folder and not a link.');
    const inFolder = (name: string) => (file.path.includes('/') ? `${dirname(file.path)}/${name}` : name);
    const moved = await moveFile(
      places.root,
      from,
      basename(file.path),
      (name) => join(dirname(target), name),
      (name) => marks.set(file, { folder: to, path: inFolder(name) }),
    );
    if (moved.kind === 'taken') return failed('A thousand files of this name exist there.', 'Clear the folder up.');
    const now = moved.kind === 'moved' ? await lister.look(to, inFolder(moved.name)) : undefined;
    return now === undefined ? { kind: 'gone' } : { kind: 'moved', file: now };
  };

  return {
    move: (file, to) => move(file, to).catch((thrown: unknown) => ({ kind: 'failed', problem: vaultProblem(thrown) })),
  };
}

const failed = (what: string, remedy: string): MoveResult => ({
  kind: 'failed',
  problem: blocks('unreachable', what, remedy),
});
