import type { Effect, Media } from '../domain/effect.ts';
import type { FileTrace } from '../domain/draft.ts';
import type { Folder } from '../domain/lifecycle.ts';
import type { Problem } from '../domain/problem.ts';
import type { Reading } from '../domain/reading.ts';

/** A file seen in a folder. */
export type VaultFile = FileTrace;

/** Found but not fit to be taken yet, or never. */
export type Unfit = {
  readonly folder: Folder;
  readonly path: string;
  /** `settling`: still being written, look again after `afterMs`. `odd`: link, pipe, conflict copy … with words. */
  readonly kind: 'settling' | 'odd';
  readonly afterMs: number;
  readonly words: string;
};

/** A key of the front matter and its value; undefined: no such key. */
export type Stamp = readonly [key: string, value: string | undefined];

export type Listing = { readonly files: readonly VaultFile[]; readonly unfit: readonly Unfit[] };

export type MoveResult =
  /** `path` may carry a suffix when the name was taken. */
  | { readonly kind: 'moved'; readonly file: VaultFile }
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly problem: Problem };

export type WriteResult =
  | { readonly kind: 'written'; readonly file: VaultFile }
  /** The file was not the one expected (its content hash differs) or is gone: nothing written. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'failed'; readonly problem: Problem };

export type KeepResult =
  /** `path` below the vault. */
  | { readonly kind: 'kept'; readonly path: string; readonly sha256: string }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** Reads, writes and moves files below one folder. Never overwrites, never leaves half a file, never leaves the vault. */
export type Vault = {
  /** Absolute path, links resolved. */
  readonly path: string;
  /** Makes the missing folders. Throws when drafts could not travel; what else can’t be trusted is logged. */
  prepare(): Promise<void>;
  /** What in the vault is not what it should be right now, so that a part stands still. Never throws. */
  inspect(): Promise<readonly Problem[]>;
  /**
   * Draft files (`*.md`) of one folder and of its sub-folders one level down, without dotfiles, temporary names,
   * README.md and names starting with `_`; conflict copies of sync tools and linked sub-folders are unfit. Reads bytes
   * only of files whose size, mtime or inode differ from what it returned last time. Rejects when the folder itself can't
   * be opened: that is not an empty one.
   */
  list(folder: Folder): Promise<Listing>;
  /**
   * Changes whenever a name comes into this folder or goes from it, or from its sub-folder `sub`; empty when that is not
   * there. Costs one look at the folder, however much is in it.
   */
  changedAt(folder: Folder, sub?: string): Promise<string>;
  /** When the file there got its name or was changed last, by the clock of its disk; undefined when there is no regular file. */
  arrivedAt(folder: Folder, path: string): Promise<Date | undefined>;
  /** Looks at one place; undefined when there is no such regular file. Follows no links. */
  look(folder: Folder, path: string): Promise<VaultFile | undefined>;
  /** Before the first look: what is on record. A file that looks the same is listed without being read. */
  remember(files: readonly VaultFile[]): void;
  /** Bytes of a file; undefined when it is larger than `mostBytes`, 1 MiB when left out. */
  readBytes(folder: Folder, path: string, mostBytes?: number): Promise<Uint8Array | undefined>;
  /**
   * Reads what a draft says. Never throws for what is in the file.
   * @param picked id of the text a person picked where the file holds several; empty when nobody did
   */
  read(
    folder: Folder,
    path: string,
    picked?: string,
  ): Promise<{ readonly file: VaultFile; readonly reading: Reading } | undefined>;
  /** Moves to another folder, keeping the sub-folder, never onto an existing name (link + unlink). */
  move(file: { readonly folder: Folder; readonly path: string }, to: Folder): Promise<MoveResult>;
  /** Writes a new file under `stem.md`, or `stem-2.md` … when taken; complete or not at all. */
  create(folder: Folder, stem: string, content: string): Promise<WriteResult>;
  /**
   * Replaces the text that would leave, only that, if the file still has these bytes. Keeps BOM and line ends.
   * @param picked as for `read`; where a text was picked, the new one must be picked to be read
   */
  replaceText(file: VaultFile, newText: string, picked?: string): Promise<WriteResult>;
  /**
   * Makes the draft name these plain addresses in copy, behind those it has, and changes nothing else of what it says, if
   * the file still has these bytes.
   */
  addCopies(file: VaultFile, addresses: readonly string[], picked?: string): Promise<WriteResult>;
  /**
   * Sets front matter keys as lines (makes the block when there is none), nothing else, if the bytes are still these; a
   * key without a value is taken out. What is there already is not written again.
   * @param before called with the content hash to be, right before anything is written
   */
  stamp(file: VaultFile, keys: readonly Stamp[], before?: (contentHash: string) => Promise<void>): Promise<WriteResult>;
  /** The bytes of a file of an effect, at most 50 MB; undefined when it is gone, larger, or its bytes are others now. */
  readMedia(media: Pick<Media, 'path' | 'sha256'>): Promise<Uint8Array | undefined>;
  /**
   * Keeps a picture as a file of its own beside the drafts, under a safe name made of the draft's and of its bytes;
   * never over another file, and the same picture once only. Changes no draft.
   */
  keepPicture(draft: { readonly path: string }, bytes: Uint8Array): Promise<KeepResult>;
  /**
   * Makes the draft name this picture in the place of the one it has, or beside its other files when it has none, if the
   * file still has these bytes; and a new text in the same write.
   * @param picture path below the vault
   */
  replaceMedia(file: VaultFile, picture: string, newText: string | undefined, picked?: string): Promise<WriteResult>;
  /** Resolves media paths of an effect again: same files, same bytes? Problems when not. */
  checkMedia(effect: Effect): Promise<readonly Problem[]>;
};

/** Watches the folders where something can happen. Events are hints: `onHint` says "list this folder again". */
export type FolderWatch = {
  start(): Promise<void>;
  stop(): Promise<void>;
};
