import { join, sep } from 'node:path';
import type { Media } from '../../domain/effect.ts';
import { blocks, type Problem } from '../../domain/problem.ts';
import { sha256 } from '../../lib/hash.ts';
import { readRegular } from '../../lib/regular-file.ts';
import { rootAt } from '../../lib/root.ts';
import type { Root } from '../../lib/root.ts';
import { strange } from '../../lib/words.ts';

export type AttachmentBytes = { readonly name: string; readonly type: string; readonly bytes: Buffer };

export type Attachments =
  | { readonly kind: 'read'; readonly files: readonly AttachmentBytes[] }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** Reads what was approved: files inside the vault whose bytes have the approved hash; anything else is refused. */
export async function readAttachments(vaultPath: string, media: readonly Media[]): Promise<Attachments> {
  const root = await rootAt(vaultPath);
  const files: AttachmentBytes[] = [];
  for (const one of media) {
    // As it was approved, wherever the bytes lie by now.
    const { name } = one;
    const bytes = await readInside(root, one);
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

/** Undefined for a file that is missing, of another size, no plain file, outside of the vault or reached through a link. */
async function readInside(root: Root, { path, bytes }: Media): Promise<Buffer | undefined> {
  const absolute = join(root.path, path);
  if (!absolute.startsWith(root.path + sep)) return undefined;
  const read = await readRegular({ place: root, path: absolute }, bytes);
  return read?.length === bytes ? read : undefined;
}

const refused = (code: 'media_missing' | 'changed_after_approval', what: string, remedy: string): Attachments => ({
  kind: 'refused',
  problem: blocks(code, what, remedy),
});
