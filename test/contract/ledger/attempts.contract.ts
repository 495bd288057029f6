import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { later, openBench, type Store } from './bench.ts';
import { approvedDraft, revisionOf } from './samples.ts';

const evidence = { link: 'https://example.com/1', messageId: '', note: 'ok' };
const tryOf = (id: string, draftId: string) => ({
  id,
  draftId,
  decisionId: `yes-${draftId}`,
  revision: `revision-${draftId}`,
  startedAt: later(1),
});

export function attemptContract(name: string, createStore: () => Promise<Store>): void {
  describe(`${name}: attempts`, () => {
    test('an attempt goes from started over committed to ended, and each step is kept', async (t) => {
      const { ledger, reopen } = await openBench(t, createStore);
      await approvedDraft(ledger, 'a');
      const started = await ledger.attempts.start({ ...tryOf('t1', 'a'), needed: 2 });
      assert.deepEqual(started, {
        ...tryOf('t1', 'a'),
        needed: 2,
        held: false,
        number: 1,
        phase: 'started',
        committedAt: undefined,
        endedAt: undefined,
        outcome: undefined,
        evidence: undefined,
        words: '',
      });

      assert.equal(await ledger.attempts.commit('t1', later(2), 'linkedin', 'me'), true);
      assert.equal((await (await reopen()).ledger.attempts.byId('t1'))?.phase, 'committed');
      const again = (await reopen()).ledger;
      assert.equal(await again.attempts.end('t1', later(3), 'posted', evidence, ''), true);
      const ended = { phase: 'ended', committedAt: later(2), endedAt: later(3), outcome: 'posted', evidence } as const;
      assert.deepEqual(await (await reopen()).ledger.attempts.byId('t1'), { ...started, ...ended });
    });

    test('addresses are reached by what was posted and by nothing else', async (t) => {
      const { ledger, reopen } = await openBench(t, createStore);
      const people = ['ann@example.org', 'bob@example.org', 'cy@example.org'];
      for (const [id, outcome] of [
        ['a', 'posted'],
        ['b', 'refused'],
        ['c', 'unknown'],
      ] as const) {
        await approvedDraft(ledger, id, { revision: `mail-${id}` });
        const effect = { ...revisionOf(id).effect, to: [`${people.find((one) => one.startsWith(id))?.toUpperCase()}`] };
        await ledger.revisions.put(revisionOf(id, { hash: `to-${id}`, effect }));
        await ledger.attempts.start({ ...tryOf(`t-${id}`, id), revision: `to-${id}` });
        await ledger.attempts.commit(`t-${id}`, later(2), 'mail', 'me');
        await ledger.attempts.end(`t-${id}`, later(3), outcome, undefined, '');
      }
      assert.deepEqual(await ledger.attempts.neverReached('mail', people), ['bob@example.org', 'cy@example.org']);
      assert.deepEqual(await ledger.attempts.reachedDomains(12), ['example.org']);
      assert.deepEqual(await ledger.attempts.reachedDomains(13), [], 'of about this length');
      assert.deepEqual(await ledger.attempts.neverReached('other', ['ann@example.org']), ['ann@example.org']);
      await ledger.attempts.settle('t-c', 'posted', evidence, '');
      assert.deepEqual(await (await reopen()).ledger.attempts.neverReached('mail', people), ['bob@example.org']);
    });

    test('no step happens twice or after the end', async (t) => {
      const { ledger } = await openBench(t, createStore);
      await approvedDraft(ledger, 'a');
      await ledger.attempts.start(tryOf('t1', 'a'));

      const commits = await Promise.all(
        Array.from({ length: 20 }, () => ledger.attempts.commit('t1', later(2), 'linkedin', 'me')),
      );
      assert.equal(commits.filter(Boolean).length, 1);
      assert.equal(await ledger.attempts.end('t1', later(3), 'refused', undefined, 'No.'), true);
      assert.equal(await ledger.attempts.end('t1', later(4), 'posted', evidence, ''), false);
      assert.equal(await ledger.attempts.commit('t1', later(5), 'linkedin', 'me'), false);
      assert.equal(await ledger.attempts.commit('nothing', later(5), 'linkedin', 'me'), false);
      assert.equal((await ledger.attempts.byId('t1'))?.outcome, 'refused');
    });

    test('numbers grow per draft; a second one while one runs is refused', async (t) => {
      const { ledger } = await openBench(t, createStore);
      await approvedDraft(ledger, 'a');
      await approvedDraft(ledger, 'b');
      await ledger.attempts.start(tryOf('t1', 'a'));

      await assert.rejects(ledger.attempts.start(tryOf('t2', 'a')));
      await ledger.attempts.end('t1', later(2), 'retry_later', undefined, 'Busy.');
      assert.equal((await ledger.attempts.start(tryOf('t3', 'a'))).number, 2);
      assert.equal((await ledger.attempts.start(tryOf('t4', 'b'))).number, 1);
      assert.deepEqual(
        (await ledger.attempts.of('a')).map(({ id }) => id),
        ['t1', 't3'],
      );
    });

    test('an attempt needs a decision on record and a stored effect', async (t) => {
      const { ledger } = await openBench(t, createStore);
      await approvedDraft(ledger, 'a');

      await assert.rejects(ledger.attempts.start({ ...tryOf('t1', 'a'), decisionId: 'nobody' }));
      await assert.rejects(ledger.attempts.start({ ...tryOf('t1', 'a'), revision: 'unseen' }));
      assert.deepEqual(await ledger.attempts.of('a'), []);
      await ledger.revisions.put(revisionOf('a', { hash: 'unseen' }));
      await ledger.attempts.start({ ...tryOf('t1', 'a'), revision: 'unseen' });
    });

    test('only an unknown outcome can be settled, once', async (t) => {
      const { ledger } = await openBench(t, createStore);
      await approvedDraft(ledger, 'a');
      await ledger.attempts.start(tryOf('t1', 'a'));

      assert.equal(await ledger.attempts.settle('t1', 'posted', evidence, ''), false);
      await ledger.attempts.end('t1', later(3), 'unknown', undefined, 'The page died.');
      assert.equal(await ledger.attempts.settle('t1', 'posted', evidence, ''), true);
      assert.equal(await ledger.attempts.settle('t1', 'refused', undefined, ''), false);
      const settled = await ledger.attempts.byId('t1');
      assert.equal(settled?.outcome, 'posted');
      assert.deepEqual(settled.evidence, evidence);
      assert.deepEqual(settled.endedAt, later(3));
    });

    test('commits count for the limit of their account, whatever came of them', async (t) => {
      const { ledger } = await openBench(t, createStore);
      for (const [index, account] of ['me', 'me', 'you', 'me'].entries()) {
        await approvedDraft(ledger, `d${index}`);
        await ledger.attempts.start(tryOf(`t${index}`, `d${index}`));
        await ledger.attempts.commit(`t${index}`, later(index * 10), 'linkedin', account);
      }
      await ledger.attempts.end('t3', later(31), 'unknown', undefined, '');

      assert.deepEqual(await ledger.attempts.commitsSince('linkedin', 'me', later(10)), [later(10), later(30)]);
      assert.deepEqual(await ledger.attempts.commitsSince('mail', 'me', later(0)), []);
    });
  });
}
