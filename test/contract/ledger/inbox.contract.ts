import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openBench, type Store } from './bench.ts';

const day = 24 * 3_600_000;

export function inboxContract(name: string, createStore: () => Promise<Store>): void {
  describe(`${name}: inbox`, () => {
    test('updates wait in order with the offset, over restarts', async (t) => {
      const { ledger, reopen } = await openBench(t, createStore);
      assert.equal(await ledger.inbox('chat').offset(), 0);
      await ledger.inbox('chat').store([{ id: 5, payload: 'five' }], 6);
      await ledger.inbox('chat').store([{ id: 7, payload: 'seven' }], 8);

      const inbox = (await reopen()).ledger.inbox('chat');
      assert.equal(await inbox.offset(), 8);
      assert.deepEqual(await inbox.waiting(), [
        { id: 5, payload: 'five', tries: 0 },
        { id: 7, payload: 'seven', tries: 0 },
      ]);
    });

    test('an update that is delivered again counts once, waiting or done', async (t) => {
      const { ledger } = await openBench(t, createStore);
      const inbox = ledger.inbox('chat');
      const updates = [
        { id: 5, payload: 'first' },
        { id: 6, payload: 'second' },
      ];
      await inbox.store(updates, 7);
      await inbox.done(5);
      await inbox.store(updates, 7);

      assert.deepEqual(await inbox.waiting(), [{ id: 6, payload: 'second', tries: 0 }]);
      assert.deepEqual(await ledger.inbox('other').waiting(), []);
    });

    test('updates that are one are done as one', async (t) => {
      const { ledger } = await openBench(t, createStore);
      const inbox = ledger.inbox('chat');
      await inbox.store(
        [5, 6, 7].map((id) => ({ id, payload: 'x' })),
        8,
      );
      await inbox.done(5, 7);
      assert.deepEqual(
        (await inbox.waiting()).map(({ id }) => id),
        [6],
      );
    });

    test('a failed update stays until it is given up', async (t) => {
      const { ledger } = await openBench(t, createStore);
      const inbox = ledger.inbox('chat');
      await inbox.store([{ id: 5, payload: 'five' }], 6);

      await inbox.failed(5, 'No luck.', false);
      assert.deepEqual(await inbox.waiting(), [{ id: 5, payload: 'five', tries: 1 }]);
      await inbox.failed(5, 'Never.', true);
      assert.deepEqual(await inbox.waiting(), []);
      await inbox.store([{ id: 5, payload: 'five' }], 6);
      assert.deepEqual(await inbox.waiting(), []);
    });

    test('an id is known for a week after its update was done, and one that waits for ever', async (t) => {
      const { ledger, clock } = await openBench(t, createStore);
      const inbox = ledger.inbox('chat');
      await inbox.store(
        [
          { id: 1, payload: 'one' },
          { id: 2, payload: 'two' },
        ],
        3,
      );
      await inbox.done(1);

      await clock.advance(7 * day);
      await inbox.store([{ id: 1, payload: 'one' }], 3);
      assert.equal((await inbox.waiting()).length, 1);
      await clock.advance(1);
      await inbox.store([], 3);
      await inbox.store([{ id: 1, payload: 'a new one' }], 3);
      assert.deepEqual(
        (await inbox.waiting()).map(({ payload }) => payload),
        ['two', 'a new one'],
      );
    });
  });
}
