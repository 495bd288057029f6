/** What the message of one idea says now, worked out from the record and what was said before. */
import type { Card } from '../../../domain/card.ts';
import type { Door } from '../../../domain/ports.ts';
import type { SetMark } from '../memory/set-rows.ts';
import type { SetDrawing } from './draw.ts';
import type { SetMarks } from './marks.ts';
import type { SetSound } from './sound.ts';
import type { Answer } from '../trouble.ts';

export type SetRound = {
  /** @param open cards of everything that is open */
  draw(id: string, open: readonly Card[]): Promise<Answer<number>>;
  /** It is a plain summary from now on, and no more is remembered of it. */
  close(mark: SetMark): Promise<void>;
};

export function createSetRound(parts: { door: Door; drawing: SetDrawing; sound: SetSound; rows: SetMarks }): SetRound {
  const { door, drawing, sound, rows } = parts;

  /** Those a message names that are still of its idea, as they are now, in its order. */
  async function knownTo(mark: SetMark, fresh: readonly Card[]): Promise<readonly Card[]> {
    const cards: Card[] = [];
    for (const key of mark.members) {
      const card = fresh.find((one) => one.key === key) ?? (await door.card(key));
      if (card?.set?.id === mark.id) cards.push(card);
    }
    return cards;
  }

  async function begin(id: string, cards: readonly Card[], mark: SetMark | undefined): Promise<Answer<number>> {
    const answer = await drawing.draw(cards, mark, sound.owed(id));
    if (answer.kind === 'ok') await sound.settle(id, cards, answer.value > 0);
    return answer;
  }

  return {
    async draw(id, open) {
      const mark = await rows.find(id);
      const fresh = open.filter((card) => card.set?.id === id && !isOver(card));
      // One that is on its way may stand there already, and its buttons mean what is remembered.
      if (mark === undefined || mark.messageId === undefined) return await begin(id, fresh, mark);
      const known = await knownTo(mark, fresh);
      const joining = fresh.filter(({ key }) => !mark.members.includes(key));
      const goesOn = known.some(({ key }) => fresh.some((card) => card.key === key));
      if (goesOn) return await begin(id, [...known, ...joining], mark);
      // All of it is decided: the same name later is another round, in a message of its own.
      const begun = await begin(id, joining, undefined);
      if (begun.kind === 'trouble') return begun;
      if (begun.value === 0 && known.length > 0) return await drawing.draw(known, mark, new Set());
      await drawing.close(known, mark);
      if (begun.value === 0) await rows.forget(mark);
      return begun;
    },
    async close(mark) {
      await drawing.close(await knownTo(mark, []), mark);
      await rows.forget(mark);
    },
  };
}

const isOver = ({ mood }: Card): boolean =>
  mood === 'done' || mood === 'rejected' || mood === 'failed' || mood === 'gone';
