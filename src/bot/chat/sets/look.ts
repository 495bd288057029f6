/** How the message below the cards of one idea looks. Strangers' words stand in code, so none can pretend to be a line of ours. */
import type { Card } from '../../../domain/card.ts';
import { oneLine, unmarked } from '../../../lib/words.ts';
import { button, remark } from '../buttons/button.ts';
import type { Row } from '../buttons/button.ts';
import { listName, marksOf } from '../decide-many.ts';
import { paragraphs, richText } from '../text/text.ts';
import type { RichText } from '../text/text.ts';
import type { Member } from './members.ts';
import { encodeWish } from '../buttons/action.ts';

export type SetLook = { readonly text: RichText; readonly rows: readonly Row[] };

/** More lines than that say no more. */
const mostLines = 12;

type Shown = {
  readonly words: string;
  readonly members: readonly Member[];
  /** What the buttons offer to decide; empty when fewer than two wait. */
  readonly offered: readonly Card[];
  /** Of what was decided here last, what can be taken back. */
  readonly undo: readonly Card[];
  readonly verb: 'approve' | 'reject';
};

export function setLook(shown: Shown): SetLook {
  const { words, members } = shown;
  const more = members.length - mostLines;
  const text = paragraphs([
    richText(['bold', `One idea, ${countWords(members)}`], '\n', ['code', oneLine(words, 80)]),
    ...members.slice(0, mostLines).map(memberLines),
    richText(more > 0 ? `… and ${more} more` : ''),
  ]);
  return { text, rows: [...decideRows(shown), ...undoRows(shown)] };
}

function countWords(members: readonly Member[]): string {
  const platforms = new Set(members.map(({ card }) => card.platform ?? ''));
  const all = members.length;
  return `${all} ${platforms.size === all ? (all === 1 ? 'platform' : 'platforms') : 'drafts'}`;
}

function memberLines({ card, why }: Member): RichText {
  const apart = why === '' ? '' : ` · by itself: ${why}`;
  const head = `${oneLine(card.noun, 40)}: ${oneLine(card.standing, 120)}${apart}\n`;
  return richText(head, oneLine(card.headline, 120) || '—');
}

function decideRows({ offered, undo, verb }: Shown): readonly Row[] {
  if (offered.length > 0) {
    const key = listName(marksOf(offered));
    const all = `all ${offered.length}`;
    const act = (kind: 'set_approve' | 'set_reject') => encodeWish({ kind, key, revision: '' });
    return [
      { buttons: [button(`✅ Approve ${all}`, act('set_approve'), 'good')] },
      { buttons: [button(`❌ Reject ${all}`, act('set_reject'), 'bad')] },
    ];
  }
  if (undo.length === 0) return [];
  // Where Approve stood nothing may lie that a thumb which taps twice would take back with it.
  const done = verb === 'approve' ? `✅ ${undo.length} approved` : `❌ ${undo.length} rejected`;
  return [remark(done)];
}

function undoRows({ undo }: Shown): readonly Row[] {
  const [only, ...others] = undo;
  if (only === undefined) return [];
  const name = others.length > 0 ? ` all ${undo.length}` : `: ${unmarked(oneLine(only.noun, 40))}`;
  const key = listName(marksOf(undo));
  return [{ buttons: [button(`↩️ Undo${name}`, encodeWish({ kind: 'set_undo', key, revision: '' }))] }];
}
