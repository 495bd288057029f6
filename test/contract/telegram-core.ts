/** A door that does what the core does: a decision counts for the version it names, and changes the card. */
import type { Tap, Verdict } from '../../src/domain/decision.ts';
import type { DraftVerb } from '../../src/domain/decision.ts';
import { accepted, refused } from '../support/fake-door.ts';
import type { TelegramWorld } from './telegram-world.ts';

const verbs: DraftVerb[] = ['approve', 'edit', 'reject', 'postpone'];

export function likeTheCore(world: TelegramWorld): void {
  const counted = new Set<string>();
  const decide = async (tap: Tap): Promise<Verdict> => {
    const card = await world.door.card(tap.key);
    if (card === undefined) return refused('unknown_draft', 'Not known.');
    // Delivered again: it has its effect once.
    if (counted.has(`${tap.id}:${tap.key}`)) return accepted('That counts already.');
    if (!card.verbs.includes(tap.verb)) return refused('decided', `Already: ${card.standing}.`);
    if (card.revision !== tap.revision) return refused('stale', 'This draft changed.');
    if (tap.verb === 'approve')
      world.door.put({ ...card, mood: 'waits', standing: 'Approved by Ada', verbs: ['undo'] });
    if (tap.verb === 'reject') world.door.put({ ...card, mood: 'rejected', standing: 'Rejected', verbs: ['undo'] });
    if (tap.verb === 'undo') world.door.put({ ...card, mood: 'asks', standing: 'Waiting for you', verbs });
    if (tap.id !== undefined) counted.add(`${tap.id}:${tap.key}`);
    return accepted(`Done: ${tap.verb}.`);
  };
  const record = world.door.decide;
  Object.assign(world.door, {
    async decide(tap: Tap) {
      const answer = await record(tap);
      return answer.kind === 'asks' ? answer : await decide(tap);
    },
  });
}
