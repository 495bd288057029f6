import type { Decision } from '../domain/decision.ts';
import { localClock, localDate, localMoment } from '../lib/local-time.ts';
import { strange } from '../lib/words.ts';

/** A decision, or what somebody said. */
type Said = Pick<Decision, 'actor' | 'at'>;

/** "by Sara at 14:02", "by hand at 14:02"; with the day when it is another one than today. */
export const by = (decision: Said | undefined, now: Date): string =>
  decision === undefined ? 'by hand' : `${whoOf(decision)} at ${localMoment(decision.at, now)}`;

/** The same for words that must not change with the day on which they are read. */
export const byOn = (decision: Said | undefined): string =>
  decision === undefined ? 'by hand' : `${whoOf(decision)} at ${clockOn(decision.at)}`;

/** "14:02 on 2026-02-19". */
export const clockOn = (at: Date): string => `${localClock(at)} on ${localDate(at)}`;

const whoOf = ({ actor }: Said): string => (actor.source === 'vault' ? 'by hand' : `by ${strange(actor.name, 40)}`);
