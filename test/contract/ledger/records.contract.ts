import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { plainLayout } from '../../../src/domain/draft.ts';
import { emptyEffect } from '../../../src/domain/effect.ts';
import { goneKey } from '../../../src/domain/news.ts';
import type { News } from '../../../src/domain/news.ts';
import type { Incoming } from '../../../src/domain/item.ts';
import { later, openBench, type Store } from './bench.ts';
import { decisionOf, draftOf, itemOf, revisionOf } from './samples.ts';

export function recordContract(name: string, createStore: () => Promise<Store>): void {
  describe(`${name}: items, revisions, decisions, small values`, () => {
    test('an item is replaced by its key and unfinished until drafted', async (t) => {
      const { ledger, reopen } = await openBench(t, createStore);
      await ledger.items.put(itemOf('mail-2', { at: later(2) }));
      await ledger.items.put(itemOf('mail-1', { at: later(1) }));
      const written = itemOf('mail-1', { at: later(1), state: 'written', file: 'Needs_Action/a.md' });
      await ledger.items.put(written);

      const again = (await reopen()).ledger;
      assert.deepEqual(await again.items.find('mail-1'), written);
      assert.equal(await again.items.find('mail-3'), undefined);
      assert.deepEqual(
        (await again.items.unfinished()).map(({ key }) => key),
        ['mail-1', 'mail-2'],
      );
      await again.items.put({ ...written, state: 'drafted', draftFile: 'EMAIL_a.md' });
      assert.deepEqual(
        (await again.items.unfinished()).map(({ key }) => key),
        ['mail-2'],
      );
    });

    test('an item is found by the message it is, and by the draft that was written for it', async (t) => {
      const { ledger, reopen } = await openBench(t, createStore);
      const message = { messageId: '<1@client.example>', sender: 'sara@client.example' };
      const first = itemOf('mail-1', { ...message, draftFile: 'Pending_Approval/a.md', state: 'drafted' });
      await ledger.items.put(itemOf('mail-1'));
      await ledger.items.put(itemOf('mail-0', { at: later(9) }));
      await ledger.items.put(itemOf('eve', { ...message, sender: 'eve@other.example', draftFile: 'Done/a.md' }));
      await ledger.items.put(first);

      const { items } = (await reopen()).ledger;
      assert.deepEqual(await items.ofMessage('<1@client.example>', 'sara@client.example'), [first]);
      assert.deepEqual(await items.ofMessage('<2@client.example>', 'sara@client.example'), []);
      assert.deepEqual(await items.ofMessage('', ''), []);
      assert.deepEqual(await items.ofDraft(['Pending_Approval/a.md', 'Pending_Approval/b.md']), [first]);
      assert.deepEqual(
        (await items.ofDraft(['Done/a.md', 'Pending_Approval/a.md'])).map(({ key }) => key),
        ['eve', 'mail-1'],
      );
      assert.deepEqual(await items.ofDraft(['']), []);
    });

    test('a revision keeps what was shown first; only its problems are refreshed', async (t) => {
      const { ledger, reopen } = await openBench(t, createStore);
      await ledger.drafts.insert(draftOf('a'));
      const thread = { inReplyTo: '<1@example.com>', references: ['<0@example.com>'] };
      const first = revisionOf('a', { effect: { ...revisionOf('a').effect, thread } });
      await ledger.revisions.put(first);
      await ledger.revisions.put(revisionOf('a', { problems: [], original: 'forged', at: later(9) }));

      const found = await (await reopen()).ledger.revisions.find('a', first.hash);
      assert.deepEqual(found, { ...first, problems: [] });
    });

    test('the idea a draft is made from is kept beside a revision, and follows the file', async (t) => {
      const { ledger, reopen } = await openBench(t, createStore);
      await ledger.drafts.insert(draftOf('a'));
      const named = (set: string) => revisionOf('a', { layout: { ...plainLayout, set } });
      await ledger.revisions.put(named('Sommer’s “☀️” sale'));
      assert.deepEqual(await ledger.revisions.find('a', 'revision-a'), named('Sommer’s “☀️” sale'));
      await ledger.revisions.put(named('Autumn'));
      const again = (await reopen()).ledger;
      assert.deepEqual(await again.revisions.find('a', 'revision-a'), named('Autumn'));
      await again.revisions.put(revisionOf('a'));
      assert.deepEqual(await again.revisions.find('a', 'revision-a'), revisionOf('a'));
    });

    test('all texts of a draft are listed in the order they were seen, without what is in them', async (t) => {
      const { ledger } = await openBench(t, createStore);
      for (const id of ['a', 'b']) await ledger.drafts.insert(draftOf(id));
      await ledger.revisions.put(revisionOf('a', { hash: 'second', at: later(2) }));
      await ledger.revisions.put(
        revisionOf('a', { hash: 'first', likeness: 'another', at: later(1), effect: emptyEffect }),
      );
      await ledger.revisions.put(revisionOf('a', { hash: 'third', at: later(2) }));
      await ledger.revisions.put(revisionOf('b'));
      await ledger.revisions.put(revisionOf('a', { hash: 'second', at: later(9) }));

      assert.deepEqual(await ledger.revisions.of('a'), [
        { hash: 'second', likeness: 'likeness-a', at: later(2), signs: 19 },
        { hash: 'first', likeness: 'another', at: later(1), signs: 0 },
        { hash: 'third', likeness: 'likeness-a', at: later(2), signs: 19 },
      ]);
      assert.deepEqual(await ledger.revisions.of('nobody'), []);
    });

    test('an effect without a thread comes back equal', async (t) => {
      const { ledger } = await openBench(t, createStore);
      await ledger.drafts.insert(draftOf('a'));
      await ledger.revisions.put(revisionOf('a'));

      assert.deepEqual(await ledger.revisions.find('a', 'revision-a'), revisionOf('a'));
      assert.equal(await ledger.revisions.find('a', 'another'), undefined);
    });

    test('equal effects of any draft that left, or may have, since are found, newest first', async (t) => {
      const { ledger } = await openBench(t, createStore);
      for (const [index, id] of ['a', 'b', 'c', 'refused', 'dry', 'sending'].entries()) {
        await ledger.drafts.insert(draftOf(id, { state: 'approved' }));
        await ledger.revisions.put(revisionOf(id, { likeness: 'same' }));
        await ledger.decisions.append(decisionOf(`yes-${id}`, id));
        await ledger.attempts.start({
          id: `try-${id}`,
          draftId: id,
          decisionId: `yes-${id}`,
          revision: `revision-${id}`,
          startedAt: later(index),
        });
        // A dry run ends as posted without having passed its point of no return.
        if (id !== 'dry') await ledger.attempts.commit(`try-${id}`, later(index), 'site', 'me');
        if (id === 'sending') continue;
        const outcome = id === 'refused' ? 'refused' : id === 'b' ? 'unknown' : 'posted';
        await ledger.attempts.end(`try-${id}`, later(index), outcome, undefined, '');
      }
      const left = (id: string, index: number, certain: boolean) => ({
        draftId: id,
        decisionId: `yes-${id}`,
        at: later(index),
        certain,
        file: `LINKEDIN_${id}.md`,
      });

      assert.deepEqual(await ledger.attempts.leftAlike('same', later(0)), [
        left('sending', 5, false),
        left('c', 2, true),
        left('b', 1, false),
        left('a', 0, true),
      ]);
      assert.deepEqual(
        (await ledger.attempts.leftAlike('same', later(2))).map(({ draftId }) => draftId),
        ['sending', 'c'],
      );
      assert.deepEqual(await ledger.attempts.leftAlike('other', later(0)), []);
      assert.deepEqual(await ledger.attempts.leftAlike('', later(0)), []);
    });

    test('drafts of equal effect are found by what they have on offer now, the newest text first', async (t) => {
      const { ledger } = await openBench(t, createStore);
      for (const [index, id] of ['a', 'b', 'c', 'gone', 'unlike'].entries()) {
        const at = later(index);
        await ledger.drafts.insert(draftOf(id, { updatedAt: at, state: id === 'gone' ? 'vanished' : 'pending' }));
        await ledger.revisions.put(revisionOf(id, { likeness: id === 'unlike' ? '' : 'same' }));
      }
      assert.deepEqual(
        (await ledger.drafts.alike('same', 'b')).map(({ id }) => id),
        ['c', 'a'],
      );
      assert.deepEqual(await ledger.drafts.alike('', 'a'), []);

      await ledger.revisions.put(revisionOf('c', { hash: 'another', likeness: 'else' }));
      await ledger.drafts.change('c', { from: ['pending'] }, { revision: 'another' }, later(9));
      assert.deepEqual(
        (await ledger.drafts.alike('same', 'b')).map(({ id }) => id),
        ['a'],
      );
    });

    test('messages that came in are kept by id and sender, the first of each', async (t) => {
      const { ledger, reopen } = await openBench(t, createStore);
      const message = (sender: string, subject: string): Incoming => ({
        id: '<1@client.example>',
        from: { name: 'Sara', address: sender },
        answerTo: [{ name: '', address: sender }],
        others: [],
        subject,
        at: later(1),
        cautions: ['the sender’s domain is new.'],
      });
      await ledger.incoming.put(message('sara@client.example', 'First'));
      await ledger.incoming.put(message('Sara@client.example', 'Again'));
      await ledger.incoming.put(message('eve@other.example', 'Under the same id'));

      const again = (await reopen()).ledger;
      assert.deepEqual(await again.incoming.find('<1@client.example>'), [
        message('sara@client.example', 'First'),
        message('eve@other.example', 'Under the same id'),
      ]);
      assert.deepEqual(await again.incoming.find('<2@client.example>'), []);
    });

    test('what happened in a conversation is kept once for each message and key, and can be taken back', async (t) => {
      const { ledger, reopen } = await openBench(t, createStore);
      const news = (key: string, address: string): News => ({
        messageId: '<1@client.example>',
        key,
        at: later(1),
        what: { kind: 'newer', from: { name: '', address } },
      });
      const gone: News = { messageId: '<1@client.example>', key: goneKey, at: later(2), what: { kind: 'gone' } };
      assert.equal(await ledger.news.put(news('<3@client.example>', 'First'), later(3)), true);
      assert.equal(await ledger.news.put(news('<3@client.example>', 'Again'), later(4)), false);
      assert.equal(await ledger.news.put(gone, later(5)), true);
      assert.equal(await ledger.news.put({ ...gone, messageId: '<2@client.example>' }, later(5)), true);

      const again = (await reopen()).ledger.news;
      const first = { ...news('<3@client.example>', 'First'), notedAt: later(3) };
      assert.deepEqual(await again.of('<1@client.example>'), [{ ...gone, notedAt: later(5) }, first]);
      assert.equal(await again.remove('<1@client.example>', goneKey), true);
      assert.equal(await again.remove('<1@client.example>', goneKey), false);
      assert.deepEqual(await again.of('<1@client.example>'), [first]);
      assert.equal((await again.of('<2@client.example>')).length, 1);
    });

    test('open drafts are found by the message that what they have on offer answers', async (t) => {
      const { ledger } = await openBench(t, createStore);
      const answering = (id: string, inReplyTo: string, hash = `revision-${id}`) =>
        revisionOf(id, { hash, effect: { ...revisionOf(id).effect, thread: { inReplyTo, references: [] } } });
      for (const id of ['a', 'b', 'done', 'other']) {
        await ledger.drafts.insert(draftOf(id, { state: id === 'done' ? 'done' : 'pending' }));
        await ledger.revisions.put(answering(id, id === 'other' ? '<2@client.example>' : '<1@client.example>'));
      }
      const ids = async (id: string) => (await ledger.drafts.answering(id)).map((draft) => draft.id).toSorted();
      assert.deepEqual(await ids('<1@client.example>'), ['a', 'b']);
      assert.deepEqual(await ids(''), []);
      assert.deepEqual(await ledger.drafts.awaited(), [], 'none of them came in');
      const from = { name: '', address: 'sara@client.example' };
      const kept = { from, answerTo: [from], others: [], subject: '', at: later(1), cautions: [] };
      for (const id of ['<1@client.example>', '<9@client.example>']) await ledger.incoming.put({ id, ...kept });
      assert.deepEqual(await ledger.drafts.awaited(), ['<1@client.example>']);

      await ledger.revisions.put(revisionOf('a', { hash: 'no answer' }));
      await ledger.drafts.change('a', { from: ['pending'] }, { revision: 'no answer' }, later(9));
      assert.deepEqual(await ids('<1@client.example>'), ['b']);
    });

    test('decisions are only added, and come back in order', async (t) => {
      const { ledger, reopen } = await openBench(t, createStore);
      await ledger.drafts.insert(draftOf('a'));
      const yes = decisionOf('2', 'a', { at: later(5) });
      // Made on a clock that was set back: the order is that of adding.
      const undo = decisionOf('1', 'a', { verb: 'undo', at: later(1), reason: 'Slipped.' });
      await ledger.decisions.append(yes);
      await ledger.decisions.append(undo);

      await assert.rejects(ledger.decisions.append({ ...yes, verb: 'reject' }));
      await assert.rejects(ledger.decisions.append(decisionOf('3', 'nobody')));
      const again = (await reopen()).ledger;
      assert.deepEqual(await again.decisions.of('a'), [yes, undo]);
      assert.deepEqual(await again.decisions.byId('1'), undo);
      assert.equal(await again.decisions.byId('3'), undefined);
    });

    test('a tap becomes one decision, whoever asks twice', async (t) => {
      const { ledger, reopen } = await openBench(t, createStore);
      await ledger.drafts.insert(draftOf('a'));
      await ledger.decisions.append(decisionOf('1', 'a'), 'chat:7');
      await assert.rejects(ledger.decisions.append(decisionOf('2', 'a'), 'chat:7'));
      await ledger.decisions.append(decisionOf('3', 'a'));
      await ledger.decisions.append(decisionOf('4', 'a'));

      const again = (await reopen()).ledger;
      assert.equal((await again.decisions.byTap('chat:7'))?.id, '1');
      assert.equal(await again.decisions.byTap('chat:8'), undefined);
      assert.deepEqual(
        (await again.decisions.of('a')).map(({ id }) => id),
        ['1', '3', '4'],
      );
    });

    test('flags, cursors and memories are kept, each in its own room', async (t) => {
      const { ledger, reopen } = await openBench(t, createStore);
      await ledger.flags.set('paused', 'yes');
      await ledger.flags.set('paused', 'no');
      await ledger.cursor('gmail').write('17');
      await ledger.memory('telegram').set('prompt', '5');

      const again = (await reopen()).ledger;
      assert.equal(await again.flags.get('paused'), 'no');
      assert.equal(await again.flags.get('other'), undefined);
      assert.equal(await again.cursor('gmail').read(), '17');
      assert.equal(await again.cursor('folder').read(), undefined);
      assert.equal(await again.memory('telegram').get('prompt'), '5');
      assert.equal(await again.memory('slack').get('prompt'), undefined);
    });
  });
}
