import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { UndraftedRow } from '../../../src/domain/undrafted.ts';
import { later, openBench, type Store } from './bench.ts';

const rowOf = (n: number, why: UndraftedRow['undrafted']['why'] = 'newsletter'): UndraftedRow => ({
  key: `key${n}`,
  itemKey: `gmail:${n}`,
  at: later(n),
  notedAt: later(n + 1),
  undrafted: {
    why,
    from: { name: 'Sara', address: 'sara@client.example' },
    subject: `Offer ${n} 👋`,
    answer: { kind: 'impossible', obstacle: 'encrypted' },
  },
  item: { watcher: 'gmail', fileStem: 'EMAIL_offer', title: 'Mail from Sara', fields: [['type', 'email']] },
  textHash: 'abc',
  stem: '',
  isClosed: false,
});
const keysOf = (rows: readonly UndraftedRow[]) => rows.map(({ key }) => key);

export function undraftedContract(name: string, createStore: () => Promise<Store>): void {
  describe(`${name}: messages without a draft`, () => {
    test('a row is kept as it is, the first of an item counts, and it is there after a restart', async (t) => {
      const { ledger, reopen } = await openBench(t, createStore);
      await ledger.undrafted.put(rowOf(1));
      await ledger.undrafted.put({ ...rowOf(2), itemKey: 'gmail:1' });
      const { undrafted } = (await reopen()).ledger;
      assert.deepEqual(await undrafted.find('key1'), rowOf(1));
      assert.equal(await undrafted.find('key2'), undefined);
    });

    test('they are listed from the newest, on either side of one of them, without those closed', async (t) => {
      const { ledger } = await openBench(t, createStore);
      const { undrafted } = ledger;
      for (let n = 1; n <= 6; n += 1) await undrafted.put(rowOf(n));
      await undrafted.close('gmail:3');
      assert.deepEqual(keysOf(await undrafted.list({}, 2)), ['key6', 'key5']);
      assert.deepEqual(keysOf(await undrafted.list({ olderThan: 'key5' }, 2)), ['key4', 'key2']);
      assert.deepEqual(keysOf(await undrafted.list({ newerThan: 'key2' }, 2)), ['key5', 'key4']);
      // One that was closed meanwhile is a place all the same.
      assert.deepEqual(keysOf(await undrafted.list({ olderThan: 'key3' }, 9)), ['key2', 'key1']);
      assert.deepEqual(await undrafted.list({ olderThan: 'nobody' }, 9), []);
      assert.equal(await undrafted.count(), 5);
      assert.equal((await undrafted.find('key3'))?.isClosed, true);
    });

    test('those nobody was told of are counted by reason, until they are told', async (t) => {
      const { ledger } = await openBench(t, createStore);
      const { undrafted } = ledger;
      await undrafted.put(rowOf(1));
      await undrafted.put(rowOf(2, 'list'));
      await undrafted.put(rowOf(3));
      await undrafted.put(rowOf(4));
      await undrafted.close('gmail:4');
      assert.deepEqual(await undrafted.untold(), [
        { why: 'list', count: 1 },
        { why: 'newsletter', count: 2 },
      ]);
      await undrafted.markTold();
      assert.deepEqual(await undrafted.untold(), []);
      await undrafted.put(rowOf(5));
      assert.deepEqual(await undrafted.untold(), [{ why: 'newsletter', count: 1 }]);
    });

    test('the first name of a draft counts', async (t) => {
      const { ledger } = await openBench(t, createStore);
      await ledger.undrafted.put(rowOf(1));
      assert.equal(await ledger.undrafted.name('key1', 'EMAIL_a'), 'EMAIL_a');
      assert.equal(await ledger.undrafted.name('key1', 'EMAIL_b'), 'EMAIL_a');
      assert.equal(await ledger.undrafted.name('nobody', 'EMAIL_b'), undefined);
    });

    test('what is old and what is too much is forgotten, never what nobody was told of', async (t) => {
      const { ledger } = await openBench(t, createStore);
      const { undrafted } = ledger;
      for (let n = 1; n <= 5; n += 1) await undrafted.put(rowOf(n));
      await undrafted.forget(later(99), 0);
      assert.equal(await undrafted.count(), 5);
      await undrafted.markTold();
      await undrafted.forget(later(3), 99);
      assert.deepEqual(keysOf(await undrafted.list({}, 9)), ['key5', 'key4', 'key3', 'key2']);
      await undrafted.forget(later(0), 2);
      assert.deepEqual(keysOf(await undrafted.list({}, 9)), ['key5', 'key4']);
    });
  });
}
