import type { Effect } from './effect.ts';
import type { DraftState, Folder } from './lifecycle.ts';
import type { Problem } from './problem.ts';
import type { Candidate, LeftOut, LineRange, Reading } from './reading.ts';

/** A proposed action, as the ledger knows it. The id stays when the file is renamed, moved or edited. */
export type Draft = {
  /** Never from a file name. */
  readonly id: string;
  /** Short name for buttons, unique, [a-z0-9]{10}. */
  readonly key: string;
  readonly state: DraftState;
  readonly file: FileTrace;
  /** Revision now on offer; undefined while nothing readable was seen. */
  readonly revision: string | undefined;
  readonly platform: string;
  readonly account: string;
  /** Id of the text a person picked where the file holds several; empty when nobody had to. Counts while it is there. */
  readonly choice: string;
  /** Not before this instant: hold, schedule, rate limit or retry; while it is pending, quiet until then. */
  readonly notBefore: Date | undefined;
  /** How many of its decisions belong to an earlier question or text: approvals among them no longer count. */
  readonly askedFrom: number;
  /** Why it waits or what went wrong last; shown on the card. */
  readonly trouble: Problem | undefined;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/** Whether a person put the question off. It stays so until it is taken up again, never by the clock alone. */
export const isPutOff = ({ state, notBefore }: Pick<Draft, 'state' | 'notBefore'>): boolean =>
  state === 'pending' && notBefore !== undefined;

/** Where a file was seen last and what tells it from others. */
export type FileTrace = {
  readonly folder: Folder;
  /** Below the folder, with `/`: at most one domain sub-folder, then the name. */
  readonly path: string;
  /** SHA-256 of the bytes, hex. */
  readonly contentHash: string;
  /** Device and inode, a hint only: editors and sync tools replace them. */
  readonly inode: string;
  readonly size: number;
  readonly mtimeMs: number;
};

/** What was shown to people under one revision hash; the effect in it is what leaves. */
export type Revision = {
  readonly draftId: string;
  readonly hash: string;
  /**
   * What a button carries for it, [a-z0-9]{20}: drawn at random when it was first put on record. A part of the hash
   * would not do: whoever writes drafts can make two texts that share it, and an old button would approve the new one.
   */
  readonly mark: string;
  /** SHA-256 of `likenessOf` its effect, hex; empty where nothing can be approved. */
  readonly likeness: string;
  readonly effect: Effect;
  readonly problems: readonly Problem[];
  readonly original: string;
  readonly layout: FileLayout;
  readonly at: Date;
};

/** What else the file held when it was read. Like the problems, it is no part of what leaves. */
export type FileLayout = {
  readonly kind: Reading['kind'];
  /** What a person must choose from; empty unless `kind` is `unclear`. */
  readonly candidates: readonly Candidate[];
  /** Lines of the text that would leave; missing where it stands in none of its own. */
  readonly lines?: LineRange;
  readonly leftOut: readonly LeftOut[];
  /** Name of the idea that several drafts are made from; missing when the file names none. */
  readonly set?: string;
  /** Zone in which the file tells when it should leave; missing where it is the one of this machine. */
  readonly zone?: string;
};

export const plainLayout: FileLayout = { kind: 'draft', candidates: [], leftOut: [] };

/** How many characters a draft's key has, and the beginning of a hash in a line for people. */
export const shortLength = 10;
/** For lines people read; nothing is decided by it. */
export const shortRevision = (hash: string): string => hash.slice(0, shortLength);
/** How many characters the mark of a revision, and of anything else that a button names, has. */
export const markLength = 20;
