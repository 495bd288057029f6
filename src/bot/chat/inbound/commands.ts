/** The commands: none of them changes anything, for a mail can hold a word that becomes one. */
import type { Door } from '../../../domain/ports.ts';
import { answerMessage } from '../answers.ts';
import type { Command, Messenger } from '../messenger.ts';
import { pendingWords, recentWords } from '../text/list-text.ts';
import type { Mails } from './mails.ts';
import type { Review } from '../review/review.ts';
import type { SettingsMessage } from '../text/settings-message.ts';
import type { StatusMessage } from '../text/status-message.ts';

/** The menu of the app. `everybody`: of use in a group too; the rest answers there as well, but for the settings, which name people. */
export const menu = [
  { word: 'next', does: 'Go through what waits for you, one after the other' },
  { word: 'pending', does: 'List what waits for you', everybody: true },
  { word: 'status', does: 'How everything stands', everybody: true },
  { word: 'pause', does: 'Hold everything' },
  { word: 'resume', does: 'Go on' },
  { word: 'recent', does: 'What was settled lately' },
  { word: 'failed', does: 'Go through what did not go out' },
  { word: 'mails', does: 'Mails without a draft, each to read and to answer' },
  { word: 'settings', does: 'What is set, and the sound' },
  { word: 'help', does: 'What I can do' },
] as const satisfies readonly { readonly word: string; readonly does: string; readonly everybody?: true }[];

const helpWords = ({ command }: Messenger): string =>
  [
    'I show you every draft before it leaves. Tap ✅ Approve or ❌ Reject below it.',
    '✏️ Edit asks for a new text. You can also reply to a card with the new text, quote a part of it and send what should stand there, or correct the message you sent.',
    '🕒 Later asks you again at a time, or approves for one. ⋯ More shows the whole text, the file and the history.',
    'While a draft can still be stopped, its card has ↩️ Undo.',
    '',
    ...menu.map(({ word, does }) => `${command(word)}: ${does}`),
  ].join('\n');

/** For whoever may look. */
export function createCommands(parts: {
  messenger: Messenger;
  door: Door;
  review: Review;
  mails: Mails;
  statusMessage: StatusMessage;
  settingsMessage: SettingsMessage;
}): (command: Command) => Promise<void> {
  const { messenger, door, review, mails, statusMessage, settingsMessage } = parts;
  return async (command) => {
    const say = (words: string) => answerMessage(messenger, command, words);
    switch (command.word) {
      case 'next':
        return review.start('asks', command.place);
      case 'failed':
        return review.start('failed', command.place);
      case 'pending':
        return say(await pendingWords(door));
      case 'recent':
        return say(await recentWords(door));
      case 'mails':
        return mails.send(command);
      case 'settings':
        if (command.shared) return say(`Send me ${messenger.command('settings')} in private.`);
        return settingsMessage.send(command);
      case 'status':
      case 'pause':
      case 'resume':
        return statusMessage.send(command);
      case 'help':
      case 'start':
        return say(helpWords(messenger));
      default:
        // A command we don't have is no new text either, and in a group it may be another bot's.
        if (!command.shared) await say(helpWords(messenger));
    }
  };
}
