/** Whose file is it? Places on record grow old when people move files, and other files come to lie there. */
import type { Draft } from '../domain/draft.ts';
import type { Folder } from '../domain/lifecycle.ts';
import { numbered } from '../vault/names.ts';
import type { VaultFile } from '../vault/types.ts';
import type { Parts } from './parts.ts';

/** How many suffixes are tried: names are seldom taken more often. */
const mostNames = 9;

/**
 * Looks for it in `folder`, under its name and the suffixes of a name that was taken: a crash may have cut us off
 * between the move and the record of it. A file that belongs to another draft, or to nobody we know, is not it.
 */
export async function findMoved(parts: Parts, draft: Draft, folder: Folder): Promise<VaultFile | undefined> {
  for (let n = 1; n <= mostNames; n += 1) {
    const there = await parts.vault.look(folder, numbered(draft.file.path, n));
    if (there === undefined) return undefined;
    if (!isSameFile(there, draft)) continue;
    const owner = await parts.ledger.drafts.byPlace(folder, there.path);
    if (owner === undefined || owner.id === draft.id) return there;
  }
  return undefined;
}

/**
 * Whether the file at the draft's last known place is still its own. An open draft may have been written to there;
 * of one that is over, a file with other bytes is a new one. Two drafts must never speak for one file.
 */
export async function ownsPlace(parts: Parts, draft: Draft): Promise<boolean> {
  const { folder, path, inode, contentHash } = draft.file;
  const there = await parts.vault.look(folder, path);
  if (there === undefined) return false;
  // Bytes and inode are no proof: a copy was deleted, and what it was copied from got its inode and then its place.
  const owner = await knownAt(parts, there);
  if (owner?.id !== draft.id) return false;
  return there.inode === inode || !isOver(draft) || there.contentHash === contentHash;
}

/** The draft whose place this is; undefined when the file is nobody's yet or of a draft that came from elsewhere. */
export async function knownAt(parts: Parts, file: VaultFile): Promise<Draft | undefined> {
  const newest = await parts.ledger.drafts.byPlace(file.folder, file.path);
  if (newest === undefined || isSameFileExactly(file, newest)) return newest;
  const sameInode = await parts.ledger.drafts.byTrace({ contentHash: '', inode: file.inode, name: '' });
  const there = (draft: Draft) => draft.file.folder === file.folder && draft.file.path === file.path;
  const lying = sameInode.filter((draft) => draft.state !== 'vanished' && there(draft));
  const exact = lying.find((draft) => isSameFileExactly(file, draft));
  if (exact !== undefined) return exact;
  // Another open draft's, moved to a place that was somebody else's: two files changed names, or one was deleted, and its
  // inode and then its place went to the other. An inode alone proves nothing while a draft knows the bytes as well.
  const mover = sameInode.find((draft) => draft.id !== newest.id && isAsked(draft) && isSameFileExactly(file, draft));
  if (mover !== undefined) return undefined;
  if (lying[0] !== undefined) return lying[0];
  return isOver(newest) && newest.file.contentHash !== file.contentHash ? undefined : newest;
}

const isOver = ({ state }: Draft): boolean => state === 'done' || state === 'rejected' || state === 'failed';

const isAsked = ({ state }: Draft): boolean => state === 'pending' || state === 'approved';

const isSameFileExactly = (found: VaultFile, { file }: Draft): boolean =>
  found.inode === file.inode && found.contentHash === file.contentHash;

/**
 * Whether what lies there is on record as another draft's: of a draft that was copied and edited on another machine the old
 * file goes last, and the new one may have got its inode. What is ours by both its bytes and its inode is ours.
 */
export async function isAnothers(parts: Parts, found: VaultFile, draft: Draft): Promise<boolean> {
  const owner = await parts.ledger.drafts.byPlace(found.folder, found.path);
  if (owner === undefined || owner.id === draft.id || !isSameFile(found, owner)) return false;
  return isSameFileExactly(found, owner) || !isSameFileExactly(found, draft);
}

/** The same name is the same draft only if bytes or inode say so too. */
export const isSameFile = (found: VaultFile, draft: Draft): boolean =>
  found.contentHash === draft.file.contentHash || found.inode === draft.file.inode;
