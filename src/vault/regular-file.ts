import { constants } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import { createHash } from 'node:crypto';

/** Largest draft; larger ones are reported, not read. */
export const largestDraft = 1_048_576;
/** Largest media file that is hashed. */
export const largestMedia = 256 * 1_048_576;

// Without O_NOFOLLOW (Windows) the lstat before is the only guard against links; O_NONBLOCK keeps a pipe from hanging us.
export const reading = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Stats of a place itself, no link followed; undefined when nothing can be seen there. */
export async function statsOf(path: string): Promise<BigIntStats | undefined> {
  try {
    return await lstat(path, { bigint: true });
  } catch {
    return undefined;
  }
}

/** Bytes of a regular file, or undefined when there is none, it is a link, or it is larger than `limit`. */
export async function readRegular(path: string, limit: number): Promise<Buffer | undefined> {
  const pieces: Buffer[] = [];
  const whole = await eachPiece(path, limit, (piece) => pieces.push(Buffer.from(piece)));
  return whole ? Buffer.concat(pieces) : undefined;
}

/** SHA-256, size and first 64 KiB of a regular file of any size up to `limit`, read piece by piece. */
export async function measure(
  path: string,
  limit: number,
): Promise<{ readonly sha256: string; readonly bytes: number; readonly head: Buffer } | undefined> {
  const hash = createHash('sha256');
  let head: Buffer | undefined;
  let bytes = 0;
  const whole = await eachPiece(path, limit, (piece) => {
    head ??= Buffer.from(piece);
    bytes += piece.length;
    hash.update(piece);
  });
  return whole ? { sha256: hash.digest('hex'), bytes, head: head ?? Buffer.alloc(0) } : undefined;
}

async function eachPiece(path: string, limit: number, take: (piece: Buffer) => void): Promise<boolean> {
  const before = await statsOf(path);
  if (before === undefined || !before.isFile() || before.size > limit) return false;
  const handle = await open(path, reading).catch(() => undefined);
  if (handle === undefined) return false;
  try {
    const stats = await handle.stat({ bigint: true });
    if (!stats.isFile()) return false;
    const buffer = Buffer.allocUnsafe(Math.min(65_536, Number(stats.size) + 1));
    let total = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length);
      if (bytesRead === 0) return true;
      total += bytesRead;
      if (total > limit) return false;
      take(buffer.subarray(0, bytesRead));
    }
  } catch {
    return false;
  } finally {
    await handle.close();
  }
}
