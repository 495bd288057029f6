/** The file of a draft right before it is changed for a person, as long as it is still the one they saw. */
import type { Draft } from '../../domain/draft.ts';
import type { VaultFile } from '../../vault/types.ts';
import type { Parts } from '../parts.ts';
import { ownsPlace } from '../whose-file.ts';

/** The file as it is on record; undefined when it is another one or says something else. */
export async function fileOf(parts: Parts, draft: Draft): Promise<VaultFile | undefined> {
  const file = await parts.vault.look(draft.file.folder, draft.file.path);
  const own = await ownsPlace(parts, draft);
  return own && file?.contentHash === draft.file.contentHash ? file : undefined;
}
