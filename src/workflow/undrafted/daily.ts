/**
 * Once a day the chats are told, in one quiet line, which messages got no draft. What is told and that it was told go on
 * record together: a crash can neither lose the line nor say it twice.
 */
import { undraftedLine } from '../../domain/undrafted.ts';
import { localDate } from '../../lib/local-time.ts';
import { messageOf } from '../../lib/words.ts';
import type { Parts } from '../parts.ts';
import { tell } from '../tell.ts';

/** The day whose line was said last, or was not due because there was nothing to tell yet. */
const flag = 'undrafted_told';
const keptDays = 30;
/** A flood of a week; what is older lies in its files. */
const mostKept = 20_000;
const dayMs = 86_400_000;

type DailyParts = Pick<Parts, 'ledger' | 'channels' | 'clock' | 'random' | 'rules' | 'logger'>;

/** Level, not edge: called at every look, and does something once a day. Never throws: nothing else waits for it. */
export async function tellDaily(parts: DailyParts): Promise<void> {
  try {
    await tellOnce(parts);
  } catch (thrown) {
    parts.logger.warn(`The mails without a draft could not be told: ${messageOf(thrown)}`);
  }
}

async function tellOnce(parts: DailyParts): Promise<void> {
  const { ledger, clock, rules } = parts;
  const now = clock.now();
  const day = dueDay(rules.mailsAt ?? { hour: 0, minute: 0 }, now);
  const isOver = (told: string | undefined) => told !== undefined && told >= day && !isAhead(told, now);
  // Nearly every look ends here, without a transaction.
  if (isOver(await ledger.flags.get(flag))) return;
  await ledger.tx(async (tables) => {
    // Looks overlap, and another one may have told meanwhile.
    const told = await tables.flags.get(flag);
    if (isOver(told)) return;
    await tables.flags.set(flag, day);
    // Only what was told before: what came before a long rest is not lost.
    await tables.undrafted.forget(new Date(now.getTime() - keptDays * dayMs), mostKept);
    // The first day begins here, and after a clock that was far ahead a new one does: there is a line at its end.
    if (told === undefined || told > day) return;
    const counts = await tables.undrafted.untold();
    await tables.undrafted.markTold();
    if (counts.length === 0 || rules.mailsAt === undefined) return;
    const text = `📭 ${undraftedLine(counts)}.`;
    // The flag sees to once a day; a day may come twice where clocks are set.
    const key = `undrafted:${now.toISOString()}`;
    await tell(parts, tables, '', { text, links: [], loud: false, key: '', leadsTo: 'undrafted' }, key);
  });
}

/** The day whose time was last reached, as `2026-02-19`; by the calendar, so that 18:00 stays 18:00 when clocks change. */
function dueDay({ hour, minute }: NonNullable<DailyParts['rules']['mailsAt']>, now: Date): string {
  const on = (days: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour, minute);
  return localDate(on(0) > now ? on(-1) : on(0));
}

/** A day that can't have come yet: the clock was wrong then, and must not keep the chats quiet for years. */
const isAhead = (day: string, now: Date): boolean => day > localDate(new Date(now.getTime() + 2 * dayMs));
