/** P3 and the folder's half of P4: nothing is lost, and each draft lies where the record says. */
import type { Draft } from '../../domain/draft.ts';
import type { DraftState, Folder } from '../../domain/lifecycle.ts';
import type { Surveyed } from '../../vault/survey.ts';
import { breach } from './seen.ts';
import type { Breach, Seen } from './seen.ts';

/** Said once more here, so that a slip in the lifecycle's own table is noticed. */
const homes: Readonly<Record<Exclude<DraftState, 'vanished'>, Folder>> = {
  pending: 'Pending_Approval',
  approved: 'Approved',
  in_progress: 'In_Progress',
  unknown: 'In_Progress',
  done: 'Done',
  rejected: 'Rejected',
  failed: 'Failed',
};

export const auditFolders = (seen: Seen): readonly Breach[] => [
  ...auditAnswers(seen),
  ...auditWritten(seen),
  ...(seen.settled ? auditPlaces(seen) : []),
];

/** A person was told "accepted": then the decision is on record, also after a crash in the next instant. */
function auditAnswers({ accepted = [], record }: Seen): readonly Breach[] {
  const keys = new Map(record.drafts.map(({ id, key }) => [id, key]));
  const left = record.decisions.map(({ draftId, verb, actor }) => `${keys.get(draftId)}:${verb}:${actor.id}`);
  const found: Breach[] = [];
  for (const { key, verb, actorId } of accepted) {
    const at = left.indexOf(`${key}:${verb}:${actorId}`);
    if (at === -1)
      found.push(breach('P3', 'decision_lost', `${verb} by ${actorId} on ${key} was accepted, but is not on record`));
    else left.splice(at, 1);
  }
  return found;
}

function auditWritten({ written = [], files, settled }: Seen): readonly Breach[] {
  return written.flatMap(({ mark, least, most }) => {
    // While a file is moved it has two names for an instant.
    const inodes = new Set(files.filter(({ text }) => text.includes(mark)).map(({ inode }) => inode));
    const places = files.filter(({ text }) => text.includes(mark)).map(placeOf);
    const count = settled ? places.length : inodes.size;
    const words = `${mark}: ${least} to ${most} files expected, found ${places.join(', ') || 'none'}`;
    if (count < least) return [breach('P3', 'lost', words)];
    return count > most ? [breach('P3', 'doubled', words)] : [];
  });
}

function auditPlaces({ files, record }: Seen): readonly Breach[] {
  const there = new Map(files.map((file) => [placeOf(file), file]));
  const claims = Map.groupBy(
    record.drafts.filter(({ state }) => state !== 'vanished'),
    (draft) => placeOf(draft.file),
  );
  const owners = new Map<string, Draft>();
  const found: Breach[] = [];
  for (const [place, drafts] of claims) {
    const [first, second] = drafts.filter(isOpen);
    if (second !== undefined)
      found.push(breach('P3', 'two_drafts', `Drafts ${first?.id} and ${second.id} both claim ${place}`));
    const file = there.get(place);
    const owner = file === undefined ? first : ownerOf(file, drafts);
    if (owner === undefined) continue;
    owners.set(place, owner);
    found.push(...auditOwned(place, owner, file));
  }
  return [...found, ...auditFiles(files, owners)];
}

/** Of a draft that is over, a file with other bytes is a new one that came to lie where its own was. */
function ownerOf(file: Surveyed, drafts: readonly Draft[]): Draft | undefined {
  const same = drafts.findLast((draft) => draft.file.inode === file.inode);
  return same ?? drafts.findLast((draft) => isOpen(draft) || draft.file.contentHash === file.contentHash);
}

function auditOwned(place: string, draft: Draft, file: Surveyed | undefined): readonly Breach[] {
  if (file === undefined) return [breach('P3', 'gone', `${place} of ${draft.state} draft ${draft.id} is not there`)];
  if (draft.state !== 'vanished' && draft.file.folder !== homes[draft.state]) {
    return [breach('P4', 'wrong_folder', `${place} belongs to a draft that is ${draft.state}`, draft.id)];
  }
  if (!isOpen(draft) || file.contentHash === draft.file.contentHash) return [];
  return [breach('P4', 'other_bytes', `${place} says something else than the record of draft ${draft.id}`)];
}

function auditFiles(files: readonly Surveyed[], owners: ReadonlyMap<string, Draft>): readonly Breach[] {
  const names = new Map<string, string>();
  const found: Breach[] = [];
  for (const file of files) {
    const place = placeOf(file);
    const other = names.get(file.inode);
    if (other !== undefined) found.push(breach('P3', 'two_places', `${other} and ${place} are one file`));
    names.set(file.inode, place);
    const waits = file.folder === 'Pending_Approval' || file.folder === 'Approved' || file.folder === 'In_Progress';
    if (waits && !owners.has(place)) found.push(breach('P3', 'unseen', `${place} is no draft on record`));
  }
  return found;
}

/** A file whose outcome is asked for may be gone: the question stays. */
const isOpen = ({ state }: Draft): boolean => state === 'pending' || state === 'approved';

const placeOf = ({ folder, path }: { readonly folder: Folder; readonly path: string }): string => `${folder}/${path}`;
