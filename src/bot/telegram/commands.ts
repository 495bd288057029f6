import { Composer } from 'grammy';
import type { Context } from 'grammy';
import type { BotCommand } from 'grammy/types';

import type { Door } from '../../domain/ports.ts';
import { cut, oneLine } from '../../lib/words.ts';
import { answerMessage } from './person.ts';
import type { StatusMessage } from './status-message.ts';

/** The menu of the app. None of them changes anything: see `StatusMessage`. */
export const menu: readonly BotCommand[] = [
  { command: 'status', description: 'How everything stands; pause and resume' },
  { command: 'pending', description: 'What waits for you' },
  { command: 'help', description: 'What I can do' },
];

const helpWords = [
  'I show you every draft before it leaves. Tap ✅ Approve or ❌ Reject below it.',
  '✏️ Edit asks for a new text. You can also reply to a card with the new text, quote a part of it and send what should stand there, or correct the message you sent.',
  'While a draft can still be stopped, its card has ↩️ Undo.',
  '/status says how everything stands and lets you pause; /pending lists what waits.',
].join('\n');

const mostLines = 30;

/** The commands, of approvers only. */
export function createCommands(parts: { door: Door; statusMessage: StatusMessage }): Composer<Context> {
  const { door, statusMessage } = parts;
  const commands = new Composer<Context>();
  // An open question makes the app send a menu command as a reply, so a reply is a command when it is nothing else;
  // a new text may well begin with a slash.
  const bare = commands
    .on('message:text')
    .filter((ctx) => ctx.message.reply_to_message === undefined || /^\/[a-z]+(@\w+)?\s*$/.test(ctx.message.text));
  bare.command('status', (ctx) => statusMessage.send(ctx));
  bare.command('pending', async (ctx) => {
    await answerMessage(ctx, await pendingWords(door));
  });
  bare.command(['help', 'start'], (ctx) => answerMessage(ctx, helpWords));
  // A command we don't have is no new text either, and in a group it may be another bot's.
  bare
    .filter((ctx) => ctx.message.text.startsWith('/'))
    .use(async (ctx) => {
      if (ctx.chat.type === 'private') await answerMessage(ctx, helpWords);
    });
  return commands;
}

async function pendingWords(door: Door): Promise<string> {
  const cards = await door.cards(0);
  if (cards.length === 0) return 'Nothing waits for you.';
  const lines = cards
    .slice(0, mostLines)
    .map(({ title, standing }, at) => `${at + 1}. ${oneLine(title, 60)}: ${oneLine(standing, 60)}`);
  const more = cards.length > mostLines ? [`… and ${cards.length - mostLines} more`] : [];
  return cut([...lines, ...more].join('\n'), 4_000);
}
