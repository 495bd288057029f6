/** Cards and notes, not faster than the chat takes them. What waits is kept by whoever asked, and comes again. */
import type { Channel, TryLater } from '../../domain/ports.ts';
import type { Messenger, Place } from './messenger.ts';
import { homeOf } from './places.ts';
import type { Rest } from './card-rest.ts';

export function createPaced(parts: {
  show: Channel['show'];
  say: Channel['say'];
  messenger: Messenger;
  rest: Rest;
}): Pick<Channel, 'show' | 'say'> {
  const { messenger, rest } = parts;
  const room = (place: Place) => messenger.room?.(place) ?? 0;
  return {
    async show(card, ref) {
      const place = await homeOf(messenger);
      const soon = ref === undefined ? 0 : rest.secondsFor(card, place);
      if (soon > 0) return later(soon, 'card');
      const full = room(place);
      if (full > 0) return later(full, 'channel');
      const result = await parts.show(card, ref);
      // The first change after a card is sent may come at once.
      if (result.kind === 'shown' && ref !== undefined) rest.changed(card);
      return result;
    },
    async say(note, ref) {
      const full = room(await homeOf(messenger));
      return full > 0 ? later(full, 'channel') : await parts.say(note, ref);
    },
  };
}

const later = (afterSeconds: number, paced: 'channel' | 'card'): TryLater => ({
  kind: 'later',
  afterSeconds,
  words: 'Not so much at once.',
  paced,
});
