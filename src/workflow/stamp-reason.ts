/**
 * Why a draft was rejected, in the front matter of its file, so that whoever writes drafts can learn from it; taken out
 * again when the rejection is undone. Nice to have: what counts is the record.
 */
import type { Decision } from '../domain/decision.ts';
import type { Draft } from '../domain/draft.ts';
import type { Parts } from './parts.ts';

const key = 'rejected_reason';

/** The reason a person gave for the rejection that counts now; empty when none was given or it was undone. */
export function rejectionReason(decisions: readonly Decision[]): string {
  const from = decisions.findLastIndex(({ verb }) => verb === 'reject' || verb === 'undo');
  const since = from < 0 ? [] : decisions.slice(from);
  return since.findLast(isReason)?.reason ?? '';
}

const isReason = ({ verb, reason, actor }: Decision): boolean =>
  (verb === 'reject' || verb === 'reason') && reason !== '' && actor.source !== 'vault';

/** For a draft whose file lies where it belongs. Returns it with its new trace. */
export async function stampReason(parts: Parts, draft: Draft): Promise<Draft> {
  if (draft.state !== 'rejected' && draft.state !== 'pending') return draft;
  const decisions = await parts.ledger.decisions.of(draft.id);
  // Files nobody ever gave a reason for are not even read.
  if (!decisions.some(isReason)) return draft;
  const there = await parts.vault.look(draft.file.folder, draft.file.path);
  if (there === undefined) return draft;
  const reason = draft.state === 'rejected' ? rejectionReason(decisions) : '';
  const keep = async (file: Draft['file']) => {
    await parts.ledger.drafts.change(draft.id, { from: [draft.state] }, { file }, parts.clock.now());
  };
  // What will be written is on record before it is: a crash in between must not make the file look like another's.
  const result = await parts.vault.stamp(there, [[key, reason === '' ? undefined : reason]], (contentHash) =>
    keep({ ...there, contentHash }),
  );
  if (result.kind === 'failed') parts.logger.warn(`The reason could not be written: ${result.problem.what}`);
  const file = result.kind === 'written' ? result.file : there;
  if (file.inode !== draft.file.inode || file.contentHash !== draft.file.contentHash) await keep(file);
  return { ...draft, file };
}
