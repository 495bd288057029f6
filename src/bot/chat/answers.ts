/** What people hear at once about what they did. */
import type { Verdict } from '../../domain/decision.ts';
import type { Below, Messenger, Press } from './messenger.ts';
import { ownWords } from './text/text.ts';

/** The words of a decision: a toast when it counts, an alert when it does not. */
export const answerVerdict = (messenger: Messenger, press: Press, verdict: Verdict): Promise<void> =>
  messenger.answer(press, verdict.say, verdict.kind === 'accepted' ? 'toast' : 'alert');

/** Says something below a person's message, silently; best effort. */
export async function answerMessage(messenger: Messenger, to: Below, words: string): Promise<void> {
  await messenger.reply(to, ownWords(words, 4_000));
}
