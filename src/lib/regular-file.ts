import type { BigIntStats } from 'node:fs';
import { createHash } from 'node:crypto';
import type { OpenedFile, Opener } from './plain-file.ts';

/** Where to read, and what a look found there a moment ago, when there was one. */
type Spot = { readonly place: Opener; readonly path: string; readonly seen?: BigIntStats };

/** Bytes of a plain file, or undefined when there is none that may be read, or it is larger than `limit`. */
export async function readRegular(spot: Spot, limit: number): Promise<Buffer | undefined> {
  const pieces: Buffer[] = [];
  const whole = await eachPiece(spot, limit, (piece) => pieces.push(Buffer.from(piece)));
  return whole ? Buffer.concat(pieces) : undefined;
}

/** SHA-256, size and first 64 KiB of a plain file of any size up to `limit`, read piece by piece. */
export async function measure(
  spot: Spot,
  limit: number,
): Promise<{ readonly sha256: string; readonly bytes: number; readonly head: Buffer } | undefined> {
  const hash = createHash('sha256');
  let head: Buffer | undefined;
  let bytes = 0;
  const whole = await eachPiece(spot, limit, (piece) => {
    head ??= Buffer.from(piece);
    bytes += piece.length;
    hash.update(piece);
  });
  return whole ? { sha256: hash.digest('hex'), bytes, head: head ?? Buffer.alloc(0) } : undefined;
}

async function eachPiece({ place, path, seen }: Spot, limit: number, take: (piece: Buffer) => void): Promise<boolean> {
  const opened = await place.open(path, 'read', undefined, seen).catch(() => undefined);
  if (opened === undefined) return false;
  try {
    return await readPieces(opened, limit, take);
  } catch {
    return false;
  } finally {
    await opened.file.close();
  }
}

/**
 * @param take gets a piece that is good until what it returns is resolved
 * @returns whether it was read to its end: `false` when it is larger than `limit`. Throws file system errors.
 */
export async function readPieces(
  { file, stats }: OpenedFile,
  limit: number,
  take: (piece: Buffer) => unknown,
): Promise<boolean> {
  if (stats.size > limit) return false;
  const buffer = Buffer.allocUnsafe(Math.min(65_536, Number(stats.size) + 1));
  let total = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length);
    if (bytesRead === 0) return true;
    total += bytesRead;
    if (total > limit) return false;
    await take(buffer.subarray(0, bytesRead));
  }
}
