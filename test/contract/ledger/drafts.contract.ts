import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { DraftChange } from '../../../src/domain/ledger-port.ts';
import type { DraftState } from '../../../src/domain/lifecycle.ts';
import type { Problem } from '../../../src/domain/problem.ts';
import { later, openBench, type Store } from './bench.ts';
import { decisionOf, draftOf, revisionOf } from './samples.ts';

const states: readonly DraftState[] = [
  'pending',
  'approved',
  'in_progress',
  'unknown',
  'done',
  'rejected',
  'failed',
  'vanished',
];
const trouble: Problem = { code: 'paused', what: 'Paused.', remedy: 'Resume.', severity: 'warns' };
const ids = (drafts: readonly { readonly id: string }[]) => drafts.map(({ id }) => id);

export function draftContract(name: string, createStore: () => Promise<Store>): void {
  describe(`${name}: drafts`, () => {
    test('a draft comes back as it went in, by id and by key, also after a restart', async (t) => {
      const { ledger, reopen } = await openBench(t, createStore);
      const full = draftOf('a', { notBefore: later(5), trouble, file: { ...draftOf('a').file, path: 'ü/n.md' } });
      const bare = draftOf('b', { revision: undefined, account: '' });
      await ledger.drafts.insert(full);
      await ledger.drafts.insert(bare);

      assert.deepEqual(await ledger.drafts.byId('a'), full);
      const again = (await reopen()).ledger;
      assert.deepEqual(await again.drafts.byId('a'), full);
      assert.deepEqual(await again.drafts.byKey('key-b'), bare);
      assert.equal(await again.drafts.byId('c'), undefined);
    });

    test('approvals are counted anew when it is asked again or says something else', async (t) => {
      const { ledger } = await openBench(t, createStore);
      await ledger.drafts.insert(draftOf('a'));
      await ledger.revisions.put(revisionOf('a'));
      const from = async () => (await ledger.drafts.byId('a'))?.askedFrom;
      const change = (to: DraftChange) =>
        ledger.drafts.change('a', { from: ['pending', 'approved', 'in_progress', 'failed'] }, to, later(9));
      const decide = (id: string) => ledger.decisions.append(decisionOf(id, 'a'));
      await decide('one');
      await change({ trouble: undefined, notBefore: later(5), revision: 'revision-a' });
      assert.equal(await from(), 0);
      for (const state of ['approved', 'in_progress', 'approved', 'failed'] as const) await change({ state });
      assert.equal(await from(), 0, 'on its way nothing is asked');
      await change({ state: 'pending' });
      assert.equal(await from(), 1);
      await decide('two');
      await change({ revision: 'other' });
      assert.equal(await from(), 2);
      await decide('three');
      await change({ state: 'pending', askedFrom: 2 });
      assert.equal(await from(), 2, 'unless the old ones go on counting');
      await change({ state: 'pending' });
      assert.equal(await from(), 3);
    });

    test('an id or a key that is taken is refused', async (t) => {
      const { ledger } = await openBench(t, createStore);
      await ledger.drafts.insert(draftOf('a'));

      await assert.rejects(ledger.drafts.insert(draftOf('a', { key: 'other' })));
      await assert.rejects(ledger.drafts.insert(draftOf('b', { key: 'key-a' })));
      assert.deepEqual(ids(await ledger.drafts.open()), ['a']);
    });

    test('a place belongs to the newest draft there that has not vanished', async (t) => {
      const { ledger } = await openBench(t, createStore);
      const { file } = draftOf('x');
      await ledger.drafts.insert(draftOf('old', { file }));
      await ledger.drafts.insert(draftOf('new', { file, createdAt: later(1) }));
      await ledger.drafts.insert(draftOf('gone', { file, createdAt: later(2), state: 'vanished' }));

      assert.equal((await ledger.drafts.byPlace(file.folder, file.path))?.id, 'new');
      assert.equal(await ledger.drafts.byPlace('Done', file.path), undefined);
    });

    test('a trace is found by bytes, inode or file name, in any state, newest first, at most 20', async (t) => {
      const { ledger } = await openBench(t, createStore);
      const { file } = draftOf('x');
      const other = { contentHash: 'other', inode: 'other', path: 'other.md' };
      await ledger.drafts.insert(draftOf('bytes', { file: { ...file, ...other, contentHash: 'seen' } }));
      await ledger.drafts.insert(
        draftOf('inode', { createdAt: later(1), state: 'done', file: { ...file, ...other, inode: '9:9' } }),
      );
      await ledger.drafts.insert(
        draftOf('name', { createdAt: later(2), state: 'vanished', file: { ...file, ...other, path: 'work/x.md' } }),
      );
      await ledger.drafts.insert(draftOf('none', { file: { ...file, ...other, inode: '' } }));

      const found = await ledger.drafts.byTrace({ contentHash: 'seen', inode: '9:9', name: 'x.md' });
      assert.deepEqual(ids(found), ['name', 'inode', 'bytes']);
      assert.deepEqual(await ledger.drafts.byTrace({ contentHash: '', inode: '', name: '' }), []);

      for (let n = 0; n < 25; n += 1) {
        await ledger.drafts.insert(draftOf(`many-${n}`, { createdAt: later(10 + n), file: { ...file, path: 'm.md' } }));
      }
      const many = ids(await ledger.drafts.byTrace({ contentHash: 'seen', inode: '', name: 'm.md' }));
      assert.equal(many.length, 20);
      assert.equal(many[0], 'many-24');
    });

    test('open drafts come oldest first, settled ones newest change first', async (t) => {
      const { ledger } = await openBench(t, createStore);
      for (const [index, state] of states.entries()) {
        await ledger.drafts.insert(draftOf(state, { state, createdAt: later(-index), updatedAt: later(index) }));
      }

      assert.deepEqual(ids(await ledger.drafts.open()), ['unknown', 'in_progress', 'approved', 'pending']);
      assert.deepEqual(ids(await ledger.drafts.settled(3)), ['vanished', 'failed', 'rejected']);
    });

    test('a change keeps what is left out, clears what is undefined and sets the time', async (t) => {
      const { ledger } = await openBench(t, createStore);
      const draft = draftOf('a', { notBefore: later(5), trouble });
      await ledger.drafts.insert(draft);
      const file = { ...draft.file, folder: 'Approved', path: 'b.md', size: 0 } as const;

      assert.equal(await ledger.drafts.change('a', { from: ['pending'] }, { state: 'approved', file }, later(7)), true);
      const approved = { ...draft, state: 'approved', file, updatedAt: later(7) } as const;
      assert.deepEqual(await ledger.drafts.byId('a'), approved);
      assert.equal((await ledger.drafts.byTrace({ contentHash: '', inode: '', name: 'b.md' })).length, 1);

      const cleared = { notBefore: undefined, trouble: undefined, revision: undefined };
      assert.equal(await ledger.drafts.change('a', { from: ['approved'] }, cleared, later(8)), true);
      assert.deepEqual(await ledger.drafts.byId('a'), { ...approved, ...cleared, updatedAt: later(8) });
    });

    test('a change happens only from an expected state and on the expected revision', async (t) => {
      const { ledger } = await openBench(t, createStore);
      const draft = draftOf('a');
      await ledger.drafts.insert(draft);
      const change = (from: readonly DraftState[], revision?: string) =>
        ledger.drafts.change(
          'a',
          revision === undefined ? { from } : { from, revision },
          { state: 'approved' },
          later(1),
        );

      assert.equal(await change(['done', 'approved']), false);
      assert.equal(await change([]), false);
      assert.equal(await change(['pending'], 'another'), false);
      assert.deepEqual(await ledger.drafts.byId('a'), draft);
      assert.equal(await change(['done', 'pending'], 'revision-a'), true);
    });

    test('of 100 who change the same draft at once exactly one wins', async (t) => {
      const { ledger } = await openBench(t, createStore);
      await ledger.drafts.insert(draftOf('a'));

      const results = await Promise.all(
        Array.from({ length: 100 }, (_, n) => {
          const state = n % 2 === 0 ? 'approved' : 'rejected';
          return ledger.drafts.change('a', { from: ['pending'] }, { state, account: `by ${n}` }, later(n));
        }),
      );

      assert.equal(results.filter(Boolean).length, 1);
      assert.equal((await ledger.drafts.byId('a'))?.account, `by ${results.indexOf(true)}`);
    });

    test('the counters equal counting after any walk, with refused changes and rolled back ones', async (t) => {
      const { ledger } = await openBench(t, createStore);
      const step = fc.record({
        id: fc.integer({ min: 0, max: 9 }),
        from: fc.subarray([...states], { minLength: 1 }),
        to: fc.constantFrom(...states),
        fails: fc.boolean(),
      });
      let walk = 0;
      const check = async () => {
        const counted = Object.fromEntries(states.map((state) => [state, 0]));
        for (const { state } of [...(await ledger.drafts.open()), ...(await ledger.drafts.settled(10_000))]) {
          counted[state] = (counted[state] ?? 0) + 1;
        }
        assert.deepEqual(await ledger.drafts.counts(), counted);
      };

      const walked = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
        walk += 1;
        for (const { id, from, to, fails } of steps) {
          const name = `${walk}-${id}`;
          const work = ledger.tx(async ({ drafts }) => {
            if ((await drafts.byId(name)) === undefined) await drafts.insert(draftOf(name, { state: to }));
            else await drafts.change(name, { from }, { state: to }, later(1));
            if (fails) throw new Error('changed my mind');
          });
          if (fails) await assert.rejects(work, /changed my mind/);
          else await work;
        }
        await check();
      });
      await fc.assert(walked, { numRuns: 25 });
    });
  });
}
