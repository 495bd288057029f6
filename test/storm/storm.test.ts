/** The short form; `npm run proof:storm` is the long one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storm } from './storm.ts';

test('killed while several people tap many cards: each tap counts once, each card tells the truth', async () => {
  const said: string[] = [];
  const plan = { kills: 3, seed: 20_261, people: 6, cards: 40, mostTaps: 12 };
  const tally = await storm({ ...plan, say: (line) => said.push(line) });
  assert.equal(said.filter((line) => line.startsWith('kill ')).length, 3);
  // A storm in which nothing counted proves nothing.
  assert.ok(tally.accepted > 0, JSON.stringify(tally));
});
