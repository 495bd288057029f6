/**
 * The draft that a message would have got, because a person wants it: the same drafter, the same rules for its name, and
 * the same record, so that the item follows its answer. However often and by whomever it is asked for, there is one; who
 * comes later is told where it is.
 */
import { mayAct } from '../../domain/approver.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Verdict } from '../../domain/decision.ts';
import type { Draft } from '../../domain/draft.ts';
import { bareAddress } from '../../domain/effect.ts';
import { mostOriginal } from '../../domain/item.ts';
import type { ReplyContext } from '../../domain/item.ts';
import type { ItemRow } from '../../domain/ledger-port.ts';
import type { UndraftedRow } from '../../domain/undrafted.ts';
import { whyNoDraft } from '../../domain/why-no-draft.ts';
import { cut, messageOf, oneLine, strange } from '../../lib/words.ts';
import { markedStem } from '../../vault/names.ts';
import { refused } from '../decide/words.ts';
import type { Parts } from '../parts.ts';
import { currentRevision } from '../present.ts';
import { draftFor, markOf, writeDraft } from '../take-in.ts';
import { itemText } from './item-text.ts';

export async function draftReply(parts: Parts, actor: Actor, key: string): Promise<Verdict> {
  const permission = mayAct(parts, actor, 'draft_reply');
  if (permission.kind === 'refused') return refused('not_allowed', permission.why);
  const row = await parts.ledger.undrafted.find(key);
  if (row === undefined) return refused('unknown_draft', forgotten);
  try {
    const verdict = await parts.lock(`item:${row.itemKey}`, () => draftOnce(parts, row));
    const words = verdict.kind === 'accepted' ? 'written' : `not written (${verdict.say})`;
    parts.logger.info(oneLine(`Reply wished for by ${actor.source}:${oneLine(actor.name, 40)}: draft ${words}`, 300));
    return verdict;
  } catch (thrown) {
    parts.logger.error(`A reply could not be drafted: ${messageOf(thrown)}`, thrown);
    return refused('trouble', 'The draft could not be written. Please try again; the log says why.');
  }
}

const forgotten =
  'I don’t know this mail any more: after 30 days I forget which got no draft. Its file may still lie in Needs_Action.';

async function draftOnce(parts: Parts, row: UndraftedRow): Promise<Verdict> {
  const item = await parts.ledger.items.find(row.itemKey);
  const answer = row.undrafted.answer;
  if (item === undefined) return refused('unknown_draft', forgotten);
  if (answer.kind === 'impossible')
    return refused('blocked', `No answer can be drafted: ${whyNoDraft[answer.obstacle]}.`);
  const there = await draftedWords(parts, row, item);
  if (there !== undefined) return refused('decided', there);
  const found = await itemText(parts, row, item);
  if (found.kind !== 'found')
    return refused('blocked', `${found.words}. Please answer it in your mail program, or write the draft yourself.`);
  const reply = { ...answer.reply, original: cut(found.text, mostOriginal) };
  const whole = { ...row.item, key: row.itemKey, at: row.at, body: '', draftable: { kind: 'reply', reply } } as const;
  const draft = await draftFor(parts, whole);
  if (draft === undefined) return refused('blocked', 'There is nobody to draft an answer to it.');
  // The name goes on record first: it has the day in it, and after a crash the same one must be found again.
  const stem = await parts.ledger.undrafted.name(row.key, markedStem(draft.fileStem, markOf(whole)));
  if (stem === undefined) return refused('unknown_draft', forgotten);
  const draftFile = await writeDraft(parts, stem, draft.content);
  await parts.ledger.tx(async (tables) => {
    await tables.items.put({ ...item, draftFile });
    await tables.undrafted.close(row.itemKey);
  });
  return { kind: 'accepted', say: 'A draft is written; its card comes.' };
}

/** Where its answer is already, in a sentence; undefined when there is none. */
export async function draftedWords(
  parts: Pick<Parts, 'ledger'>,
  { undrafted }: UndraftedRow,
  { draftFile, file }: ItemRow,
): Promise<string | undefined> {
  if (draftFile !== '') return `It has a draft already: ${await placeOf(parts, draftFile)}.`;
  if (file.startsWith('Done/')) return `It was answered already; its file lies in Done: ${strange(file, 200)}.`;
  if (undrafted.answer.kind === 'impossible') return undefined;
  const draft = await openAnswer(parts, undrafted.answer.reply);
  return draft === undefined ? undefined : `A draft that answers it waits already: ${standingOf(draft)}.`;
}

/** Whoever wrote it: it names the message, and goes to whom the message asks to be answered. */
async function openAnswer({ ledger }: Pick<Parts, 'ledger'>, { thread, to }: ReplyContext): Promise<Draft | undefined> {
  if (thread.inReplyTo === '') return undefined;
  const wished = new Set(to.map(({ address }) => bareAddress(address)));
  for (const draft of await ledger.drafts.answering(thread.inReplyTo)) {
    const effect = (await currentRevision({ ledger }, draft))?.effect;
    const reached = effect === undefined ? [] : [...effect.to, ...effect.cc, ...effect.bcc];
    if (reached.some((address) => wished.has(bareAddress(address)))) return draft;
  }
  return undefined;
}

/** The newest draft with its name; people rename and delete files. */
async function placeOf({ ledger }: Pick<Parts, 'ledger'>, draftFile: string): Promise<string> {
  const name = draftFile.slice(draftFile.lastIndexOf('/') + 1);
  const [draft] = await ledger.drafts.byTrace({ contentHash: '', inode: '', name });
  return draft === undefined ? strange(draftFile, 200) : standingOf(draft);
}

const standingOf = ({ state, file }: Draft): string =>
  state === 'vanished'
    ? `${strange(nameOf(file.path), 200)}, which is there no more`
    : `${strange(nameOf(file.path), 200)} in ${file.folder}`;

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
