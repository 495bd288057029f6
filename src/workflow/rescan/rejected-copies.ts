/**
 * A no that comes as a file: on another machine somebody moved the draft to Rejected, and what a sync tool brings here is
 * a copy, while ours has gone on. What has not left stops; what has left is said to be too late. Rejected is never listed
 * (promise P11): whether anything came there is seen by the time of its folder, and then only names we know are looked at.
 */
import type { Draft } from '../../domain/draft.ts';
import { vaultOwner } from '../../domain/approver.ts';
import { localMoment } from '../../lib/local-time.ts';
import { createId } from '../../lib/random.ts';
import { strange } from '../../lib/words.ts';
import type { VaultFile } from '../../vault/types.ts';
import { jobKinds } from '../parts.ts';
import type { Parts } from '../parts.ts';
import { currentRevision, present } from '../present.ts';
import { likenessOfFile } from '../read-revision.ts';
import { endTaken, isTooLate } from '../running.ts';
import { tell } from '../tell.ts';

/** How many of those that are over are looked for: nobody rejects what left weeks ago by accident. */
const lately = 100;

export type RejectedCopies = { look(): Promise<void> };

export function createRejectedCopies(parts: Parts): RejectedCopies {
  /** Inode of the copy that lay there when a draft was looked at last; empty: none did. */
  const known = new Map<string, string>();
  let seen: string | undefined;

  const lookAt = async (draft: Draft): Promise<void> => {
    const before = known.get(draft.id);
    const copy = await copyOf(parts, draft);
    // What lay there before the draft came is no answer to it.
    const isNews = before === undefined ? await cameAfter(parts, draft, copy) : before !== copy?.inode;
    if (copy !== undefined && isNews) await parts.lock(draft.id, () => takeAsNo(parts, draft.id, copy));
    // Only now: what failed is looked at once more.
    known.set(draft.id, copy?.inode ?? '');
  };

  return {
    async look() {
      const open = await parts.ledger.drafts.open();
      const stamp = await stampOf(parts, open);
      if (stamp === seen) {
        for (const draft of open) if (!known.has(draft.id)) await lookAt(draft);
        return;
      }
      const left = (await parts.ledger.drafts.settled(lately)).filter(({ state }) => state === 'done');
      const drafts = [...open, ...left];
      for (let from = 0; from < drafts.length; from += atOnce) {
        await Promise.all(drafts.slice(from, from + atOnce).map(lookAt));
      }
      const ids = new Set(drafts.map(({ id }) => id));
      for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
      seen = stamp;
    },
  };
}

const atOnce = 16;

/** After a start only the time of the copy tells whether it is news. */
async function cameAfter(parts: Parts, draft: Draft, copy: VaultFile | undefined): Promise<boolean> {
  if (copy === undefined) return false;
  const arrived = await parts.vault.arrivedAt(copy.folder, copy.path);
  const left = (await parts.ledger.attempts.of(draft.id)).at(-1)?.committedAt;
  return arrived !== undefined && arrived > (left ?? draft.createdAt);
}

/** Changes whenever a name comes into Rejected, or into a sub-folder of it that a draft of ours would go to. */
async function stampOf({ vault }: Parts, open: readonly Draft[]): Promise<string> {
  const subs = new Set(open.flatMap(({ file }) => (file.path.includes('/') ? [file.path.split('/')[0] ?? ''] : [])));
  const stamps = await Promise.all([undefined, ...subs].map((sub) => vault.changedAt('Rejected', sub)));
  return stamps.join(' ');
}

/** A file in Rejected that says what the draft says, and that no draft on record put there. */
async function copyOf(parts: Parts, draft: Draft): Promise<VaultFile | undefined> {
  const { path } = draft.file;
  for (const name of new Set([path, path.slice(path.lastIndexOf('/') + 1)])) {
    const there = await parts.vault.look('Rejected', name);
    if (there === undefined || (await parts.ledger.drafts.byPlace('Rejected', name)) !== undefined) continue;
    if (there.contentHash === draft.file.contentHash) return there;
    // What left has its result in its front matter by now, so its bytes are others than those of the copy.
    const revision = await currentRevision(parts, draft);
    const likeness = await likenessOfFile(parts, there, draft.choice);
    if (likeness !== '' && likeness === revision?.likeness) return there;
  }
  return undefined;
}

async function takeAsNo(parts: Parts, draftId: string, copy: VaultFile): Promise<void> {
  const draft = await parts.ledger.drafts.byId(draftId);
  if (draft === undefined) return;
  const last = (await parts.ledger.attempts.of(draftId)).at(-1);
  const mayHaveLeft = last?.committedAt !== undefined && (last.outcome ?? 'unknown') !== 'refused';
  if (mayHaveLeft && draft.state !== 'pending' && draft.state !== 'approved') {
    const name = strange(draft.file.path.split('/').at(-1) ?? draft.file.path, 80);
    const when = localMoment(last.committedAt, parts.clock.now());
    const text = `Too late for ${name}: it left at ${when}, and came into Rejected only since.`;
    const note = { text, loud: true, links: [], key: draft.key };
    await tell(parts, parts.ledger, draftId, note, `${last.id}:rejected:${copy.contentHash}`);
    return;
  }
  await reject(parts, draft, copy);
}

async function reject(parts: Parts, draft: Draft, copy: VaultFile): Promise<void> {
  const at = parts.clock.now();
  const decision = {
    id: createId(at, parts.random),
    draftId: draft.id,
    revision: draft.revision ?? '',
    verb: 'reject',
    actor: vaultOwner,
    at,
    reason: `a copy came into ${copy.folder}`,
    knew: [],
  } as const;
  const won = await parts.ledger.tx(async (tables) => {
    const to = { state: 'rejected', notBefore: undefined, trouble: undefined } as const;
    if (await isTooLate(tables, draft.id)) return false;
    if (!(await tables.drafts.change(draft.id, { from: ['pending', 'approved', 'in_progress'] }, to, at))) return false;
    await tables.decisions.append(decision);
    await endTaken(tables, draft.id, at);
    await tables.jobs.add({ kind: jobKinds.settle, key: draft.id, serialKey: draft.id, runAt: at });
    return true;
  });
  if (!won) return;
  parts.running.takeBack(draft.id);
  parts.logger.info(`Rejected by a copy in ${copy.folder}: ${draft.file.path}`);
  await present(parts, draft.id);
}
