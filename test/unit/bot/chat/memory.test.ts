import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createRemembered } from '../../../../src/bot/chat/memory/memory.ts';

it('a stranger is greeted once, and a crowd of them does not make the record grow without end', async () => {
  const rows = new Map<string, string>();
  const remembered = createRemembered(
    {
      get: (key) => Promise.resolve(rows.get(key)),
      set: (key, value) => Promise.resolve(void rows.set(key, value)),
    },
    async () => '7',
  );
  assert.equal(await remembered.greet('1'), 'new');
  assert.equal(await remembered.greet('1'), 'known');
  for (let person = 2; person <= 1_500; person += 1) await remembered.greet(String(person));
  assert.equal(await remembered.greet('1500'), 'known');
  assert.ok([...rows.values()].join('').length < 10_000);
});
