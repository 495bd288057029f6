/** Rows as versions before kept them, with the numbers of messages: all of them read as ids, and what is written is whole. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { createMediaMemory } from '../../../../src/bot/chat/cards/shown-attachments.ts';
import { createRemembered } from '../../../../src/bot/chat/memory/memory.ts';
import { readMessageRef } from '../../../../src/bot/chat/memory/message-ref.ts';
import { createFakeMemory } from '../../../support/fake-stores.ts';

const mark = { key: 'k', revision: 'r' };

async function withRows(rows: Readonly<Record<string, unknown>>) {
  const memory = createFakeMemory();
  for (const [key, value] of Object.entries(rows)) {
    await memory.set(key, typeof value === 'string' ? value : JSON.stringify(value));
  }
  const remembered = createRemembered(memory, async () => '-1007');
  return { memory, remembered, media: createMediaMemory(memory, remembered) };
}

describe('rows of versions before', () => {
  it('a card is the number beside its chat, or alone in the chat where we ask', async () => {
    const { remembered } = await withRows({ 'card:a': '-1007:12', 'card:b': '13', 'card:c': '' });
    assert.equal(await remembered.cardAt('a'), '-1007:12');
    assert.equal(await remembered.cardAt('b'), '-1007:13');
    assert.equal(await remembered.cardAt('c'), undefined);
    assert.equal(await remembered.cardAt('d'), undefined);
  });

  it('what stood above a card, and its files, stand in the chat of the card', async () => {
    const above = { digest: 'h', ids: [3, 4], card: 5, old: [1] };
    const shown = { digest: 'h', ids: [3], handled: 1, missing: [], tries: 0, card: 0, isPicture: false, old: [2] };
    const { remembered, media } = await withRows({ 'above:a': above, 'card:a': '9:5', 'media:b': shown });
    assert.deepEqual(await remembered.above('a'), { digest: 'h', ids: ['9:3', '9:4'], card: '9:5', old: ['9:1'] });
    const files = await media.of('b');
    assert.deepEqual([files.ids, files.card, files.old], [['-1007:3'], undefined, ['-1007:2']]);
    await media.keep('b', { ...files, card: 'C1:17.5' });
    assert.equal((await media.of('b')).card, 'C1:17.5');
  });

  it('questions are found by the message that asked, and by whom', async () => {
    const by = { id: 700, name: 'Ada', until: 5 };
    const old = [
      { ...mark, chatId: '7', messageId: 3 },
      { ...mark, chatId: '-1007', messageId: 4, asks: 'reason', by },
      { ...mark, chatId: '7', messageId: 0 },
    ];
    const { remembered } = await withRows({ prompts: old });
    assert.deepEqual(await remembered.prompts(), [
      { ...mark, messageId: '7:3', asks: 'edit' },
      { ...mark, messageId: '-1007:4', asks: 'reason', by: { ...by, id: '700' } },
    ]);
    await remembered.changePrompts((all) => [...all, { ...mark, messageId: 'C1:17.5', asks: 'edit' }]);
    assert.deepEqual(
      (await remembered.prompts()).map(({ messageId }) => messageId),
      ['7:3', '-1007:4', 'C1:17.5'],
    );
  });

  it('the digest and the review are those of the chat they name, until there is a newer one', async () => {
    const digest = { chatId: '7', messageId: 3, sentAt: '2026-01-01T00:00:00.000Z', text: '2 drafts' };
    const review = { ...mark, chatId: '7', messageId: 4, shelf: 'asks', done: 1, skipped: ['s'] };
    const { remembered } = await withRows({ digest, review });
    assert.equal((await remembered.digest('7'))?.messageId, '7:3');
    assert.equal(await remembered.digest('8'), undefined);
    const found = await remembered.review('7');
    assert.deepEqual([found?.messageId, found?.done, found?.skipped], ['7:4', 1, ['s']]);
    assert.equal(await remembered.review('8'), undefined);
    await remembered.keepDigest('7', undefined);
    assert.equal(await remembered.digest('7'), undefined);
    if (found !== undefined) await remembered.keepReview('7', { ...found, messageId: '7:9' });
    assert.equal((await remembered.review('7'))?.messageId, '7:9');
  });

  it('the message below the cards of one idea is none while its number is 0', async () => {
    const set = {
      id: 'i',
      words: 'w',
      chatId: '7',
      sentAt: '2026-01-01T00:00:00.000Z',
      look: '',
      members: [],
      lists: [],
      last: [],
      verb: 'approve',
    };
    const { remembered } = await withRows({
      sets: [
        { ...set, messageId: 0 },
        { ...set, id: 'j', messageId: 8 },
      ],
    });
    const sets = await remembered.sets();
    assert.deepEqual(
      sets.map(({ messageId }) => messageId),
      [undefined, '7:8'],
    );
    await remembered.keepSets(sets);
    assert.deepEqual(await remembered.sets(), sets);
  });

  it('a text that an app cut is found by its pieces', async () => {
    const cut = {
      ...mark,
      pieces: [
        { id: 3, text: 'a' },
        { id: 4, text: 'b' },
      ],
      joints: ['p'],
    };
    const { remembered } = await withRows({ 'cut:7:3': cut, 'cut_piece:7:4': '3' });
    const first = (await remembered.cutTextOf('7:4')) ?? assert.fail('it is not found');
    assert.equal(first, '7:3');
    assert.deepEqual(
      (await remembered.cutTextAt(first))?.pieces.map(({ id }) => id),
      ['7:3', '7:4'],
    );
  });

  it('single messages mean what they meant', async () => {
    const { remembered } = await withRows({
      'message:7:3': mark,
      'picture:7:3': 'yes',
      'answer:7:4': 'k\na passage',
      'used:7:5': 'yes',
      'replaced:7:6': 'yes',
    });
    assert.deepEqual(await remembered.draftAt('7:3'), mark);
    assert.equal(await remembered.isPicture('7:3'), true);
    assert.deepEqual(await remembered.answerAt('7:4'), { key: 'k', passage: 'a passage' });
    assert.equal(await remembered.isUsed('7:5'), true);
    assert.equal(await remembered.replaced('7:6'), true);
  });

  it('who was greeted is known, and the first of an album stays the first', async () => {
    const { remembered } = await withRows({ greeted: [700, 701], albums: 'x 3 new\ny 4 told' });
    assert.equal(await remembered.greet('700'), 'known');
    assert.equal(await remembered.greet('U7'), 'new');
    assert.equal(await remembered.greet('701'), 'known');
    assert.equal(await remembered.placeInAlbum('x', '7:3'), 'first');
    assert.equal(await remembered.placeInAlbum('y', '7:3'), 'told');
    assert.equal(await remembered.placeInAlbum('z', 'C1:17.5'), 'first');
    assert.equal(await remembered.placeInAlbum('z', 'C1:17.5'), 'first');
    assert.equal(await remembered.placeInAlbum('z', 'C1:17.6'), 'next');
  });

  it('what the core keeps of a card is the message, whatever its form', () => {
    assert.equal(readMessageRef('7:3'), '7:3');
    assert.equal(readMessageRef('C123:1700000000.123456'), 'C123:1700000000.123456');
    assert.equal(readMessageRef('digest/abc'), undefined);
    assert.equal(readMessageRef(''), undefined);
  });
});
