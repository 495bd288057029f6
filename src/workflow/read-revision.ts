/**
 * File → revision: what would leave if it were approved now, with everything that speaks against it. The revision row
 * is what cards show, decisions name and executors get.
 */
import { canonicalEffect } from '../domain/effect.ts';
import type { Effect } from '../domain/effect.ts';
import { markLength } from '../domain/draft.ts';
import type { Draft, FileLayout, Revision } from '../domain/draft.ts';
import type { DraftChange } from '../domain/ledger-port.ts';
import type { Platform } from '../domain/platform.ts';
import { blocks, warns } from '../domain/problem.ts';
import type { Problem } from '../domain/problem.ts';
import type { LineRange, Reading } from '../domain/reading.ts';
import { likenessHash } from '../ledger/likeness.ts';
import { sha256 } from '../lib/hash.ts';
import { countHidden } from '../lib/words.ts';
import type { VaultFile } from '../vault/types.ts';
import type { Parts } from './parts.ts';
import { ownsPlace } from './whose-file.ts';

export type ReadRevision = { readonly file: VaultFile; readonly revision: Revision };

/**
 * What the record must say after a reading. Always all of it: a file may turn from a post into a mail, and a revision
 * beside the platform of an older one would send it to the wrong place.
 */
export const onOffer = ({ file, revision }: ReadRevision): DraftChange => ({
  file,
  revision: revision.hash,
  platform: revision.effect.platform,
  account: revision.effect.account,
});

/** Whether the record says all that already. */
export const isOnOffer = (draft: Draft, { file, revision }: ReadRevision): boolean =>
  draft.revision === revision.hash &&
  draft.platform === revision.effect.platform &&
  draft.account === revision.effect.account &&
  draft.file.contentHash === file.contentHash &&
  draft.file.inode === file.inode;

/**
 * Reads the draft's file where the ledger last saw it and puts the revision on record.
 * @returns undefined when the file is not there any more, or is another's
 */
export async function readRevision(parts: Parts, draft: Draft): Promise<ReadRevision | undefined> {
  const found = await parts.vault.read(draft.file.folder, draft.file.path, draft.choice);
  if (found === undefined) return undefined;
  // What is read has inode and bytes on record nearly always: then it is this draft's, and need not be looked at once more.
  const isSame = found.file.inode === draft.file.inode && found.file.contentHash === draft.file.contentHash;
  if (!isSame && !(await ownsPlace(parts, draft))) return undefined;
  const read = await toRevision(parts, draft.id, found.file, found.reading);
  const known = await parts.ledger.revisions.find(draft.id, read.hash);
  const revision = { ...read, mark: known?.mark ?? parts.random.key(markLength) };
  const news =
    known === undefined ||
    JSON.stringify([known.problems, known.layout]) !== JSON.stringify([revision.problems, revision.layout]);
  if (news) await parts.ledger.revisions.put(revision);
  return { file: found.file, revision };
}

/** What a file that is no draft's would do, as `Revision.likeness`; empty when nothing in it can be approved. */
export async function likenessOfFile(parts: Parts, file: VaultFile, choice: string): Promise<string> {
  const found = await parts.vault.read(file.folder, file.path, choice);
  return found === undefined ? '' : (await toRevision(parts, '', found.file, found.reading)).likeness;
}

async function toRevision(
  parts: Parts,
  draftId: string,
  file: VaultFile,
  reading: Reading,
): Promise<Omit<Revision, 'mark'>> {
  const executor = parts.executors.get(reading.effect.platform);
  const effect: Effect = { ...reading.effect, account: executor?.account ?? '' };
  const base = { draftId, effect, layout: layoutOf(reading), at: parts.clock.now() };
  if (reading.kind !== 'draft') {
    // Nothing can be approved here, so the revision only has to change when the file does.
    const problems = [...reading.problems, ...candidateProblem(reading)];
    return { ...base, hash: sha256(`unread:${file.contentHash}`), likeness: '', problems, original: '' };
  }
  const hash = sha256(canonicalEffect(effect));
  const placed = effect.platform !== '';
  const problems = [
    ...reading.problems,
    ...(placed ? setUpProblems(parts, effect) : []),
    ...(platformOf(parts, effect)?.check(effect) ?? []),
    ...(executor?.check(effect) ?? []),
  ];
  problems.push(...hiddenProblems(effect));
  return { ...base, hash, likeness: likenessHash(effect), problems, original: reading.original };
}

const layoutOf = (reading: Reading): FileLayout => ({
  kind: reading.kind,
  candidates: reading.kind === 'unclear' ? reading.candidates : [],
  ...(reading.kind === 'draft' ? { lines: linesOf(reading.span) } : {}),
  leftOut: reading.kind === 'not_publishable' ? [] : reading.leftOut,
  ...(reading.kind === 'not_publishable' || reading.set === '' ? {} : { set: reading.set }),
  ...(reading.kind === 'not_publishable' || reading.zone === undefined ? {} : { zone: reading.zone }),
});

const linesOf = ({ firstLine, lastLine }: LineRange): LineRange => ({ firstLine, lastLine });

const platformOf = (parts: Parts, effect: Effect): Platform | undefined =>
  parts.platforms.find(({ id }) => id === effect.platform);

function setUpProblems(parts: Parts, effect: Effect): readonly Problem[] {
  const platform = platformOf(parts, effect);
  if (platform === undefined) return [];
  const executor = parts.executors.get(platform.id);
  if (executor !== undefined) return executor.missing();
  return [
    blocks(
      'platform_not_set_up',
      `${platform.label} is not set up here.`,
      `Add the ${platform.label} settings to .env and restart, or reject the draft.`,
    ),
  ];
}

/** What leaves is shown and sent as it is, but a person can't see these, and no app shows them alike. */
export function hiddenProblems(effect: Effect): readonly Problem[] {
  const { text, subject, target, to, cc, bcc, media } = effect;
  const count = [text, subject, target, ...to, ...cc, ...bcc, ...media.map(({ name }) => name)]
    .map(countHidden)
    .reduce((sum, one) => sum + one, 0);
  if (count === 0) return [];
  return [
    warns(
      'hidden_signs',
      `${count === 1 ? 'One sign' : `${count} signs`} in it can’t be seen or turn the writing direction: readers may see another text than you.`,
      'Edit it to take them out, or leave them if they belong there.',
    ),
  ];
}

function candidateProblem(reading: Exclude<Reading, { kind: 'draft' }>): readonly Problem[] {
  if (reading.kind === 'not_publishable' || reading.problems.some((problem) => problem.code === 'unclear_text'))
    return [];
  return [
    blocks(
      'unclear_text',
      'It is not clear which part of the file is the text to send.',
      'Put the text under a heading "## Post Content" (or "## Email Body") of its own.',
    ),
  ];
}
