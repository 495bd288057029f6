import { basename, extname } from 'node:path';
import type { Item } from '../../domain/item.ts';
import { inertBlock, inertWords } from '../../lib/inert.ts';
import { oneLine } from '../../lib/words.ts';
import type { Drop } from './drop.ts';

/** @param name under which the dropped file is kept among the items */
export function itemOf(drop: Drop, name: string): Item {
  const stem = basename(drop.name, extname(drop.name));
  const where = `Needs_Action/files/${name}`;
  const body =
    drop.text === undefined
      ? `The file lies in ${inertWords(where, 200)}.`
      : inertBlock(drop.text.replaceAll(/\r\n?/g, '\n').trimEnd());
  return {
    key: drop.key,
    watcher: 'folder',
    at: drop.modifiedAt,
    fileStem: `FILE_${oneLine(stem, 80).replaceAll(/[/\\]/g, '_')}`,
    title: `Dropped file: ${oneLine(drop.name, 120)}`,
    fields: [
      ['type', 'file_drop'],
      ['original_name', oneLine(drop.name, 250)],
      ['file', oneLine(where, 300)],
      ['size', String(drop.bytes)],
      ['received', drop.modifiedAt.toISOString()],
    ],
    body,
    draftable: { kind: 'none', why: 'A dropped file says nothing about what should be done with it.' },
  };
}
