/** Messages without a draft, for whoever wants to look through them. Only `draftReply` changes anything. */
import type { Actor } from '../../domain/actor.ts';
import type { UndraftedRow } from '../../domain/undrafted.ts';
import type { Door } from '../../domain/ports.ts';
import type { UndraftedEntry, UndraftedMessage } from '../../domain/undrafted.ts';
import { kindWords, whyWords } from '../../domain/undrafted.ts';
import { whyNoDraft } from '../../domain/why-no-draft.ts';
import { oneLine } from '../../lib/words.ts';
import type { Parts } from '../parts.ts';
import { draftedWords, draftReply } from './draft.ts';
import { itemText } from './item-text.ts';

type UndraftedDoor = Pick<Door, 'undrafted' | 'undraftedMessage' | 'draftReply'>;

/** @param look called when a draft was written: it lies in its folder and has no card yet */
export function createUndrafted(parts: Parts, look: () => void): UndraftedDoor {
  return {
    async undrafted(from, limit) {
      const shown = await parts.ledger.undrafted.list(from, limit);
      const [first, last] = [shown.at(0), shown.at(-1)];
      return {
        messages: shown.map(entryOf),
        total: await parts.ledger.undrafted.count(),
        hasNewer: first !== undefined && (await isNextTo(parts, { newerThan: first.key })),
        hasOlder: last !== undefined && (await isNextTo(parts, { olderThan: last.key })),
      };
    },
    async undraftedMessage(key) {
      const row = await parts.ledger.undrafted.find(key);
      return row === undefined ? undefined : await messageOf(parts, row);
    },
    async draftReply(actor: Actor, key: string) {
      const verdict = await draftReply(parts, actor, key);
      if (verdict.kind === 'accepted') look();
      return verdict;
    },
  };
}

const isNextTo = async ({ ledger }: Parts, from: Parameters<UndraftedDoor['undrafted']>[0]): Promise<boolean> =>
  (await ledger.undrafted.list(from, 1)).length > 0;

const entryOf = ({ key, at, undrafted: { from, subject, why } }: UndraftedRow): UndraftedEntry => ({
  key,
  at,
  sender: from === undefined ? '' : oneLine(from.name === '' ? from.address : `${from.name} <${from.address}>`, 400),
  subject: oneLine(subject, 500),
  kind: kindWords(why),
  why: whyWords(why),
});

async function messageOf(parts: Parts, row: UndraftedRow): Promise<UndraftedMessage> {
  const item = await parts.ledger.items.find(row.itemKey);
  const { answer } = row.undrafted;
  if (item === undefined) {
    const words = 'It is not on record any more.';
    return { ...entryOf(row), file: '', text: '', noText: words, answer: { kind: 'impossible', words } };
  }
  const found = await itemText(parts, row, item);
  const text = found.kind === 'found' ? found.text : '';
  const noText = found.kind !== 'found' ? `${found.words}.` : text === '' ? 'No text of it could be read.' : '';
  const there = await draftedWords(parts, row, item);
  const whole = { ...entryOf(row), file: found.file, text, noText };
  if (there !== undefined) return { ...whole, answer: { kind: 'drafted', words: there } };
  if (answer.kind === 'impossible') {
    const words = `No answer can be drafted: ${whyNoDraft[answer.obstacle]}.`;
    return { ...whole, answer: { kind: 'impossible', words } };
  }
  if (found.kind !== 'found')
    return { ...whole, answer: { kind: 'impossible', words: 'Without its text no answer can be drafted.' } };
  return { ...whole, answer: { kind: 'possible', to: answer.reply.to.map(({ address }) => address) } };
}
