/** What the chat page draws: one picture of the whole chat, sent anew after each change. */
import { seen } from './person.ts';
import type { StoredMessage, World } from './world.ts';

const mostShown = 300;
const actionLife = 5000;

export function chatView(world: World, personId: number, now: Date) {
  const person = world.people.get(personId);
  const action = person?.action;
  return {
    person: { id: personId, name: person?.firstName ?? '' },
    people: [...world.people.values()].map(({ id, firstName }) => ({ id, name: firstName })),
    blocked: person?.blocked === true,
    commands: world.bot.commands,
    /** Milliseconds for which "typing…" is still shown. */
    busyFor: action === undefined ? 0 : Math.max(0, action.at.getTime() + actionLife - now.getTime()),
    messages: world.messagesOf(personId).slice(-mostShown).map(messageView),
  };
}

function messageView(message: StoredMessage) {
  const { markup, file, kind } = message;
  return {
    ...seen(message),
    at: message.at.getTime(),
    reaction: message.reaction ?? null,
    quote: message.quote ?? null,
    placeholder: markup?.kind === 'force_reply' ? (markup.placeholder ?? null) : null,
    file: file === undefined ? null : { id: file.id, name: file.upload.name, size: file.upload.bytes.length, kind },
    album: message.albumId ?? null,
  };
}
