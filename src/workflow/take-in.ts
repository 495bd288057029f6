/**
 * Item → file in Needs_Action → draft in Pending_Approval, exactly once. File names carry a piece of the item's key, so
 * that after a crash the question "did I write it already?" has an answer on disk.
 */
import { bareAddress } from '../domain/effect.ts';
import type { Item } from '../domain/item.ts';
import type { ItemRow } from '../domain/ledger-port.ts';
import type { Folder } from '../domain/lifecycle.ts';
import { sha256 } from '../lib/hash.ts';
import { inertSentence, inertValue, inertWords } from '../lib/inert.ts';
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
  const mark = sha256(told.key).slice(0, 6);
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
  const places: readonly Folder[] = ['Pending_Approval', 'Approved', 'In_Progress', 'Done', 'Rejected', 'Failed'];
  const draftFile =
    draft === undefined
      ? ''
      : await writeOnce(parts, 'Pending_Approval', markedStem(draft.fileStem, mark), draft.content, places);
  await parts.ledger.items.put({ ...row, file, draftFile, state: 'drafted' });
  parts.logger.info(`${oneLine(item.title, 120)}: ${draft === undefined ? 'no draft' : 'draft written'}`);
  return 'new';
}

const unanswerable = (item: Item): Item =>
  item.draftable.kind === 'reply' ? { ...item, draftable: { kind: 'none', why: sameId } } : item;

const sameId =
  'a message with the same id came in from this sender before, and an answer could not say which one it means';

async function draftFor(parts: Parts, item: Item): Promise<{ fileStem: string; content: string } | undefined> {
  for (const drafter of parts.drafters) {
    const draft = await drafter.draft(item);
    if (draft !== undefined) return draft;
  }
  return undefined;
}

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
    .map(([key, value]) => `${key}: ${inertValue(value, 1_000)}`);
  const why =
    item.draftable.kind === 'none'
      ? `\n> No draft was written: ${inertSentence(oneLine(item.draftable.why, 300))}\n`
      : '';
  const careful = cautions.map((caution) => `Careful: ${inertSentence(caution)}\n\n`).join('');
  return `---\n${lines.join('\n')}\n---\n\n# ${inertWords(item.title, 200)}\n${why}\n${careful}${item.body.trimEnd()}\n`;
}
