/** Cards and notes, not faster than the chat takes them. What waits is kept by whoever asked, and comes again. */
import type { Channel, TryLater } from '../../domain/ports.ts';
import type { Outgoing } from './messenger.ts';
import type { Pace } from './messenger.ts';
import type { Rest } from './card-rest.ts';

export function createPaced(parts: {
  show: Channel['show'];
  say: Channel['say'];
  outgoing: Outgoing;
  pace: Pace;
  rest: Rest;
}): Pick<Channel, 'show' | 'say'> {
  const { outgoing, pace, rest } = parts;
  return {
    async show(card, ref) {
      const chatId = await outgoing.chatId();
      const soon = ref === undefined ? 0 : rest.secondsFor(card, chatId);
      if (soon > 0) return later(soon, 'card');
      const full = pace.secondsFor(chatId);
      if (full > 0) return later(full, 'channel');
      const result = await parts.show(card, ref);
      // The first change after a card is sent may come at once.
      if (result.kind === 'shown' && ref !== undefined) rest.changed(card);
      return result;
    },
    async say(note, ref) {
      const full = pace.secondsFor(await outgoing.chatId());
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
