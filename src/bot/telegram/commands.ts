import { Composer } from 'grammy';
import type { Api, Context } from 'grammy';
import type { BotCommand } from 'grammy/types';

import type { Door } from '../../domain/ports.ts';
import { pendingWords, recentWords } from './lists.ts';
import type { Mails } from './mails.ts';
import { answerMessage, topicAt } from './person.ts';
import type { Review } from './review.ts';
import type { SettingsMessage } from './settings-message.ts';
import type { StatusMessage } from './status-message.ts';
import { attempt } from './trouble.ts';

/** The menu of the app. None of them changes anything: see `StatusMessage`. */
const menu: readonly BotCommand[] = [
  { command: 'next', description: 'Go through what waits for you, one after the other' },
  { command: 'pending', description: 'List what waits for you' },
  { command: 'status', description: 'How everything stands' },
  { command: 'pause', description: 'Hold everything' },
  { command: 'resume', description: 'Go on' },
  { command: 'recent', description: 'What was settled lately' },
  { command: 'failed', description: 'Go through what did not go out' },
  { command: 'mails', description: 'Mails without a draft, each to read and to answer' },
  { command: 'settings', description: 'What is set, and the sound' },
  { command: 'help', description: 'What I can do' },
];

const inGroups: ReadonlySet<string> = new Set(['pending', 'status']);
/** In a group: what is everybody's. The rest answers there too, but for the settings, which name people. */
const groupMenu: readonly BotCommand[] = menu.filter(({ command }) => inGroups.has(command));

/** Best effort: without a menu everything works all the same. */
export async function setMenus(api: Api): Promise<void> {
  await attempt(() => api.setMyCommands(menu));
  await attempt(() => api.setMyCommands(groupMenu, { scope: { type: 'all_group_chats' } }));
}

const helpWords = [
  'I show you every draft before it leaves. Tap ✅ Approve or ❌ Reject below it.',
  '✏️ Edit asks for a new text. You can also reply to a card with the new text, quote a part of it and send what should stand there, or correct the message you sent.',
  '🕒 Later asks you again at a time, or approves for one. ⋯ More shows the whole text, the file and the history.',
  'While a draft can still be stopped, its card has ↩️ Undo.',
  '',
  ...menu.map(({ command, description }) => `/${command}: ${description}`),
].join('\n');

/** The commands, for whoever may look: none of them changes anything. */
export function createCommands(parts: {
  door: Door;
  review: Review;
  mails: Mails;
  statusMessage: StatusMessage;
  settingsMessage: SettingsMessage;
}): Composer<Context> {
  const { door, review, mails, statusMessage, settingsMessage } = parts;
  const commands = new Composer<Context>();
  // An open question makes the app send a menu command as a reply, so a reply is a command when it is nothing else;
  // a new text may well begin with a slash.
  const bare = commands
    .on('message:text')
    .filter((ctx) => ctx.message.reply_to_message === undefined || /^\/[a-z]+(@\w+)?\s*$/.test(ctx.message.text));
  bare.command('next', (ctx) => review.start('asks', topicAt(ctx)));
  bare.command('failed', (ctx) => review.start('failed', topicAt(ctx)));
  bare.command('pending', async (ctx) => answerMessage(ctx, await pendingWords(door)));
  bare.command('recent', async (ctx) => answerMessage(ctx, await recentWords(door)));
  bare.command('mails', (ctx) => mails.send(ctx));
  bare.command('settings', (ctx) =>
    ctx.chat.type === 'private' ? settingsMessage.send(ctx) : answerMessage(ctx, 'Send me /settings in private.'),
  );
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
