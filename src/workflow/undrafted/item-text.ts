/**
 * The text of a message, read from the file that was written for it. People write into these files, move and delete them:
 * a text counts only as long as it is, sign for sign, the one that came in. Otherwise it is said what is the matter.
 */
import type { ItemRow } from '../../domain/ledger-port.ts';
import type { UndraftedRow } from '../../domain/undrafted.ts';
import type { Folder } from '../../domain/lifecycle.ts';
import { sha256 } from '../../lib/hash.ts';
import { blocksIn } from '../../lib/inert.ts';
import { strange } from '../../lib/words.ts';
import type { Parts } from '../parts.ts';

export type ItemText =
  /** `file`: `Folder/name.md`. An empty text: the message has none. */
  | { readonly kind: 'found'; readonly text: string; readonly file: string }
  /** In a sentence of ours. */
  | { readonly kind: 'changed' | 'gone'; readonly file: string; readonly words: string };

/** Where we write it, and where it goes once it is answered. */
const places: readonly Folder[] = ['Needs_Action', 'Done'];

export async function itemText(
  { vault }: Pick<Parts, 'vault'>,
  { textHash }: Pick<UndraftedRow, 'textHash'>,
  { file }: Pick<ItemRow, 'file'>,
): Promise<ItemText> {
  if (textHash === '') return { kind: 'found', text: '', file };
  const path = file.slice(file.indexOf('/') + 1);
  let there = '';
  for (const folder of places) {
    const bytes = await vault.readBytes(folder, path);
    if (bytes === undefined) continue;
    const text = blocksIn(Buffer.from(bytes).toString('utf8')).find((one) => sha256(one) === textHash);
    if (text !== undefined) return { kind: 'found', text, file: `${folder}/${path}` };
    there = `${folder}/${path}`;
  }
  const name = strange(there === '' ? file : there, 200);
  return there === ''
    ? { kind: 'gone', file, words: `The file of this mail is not where I put it (${name}), so I can’t tell its text` }
    : { kind: 'changed', file: there, words: `The text in ${name} was changed since the mail came in` };
}
