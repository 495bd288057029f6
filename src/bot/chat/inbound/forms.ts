/** Forms that were sent off: where a chat has them, they are what a reply to a question is elsewhere. */
import type { Door } from '../../../domain/ports.ts';
import type { Clock } from '../../../lib/clock.ts';
import { readTime } from '../buttons/times.ts';
import type { Filled, Messenger } from '../messenger.ts';
import type { Sure } from './confirm-risky.ts';
import { answerField, askedBy, unreadableTime } from './questions.ts';

export type Forms = (filled: Filled) => Promise<void>;

export function createForms(parts: { messenger: Messenger; door: Door; sure: Sure; clock: Clock }): Forms {
  const { messenger, door, sure, clock } = parts;
  return async (filled) => {
    const settle = async (wrong: string) => messenger.settle?.(filled, wrong === '' ? {} : { [answerField]: wrong });
    const asked = askedBy(filled.token);
    if (asked === undefined) return settle('I don’t know this form. Please use the newest card.');
    const { key, revision, asks: verb } = asked;
    const written = filled.values[answerField] ?? '';
    const at = verb === 'approve' ? readTime(written, clock.now()) : undefined;
    if (verb === 'approve' && at === undefined) return settle(unreadableTime);
    const { actor, id } = filled;
    const verdict = await door.decide({ actor, id, verb, key, revision, text: at?.toISOString() ?? written });
    // Refused with the words still there, so that nobody has to write them twice.
    await settle(verdict.kind === 'refused' ? verdict.say : '');
    if (verdict.kind === 'asks' && at !== undefined) await sure.ask(filled, asked, at, verdict);
  };
}
