import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { describe, test } from 'node:test';
import type { Tables } from '../../../src/domain/ledger-port.ts';
import { later, openBench, type Store } from './bench.ts';
import { decisionOf, draftOf } from './samples.ts';

export function transactionContract(name: string, createStore: () => Promise<Store>): void {
  describe(`${name}: transactions`, () => {
    test('all writes of a transaction are there, and its result comes back', async (t) => {
      const { ledger, reopen } = await openBench(t, createStore);
      const result = await ledger.tx(async ({ drafts, decisions }) => {
        await drafts.insert(draftOf('a'));
        await decisions.append(decisionOf('1', 'a'));
        return (await drafts.open()).length;
      });

      assert.equal(result, 1);
      assert.equal((await (await reopen()).ledger.decisions.of('a')).length, 1);
    });

    test('a transaction that rejects wrote nothing, and the next one works', async (t) => {
      const { ledger } = await openBench(t, createStore);
      const bug = new Error('bug');
      const work = ledger.tx(async ({ drafts, flags }) => {
        await drafts.insert(draftOf('a'));
        await flags.set('x', 'y');
        throw bug;
      });

      await assert.rejects(work, bug);
      assert.equal(await ledger.drafts.byId('a'), undefined);
      assert.equal(await ledger.flags.get('x'), undefined);
      await ledger.tx(({ flags }) => flags.set('x', 'z'));
      assert.equal(await ledger.flags.get('x'), 'z');
    });

    test('a write that was refused inside can be borne without losing the others', async (t) => {
      const { ledger } = await openBench(t, createStore);
      await ledger.tx(async ({ drafts }) => {
        await drafts.insert(draftOf('a'));
        await assert.rejects(drafts.insert(draftOf('a')));
        await drafts.insert(draftOf('b'));
      });

      assert.equal((await ledger.drafts.open()).length, 2);
    });

    test('nobody gets in between: calls from outside see all of it or nothing', async (t) => {
      const { ledger } = await openBench(t, createStore);
      const seen: number[] = [];
      const work = ledger.tx(async ({ drafts }) => {
        for (let n = 0; n < 5; n += 1) {
          await drafts.insert(draftOf(`a${n}`));
          await setImmediate();
        }
        throw new Error('no');
      });
      const outside = Array.from({ length: 5 }, async (_, n) => {
        await ledger.drafts.insert(draftOf(`b${n}`));
        seen.push((await ledger.drafts.open()).length);
      });

      await assert.rejects(work, /no/);
      await Promise.all(outside);
      const ids = (await ledger.drafts.open()).map(({ id }) => id);
      assert.deepEqual(ids, ['b0', 'b1', 'b2', 'b3', 'b4']);
      assert.ok(seen.every((count) => count <= 5));
    });

    test('transactions that read and then write lose no update', async (t) => {
      const { ledger } = await openBench(t, createStore);
      await Promise.all(
        Array.from({ length: 50 }, () =>
          ledger.tx(async ({ flags }) => {
            const count = Number((await flags.get('count')) ?? '0');
            await setImmediate();
            await flags.set('count', String(count + 1));
          }),
        ),
      );

      assert.equal(await ledger.flags.get('count'), '50');
    });

    test('the tables of a transaction are of no use after it', async (t) => {
      const { ledger } = await openBench(t, createStore);
      let kept: Tables | undefined;
      await ledger.tx(async (tables) => {
        kept = tables;
      });

      assert(kept !== undefined);
      await assert.rejects(kept.flags.set('x', 'y'), /ended/);
      assert.equal(await ledger.flags.get('x'), undefined);
    });

    test('two taps in two transactions: one wins, and only its decision is on record', async (t) => {
      const { ledger } = await openBench(t, createStore);
      await ledger.drafts.insert(draftOf('a'));
      const tap = (id: string, state: 'approved' | 'rejected') =>
        ledger.tx(async ({ drafts, decisions }) => {
          if (!(await drafts.change('a', { from: ['pending'] }, { state }, later(1)))) return false;
          await decisions.append(decisionOf(id, 'a'));
          return true;
        });

      assert.deepEqual(await Promise.all([tap('1', 'approved'), tap('2', 'rejected')]), [true, false]);
      assert.deepEqual(
        (await ledger.decisions.of('a')).map(({ id }) => id),
        ['1'],
      );
    });
  });
}
