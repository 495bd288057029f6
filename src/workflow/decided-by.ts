import type { Decision } from '../domain/decision.ts';
import { localClock, localDate, localMoment } from '../lib/local-time.ts';
import { strange } from '../lib/words.ts';

/** "by Sara at 14:02", "by hand at 14:02"; with the day when it is another one than today. */
export const by = (decision: Decision | undefined, now: Date): string =>
  decision === undefined ? 'by hand' : `${whoOf(decision)} at ${localMoment(decision.at, now)}`;

/** The same for words that must not change with the day on which they are read. */
export const byOn = (decision: Decision | undefined): string =>
  decision === undefined ? 'by hand' : `${whoOf(decision)} at ${clockOn(decision.at)}`;

/** "14:02 on 2026-02-19". */
export const clockOn = (at: Date): string => `${localClock(at)} on ${localDate(at)}`;

const whoOf = ({ actor }: Decision): string => (actor.source === 'vault' ? 'by hand' : `by ${strange(actor.name, 40)}`);
