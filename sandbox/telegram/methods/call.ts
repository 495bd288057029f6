/** What every method gets, and how parameters are read: as leniently as the real server does. */
import type { Clock } from '../../../src/lib/clock.ts';
import type { Random } from '../../../src/lib/random.ts';
import type { Polling } from '../polling.ts';
import { openGroup } from '../groups.ts';
import type { Group } from '../groups.ts';
import { bad, forbidden, moved, read } from '../refusal.ts';
import type { Read, Refused } from '../refusal.ts';
import type { Parameters } from '../transport/request.ts';
import type { Answer } from '../types.ts';
import type { UpdateQueue } from '../update-queue.ts';
import type { Resident, StoredMessage, World } from '../world.ts';

export type MethodCall = {
  readonly parameters: Parameters;
  readonly world: World;
  readonly updates: UpdateQueue;
  readonly polling: Polling;
  readonly settings: BotSettings;
  readonly clock: Clock;
  readonly random: Random;
  /** Aborted when the caller hung up. */
  readonly gone: AbortSignal;
};

type BotSettings = { webhookUrl: string };

export type Method = (call: MethodCall) => Answer | Promise<Answer>;

export const success = (result: unknown): Answer => ({ ok: true, result });

export const failure = (refused: Refused): Answer => ({
  ok: false,
  error_code: refused.code,
  description: refused.description,
  ...(refused.movedTo === undefined ? {} : { parameters: { migrate_to_chat_id: refused.movedTo } }),
});

/** Empty when the parameter is missing. */
export const textOf = (call: MethodCall, name: string): string => call.parameters.fields.get(name)?.text ?? '';

export const flagOf = (call: MethodCall, name: string): boolean =>
  ['true', 'yes', '1'].includes(textOf(call, name).toLowerCase());

/** The leading digits; 0 when there are none. */
export function integerOf(call: MethodCall, name: string): number {
  return Number(/^-?\d+/.exec(textOf(call, name))?.[0] ?? 0);
}

export function integerBetween(call: MethodCall, name: string, usual: number, min: number, max: number): number {
  if (textOf(call, name) === '') return usual;
  return Math.min(Math.max(integerOf(call, name), min), max);
}

/** `writes`: refused when the person doesn't let the bot write. */
export function findChat(call: MethodCall, writes: boolean): Read<Resident | Group> {
  const id = textOf(call, 'chat_id');
  if (id === '') return bad('chat_id is empty');
  if (id === String(call.world.bot.id) && writes) return forbidden("the bot can't send messages to the bot");
  const number = /^-?\d+$/.test(id) ? Number(id) : Number.NaN;
  const group = call.world.groups.get(number);
  if (group?.movedTo !== undefined) return moved(group.movedTo);
  if (group !== undefined) return writes ? openGroup(group) : read(group);
  const person = call.world.people.get(number);
  if (person === undefined) return bad('chat not found');
  if (writes && !person.started) return forbidden("bot can't initiate conversation with a user");
  if (writes && person.blocked) return forbidden('bot was blocked by the user');
  return read(person);
}

/** `purpose` as in "message to edit". */
export function findMessage(call: MethodCall, purpose: string, writes: boolean): Read<StoredMessage> {
  const chat = findChat(call, writes);
  if (!chat.ok) return chat;
  const message = call.world.message(chat.value.id, integerOf(call, 'message_id'));
  return message === undefined ? bad(`${purpose} not found`) : read(message);
}
