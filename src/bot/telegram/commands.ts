import { Composer } from 'grammy';
import type { Context } from 'grammy';
import type { BotCommand } from 'grammy/types';

import type { Door } from '../../domain/ports.ts';
import { pendingWords, recentWords } from './lists.ts';
import { answerMessage } from './person.ts';
import type { Review } from './review.ts';
import type { SettingsMessage } from './settings-message.ts';
import type { StatusMessage } from './status-message.ts';

/** The menu of the app. None of them changes anything: see `StatusMessage`. */
export const menu: readonly BotCommand[] = [
  { command: 'next', description: 'Go through what waits for you, one after the other' },
  { command: 'pending', description: 'List what waits for you' },
  { command: 'status', description: 'How everything stands' },
  { command: 'pause', description: 'Hold everything' },
  { command: 'resume', description: 'Go on' },
  { command: 'recent', description: 'What was settled lately' },
  { command: 'failed', description: 'Go through what did not go out' },
  { command: 'settings', description: 'What is set, and the sound' },
  { command: 'help', description: 'What I can do' },
];

const helpWords = [
  'I show you every draft before it leaves. Tap ✅ Approve or ❌ Reject below it.',
  '✏️ Edit asks for a new text. You can also reply to a card with the new text, quote a part of it and send what should stand there, or correct the message you sent.',
  '🕒 Later asks you again at a time, or approves for one. ⋯ More shows the whole text, the file and the history.',
  'While a draft can still be stopped, its card has ↩️ Undo.',
  '',
  ...menu.map(({ command, description }) => `/${command}: ${description}`),
].join('\n');

/** The commands, of approvers only. */
export function createCommands(parts: {
  door: Door;
  review: Review;
  statusMessage: StatusMessage;
  settingsMessage: SettingsMessage;
}): Composer<Context> {
  const { door, review, statusMessage, settingsMessage } = parts;
  const commands = new Composer<Context>();
  // An open question makes the app send a menu command as a reply, so a reply is a command when it is nothing else;
  // a new text may well begin with a slash.
  const bare = commands
    .on('message:text')
    .filter((ctx) => ctx.message.reply_to_message === undefined || /^\/[a-z]+(@\w+)?\s*$/.test(ctx.message.text));
  bare.command('next', () => review.start('asks'));
  bare.command('failed', () => review.start('failed'));
  bare.command('pending', async (ctx) => answerMessage(ctx, await pendingWords(door)));
  bare.command('recent', async (ctx) => answerMessage(ctx, await recentWords(door)));
  bare.command('settings', (ctx) => settingsMessage.send(ctx));
  bare.command(['status', 'pause', 'resume'], (ctx) => statusMessage.send(ctx));
  bare.command(['help', 'start'], (ctx) => answerMessage(ctx, helpWords));
  // A command we don't have is no new text either, and in a group it may be another bot's.
  bare
    .filter((ctx) => ctx.message.text.startsWith('/'))
    .use(async (ctx) => {
      if (ctx.chat.type === 'private') await answerMessage(ctx, helpWords);
    });
  return commands;
}
