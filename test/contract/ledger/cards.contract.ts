import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CardRow } from '../../../src/domain/ledger-port.ts';
import { later, openBench, type Store } from './bench.ts';
import { cardOf, draftOf, noteOf } from './samples.ts';

const card = cardOf('key-a', 'Waiting for you');
const draftIds = (rows: readonly CardRow[]) => rows.map(({ draftId }) => draftId);

export function cardContract(name: string, createStore: () => Promise<Store>): void {
  describe(`${name}: cards and outbox`, () => {
    test('a card is due while what is wanted is not what is shown', async (t) => {
      const { ledger, reopen } = await openBench(t, createStore);
      await ledger.drafts.insert(draftOf('a'));
      assert.equal(await ledger.cards.find('a', 'chat'), undefined);

      await ledger.cards.want('a', 'chat', card, 'h1');
      const wanted = { draftId: 'a', channel: 'chat', wanted: card, wantedHash: 'h1' };
      const nothingShown = { shownHash: '', ref: undefined, retiring: undefined };
      assert.deepEqual(await ledger.cards.due('chat', 5), [{ ...wanted, ...nothingShown }]);
      assert.deepEqual(await ledger.cards.due('other', 5), []);

      await ledger.cards.shown('a', 'chat', 'h1', '77');
      assert.deepEqual(await ledger.cards.due('chat', 5), []);
      await ledger.cards.want('a', 'chat', card, 'h1');
      assert.deepEqual(await ledger.cards.due('chat', 5), []);

      await ledger.cards.want('a', 'chat', { ...card, mood: 'done' }, 'h2');
      const again = (await reopen()).ledger;
      const [due] = await again.cards.due('chat', 5);
      assert.equal(due?.wanted.mood, 'done');
      assert.equal(due.shownHash, 'h1');
      assert.equal(due.ref, '77');
    });

    test('a card that changed while it was shown is due again', async (t) => {
      const { ledger } = await openBench(t, createStore);
      await ledger.drafts.insert(draftOf('a'));
      await ledger.cards.want('a', 'chat', card, 'h1');
      await ledger.cards.want('a', 'chat', card, 'h2');
      await ledger.cards.shown('a', 'chat', 'h1', '77');

      assert.deepEqual(draftIds(await ledger.cards.due('chat', 5)), ['a']);
    });

    test('a card that is wanted back as it was while a change of it is on its way is shown once more', async (t) => {
      const { ledger } = await openBench(t, createStore);
      await ledger.drafts.insert(draftOf('a'));
      await ledger.cards.want('a', 'chat', card, 'h1');
      await ledger.cards.shown('a', 'chat', 'h1', '77');
      // Shown, and the disk is full before that is on record; then a person takes it back.
      await ledger.cards.want('a', 'chat', card, 'h2');
      await ledger.cards.want('a', 'chat', card, 'h1');

      const [due] = await ledger.cards.due('chat', 5);
      assert.deepEqual([due?.wantedHash, due?.shownHash, due?.ref], ['h1', '', '77']);
      await ledger.cards.shown('a', 'chat', 'h1', '77');
      assert.deepEqual(await ledger.cards.due('chat', 5), []);
    });

    test('a renewed card is sent anew and its old one waits for its buttons to be taken off', async (t) => {
      const { ledger } = await openBench(t, createStore);
      await ledger.drafts.insert(draftOf('a'));
      await ledger.cards.want('a', 'chat', card, 'h1');
      await ledger.cards.shown('a', 'chat', 'h1', '77');

      await ledger.cards.renew('a', 'chat');
      // Twice before anything was sent: the old one must not be forgotten.
      await ledger.cards.renew('a', 'chat');
      const [renewed] = await ledger.cards.due('chat', 5);
      assert.deepEqual([renewed?.shownHash, renewed?.ref, renewed?.retiring], ['', undefined, '77']);

      await ledger.cards.shown('a', 'chat', 'h1', '78');
      assert.deepEqual(draftIds(await ledger.cards.due('chat', 5)), ['a'], 'still something to retire');
      await ledger.cards.retired('a', 'chat');
      assert.deepEqual(await ledger.cards.due('chat', 5), []);
      assert.equal((await ledger.cards.find('a', 'chat'))?.ref, '78');
    });

    test('the card that waits longest comes first, also when it was wanted anew meanwhile', async (t) => {
      const { ledger, clock } = await openBench(t, createStore);
      for (const id of ['a', 'b', 'c']) {
        await ledger.drafts.insert(draftOf(id));
        await ledger.cards.want(id, 'chat', card, 'h1');
        await clock.advance(1000);
      }
      await ledger.cards.want('a', 'chat', card, 'h2');
      assert.deepEqual(draftIds(await ledger.cards.due('chat', 2)), ['a', 'b']);

      await ledger.cards.shown('a', 'chat', 'h1', '1');
      assert.deepEqual(draftIds(await ledger.cards.due('chat', 5)), ['b', 'c', 'a'], 'served goes to the end');
    });

    test('a note is added once per channel and key', async (t) => {
      const { ledger, reopen } = await openBench(t, createStore);
      const row = { id: 'n1', channel: 'chat', draftId: 'a', note: noteOf('Posted.'), at: later(2) };
      await ledger.outbox.add(row, 'posted-a');
      await ledger.outbox.add({ ...row, id: 'n2', note: noteOf('Posted again?') }, 'posted-a');
      await ledger.outbox.add({ ...row, id: 'n3', channel: 'other' }, 'posted-a');
      await ledger.outbox.add({ ...row, id: 'n4', at: later(1) }, 'started-a');

      const again = (await reopen()).ledger;
      const due = await again.outbox.due('chat', 5);
      assert.deepEqual(
        due.map(({ id }) => id),
        ['n4', 'n1'],
      );
      assert.deepEqual(due[1], { ...row, state: 'new' });

      await again.outbox.mark('n1', 'said');
      await again.outbox.mark('n4', 'refused');
      await again.outbox.add(row, 'posted-a');
      assert.deepEqual(await again.outbox.due('chat', 5), []);
    });

    test('a note that was being sent when the process died is never sent again', async (t) => {
      const { ledger, reopen } = await openBench(t, createStore);
      for (const id of ['n1', 'n2']) {
        await ledger.outbox.add({ id, channel: 'chat', draftId: '', note: noteOf(id), at: later(0) }, id);
      }
      await ledger.outbox.mark('n1', 'sending');

      const again = (await reopen()).ledger;
      assert.equal(await again.outbox.settleSending('other'), 0);
      assert.equal(await again.outbox.settleSending('chat'), 1);
      assert.equal(await again.outbox.settleSending('chat'), 0);
      assert.deepEqual(
        (await again.outbox.due('chat', 5)).map(({ id }) => id),
        ['n2'],
      );
    });
  });
}
