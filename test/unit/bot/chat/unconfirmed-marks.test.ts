import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { createRemembered } from '../../../../src/bot/chat/memory/memory.ts';
import { createSendingMarks } from '../../../../src/bot/chat/cards/unconfirmed-marks.ts';
import { createFakeMemory } from '../../../support/fake-stores.ts';

const create = () => {
  const remembered = createRemembered(createFakeMemory());
  return { remembered, marks: createSendingMarks(remembered) };
};
const mark = (key: string, after: number) => ({ chatId: '7', key, after, words: '' });
const keys = (marks: readonly { readonly key: string }[]) => marks.map(({ key }) => key);

describe('cards that are being sent', () => {
  it('are all kept when several are sent at once', async () => {
    const { marks } = create();
    await Promise.all(['a', 'b', 'c'].map((key) => marks.add(mark(key, 3))));
    assert.deepEqual(keys(await marks.inDoubt('7')), ['a', 'b', 'c']);
  });

  it('are in doubt until a number after the newest known one is theirs', async () => {
    const { remembered, marks } = create();
    await remembered.keepCardAt('7', 'a', 3);
    await marks.add(mark('a', 3));
    assert.deepEqual(keys(await marks.inDoubt('7')), ['a']);
    await remembered.keepCardAt('7', 'a', 4);
    assert.deepEqual(await marks.inDoubt('7'), []);
  });

  it('are no longer in doubt when they stand in the chat that took the place of theirs', async () => {
    const { remembered, marks } = create();
    await marks.add(mark('a', 90));
    await remembered.keepCardAt('-100', 'a', 2);
    assert.deepEqual(await marks.inDoubt('-100'), []);
  });

  it('leave a number to begin a search at, and never a smaller one', async () => {
    const { remembered, marks } = create();
    await marks.add(mark('a', 3));
    await marks.add(mark('b', 3));
    await marks.drop('a', '7', 9);
    await marks.drop('b', '7', 5);
    assert.deepEqual([await marks.all(), await remembered.knownIn('7')], [[], 9]);
  });
});
