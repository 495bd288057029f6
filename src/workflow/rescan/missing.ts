/** Open drafts whose file was in none of the listed folders: moved to a finished folder by hand, or gone. */
import type { Draft } from '../../domain/draft.ts';
import type { Folder } from '../../domain/lifecycle.ts';
import { vaultOwner } from '../../domain/approver.ts';
import { isAnothers, isSameFile, ownsPlace } from '../whose-file.ts';
import { jobKinds } from '../parts.ts';
import type { Parts } from '../parts.ts';
import { present } from '../present.ts';
import { applyMove } from './hand-move.ts';

const elsewhere = ['Done', 'Rejected', 'Failed', 'Needs_Action', 'Inbox'] as const satisfies readonly Folder[];

/** Sync tools and editors delete and create again: wait this long before calling a file gone. */
const graceMs = 5_000;

export async function searchMissing(
  parts: Parts,
  seen: ReadonlySet<string>,
  missingSince: Map<string, Date>,
): Promise<void> {
  const open = await parts.ledger.drafts.open();
  const openIds = new Set(open.map((draft) => draft.id));
  for (const id of missingSince.keys()) if (!openIds.has(id) || seen.has(id)) missingSince.delete(id);
  for (const draft of open) {
    if (seen.has(draft.id)) continue;
    await searchOne(parts, draft, missingSince);
  }
}

async function searchOne(parts: Parts, draft: Draft, missingSince: Map<string, Date>): Promise<void> {
  // We may have moved it ourselves since the listing was made.
  const now = await parts.ledger.drafts.byId(draft.id);
  if (now === undefined || now.state !== draft.state) return;
  if (await ownsPlace(parts, now)) return;
  for (const folder of elsewhere) {
    for (const path of new Set([now.file.path, now.file.path.slice(now.file.path.lastIndexOf('/') + 1)])) {
      const found = await parts.vault.look(folder, path);
      if (found === undefined || !isSameFile(found, now) || (await isAnothers(parts, found, now))) continue;
      await applyMove(parts, draft.id, found);
      return;
    }
  }
  const at = parts.clock.now();
  const since = missingSince.get(draft.id);
  if (since === undefined) {
    missingSince.set(draft.id, at);
    return;
  }
  // What may have left stays a question even when its file is gone.
  if (at.getTime() - since.getTime() < graceMs || draft.state === 'in_progress' || draft.state === 'unknown') return;
  await parts.lock(draft.id, async () => {
    const last = await parts.ledger.drafts.byId(draft.id);
    if (last === undefined || (await ownsPlace(parts, last))) return;
    const gone = { state: 'vanished', notBefore: undefined } as const;
    // With a job: after a crash nobody else looks at a draft that is over, and its card would ask for ever.
    const changed = await parts.ledger.tx(async (tables) => {
      if (!(await tables.drafts.change(draft.id, { from: ['pending', 'approved'] }, gone, at))) return false;
      await tables.jobs.add({ kind: jobKinds.settle, key: draft.id, serialKey: draft.id, runAt: at });
      return true;
    });
    if (!changed) return;
    parts.logger.warn(`${draft.file.folder}/${draft.file.path} is gone (${vaultOwner.name}); nothing will be sent.`);
    await present(parts, draft.id);
  });
}
