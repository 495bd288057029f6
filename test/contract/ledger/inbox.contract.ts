import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { InboxRow } from '../../../src/domain/ports.ts';
import { openBench, type Store } from './bench.ts';

const day = 24 * 3_600_000;
const receivedAt = new Date(1_700_000_000_000);
const row = (id: string, payload: string): InboxRow => ({ id, payload, receivedAt });

export function inboxContract(name: string, createStore: () => Promise<Store>): void {
  describe(`${name}: inbox`, () => {
    test('what came waits in order, with the cursor and when it came, over restarts', async (t) => {
      const { ledger, reopen } = await openBench(t, createStore);
      assert.equal(await ledger.inbox('chat').cursor(), undefined);
      await ledger.inbox('chat').store([row('C1:17.5', 'five')], 'after 5');
      await ledger.inbox('chat').store([row('C1:17.1', 'one')], 'after 1');

      const inbox = (await reopen()).ledger.inbox('chat');
      assert.equal(await inbox.cursor(), 'after 1');
      assert.deepEqual(await inbox.waiting(), [
        { ...row('C1:17.5', 'five'), tries: 0 },
        { ...row('C1:17.1', 'one'), tries: 0 },
      ]);
    });

    test('a chat without a cursor stores none, and one that is left out stays', async (t) => {
      const { ledger } = await openBench(t, createStore);
      const inbox = ledger.inbox('chat');
      await inbox.store([row('a', 'x')]);
      assert.equal(await inbox.cursor(), undefined);
      await inbox.store([], '7');
      await inbox.store([row('b', 'x')]);
      assert.equal(await inbox.cursor(), '7');
      assert.equal(await ledger.inbox('other').cursor(), undefined);
    });

    test('an update that is delivered again counts once, waiting or done', async (t) => {
      const { ledger } = await openBench(t, createStore);
      const inbox = ledger.inbox('chat');
      const updates = [row('5', 'first'), row('6', 'second')];
      await inbox.store(updates, '7');
      await inbox.done('5');
      await inbox.store(updates, '7');

      assert.deepEqual(await inbox.waiting(), [{ ...row('6', 'second'), tries: 0 }]);
      assert.deepEqual(await ledger.inbox('other').waiting(), []);
    });

    test('updates that are one are done as one', async (t) => {
      const { ledger } = await openBench(t, createStore);
      const inbox = ledger.inbox('chat');
      await inbox.store(
        ['5', '6', '7'].map((id) => row(id, 'x')),
        '8',
      );
      await inbox.done('5', '7');
      assert.deepEqual(
        (await inbox.waiting()).map(({ id }) => id),
        ['6'],
      );
    });

    test('a failed update stays until it is given up', async (t) => {
      const { ledger } = await openBench(t, createStore);
      const inbox = ledger.inbox('chat');
      await inbox.store([row('5', 'five')], '6');

      await inbox.failed('5', 'No luck.', false);
      assert.deepEqual(await inbox.waiting(), [{ ...row('5', 'five'), tries: 1 }]);
      await inbox.failed('5', 'Never.', true);
      assert.deepEqual(await inbox.waiting(), []);
      await inbox.store([row('5', 'five')], '6');
      assert.deepEqual(await inbox.waiting(), []);
    });

    test('an id is known for a week after its update was done, and one that waits for ever', async (t) => {
      const { ledger, clock } = await openBench(t, createStore);
      const inbox = ledger.inbox('chat');
      await inbox.store([row('1', 'one'), row('2', 'two')], '3');
      await inbox.done('1');

      await clock.advance(7 * day);
      await inbox.store([row('1', 'one')], '3');
      assert.equal((await inbox.waiting()).length, 1);
      await clock.advance(1);
      await inbox.store([], '3');
      await inbox.store([row('1', 'a new one')], '3');
      assert.deepEqual(
        (await inbox.waiting()).map(({ payload }) => payload),
        ['two', 'a new one'],
      );
    });
  });
}
