/**
 * Folders against ledger: lists the three folders where something can happen, and does the difference. Events only say
 * "now"; this decides. Finished folders are never listed (promise P11): a file missing here is looked for there by name.
 */
import type { Draft } from '../../domain/draft.ts';
import { folderOf } from '../../domain/lifecycle.ts';
import type { Folder } from '../../domain/lifecycle.ts';
import { sha256 } from '../../lib/hash.ts';
import { strange, unmarked } from '../../lib/words.ts';
import type { Unfit, VaultFile } from '../../vault/types.ts';
import type { Parts } from '../parts.ts';
import { settle } from '../settle.ts';
import { knownAt, ownsPlace } from '../whose-file.ts';
import { tell } from '../tell.ts';
import { adopt } from './adopt.ts';
import { createUnfinished } from './unfinished.ts';
import type { Unfinished } from './unfinished.ts';
import { applyMove } from './hand-move.ts';
import { searchMissing } from './missing.ts';
import { createRejectedCopies } from './rejected-copies.ts';

/** The folders that are watched and listed. */
export const hotFolders = ['Pending_Approval', 'Approved', 'In_Progress'] as const satisfies readonly Folder[];

export type Rescan = {
  /** Lists and does the difference. Calls while one runs are answered by one more run afterwards. */
  run(): Promise<void>;
};

/** @param lookAgain called when a file that was still being written may be complete */
export function createRescan(parts: Parts, lookAgain: () => void): Rescan {
  const missingSince = new Map<string, Date>();
  const unfinished = createUnfinished();
  const rejectedCopies = createRejectedCopies(parts);
  let running: Promise<void> | undefined;
  let again: Promise<void> | undefined;

  const once = async (): Promise<void> => {
    const seen = new Set<string>();
    const failures: unknown[] = [];
    const open = await parts.ledger.drafts.open();
    const atPlace = new Map(open.map((draft) => [placeOf(draft.file), draft]));
    let soonest = Number.POSITIVE_INFINITY;
    // In the order a draft travels, so that a file moved while we look is seen twice rather than not at all.
    for (const folder of hotFolders) {
      const listing = await parts.vault.list(folder);
      for (const file of listing.files) {
        const before = atPlace.get(placeOf(file));
        const isDone = before !== undefined && isAsRecorded(before, file) && !unfinished.has(before.id);
        // One file at which we stumble holds up nothing but itself.
        const draftId = isDone
          ? before.id
          : await meet(parts, file, unfinished).catch((thrown: unknown) => void failures.push(thrown));
        if (draftId !== undefined) seen.add(draftId);
      }
      for (const unfit of listing.unfit) {
        const draft = await parts.ledger.drafts.byPlace(unfit.folder, unfit.path);
        if (draft !== undefined) seen.add(draft.id);
        if (unfit.kind === 'settling') soonest = Math.min(soonest, unfit.afterMs);
        else {
          // A folder that can't be looked into: what lies there is not gone.
          for (const { id, file } of open) if (placeOf(file).startsWith(`${placeOf(unfit)}/`)) seen.add(id);
          await tellOdd(parts, unfit);
        }
      }
    }
    // Whose file that was is not known, so nothing may be taken for gone.
    if (failures.length > 0) throw failures[0];
    await searchMissing(parts, seen, missingSince);
    await rejectedCopies.look();
    // Every write is synced to disk, and this runs at every event.
    if ((await parts.ledger.flags.get('rescanned')) !== 'yes') await parts.ledger.flags.set('rescanned', 'yes');
    if (soonest !== Number.POSITIVE_INFINITY) parts.clock.after(soonest, lookAgain);
  };

  const run = async (): Promise<void> => {
    if (running === undefined) {
      running = once().finally(() => {
        running = undefined;
      });
      return await running;
    }
    again ??= running
      .catch(() => undefined)
      .then(() => {
        again = undefined;
        return run();
      });
    return await again;
  };

  return { run };
}

const placeOf = ({ folder, path }: Pick<VaultFile, 'folder' | 'path'>): string => `${folder}/${path}`;

/** Nothing to do, and nothing to ask the ledger once more. */
const isAsRecorded = ({ state, file: known }: Draft, file: VaultFile): boolean =>
  state !== 'vanished' &&
  folderOf(state) === file.folder &&
  known.inode === file.inode &&
  known.contentHash === file.contentHash;

/** One listed file. Returns the draft it belongs to. */
async function meet(parts: Parts, file: VaultFile, unfinished: Unfinished): Promise<string | undefined> {
  const known = await knownAt(parts, file);
  if (known !== undefined) {
    // Where we last saw it: whatever differs is unfinished work of ours, never a move by hand.
    const home = known.state === 'vanished' || folderOf(known.state) === file.folder;
    const same = known.file.contentHash === file.contentHash && known.file.inode === file.inode;
    if (!home || !same || unfinished.has(known.id)) await unfinished.finish(known.id, () => settle(parts, known.id));
    return known.id;
  }
  const moved = await whoseFile(parts, file);
  if (moved === undefined) return await adopt(parts, file, unfinished.finish);
  await applyMove(parts, moved.id, file);
  return moved.id;
}

/**
 * Which known draft was moved or renamed to here: same inode, same bytes or same name, and no longer at its old place.
 * A copy is not a move: as long as the original lies where it was, the copy is a new draft.
 */
async function whoseFile(parts: Parts, file: VaultFile): Promise<Draft | undefined> {
  const name = nameOf(file.path);
  const candidates = await parts.ledger.drafts.byTrace({ contentHash: file.contentHash, inode: file.inode, name });
  const sameBytes = (draft: Draft) => draft.file.contentHash === file.contentHash;
  const sameInode = (draft: Draft) => draft.file.inode === file.inode;
  const rank = (draft: Draft) => (sameInode(draft) ? 2 : 0) + (sameBytes(draft) ? 1 : 0);
  for (const draft of candidates.toSorted((a, b) => rank(b) - rank(a))) {
    if (!sameBytes(draft) && !mayHaveChanged(draft, sameInode(draft), nameOf(draft.file.path) === name)) continue;
    if (draft.state === 'vanished') return draft;
    if (!(await ownsPlace(parts, draft))) return draft;
  }
  return undefined;
}

/**
 * Whether a file with other bytes may be this draft, moved and written to. Inodes are reused and people name many
 * drafts alike, so how much is believed depends on what a mistake would do.
 */
function mayHaveChanged(draft: Draft, sameInode: boolean, sameName: boolean): boolean {
  switch (draft.state) {
    case 'pending':
    case 'approved':
      return sameInode || sameName;
    case 'failed':
    case 'vanished':
      return sameName;
    case 'in_progress':
    case 'unknown':
      return sameInode && sameName;
    case 'done':
    case 'rejected':
      // Decided a moment ago, and its file was gone from where we would have taken it: it is still looked for.
      return draft.file.folder !== folderOf(draft.state) && sameInode && sameName;
  }
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** A link, a pipe, a file that is too large: not touched, but said once. */
async function tellOdd(parts: Parts, unfit: Unfit): Promise<void> {
  const place = strange(`${unfit.folder}/${unfit.path}`, 200);
  const text = `I can’t take ${place}: ${unfit.words} I left it as it is.`;
  await tell(parts, parts.ledger, '', { text, links: [], loud: false, key: '' }, `odd:${sha256(unmarked(text))}`);
}
