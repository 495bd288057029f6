/** What the tests of approvals by several people share: one draft, people with roles, and what must hold in the end. */
import assert from 'node:assert/strict';
import type { Actor } from '../../src/domain/actor.ts';
import type { Card } from '../../src/domain/card.ts';
import { until } from './until.ts';
import { breachesOf, checkCards, quiet } from './walk-checks.ts';
import type { World } from './workflow-world.ts';

export const name = 'n.md';
export const post = `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nOne.\n`;
export const bob: Actor = { source: 'chat', id: '8', name: 'Bob' };
export const dora: Actor = { source: 'desk', id: '9', name: 'Dora' };
export const editor: Actor = { source: 'chat', id: '5', name: 'Ed' };
export const viewer: Actor = { source: 'chat', id: '6', name: 'Vi' };

export const asked = async (world: World, content = post): Promise<Card> => {
  world.write(`Pending_Approval/${name}`, content);
  await world.rescan();
  return await world.card(name, 'asks');
};
export const given = async (world: World, count: number): Promise<Card> =>
  await until(() => {
    const card = [...world.chat.cards.values()].find(({ file }) => file.endsWith(name));
    return card?.mood === 'asks' && card.approvals?.given === count ? card : undefined;
  }, `the card says that ${count} approved`);
export const agrees = async (world: World, sent: number) => {
  await quiet(world);
  assert.deepEqual(await breachesOf(world, { approvalsNeeded: 2 }), []);
  await checkCards(world);
  assert.equal(world.executor.effects.length, sent);
};
export const two = { approvalsNeeded: 2, holdSeconds: 0 };
