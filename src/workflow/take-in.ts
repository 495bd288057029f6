/**
 * Item → file in Needs_Action → draft in Pending_Approval, exactly once. File names carry a piece of the item's key, so
 * that after a crash the question "did I write it already?" has an answer on disk.
 */
import { bareAddress } from '../domain/effect.ts';
import type { Item } from '../domain/item.ts';
import type { ItemRow, Tables } from '../domain/ledger-port.ts';
import type { Folder } from '../domain/lifecycle.ts';
import { whyNoDraft } from '../domain/why-no-draft.ts';
import { sha256 } from '../lib/hash.ts';
import { blocksIn, inBlock, inertSentence, inertValue, inertWords } from '../lib/inert.ts';
import { oneLine } from '../lib/words.ts';
import { markedStem } from '../vault/names.ts';
import { knownOf, newsOf, noteNews } from './conversations.ts';
import { lookAlikes } from './look-alikes.ts';
import type { Parts } from './parts.ts';
import { isAnothers } from './same-id.ts';

export async function takeInItem(parts: Parts, item: Item): Promise<'new' | 'known'> {
  return await parts.lock(`item:${item.key}`, () => takeIn(parts, item));
}

async function takeIn(parts: Parts, told: Item): Promise<'new' | 'known'> {
  const known = await parts.ledger.items.find(told.key);
  if (known?.state === 'drafted') return 'known';
  const mark = markOf(told);
  const { key, watcher, at } = told;
  const seen: ItemRow = { key, watcher, at, file: '', draftFile: '', state: 'seen', messageId: '', sender: '' };
  const message = told.incoming;
  const alike = message === undefined ? [] : await lookAlikes(parts.ledger, message);
  await parts.ledger.tx(async (tables) => {
    const { items, incoming } = tables;
    if (known === undefined) await items.put(seen);
    if (message === undefined) return;
    const news = await knownOf(tables, newsOf(told));
    const excerpt = news.length === 0 ? {} : { excerpt: told.conversation?.text ?? '' };
    await incoming.put({ ...message, ...excerpt, cautions: [...alike, ...message.cautions] });
    await noteNews(parts, tables, news);
  });
  const isNamed = message !== undefined && !(await isAnothers(parts.ledger, message));
  const item = message === undefined || isNamed ? told : unanswerable(told);
  const row = isNamed ? { ...seen, messageId: message.id, sender: bareAddress(message.from.address) } : seen;
  const draft = await draftFor(parts, item);
  // A draft that came ready (a schedule entry) needs nobody's action: its file is the draft itself.
  const file =
    item.draftable.kind === 'ready'
      ? ''
      : await writeOnce(parts, 'Needs_Action', markedStem(item.fileStem, mark), itemFile(item, alike), [
          'Needs_Action',
          'Done',
        ]);
  await parts.ledger.items.put({ ...row, file, state: 'written' });
  const draftFile = draft === undefined ? '' : await writeDraft(parts, markedStem(draft.fileStem, mark), draft.content);
  await parts.ledger.tx(async (tables) => {
    await tables.items.put({ ...row, file, draftFile, state: 'drafted' });
    await noteUndrafted(parts, tables, item);
  });
  parts.logger.info(`${oneLine(item.title, 120)}: ${draft === undefined ? 'no draft' : 'draft written'}`);
  return 'new';
}

/** Ends the stems of its files, so that they are found again. */
export const markOf = ({ key }: Pick<Item, 'key'>): string => sha256(key).slice(0, 6);

function unanswerable(item: Item): Item {
  const { draftable, incoming } = item;
  const answer = { kind: 'impossible', obstacle: 'same_id' } as const;
  if (draftable.kind === 'reply') {
    const { subject = '', from } = incoming ?? {};
    const undrafted = { why: 'same_id', from, subject, answer, text: blocksIn(item.body)[0] ?? '' } as const;
    return { ...item, draftable: { kind: 'none', why: whyNoDraft.same_id, undrafted } };
  }
  if (draftable.kind !== 'none' || draftable.undrafted?.answer.kind !== 'possible') return item;
  return { ...item, draftable: { ...draftable, undrafted: { ...draftable.undrafted, answer } } };
}

/** In the transaction in which the item is done: a crash can't come in between. */
async function noteUndrafted(
  { clock }: Pick<Parts, 'clock'>,
  { undrafted }: Pick<Tables, 'undrafted'>,
  { key, at, watcher, fileStem, title, fields, draftable }: Item,
): Promise<void> {
  if (draftable.kind !== 'none' || draftable.undrafted === undefined) return;
  const { text, ...message } = draftable.undrafted;
  await undrafted.put({
    key: sha256(`undrafted\n${key}`).slice(0, 20),
    itemKey: key,
    at,
    notedAt: clock.now(),
    undrafted: message,
    // As much of a value as the item's file has.
    item: { watcher, fileStem, title, fields: fields.map(([name, value]) => [name, oneLine(value, mostOfValue)]) },
    textHash: text === '' ? '' : sha256(inBlock(text)),
  });
}

/** The first drafter that writes one. */
export async function draftFor(parts: Parts, item: Item): Promise<{ fileStem: string; content: string } | undefined> {
  for (const drafter of parts.drafters) {
    const draft = await drafter.draft(item);
    if (draft !== undefined) return draft;
  }
  return undefined;
}

/** Wherever a draft of this name lies by now, there is no second one. @returns `Folder/name.md` */
export const writeDraft = (parts: Parts, stem: string, content: string): Promise<string> =>
  writeOnce(parts, 'Pending_Approval', stem, content, [
    'Pending_Approval',
    'Approved',
    'In_Progress',
    'Done',
    'Rejected',
    'Failed',
  ]);

/** Writes `stem.md` unless a file of that name lies in one of `places` already: people move files on. */
async function writeOnce(
  parts: Parts,
  folder: Folder,
  stem: string,
  content: string,
  places: readonly Folder[],
): Promise<string> {
  for (const place of places) {
    const there = await parts.vault.look(place, `${stem}.md`);
    if (there !== undefined) return `${place}/${there.path}`;
  }
  const result = await parts.vault.create(folder, stem, content);
  if (result.kind === 'written') return `${folder}/${result.file.path}`;
  // The watcher keeps its cursor and comes back with the same item.
  const what = result.kind === 'failed' ? result.problem.what : 'the name was taken';
  throw new Error(`${folder}/${stem}.md could not be written: ${what}`);
}

const mostOfValue = 1_000;

/** The item as a Markdown file. Title and values are strangers' text: written so that they stay text. */
function itemFile(item: Item, cautions: readonly string[]): string {
  const fields = [
    ['source', item.watcher],
    ['received', item.at.toISOString()],
    ...item.fields,
    ...(item.draftable.kind === 'none' ? [['draft', 'none'] as const, ['why', item.draftable.why] as const] : []),
  ] as const;
  const seen = new Set<string>();
  const lines = fields
    .filter(([key]) => !seen.has(key) && seen.add(key))
    .map(([key, value]) => `${key}: ${inertValue(value, mostOfValue)}`);
  const why =
    item.draftable.kind === 'none'
      ? `\n> No draft was written: ${inertSentence(oneLine(item.draftable.why, 300))}\n`
      : '';
  const careful = cautions.map((caution) => `Careful: ${inertSentence(caution)}\n\n`).join('');
  return `---\n${lines.join('\n')}\n---\n\n# ${inertWords(item.title, 200)}\n${why}\n${careful}${item.body.trimEnd()}\n`;
}
