/** What the chat page draws: one picture of the whole chat, sent anew after each change. */
import type { Group } from './groups.ts';
import { seen } from './person.ts';
import type { StoredMessage, World } from './world.ts';

const mostShown = 300;
const actionLife = 5000;

/** @param groupId the group the person looks at; their private chat when undefined */
export function chatView(world: World, personId: number, now: Date, groupId?: number) {
  const person = world.people.get(personId);
  const group = groupId === undefined ? undefined : world.groups.get(groupId);
  const action = (group ?? person)?.action;
  const { bot } = world;
  return {
    person: { id: personId, name: person?.firstName ?? '' },
    people: placesOf(world),
    title: group?.title ?? null,
    group: group?.id ?? null,
    blocked: person?.blocked === true,
    commands: group === undefined ? bot.commands : (bot.groupCommands ?? bot.commands),
    /** Milliseconds for which "typing…" is still shown. */
    busyFor: action === undefined ? 0 : Math.max(0, action.at.getTime() + actionLife - now.getTime()),
    messages: world
      .messagesOf(group?.id ?? personId)
      .slice(-mostShown)
      .map((message) => messageView(message, personId, world, group)),
  };
}

/** Whose phone can be looked at, and in which chat. */
const placesOf = ({ people, groups }: World) => [
  ...[...people.values()].map(({ id, firstName }) => ({ id, group: null, name: firstName })),
  ...[...groups.values()].flatMap(({ id: group, title, members }) =>
    [...members].map((id) => ({ id, group, name: `${people.get(id)?.firstName ?? id} in ${title}` })),
  ),
];

function messageView(message: StoredMessage, viewer: number, world: World, group: Group | undefined) {
  const { markup, file, kind } = message;
  return {
    ...seen(message, viewer, world),
    /** What a person did not write oneself stands on the other side, with the name. */
    mine: message.from === 'person' && (group === undefined || message.personId === viewer),
    author:
      group === undefined || message.from === 'bot'
        ? null
        : (world.people.get(message.personId ?? 0)?.firstName ?? null),
    topic: group?.forum === true ? (group.topics.get(message.threadId ?? 0)?.name ?? 'General') : null,
    at: message.at.getTime(),
    reaction: message.reaction ?? null,
    quote: message.quote ?? null,
    placeholder: markup?.kind === 'force_reply' ? (markup.placeholder ?? null) : null,
    file: file === undefined ? null : { id: file.id, name: file.upload.name, size: file.upload.bytes.length, kind },
    album: message.albumId ?? null,
  };
}
