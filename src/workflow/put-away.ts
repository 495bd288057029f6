/**
 * The item goes where its answer went: from Needs_Action to Done, once, so that what lies in Needs_Action still needs
 * somebody. Whoever puts it back by hand means it. Nothing is written over, and an item that is gone stays gone.
 */
import type { Draft } from '../domain/draft.ts';
import { bareAddress } from '../domain/effect.ts';
import type { Effect } from '../domain/effect.ts';
import type { ItemRow, Tables } from '../domain/ledger-port.ts';
import type { Folder } from '../domain/lifecycle.ts';
import { oneLine } from '../lib/words.ts';
import { answeredMessage } from './answered.ts';
import { jobKinds } from './parts.ts';
import type { Parts } from './parts.ts';
import { currentRevision } from './present.ts';

/** In the transaction in which the draft is done: a crash can't come in between. */
export const putAwaySoon = (tables: Pick<Tables, 'jobs'>, draftId: string, runAt: Date): Promise<void> =>
  tables.jobs.add({ kind: jobKinds.putAway, key: draftId, serialKey: draftId, runAt });

/** Job. Throws when a file can’t be moved: then it comes back. */
export async function putAway(parts: Parts, draftId: string): Promise<void> {
  const draft = await parts.ledger.drafts.byId(draftId);
  if (draft?.state !== 'done' || (await wasDryRun(parts, draftId))) return;
  for (const { key } of await itemsBehind(parts, draft)) {
    await parts.lock(`item:${key}`, () => putAwayOne(parts, key));
  }
}

/** It ends well without having passed its point of no return: nobody got an answer. */
async function wasDryRun(parts: Parts, draftId: string): Promise<boolean> {
  const last = (await parts.ledger.attempts.of(draftId)).at(-1);
  return last?.outcome === 'posted' && last.committedAt === undefined;
}

/** By the message that is answered, whoever wrote the draft; else by the file that was written for the item. */
async function itemsBehind(parts: Parts, draft: Draft): Promise<readonly ItemRow[]> {
  const { items } = parts.ledger;
  const effect = (await currentRevision(parts, draft))?.effect;
  const message = effect?.thread === undefined ? undefined : await answeredMessage(parts.ledger, effect);
  if (effect !== undefined && message !== undefined) {
    const wished = [message.from, ...message.answerTo].map(({ address }) => bareAddress(address));
    // Handed on to somebody else in the same thread, it is not answered.
    if (!wished.some((address) => reachedBy(effect).has(address))) return [];
    const named = await items.ofMessage(message.id, bareAddress(message.from.address));
    if (named.length > 0) return named;
  }
  const name = draft.file.path.slice(draft.file.path.lastIndexOf('/') + 1);
  return await items.ofDraft(places.map((folder) => `${folder}/${name}`));
}

const places: readonly Folder[] = ['Pending_Approval', 'Approved', 'In_Progress', 'Done', 'Rejected', 'Failed'];

const reachedBy = ({ to, cc, bcc }: Effect): ReadonlySet<string> => new Set([...to, ...cc, ...bcc].map(bareAddress));

const from = 'Needs_Action/';

async function putAwayOne(parts: Parts, key: string): Promise<void> {
  const item = await parts.ledger.items.find(key);
  if (item?.file.startsWith(from) !== true) return;
  const path = item.file.slice(from.length);
  const moved = await parts.vault.move({ folder: 'Needs_Action', path }, 'Done');
  if (moved.kind === 'failed') throw new Error(`${item.file} can’t be moved to Done: ${moved.problem.what}`);
  // Moved by a person, or by ourselves before a crash could put it on record.
  const there = moved.kind === 'moved' ? moved.file : await parts.vault.look('Done', path);
  if (there === undefined) {
    parts.logger.info(`${oneLine(item.file, 120)} was answered, and lies there no more.`);
    return;
  }
  await parts.ledger.tx(async ({ items, undrafted }) => {
    await items.put({ ...item, file: `Done/${there.path}` });
    await undrafted.close(key);
  });
  parts.logger.info(`${oneLine(item.file, 120)} was answered: moved to Done.`);
}
