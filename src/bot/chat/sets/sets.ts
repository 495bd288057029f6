/**
 * Drafts of one idea: each keeps its own card, and when at least two of them stand in the chat and ask, one message
 * below says what becomes of all of them and decides about them at once. It follows the cards with a small delay, so
 * that a handful which comes together is one message, and one sound.
 */
import type { Card } from '../../../domain/card.ts';
import type { Door } from '../../../domain/ports.ts';
import type { Clock } from '../../../lib/clock.ts';
import { createKeyedLock } from '../../../lib/keyed-lock.ts';
import type { Logger } from '../../../lib/logger.ts';
import { messageOf } from '../../../lib/words.ts';
import type { DraftMark } from '../memory/draft-mark.ts';
import type { Doubts } from '../cards/unconfirmed.ts';
import type { Messenger } from '../messenger.ts';
import { homeOf } from '../places.ts';
import type { Places } from '../waiting.ts';
import type { Quiet } from '../sound/quiet.ts';
import type { Remembered } from '../memory/memory.ts';
import type { SetMark } from '../memory/set-rows.ts';
import { createSetDrawing } from './draw.ts';
import { createSetRound } from './round.ts';
import { createSetMarks } from './marks.ts';
import type { SetMarks } from './marks.ts';
import { createSetSound } from './sound.ts';
import type { SetSound } from './sound.ts';
import { createSetWake } from './wake.ts';
import type { SetWake } from './wake.ts';
import type { MediaMemory } from '../cards/shown-attachments.ts';
import { showTrouble } from '../trouble.ts';
import type { Trouble } from '../trouble.ts';

export type Sets = {
  /** Whether this card comes without a sound, because the message below it makes one. */
  speaksFor(card: Card): Promise<boolean>;
  /** A card was shown or rewritten. Never waits. */
  noticed(card: Card): void;
  /**
   * Somebody tapped on a list. Draws what `change` makes of it.
   * @param name of the list the button meant
   * @param none called when no such list is known any more
   */
  update(
    name: string,
    change: (mark: SetMark, list: readonly DraftMark[]) => Promise<SetMark>,
    none: () => Promise<void>,
  ): Promise<void>;
  start(): void;
  /** Draws no more. Resolves when what is being drawn stands and is remembered: else it would stand there twice. */
  stop(): Promise<void>;
};

export type SetsParts = {
  readonly door: Door;
  readonly places: Places;
  readonly messenger: Messenger;
  readonly remembered: Remembered;
  readonly media: MediaMemory;
  readonly doubts: Doubts;
  readonly quiet: Quiet;
  readonly clock: Clock;
  readonly logger: Logger;
  /** So many drafts wait at cards of their own; 0: all. */
  readonly from: number;
};

export function createSets(parts: SetsParts): Sets {
  const lock = createKeyedLock();
  const rows = createSetMarks(parts);
  const sound = createSetSound(parts, rows.all);
  const changed = new Map<string, Card>();
  /** What came or went while we were off is not told to us. */
  let isCurrent = false;
  const run = () =>
    lock('sets', async () => {
      const cards = [...changed.values()];
      changed.clear();
      if (isCurrent) return await draws.changed(cards);
      await draws.everything();
      isCurrent = true;
    });
  const wake = createSetWake({ clock: parts.clock, run, failed: said });
  const draws = createDraws(parts, rows, sound, wake);

  function said(thrown: unknown): void {
    parts.logger.warn(`the message about drafts of one idea failed: ${messageOf(thrown)}`);
  }

  return {
    speaksFor: sound.speaksFor,
    noticed(card) {
      if (card.set === undefined && !rows.isMember(card.key)) return;
      changed.set(card.key, card);
      wake.soon();
    },
    update: (name, change, none) =>
      lock('sets', async () => {
        const found = await rows.named(name);
        if (found === undefined) return none();
        await rows.keep(await change(found.mark, found.list));
        await draws.now([found.mark.id]);
      }),
    start() {
      wake.start();
      // Not at once: it reads every card that waits, and what a crash left comes first.
      wake.soon();
    },
    stop() {
      wake.stop();
      return lock('sets', async () => undefined);
    },
  };
}

type Draws = {
  now(ids: readonly string[]): Promise<void>;
  changed(cards: readonly Card[]): Promise<void>;
  everything(): Promise<void>;
};

/** What could not be drawn is tried again. */
function createDraws(parts: SetsParts, rows: SetMarks, sound: SetSound, wake: SetWake): Draws {
  const { door, messenger } = parts;
  const round = createSetRound({ door, rows, sound, drawing: createSetDrawing({ ...parts, ...rows }) });
  const due = new Set<string>();

  async function draw(ids: readonly string[]): Promise<void> {
    const open = await door.cards(0);
    for (const id of ids) {
      const answer = await round.draw(id, open);
      if (answer.kind === 'ok') continue;
      due.add(id);
      wake.retry(waitMs(answer.trouble));
    }
    const surplus = await rows.surplus();
    if (surplus !== undefined) await round.close(surplus);
  }

  async function now(ids: readonly string[]): Promise<void> {
    for (const id of ids) due.add(id);
    if (due.size === 0 || (await homeOf(messenger)) === '') return;
    const all = [...due];
    due.clear();
    try {
      await draw(all);
    } catch (thrown) {
      for (const id of all) due.add(id);
      throw thrown;
    }
  }

  const named = (cards: readonly Card[]) => cards.flatMap(({ set }) => (set === undefined ? [] : [set.id]));
  return {
    now,
    async changed(cards) {
      // One that names another idea now is missed where it was.
      const left = (await rows.all()).filter(({ members }) => cards.some(({ key }) => members.includes(key)));
      await now([...named(cards), ...left.map(({ id }) => id)]);
    },
    async everything() {
      const open = named(await door.cards(0));
      await now([...open, ...(await rows.all()).map(({ id }) => id)]);
    },
  };
}

const waitMs = (trouble: Trouble): number => {
  const result = showTrouble(trouble);
  return result.kind === 'later' ? result.afterSeconds * 1_000 : 60_000;
};
