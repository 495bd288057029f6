import { createHash } from 'node:crypto';
import { basename, extname, join } from 'node:path';
import { absent, statsOf } from '../../lib/plain-file.ts';
import { readPieces } from '../../lib/regular-file.ts';
import type { Root } from '../../lib/root.ts';
import { msUntilSettled } from '../../lib/settling.ts';

/** A file somebody dropped, complete and measured. */
export type Drop = {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly modifiedAt: Date;
  /** Content, name and modification time: the same drop seen again has the same key. */
  readonly key: string;
  /** Its text, when it is a short text. */
  readonly text: string | undefined;
};

export type DropLook =
  | { readonly kind: 'drop'; readonly drop: Drop }
  /** Still being written: look again after so long. */
  | { readonly kind: 'wait'; readonly afterMs: number }
  /** A folder, a link, a pipe, or gone meanwhile. */
  | { readonly kind: 'none' };

const longestText = 100_000;

/** Names browsers, editors and sync tools use for what isn't finished. */
const unfinished: readonly RegExp[] = [
  /^[.~]/,
  /\.(?:tmp|swp|swx|crdownload|part|partial|icloud)$/i,
  /~$/,
  /\.sync-conflict-/i,
];

export const isDropName = (name: string): boolean => !unfinished.some((pattern) => pattern.test(name));

/** Looks at one entry of the drop folder. Throws file system errors other than "gone". */
export async function lookAtDrop(root: Root, folder: string, name: string, nowMs: number): Promise<DropLook> {
  const path = join(folder, name);
  const stats = await statsOf(path);
  if (stats?.isFile() !== true) return { kind: 'none' };
  const afterMs = msUntilSettled(stats, nowMs);
  if (afterMs > 0) return { kind: 'wait', afterMs };
  const opened = await root.open(path, 'read', undefined, stats).catch(absent);
  if (opened === undefined) return { kind: 'none' };
  try {
    const hash = createHash('sha256');
    const pieces: Buffer[] = [];
    let bytes = 0;
    await readPieces(opened, Number.POSITIVE_INFINITY, (piece) => {
      hash.update(piece);
      bytes += piece.length;
      if (bytes <= longestText) pieces.push(Buffer.from(piece));
    });
    const modifiedAt = new Date(Number(stats.mtimeNs / 1_000_000n));
    const key = hash.update(`\0${name}\0${stats.mtimeNs}`).digest('hex').slice(0, 40);
    const text = bytes <= longestText ? asText(Buffer.concat(pieces)) : undefined;
    return { kind: 'drop', drop: { name, path, bytes, modifiedAt, key: `folder:${key}`, text } };
  } finally {
    await opened.file.close();
  }
}

function asText(bytes: Buffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** The name a drop gets among the kept files: its own, or with a piece of its key when that is taken. */
export async function keptName(folder: string, drop: Drop): Promise<string> {
  const taken = (await statsOf(join(folder, drop.name))) !== undefined;
  if (!taken) return drop.name;
  const end = extname(drop.name);
  return `${basename(drop.name, end)}-${drop.key.slice(-12)}${end}`;
}
