import { open, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Media } from '../../domain/effect.ts';
import { blocks, type Problem } from '../../domain/problem.ts';
import { sha256 } from '../../lib/hash.ts';
import { strange } from '../../lib/words.ts';

export type AttachmentBytes = { readonly name: string; readonly type: string; readonly bytes: Buffer };

export type Attachments =
  | { readonly kind: 'read'; readonly files: readonly AttachmentBytes[] }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** Reads what was approved: files inside the vault whose bytes have the approved hash; anything else is refused. */
export async function readAttachments(vaultPath: string, media: readonly Media[]): Promise<Attachments> {
  const files: AttachmentBytes[] = [];
  for (const one of media) {
    // As it was approved, wherever the bytes lie by now.
    const { name } = one;
    const bytes = await readInside(vaultPath, one);
    if (bytes === undefined) {
      return refused('media_missing', `The file ${strange(name, 120)} can’t be read.`, 'Put it back and ask again.');
    }
    if (sha256(bytes) !== one.sha256) {
      return refused(
        'changed_after_approval',
        `The file ${strange(name, 120)} changed after the approval.`,
        'Look at it and approve again.',
      );
    }
    files.push({ name, type: one.type, bytes });
  }
  return { kind: 'read', files };
}

/** Undefined for a file that is missing, odd, of another size, or outside of the vault after all links are followed. */
async function readInside(vaultPath: string, { path, bytes }: Media): Promise<Buffer | undefined> {
  try {
    const root = await realpath(vaultPath);
    const real = await realpath(join(root, path));
    if (!real.startsWith(root + sep)) return undefined;
    const file = await open(real, 'r');
    try {
      const stat = await file.stat();
      return stat.isFile() && stat.size === bytes ? await file.readFile() : undefined;
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}

const refused = (code: 'media_missing' | 'changed_after_approval', what: string, remedy: string): Attachments => ({
  kind: 'refused',
  problem: blocks(code, what, remedy),
});
