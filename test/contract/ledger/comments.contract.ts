import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { later, openBench, type Store } from './bench.ts';
import { decisionOf, draftOf } from './samples.ts';

export function commentContract(name: string, createStore: () => Promise<Store>): void {
  describe(`${name}: comments`, () => {
    test('comments of a draft come back in their order, each tap once, with the decisions they knew', async (t) => {
      const { ledger, reopen } = await openBench(t, createStore);
      for (const id of ['a', 'b']) await ledger.drafts.insert(draftOf(id));
      const actor = { source: 'chat', id: '6', name: 'Vera' };
      const said = (id: string, draftId = 'a') => ({
        id,
        draftId,
        revision: 'x',
        actor,
        at: later(9),
        text: `“${id}”\n☀️`,
      });
      await ledger.comments.append(said('first'), 'tap');
      await ledger.comments.append(said('again'), 'tap');
      await ledger.decisions.append(decisionOf('d', 'a'));
      await ledger.comments.append({ ...said('second'), at: later(1) });
      await ledger.comments.append(said('other', 'b'));

      const { comments } = (await reopen()).ledger;
      assert.deepEqual(await comments.of('a'), [
        { ...said('first'), after: 0 },
        { ...said('second'), at: later(1), after: 1 },
      ]);
      assert.deepEqual(await comments.of('nobody'), []);
      await assert.rejects(comments.append(said('first')));
    });
  });
}
