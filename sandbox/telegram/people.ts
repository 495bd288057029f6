/** Who is there: people with a private chat each, and groups some of them are in. */
import type { Clock } from '../../src/lib/clock.ts';
import { createPerson } from './person.ts';
import type { Person, TelegramStandIn } from './types.ts';
import type { UpdateQueue } from './update-queue.ts';
import type { World } from './world.ts';

type People = Pick<TelegramStandIn, 'addPerson' | 'addGroup' | 'person'>;

/** @param persons filled as they come */
export function createPeople(parts: {
  readonly world: World;
  readonly updates: UpdateQueue;
  readonly clock: Clock;
  readonly persons: Map<number, Person>;
}): People {
  const { world, updates, clock, persons } = parts;
  return {
    addGroup({ id, title }) {
      world.people.set(id, { id, firstName: title, started: true, blocked: false, action: undefined });
    },
    addPerson({ id, firstName, started = true, group = id }) {
      const resident = { id, firstName, started, blocked: false, action: undefined };
      const place = group === id ? resident : world.people.get(group);
      if (place === undefined) throw new Error(`there is no group ${group}`);
      const person = createPerson({ world, updates, clock, resident, place });
      world.people.set(id, resident);
      persons.set(id, person);
      return person;
    },
    person(id) {
      const person = persons.get(id);
      if (person === undefined) throw new Error(`nobody has the id ${id}`);
      return person;
    },
  };
}
