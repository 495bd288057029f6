/**
 * Makes the channels show what the record says: wanted card against shown card, then notes from the outbox. One
 * delivery at a time per channel; a channel that is down waits with everything kept, and the others go on.
 */
import type { Health } from '../domain/health.ts';
import type { CardRow, OutboxRow } from '../domain/ledger-port.ts';
import type { Channel, Later } from '../domain/ports.ts';
import { backoff } from '../lib/backoff.ts';
import { messageOf, strange } from '../lib/words.ts';
import type { Parts } from './parts.ts';
import { createResting } from './resting.ts';
import type { Resting } from './resting.ts';

const batch = 20;
const longestWaitMs = 60_000;

export type Delivery = {
  /** Channels that wait because the far side can't be reached or refuses, and since when. */
  troubles(): ReadonlyMap<string, Trouble>;
  /** Something may have to be shown: look now. Cheap, never waits. */
  wake(): void;
  /** A channel can be reached again: what waits for it goes now and not after the rest of its wait. */
  retry(name: string): void;
  /** Starts no more and waits for what is under way. */
  stop(): Promise<void>;
};

export type Trouble = { readonly since: Date; readonly words: string };

/** A chat that hears us but takes no cards is not well, whatever it says of itself; one nobody opened yet just waits. */
export const withTrouble = (health: Health, trouble: Trouble | undefined): Health =>
  trouble === undefined || health.standing === 'troubled' || health.standing === 'starting'
    ? health
    : { ...health, standing: 'troubled', since: trouble.since, words: `Cards wait: ${trouble.words}` };

type Lane = Pick<Delivery, 'wake' | 'stop'> & { readonly trouble: () => Trouble | undefined; retry(): void };

type Standing =
  | { readonly kind: 'goes_on' }
  | Waits
  /** Only this change of this card has to wait. */
  | { readonly kind: 'rests'; readonly seconds: number };
/** The channel takes nothing now. `trouble`: something is wrong, and it is not only much at once. */
type Waits = {
  readonly kind: 'waits';
  readonly seconds: number;
  readonly words: string;
  readonly trouble: boolean;
};
const goesOn: Standing = { kind: 'goes_on' };

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

function createLane(parts: Parts, channel: Channel): Lane {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let failures = 0;
  let waits = false;
  let trouble: Trouble | undefined;
  let cancel: (() => void) | undefined;
  const resting = createResting(parts.clock, () => wake());
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
      const standing = await deliverDue(parts, channel, () => stopped, resting);
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
    trouble: () => trouble,
    retry() {
      cancel?.();
      if (waits) goOn();
    },
    async stop() {
      stopped = true;
      cancel?.();
      resting.stop();
      await running;
    },
  };
}

async function deliverDue(
  parts: Parts,
  channel: Channel,
  isStopped: () => boolean,
  resting: Resting,
): Promise<Standing> {
  for (;;) {
    const due = await parts.ledger.cards.due(channel.name, batch + resting.size);
    const cards = due.filter((row) => row.retiring !== undefined || !resting.has(row));
    for (const row of cards) {
      if (isStopped()) return goesOn;
      const standing = await deliverCard(parts, channel, row);
      if (standing.kind === 'waits') return standing;
      if (standing.kind === 'rests') resting.add(row, standing.seconds);
    }
    const notes = await parts.ledger.outbox.due(channel.name, batch);
    for (const row of notes) {
      if (isStopped()) return goesOn;
      const standing = await deliverNote(parts, channel, row);
      if (standing.kind === 'waits') return standing;
    }
    if (cards.length + notes.length === 0) return goesOn;
  }
}

const waits = ({ afterSeconds, words, paced }: Omit<Later, 'kind'>): Standing => ({
  kind: 'waits',
  seconds: afterSeconds,
  words,
  trouble: paced === undefined,
});

async function deliverCard(parts: Parts, channel: Channel, row: CardRow): Promise<Standing> {
  const { cards } = parts.ledger;
  if (row.retiring !== undefined) {
    await channel.retire(row.retiring, 'Replaced by a newer card below.');
    await parts.ledger.tx(async (tables) => {
      const now = await tables.cards.find(row.draftId, row.channel);
      if (now?.retiring === row.retiring) await tables.cards.retired(row.draftId, row.channel);
    });
    if (row.wantedHash === row.shownHash) return goesOn;
  }
  const result = await channel.show(row.wanted, row.ref);
  switch (result.kind) {
    case 'shown':
      await parts.ledger.tx(async (tables) => {
        const now = await tables.cards.find(row.draftId, row.channel);
        // Somebody asked for a new card meanwhile: this one is on its way out.
        if (now?.retiring === result.ref) return;
        await tables.cards.shown(row.draftId, row.channel, row.wantedHash, result.ref);
      });
      return goesOn;
    case 'card_gone':
      await cards.shown(row.draftId, row.channel, '', undefined);
      return goesOn;
    case 'later':
      return result.paced === 'card' ? { kind: 'rests', seconds: result.afterSeconds } : waits(result);
    case 'refused':
      parts.logger.error(`${channel.name} refuses cards: ${result.words}`);
      return waits({ afterSeconds: 60, words: result.words });
  }
}

/** A note is sent at most once: marked before, and never repeated when its fate is not known. */
async function deliverNote(parts: Parts, channel: Channel, row: OutboxRow): Promise<Standing> {
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
      return waits(result);
    case 'refused':
      await outbox.mark(row.id, 'refused');
      parts.logger.error(`${channel.name} refuses a message: ${result.words}`);
      return goesOn;
  }
}
