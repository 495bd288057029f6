/**
 * Makes the channels show what the record says: wanted card against shown card, then notes from the outbox. One
 * delivery at a time per channel; a channel that is down waits with everything kept, and the others go on. A card that
 * only this channel does not take rests alone, and so do the notes of a draft that have to wait: what is behind goes on.
 */
import type { Health } from '../domain/health.ts';
import type { CardRow, OutboxRow } from '../domain/ledger-port.ts';
import type { Channel, TryLater } from '../domain/ports.ts';
import { backoff } from '../lib/backoff.ts';
import { messageOf, strange } from '../lib/words.ts';
import type { Parts } from './parts.ts';
import { createResting, createUnshowable } from './resting.ts';
import type { Resting, Unshowable } from './resting.ts';

const batch = 20;
const longestWaitMs = 60_000;

export type Delivery = {
  /** Channels to which cards can't be delivered: all of them (the far side can't be reached), or some; and since when. */
  troubles(): ReadonlyMap<string, DeliveryTrouble>;
  /** Something may have to be shown: look now. Cheap, never waits. */
  wake(): void;
  /** A channel can be reached again: what waits for it goes now and not after the rest of its wait. */
  retry(name: string): void;
  /** Starts no more and waits for what is under way. */
  stop(): Promise<void>;
};

export type DeliveryTrouble = { readonly since: Date; readonly words: string };

/** A chat that hears us but takes no cards is not well, whatever it says of itself; one nobody opened yet just waits. */
export const withTrouble = (health: Health, trouble: DeliveryTrouble | undefined): Health =>
  trouble === undefined || health.standing === 'troubled' || health.standing === 'starting'
    ? health
    : { ...health, standing: 'troubled', since: trouble.since, words: `Cards wait: ${trouble.words}` };

type Lane = Pick<Delivery, 'wake' | 'stop'> & { readonly trouble: () => DeliveryTrouble | undefined; retry(): void };

type Standing = { readonly kind: 'goes_on' } | Waits;
/** The channel takes nothing now. `trouble`: something is wrong, and it is not only much at once. */
type Waits = {
  readonly kind: 'waits';
  readonly seconds: number;
  readonly words: string;
  readonly trouble: boolean;
};
const goesOn: Standing = { kind: 'goes_on' };

/** What rests by itself while the line goes on. */
type Aside = {
  /** Changes of cards by `changeOf`, notes by the id of their draft: those of one draft keep their order. */
  readonly cards: Resting;
  readonly notes: Resting;
  readonly unshowable: Unshowable;
  /** Nothing rests any longer. */
  end(): void;
};

export function createDelivery(parts: Parts): Delivery {
  const lanes = parts.channels.map((channel) => [channel.name, createLane(parts, channel)] as const);
  return {
    troubles() {
      const troubles = lanes.flatMap(([name, lane]) => {
        const trouble = lane.trouble();
        return trouble === undefined ? [] : [[name, trouble] as const];
      });
      return new Map(troubles);
    },
    wake() {
      for (const [, lane] of lanes) lane.wake();
    },
    retry(name) {
      for (const [channel, lane] of lanes) if (channel === name) lane.retry();
    },
    async stop() {
      await Promise.all(lanes.map(([, lane]) => lane.stop()));
    },
  };
}

function createAside(parts: Parts, name: string, wake: () => void): Aside {
  const [cards, notes] = [createResting(parts.clock, wake), createResting(parts.clock, wake)];
  return {
    cards,
    notes,
    unshowable: createUnshowable(parts, name),
    end() {
      cards.end();
      notes.end();
    },
  };
}

function createLane(parts: Parts, channel: Channel): Lane {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let failures = 0;
  let waits = false;
  let trouble: DeliveryTrouble | undefined;
  let cancel: (() => void) | undefined;
  const aside = createAside(parts, channel.name, () => wake());
  const goOn = () => {
    waits = false;
    wake();
  };

  const wait = ({ seconds, words, trouble: isTrouble }: Waits) => {
    failures += isTrouble ? 1 : 0;
    if (isTrouble) trouble = { since: trouble?.since ?? parts.clock.now(), words };
    const least = isTrouble ? backoff(failures, 500, longestWaitMs, parts.random.fraction()) : 0;
    cancel?.();
    // Ended by the timer alone: the clock may be set back meanwhile.
    waits = true;
    cancel = parts.clock.after(Math.max(seconds * 1_000, least), goOn);
  };

  const deliver = async () => {
    do {
      again = false;
      const standing = await deliverDue(parts, channel, () => stopped, aside);
      if (standing.kind === 'waits') return wait(standing);
      failures = 0;
      trouble = undefined;
    } while (again && !stopped);
  };

  function wake(): void {
    again = true;
    if (stopped || running !== undefined || waits) return;
    running = deliver()
      .catch((thrown: unknown) => {
        parts.logger.error(`Delivery to ${channel.name} failed: ${messageOf(thrown)}`, thrown);
        wait({ kind: 'waits', seconds: 1, words: strange(messageOf(thrown), 300), trouble: true });
      })
      .finally(() => {
        running = undefined;
        if (again) wake();
      });
  }

  return {
    wake,
    trouble: () => trouble ?? aside.unshowable.trouble(),
    retry() {
      cancel?.();
      aside.end();
      goOn();
    },
    async stop() {
      stopped = true;
      cancel?.();
      aside.end();
      await running;
    },
  };
}

