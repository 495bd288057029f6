/** Groups on the far side: who is in them, their topics, and what the bot may do there. */
import { bad, forbidden, read } from './refusal.ts';
import type { Read } from './refusal.ts';

export type Topic = { readonly id: number; readonly name: string };

export type Group = {
  readonly id: number;
  readonly title: string;
  /** A supergroup whose messages lie in topics. */
  readonly forum: boolean;
  readonly members: ReadonlySet<number>;
  readonly topics: Map<number, Topic>;
  /** Whether the bot is in it, and what it may do. */
  botIs: 'member' | 'kicked';
  mayManageTopics: boolean;
  /** Whether privacy mode is off for it here, as it is for an administrator. */
  readonly hearsAll: boolean;
  /** The supergroup it became. */
  movedTo: number | undefined;
  action: { readonly name: string; readonly at: Date } | undefined;
};

/** Supergroups have ids below this one. */
const firstSupergroup = -1_000_000_000_000;

export const isSupergroup = ({ id }: Group): boolean => id <= firstSupergroup;

export const kindOf = (group: Group): string => (isSupergroup(group) ? 'supergroup' : 'group');

/** Whether the bot may write here. */
export function openGroup(group: Group): Read<Group> {
  return group.botIs === 'kicked' ? forbidden(`bot was kicked from the ${kindOf(group)} chat`) : read(group);
}

/**
 * Where a message of the bot goes. General is sent to by naming no topic; its own number, 1, is refused.
 *
 * @param asked `message_thread_id`; 0 when it was left out
 * @param replied topic of the message that is replied to
 * @returns number of the topic; undefined for General, and in chats without topics
 */
export function topicFor(chat: object, asked: number, replied: number | undefined): Read<number | undefined> {
  const forum = isGroup(chat) && chat.forum ? chat : undefined;
  if (asked === 0) return read(forum === undefined ? undefined : replied);
  return forum?.topics.has(asked) === true ? read(asked) : bad('message thread not found');
}

export const isGroup = (chat: object): chat is Group => 'members' in chat;

/** In privacy mode a bot hears commands, and answers to its own messages. */
export const reachesBot = (text: string, repliesToBot: boolean, username: string): boolean => {
  const command = /^\/[a-z\d_]+(?:@(\w+))?(?:\s|$)/i.exec(text);
  return repliesToBot || (command !== null && (command[1] ?? username).toLowerCase() === username.toLowerCase());
};
