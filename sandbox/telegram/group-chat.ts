/** A group as a test holds it: what lies in it, who speaks there, and what happens to it. */
import type { Clock } from '../../src/lib/clock.ts';
import type { Group } from './groups.ts';
import { botUser, chatOf, personUser } from './message-json.ts';
import { createPerson, seen } from './person.ts';
import type { GroupChat, NewGroup, Person } from './types.ts';
import { messageLife } from './update-queue.ts';
import type { UpdateQueue } from './update-queue.ts';
import type { World } from './world.ts';

type Parts = { readonly world: World; readonly updates: UpdateQueue; readonly clock: Clock };

/** Makes groups, and lets a person act in one. */
export function createGroups(parts: Parts) {
  return {
    addGroup({ id, title, members, ...rights }: NewGroup): GroupChat {
      const { forum = false, mayManageTopics = true, hearsAll = false } = rights;
      const ids = new Set(members.map((person) => person.id));
      const made = { id, title, forum, members: ids, topics: new Map(), mayManageTopics, hearsAll };
      return createGroupChat(parts, { ...made, botIs: 'member', movedTo: undefined, action: undefined });
    },
    within: (group: Group, person: Person): Person => within(parts, group, person),
  };
}

function within(parts: Parts, group: Group, { id }: Person, nameless = false): Person {
  const resident = parts.world.people.get(id);
  if (resident === undefined || !group.members.has(id)) throw new Error(`${id} is not in the group`);
  return createPerson({ ...parts, resident, group, nameless });
}

function createGroupChat(parts: Parts, group: Group): GroupChat {
  const { world, updates, clock } = parts;
  world.groups.set(group.id, group);
  const seconds = () => Math.floor(clock.now().getTime() / 1_000);
  const anybody = () => world.people.get([...group.members][0] ?? 0);
  return {
    id: group.id,
    messages: () => world.messagesOf(group.id).map((message) => seen(message, undefined, world)),
    as: (person) => within(parts, group, person),
    namelessAs: (person) => within(parts, group, person, true),
    topics: () => [...group.topics.values()],
    removeTopic(id) {
      group.topics.delete(id);
      for (const message of world.messagesOf(group.id)) if (message.threadId === id) world.remove(message);
    },
    allowTopics(may) {
      group.mayManageTopics = may;
    },
    bot(is) {
      const bot = botUser(world);
      const member = (status: Group['botIs']) =>
        status === 'kicked' ? { user: bot, status, until_date: 0 } : { user: bot, status };
      const from = anybody();
      const states = { old_chat_member: member(group.botIs), new_chat_member: member(is) };
      group.botIs = is;
      if (from === undefined) return;
      const change = { chat: chatOf(group), from: personUser(from), date: seconds(), ...states };
      updates.add('my_chat_member', change, messageLife);
    },
    upgrade(newId) {
      const next = createGroupChat(parts, { ...group, id: newId, topics: new Map(), movedTo: undefined });
      const from = anybody();
      const said = { message_id: world.nextId(), chat: chatOf(group), date: seconds(), migrate_to_chat_id: newId };
      group.movedTo = newId;
      updates.add('message', { ...said, ...(from === undefined ? {} : { from: personUser(from) }) }, messageLife);
      return next;
    },
  };
}