async function deliverDue(parts: Parts, channel: Channel, isStopped: () => boolean, aside: Aside): Promise<Standing> {
  const { cards, outbox } = parts.ledger;
  const rests = (row: OutboxRow) => aside.notes.has(row.draftId);
  for (;;) {
    const due = await free(
      (limit) => cards.due(channel.name, limit),
      (row) => aside.cards.has(changeOf(row)),
    );
    for (const row of due) {
      if (isStopped()) return goesOn;
      const standing = await deliverCard(parts, channel, row, aside);
      if (standing.kind === 'waits') return standing;
    }
    const notes = await free((limit) => outbox.due(channel.name, limit), rests);
    for (const row of notes) {
      if (isStopped()) return goesOn;
      // The one before it may have begun to rest just now.
      const standing = rests(row) ? goesOn : await deliverNote(parts, channel, row, aside);
      if (standing.kind === 'waits') return standing;
    }
    if (due.length + notes.length === 0) return goesOn;
  }
}

/** The first rows that don't rest, however many that do stand before them. */
async function free<Row>(
  read: (limit: number) => Promise<readonly Row[]>,
  rests: (row: Row) => boolean,
): Promise<readonly Row[]> {
  for (let limit = batch; ; limit *= 2) {
    const rows = await read(limit);
    const found = rows.filter((row) => !rests(row));
    if (found.length > 0 || rows.length < limit) return found.slice(0, batch);
  }
}

/** What is to be done next about a card: only this rests, and whatever is newer goes at once. */
const changeOf = ({ draftId, retiring, wantedHash }: CardRow): string =>
  JSON.stringify(retiring === undefined ? ['show', draftId, wantedHash] : ['retire', draftId, retiring]);

const waits = ({ afterSeconds, words, paced }: Omit<TryLater, 'kind'>): Standing => ({
  kind: 'waits',
  seconds: afterSeconds,
  words,
  trouble: paced === undefined,
});

/**
 * What is thrown is a bug, about this card or about everything, and is thrown on: the channel waits a little, and the card
 * longer than that, so that the others come first then.
 */
async function deliverCard(parts: Parts, channel: Channel, row: CardRow, aside: Aside): Promise<Standing> {
  let doing = row;
  try {
    if (row.retiring !== undefined) {
      await retire(parts, channel, row, row.retiring);
      if (row.wantedHash === row.shownHash) return goesOn;
      doing = { ...row, retiring: undefined };
      // It rested while its old message was not yet retired.
      if (aside.cards.has(changeOf(doing))) return goesOn;
    }
    return await show(parts, channel, doing, aside);
  } catch (thrown) {
    aside.cards.add(changeOf(doing), aside.unshowable.add(row, 'failed', strange(messageOf(thrown), 300)));
    throw thrown;
  }
}

async function retire(parts: Parts, channel: Channel, row: CardRow, ref: string): Promise<void> {
  await channel.retire(ref, 'Replaced by a newer card below.');
  await parts.ledger.tx(async (tables) => {
    const now = await tables.cards.find(row.draftId, row.channel);
    if (now?.retiring === ref) await tables.cards.retired(row.draftId, row.channel);
  });
}

async function show(parts: Parts, channel: Channel, row: CardRow, aside: Aside): Promise<Standing> {
  const result = await channel.show(row.wanted, row.ref);
  switch (result.kind) {
    case 'shown':
      await parts.ledger.tx(async (tables) => {
        const now = await tables.cards.find(row.draftId, row.channel);
        // Somebody asked for a new card meanwhile: this one is on its way out.
        if (now?.retiring === result.ref) return;
        await tables.cards.shown(row.draftId, row.channel, row.wantedHash, result.ref);
      });
      aside.unshowable.remove(row.draftId);
      return goesOn;
    case 'card_gone':
      if (row.ref === undefined) return refuse(row, aside, 'It is gone as soon as it is sent.');
      await parts.ledger.cards.shown(row.draftId, row.channel, '', undefined);
      return goesOn;
    case 'later':
      if (result.paced !== 'card') return waits(result);
      aside.cards.add(changeOf(row), result.afterSeconds * 1_000);
      return goesOn;
    case 'refused':
      return refuse(row, aside, result.words);
  }
}

function refuse(row: CardRow, { cards, unshowable }: Aside, words: string): Standing {
  cards.add(changeOf(row), unshowable.add(row, 'refused', words));
  return goesOn;
}

/** A note is sent at most once: marked before, and never repeated when its fate is not known. */
async function deliverNote(parts: Parts, channel: Channel, row: OutboxRow, aside: Aside): Promise<Standing> {
  const { outbox, cards } = parts.ledger;
  const card = row.draftId === '' ? undefined : await cards.find(row.draftId, row.channel);
  await outbox.mark(row.id, 'sending');
  const result = await channel.say(row.note, card?.ref);
  switch (result.kind) {
    case 'said':
    case 'unknown':
      await outbox.mark(row.id, result.kind);
      if (result.kind === 'unknown') parts.logger.warn(`A message to ${channel.name} may not have arrived.`);
      return goesOn;
    case 'later':
      await outbox.mark(row.id, 'new');
      if (result.paced !== 'card') return waits(result);
      aside.notes.add(row.draftId, result.afterSeconds * 1_000);
      return goesOn;
    case 'refused':
      await outbox.mark(row.id, 'refused');
      parts.logger.error(`${channel.name} refuses a message: ${result.words}`);
      return goesOn;
  }
}
