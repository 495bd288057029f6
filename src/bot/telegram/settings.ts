/** Telegram's rows of the settings, its people, and what of them can't be. Loads nothing of Telegram itself. */
import { baseOf, flag, idsOf, isYes, quoted, secret, setting, text, url } from '../../domain/setting.ts';
import type { Kind } from '../../domain/setting.ts';
import { chat } from '../chat/settings.ts';
import type { ChatSettings } from '../chat/settings.ts';

type TelegramConfig = {
  readonly token: string;
  /** Empty: the private chat of whoever pairs. */
  readonly chatId: string;
  /** A topic for each platform, in a group that has topics. */
  readonly topics: boolean;
  /** Empty: Telegram itself. */
  readonly apiRoot: string;
};

const ids: Kind = {
  kind: 'matching',
  pattern: /^\d{1,20}(\s*,\s*\d{1,20})*,?$/,
  wanted: 'numeric ids, comma-separated (send /start to the bot: it answers with yours)',
};

export const telegramSettings: ChatSettings<TelegramConfig> = {
  name: 'telegram',
  label: 'Telegram',
  rows: [
    setting('TELEGRAM_BOT_TOKEN', secret, '', 'From @BotFather'),
    setting('TELEGRAM_CHAT_ID', text, '', 'The chat that gets the cards; empty: the private chat of the one approver'),
    setting(
      'TELEGRAM_APPROVERS',
      ids,
      '',
      'Numeric ids of the people who may decide, comma-separated; empty: nobody, until somebody pairs',
    ),
    setting(
      'TELEGRAM_EDITORS',
      ids,
      '',
      'Numeric ids of people who may edit drafts and choose texts, but decide nothing',
    ),
    setting('TELEGRAM_VIEWERS', ids, '', 'Numeric ids of people who may look, and nothing else'),
    setting(
      'TELEGRAM_TOPICS',
      flag,
      'false',
      'In a group with topics: one for each platform, and one for everything about the whole',
    ),
    setting('TELEGRAM_API_ROOT', url, '', 'Only for stand-ins and own Bot API servers'),
  ],
  setUpBy: 'TELEGRAM_BOT_TOKEN',
  people: { approver: 'TELEGRAM_APPROVERS', editor: 'TELEGRAM_EDITORS', viewer: 'TELEGRAM_VIEWERS' },
  personId: /^\d{1,20}$/,
  remedy: 'Set TELEGRAM_BOT_TOKEN, TELEGRAM_CHAT_ID and TELEGRAM_APPROVERS.',
  needs(value) {
    // Nobody listed means that nobody may do anything; the start goes on only because a one-time code is the way in. One
    // approver's own chat is the obvious one, of several nobody can say which.
    const isUnclear =
      value('TELEGRAM_APPROVERS').includes(',') || `${value('TELEGRAM_EDITORS')}${value('TELEGRAM_VIEWERS')}` !== '';
    const wanted = 'the numeric id of the chat that gets the cards';
    return [
      ...(isUnclear ? [{ when: 'TELEGRAM_BOT_TOKEN', name: 'TELEGRAM_CHAT_ID', wanted }] : []),
      { when: 'TELEGRAM_CHAT_ID', name: 'TELEGRAM_BOT_TOKEN', wanted: 'the token of your bot from @BotFather' },
    ];
  },
  wrong(value) {
    const id = value('TELEGRAM_CHAT_ID');
    if (id === '' || /^-?\d{1,20}$/.test(id)) return [];
    return [{ name: 'TELEGRAM_CHAT_ID', found: quoted(id), wanted: 'a numeric id (groups start with -100)' }];
  },
  read(value) {
    const apiRoot = baseOf(value('TELEGRAM_API_ROOT'));
    const root = new URL(apiRoot === '' ? 'https://api.telegram.org' : apiRoot);
    const [onlyApprover = ''] = idsOf(value('TELEGRAM_APPROVERS'));
    return {
      config: {
        token: value('TELEGRAM_BOT_TOKEN'),
        // A private chat has the id of the person.
        chatId: value('TELEGRAM_CHAT_ID') === '' ? onlyApprover : value('TELEGRAM_CHAT_ID'),
        topics: isYes(value('TELEGRAM_TOPICS')),
        apiRoot,
      },
      server: { host: root.hostname, port: Number(root.port) || (root.protocol === 'https:' ? 443 : 80) },
      addresses: [
        {
          name: 'TELEGRAM_API_ROOT',
          url: apiRoot,
          why: 'Every request has the bot’s token in it: whoever reads one is the bot.',
          remedy: 'Write https://, or run the Bot API server on this machine.',
        },
      ],
    };
  },
};

export const telegram = chat(telegramSettings, async (parts) => {
  const { createTelegramChannel } = await import('./index.ts');
  return createTelegramChannel(parts);
});
