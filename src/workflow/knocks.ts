/**
 * Strangers at the door: those who are on no list and try all the same, in a chat, at the page, with a code. They are
 * counted, named in the log, and told to the owner once a day for each way in; answers to them come slower and slower. What
 * must stay true: however many come, and however they call themselves, memory, log and chat stay bounded, and nobody else
 * waits for them.
 */
import type { Actor } from '../domain/actor.ts';
import type { Door, Knock, Status } from '../domain/ports.ts';
import { localDate } from '../lib/local-time.ts';
import { messageOf, oneLine, strange } from '../lib/words.ts';
import type { Parts } from './parts.ts';
import { tell } from './tell.ts';

export type Knocks = {
  readonly knocked: Door['knocked'];
  /** Since the start, by way in; empty when nobody knocked. */
  counts(): Status['knocks'];
};

/** One way in. */
type WayIn = {
  total: number;
  last: Date;
  day: string;
  today: number;
  linesToday: number;
  /** Those who came lately, the latest last: how often, and until when that counts. */
  readonly visitors: Map<string, { readonly count: number; readonly until: number }>;
};

const latelyMs = 10 * 60_000;
const mostVisitors = 200;
/** Further ones are a line at the hundredth, the thousandth … */
const mostLinesADay = 20;
const firstWaitMs = 50;
const longestWaitMs = 2_000;

/** @param told called when a note for the owner is on record */
export function createKnocks(
  parts: Pick<Parts, 'ledger' | 'channels' | 'clock' | 'random' | 'logger'>,
  told: () => void,
): Knocks {
  const ways = new Map<string, WayIn>();
  return {
    counts: () => [...ways].map(([source, { total, last }]) => ({ source, count: total, last })),
    knocked(actor, how) {
      const now = parts.clock.now();
      const way = ways.get(actor.source) ?? firstDay(now);
      ways.set(actor.source, way);
      const day = localDate(now);
      if (way.day !== day) Object.assign(way, { day, today: 0, linesToday: 0 });
      Object.assign(way, { total: way.total + 1, today: way.today + 1, last: now });
      const lately = countVisit(way, oneLine(actor.id, 60), now.getTime());
      writeDown(parts, way, actor, how, lately);
      if (way.today === 1)
        void tellOwner(parts, actor, how, day).then(told, (thrown: unknown) => giveUp(parts, thrown));
      return { lately, waitMs: Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(lately - 1, 10)) };
    },
  };
}

const firstDay = (now: Date): WayIn => ({
  total: 0,
  last: now,
  day: localDate(now),
  today: 0,
  linesToday: 0,
  visitors: new Map(),
});

/** @returns how often this one came lately, now included */
function countVisit({ visitors }: WayIn, id: string, now: number): number {
  const before = visitors.get(id);
  const count = (before === undefined || before.until <= now ? 0 : before.count) + 1;
  visitors.delete(id);
  visitors.set(id, { count, until: now + latelyMs });
  const [oldest = ''] = visitors.keys();
  if (visitors.size > mostVisitors) visitors.delete(oldest);
  return count;
}

/** The first knock of each, up to a number a day; and at each power of ten, that it goes on. */
function writeDown({ logger }: Pick<Parts, 'logger'>, way: WayIn, actor: Actor, how: Knock, lately: number): void {
  const isNew = lately === 1 && way.linesToday < mostLinesADay;
  if (!isNew && !/^10+$/.test(String(way.today))) return;
  way.linesToday += 1;
  const last = way.linesToday === mostLinesADay ? '; further ones are only counted' : '';
  logger.warn(`A stranger knocked: ${nameOf(actor)} ${howWords[how]} (${way.today} today by ${actor.source}${last})`);
}

/** By the id alone: the name is theirs to choose, and may say anything. */
const nameOf = ({ source, id }: Actor): string => `${source}:${oneLine(id, 60)}`;

const howWords: Readonly<Record<Knock, string>> = {
  key: 'showed a wrong key',
  tap: 'pressed a button',
  message: 'wrote',
  code: 'sent a wrong pairing code',
};

/** Also over restarts once a day: the outbox takes the same note of a day only once. */
async function tellOwner(
  parts: Pick<Parts, 'ledger' | 'channels' | 'clock' | 'random'>,
  actor: Actor,
  how: Knock,
  day: string,
): Promise<void> {
  const own = how === 'key' ? ' If that was you with an old link: npm run status in a terminal shows the new one.' : '';
  const text = `🚪 Somebody who is on none of your lists tried to get in: ${strange(nameOf(actor), 80)} ${howWords[how]}. Nothing was done or shown. More of that today is only counted; the status says how often.${own}`;
  const note = { text, links: [], loud: false, key: '' };
  await tell(parts, parts.ledger, '', note, `knock:${actor.source}:${day}`);
}

function giveUp({ logger }: Pick<Parts, 'logger'>, thrown: unknown): void {
  logger.warn(`That a stranger knocked could not be told: ${messageOf(thrown)}`);
}
