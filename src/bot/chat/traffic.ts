/** How many messages came and went at a place since the start: what lies far up is told by counting, never by numbers. */
import type { Messenger, Place } from './messenger.ts';

export type Traffic = {
  passed(place: Place, messages?: number): void;
  count(place: Place): number;
};

export function createTraffic(): Traffic {
  const counts = new Map<Place, number>();
  const count = (place: Place) => counts.get(place) ?? 0;
  return {
    count,
    passed(place, messages = 1) {
      counts.set(place, count(place) + messages);
    },
  };
}

/** The same, and what goes out is counted. */
export function counted(messenger: Messenger, traffic: Traffic): Messenger {
  return {
    ...messenger,
    async send(...given) {
      const answer = await messenger.send(...given);
      if (answer.kind === 'ok') traffic.passed(answer.value.place);
      return answer;
    },
    async sendFile(...given) {
      const answer = await messenger.sendFile(...given);
      if (answer.kind === 'ok') traffic.passed(answer.value.place);
      return answer;
    },
    async sendAlbum(...given) {
      const answer = await messenger.sendAlbum(...given);
      if (answer.kind === 'ok') for (const { place } of answer.value) traffic.passed(place);
      return answer;
    },
    async reply(...given) {
      const answer = await messenger.reply(...given);
      if (answer.kind === 'ok') traffic.passed(given[0].place);
      return answer;
    },
  };
}
