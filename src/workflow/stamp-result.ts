/** Writes the result into the front matter of a finished file, for people who read the vault. Nice to have, never needed. */
import type { Parts } from './parts.ts';

export const stampResult = (parts: Parts, draftId: string): Promise<void> =>
  parts.lock(draftId, () => stamp(parts, draftId));

async function stamp(parts: Parts, draftId: string): Promise<void> {
  const draft = await parts.ledger.drafts.byId(draftId);
  if (draft?.state !== 'done' || draft.file.folder !== 'Done') return;
  const attempt = (await parts.ledger.attempts.of(draftId)).at(-1);
  // A dry run ends without having passed its point of no return: nothing was sent, so nothing is written.
  if (attempt?.evidence === undefined || attempt.committedAt === undefined) return;
  const { link, messageId } = attempt.evidence;
  const keys: (readonly [string, string])[] = [['sent_at', (attempt.endedAt ?? attempt.startedAt).toISOString()]];
  if (link !== '') keys.push(['sent_link', link]);
  if (messageId !== '') keys.push(['sent_message_id', messageId]);
  keys.push(['sent_log', `Logs/runs/${attempt.id}`]);
  const result = await parts.vault.stamp(draft.file, keys);
  if (result.kind === 'written') {
    await parts.ledger.drafts.change(draft.id, { from: ['done'] }, { file: result.file }, parts.clock.now());
  } else if (result.kind === 'failed') {
    parts.logger.warn(`The result could not be written into ${draft.file.path}: ${result.problem.what}`);
  }
}
