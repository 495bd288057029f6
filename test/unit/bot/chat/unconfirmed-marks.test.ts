import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { createRemembered } from '../../../../src/bot/chat/memory/memory.ts';
import { createSendingMarks } from '../../../../src/bot/chat/cards/unconfirmed-marks.ts';
import { createFakeMemory } from '../../../support/fake-stores.ts';

const create = () => {
  const memory = createFakeMemory();
  const remembered = createRemembered(memory, async () => '7');
  return { memory, remembered, marks: createSendingMarks(remembered) };
};
const keys = (marks: readonly { readonly key: string }[]) => marks.map(({ key }) => key);

describe('cards that are being sent', () => {
  it('are all kept when several are sent at once', async () => {
    const { marks } = create();
    await Promise.all(['a', 'b', 'c'].map((key) => marks.add(key, 'trace')));
    assert.deepEqual(keys(await marks.inDoubt()), ['a', 'b', 'c']);
  });

  it('are in doubt until a card is remembered that was not there before', async () => {
    const { remembered, marks } = create();
    await remembered.keepCardAt('a', '7:3');
    await marks.add('a', 'trace');
    await remembered.keepCardAt('a', '7:3');
    assert.deepEqual(keys(await marks.inDoubt()), ['a']);
    await remembered.keepCardAt('a', '7:4');
    assert.deepEqual(await marks.inDoubt(), []);
  });

  it('are no longer in doubt when they stand in the chat that took the place of theirs', async () => {
    const { remembered, marks } = create();
    await marks.add('a', 'trace');
    await remembered.keepCardAt('a', '-100:2');
    assert.deepEqual(await marks.inDoubt(), []);
  });

  it('stay in doubt when the card before is forgotten meanwhile, and not when they are that card', async () => {
    const { remembered, marks } = create();
    await remembered.keepCardAt('a', '7:3');
    await marks.add('a', 'trace');
    await marks.forget('a', '7:3');
    await remembered.keepCardAt('a', undefined);
    assert.deepEqual(keys(await marks.inDoubt()), ['a']);
    await remembered.keepCardAt('a', '7:4');
    await marks.forget('a', '7:4');
    await remembered.keepCardAt('a', undefined);
    assert.deepEqual(await marks.inDoubt(), []);
  });

  it('of an earlier version are in doubt when no card of a later number was remembered', async () => {
    const { memory, marks } = create();
    const old = (key: string, after: number) => ({ chatId: '7', key, after, words: 'hash' });
    await memory.set('card:b', '7:4');
    await memory.set('card:c', '7:6');
    await memory.set('card:d', '-100:2');
    await memory.set('sending', JSON.stringify([old('a', 5), old('b', 5), old('c', 5), old('d', 5)]));
    const doubts = await marks.inDoubt();
    assert.deepEqual(keys(doubts), ['a', 'b']);
    assert.deepEqual(JSON.parse(doubts[0]?.trace ?? ''), { chatId: '7', after: 5, words: 'hash' });
  });
});
