/** Methods about the bot itself and about fetching: getMe, getUpdates, webhook, commands, getChat, getFile. */
import { botUser, chatOf, sizeJson } from '../message-json.ts';
import { bad } from '../refusal.ts';
import { isRecord, parseJson } from '../transport/request.ts';
import type { Answer } from '../types.ts';
import type { Command } from '../world.ts';
import { failure, findChat, flagOf, integerBetween, integerOf, success, textOf } from './call.ts';
import type { MethodCall } from './call.ts';

export const getMe = ({ world }: MethodCall): Answer =>
  success({
    ...botUser(world),
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
  });

export async function getUpdates(call: MethodCall): Promise<Answer> {
  if (call.settings.webhookUrl !== '') {
    return {
      ok: false,
      error_code: 409,
      description:
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    };
  }
  rememberKinds(call);
  const offset = integerOf(call, 'offset');
  const limit = integerBetween(call, 'limit', 100, 1, 100);
  const timeoutSeconds = integerBetween(call, 'timeout', 0, 0, 50);
  return await call.polling.poll({ offset, limit, timeoutSeconds }, call.gone);
}

function rememberKinds(call: MethodCall): void {
  const kinds = parseJson(textOf(call, 'allowed_updates'));
  if (Array.isArray(kinds)) call.updates.allow(kinds.filter((kind) => typeof kind === 'string'));
}

export function setWebhook(call: MethodCall): Answer {
  const url = textOf(call, 'url');
  if (url !== '' && !url.startsWith('https://')) {
    return failure(bad('bad webhook: An HTTPS URL must be provided for webhook'));
  }
  rememberKinds(call);
  if (flagOf(call, 'drop_pending_updates')) call.updates.clear();
  if (url !== '') call.polling.conflict('Conflict: terminated by setWebhook request');
  call.settings.webhookUrl = url;
  return success(true);
}

export function deleteWebhook(call: MethodCall): Answer {
  if (flagOf(call, 'drop_pending_updates')) call.updates.clear();
  call.settings.webhookUrl = '';
  return success(true);
}

export const getWebhookInfo = (call: MethodCall): Answer =>
  success({
    url: call.settings.webhookUrl,
    has_custom_certificate: false,
    pending_update_count: call.updates.waiting(),
  });

export function setMyCommands(call: MethodCall): Answer {
  const commands = parseJson(textOf(call, 'commands'));
  if (commands === undefined) return failure(bad("can't parse commands JSON object"));
  if (!Array.isArray(commands)) return failure(bad('expected an Array of BotCommand'));
  if (commands.length > 100) return failure(bad('BOT_COMMANDS_TOO_MUCH'));
  for (const one of commands as unknown[]) {
    const reason = wrongCommand(one);
    if (reason !== undefined) return failure(bad(reason));
  }
  const scope = parseJson(textOf(call, 'scope'));
  const type = isRecord(scope) ? scope['type'] : 'default';
  if (typeof type !== 'string' || !scopes.has(type))
    return failure(bad("can't parse BotCommandScope: unsupported scope"));
  if (type === 'all_group_chats') call.world.bot.groupCommands = commands as readonly Command[];
  else call.world.bot.commands = commands as readonly Command[];
  call.world.touched();
  return success(true);
}

/** Those the product uses; the others are not built here. */
const scopes = new Set(['default', 'all_private_chats', 'all_group_chats']);

function wrongCommand(value: unknown): string | undefined {
  if (!isRecord(value)) return "can't parse BotCommand: expected an Object";
  const { command, description } = value;
  if (typeof command !== 'string') return 'can\'t parse BotCommand: Can\'t find field "command"';
  if (typeof description !== 'string') return 'can\'t parse BotCommand: Can\'t find field "description"';
  const name = command.trim().replace(/^\//, '');
  if (name === '') return 'command must be non-empty';
  if (name.length > 32) return 'command length must not exceed 32';
  if (description.trim() === '') return 'command description must be non-empty';
  if (description.length > 256) return 'command description length must not exceed 256';
  return /^[a-z\d_]+$/.test(name) ? undefined : 'BOT_COMMAND_INVALID';
}

export function getChat(call: MethodCall): Answer {
  const chat = findChat(call, false);
  if (!chat.ok) return failure(chat);
  return success({
    ...chatOf(chat.value),
    accent_color_id: 1,
    max_reaction_count: 11,
    accepted_gift_types: {
      unlimited_gifts: true,
      limited_gifts: true,
      unique_gifts: true,
      premium_subscription: true,
      gifts_from_channels: true,
    },
  });
}

export function getFile(call: MethodCall): Answer {
  const id = textOf(call, 'file_id');
  if (id === '') return failure(bad('file_id not specified'));
  const file = call.world.file(id);
  if (file === undefined) return failure(bad('wrong file_id or the file is temporarily unavailable'));
  if (file.upload.bytes.length > 20 * 1024 * 1024) return failure(bad('file is too big'));
  return success({ ...sizeJson(file), file_path: file.path });
}
