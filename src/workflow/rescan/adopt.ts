/** A file nobody knew becomes a draft, whoever wrote it and wherever it was put. */
import type { Draft } from '../../domain/draft.ts';
import { shortLength } from '../../domain/draft.ts';
import { warns } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';
import { createId } from '../../lib/random.ts';
import { oneLine } from '../../lib/words.ts';
import type { VaultFile } from '../../vault/types.ts';
import type { Parts } from '../parts.ts';
import { settle } from '../settle.ts';
import type { Finish } from './unfinished.ts';
import { applyMove } from './hand-move.ts';

/** @returns the id of the new draft; undefined when the file is not there any more */
export async function adopt(parts: Parts, file: VaultFile, finish: Finish): Promise<string | undefined> {
  // A long list grows old while it is worked off: the file may be a draft's that we moved on meanwhile.
  if ((await parts.vault.look(file.folder, file.path))?.inode !== file.inode) return undefined;
  const at = parts.clock.now();
  const strange = await strangeness(parts, file);
  const draft: Draft = {
    id: createId(at, parts.random),
    key: parts.random.key(shortLength),
    state: 'pending',
    file,
    revision: undefined,
    platform: '',
    account: '',
    choice: '',
    notBefore: undefined,
    askedFrom: 0,
    trouble: strange,
    createdAt: at,
    updatedAt: at,
  };
  await parts.ledger.drafts.insert(draft);
  parts.logger.info(`New draft: ${oneLine(`${file.folder}/${file.path}`, 200)}`);
  const isMove = file.folder === 'Approved' && strange === undefined;
  await finish(draft.id, () => (isMove ? applyMove(parts, draft.id, file, true) : settle(parts, draft.id)));
  return draft.id;
}

/**
 * Where a new file may not be taken at its word. In In_Progress only we put files; and what lies in Approved at the
 * very first look may have been sent by another program, or the ledger was lost: asking again beats sending twice.
 */
async function strangeness(parts: Parts, file: VaultFile): Promise<Problem | undefined> {
  if (file.folder === 'In_Progress') {
    return warns(
      'undone_move',
      'It lay in In_Progress and I have no record of it, so it may have gone out before.',
      'Check the account; approve it only if it did not.',
    );
  }
  if (file.folder === 'Approved' && (await parts.ledger.flags.get('rescanned')) !== 'yes') {
    return warns(
      'undone_move',
      `It lay in Approved before I was started for the first time, so I can’t tell whether it went out before.`,
      'Approve it here if it did not.',
    );
  }
  return undefined;
}
