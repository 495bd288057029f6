/** A chat that can't change buttons alone is given whole messages, and what stands there stays what it was. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sampleCard } from '../../support/fake-door.ts';
import { createPlainChat, labelsOf } from '../../support/plain-chat.ts';
import type { PlainMessage } from '../../support/plain-driver.ts';

const verbs = ['approve', 'edit', 'reject', 'postpone'] as const;

const newest = (messages: ReadonlyMap<string, PlainMessage>): PlainMessage => {
  const message = [...messages.values()].at(-1);
  assert.ok(message !== undefined);
  return message;
};

describe('a message is drawn whole', () => {
  for (const [opens, back] of [
    ['⋯ More', 'Back'],
    ['🕒 Later', '← Back'],
  ] as const) {
    it(`${opens} and back leave the words of a card as they are`, async () => {
      const chat = createPlainChat();
      const card = await chat.show(sampleCard({ verbs }));
      const { text, rows } = card;
      await chat.press(card, opens);
      assert.equal(card.text, text);
      assert.notDeepEqual(card.rows, rows);
      await chat.press(card, back);
      assert.equal(card.text, text);
      assert.deepEqual(card.rows, rows);
      await chat.close();
    });

    it(`${opens} and back in a review show the review`, async () => {
      const chat = createPlainChat();
      chat.door.put(sampleCard({ verbs }));
      chat.door.put(sampleCard({ verbs, key: 'k3y0000002' }));
      await chat.review.start('asks', 'room');
      const review = newest(chat.messages);
      const { text, rows } = review;
      assert.match(text, /^1 of 2/);
      await chat.press(review, opens);
      assert.equal(review.text, text);
      assert.notDeepEqual(review.rows, rows);
      const calls = await chat.press(review, back);
      assert.equal(review.text, text);
      assert.deepEqual(review.rows, rows);
      // Nothing else stood there in between.
      assert.deepEqual(
        calls.map(({ name }) => name),
        ['answer', 'edit'],
      );
      await chat.close();
    });
  }

  it('a second question keeps the card that it is about', async () => {
    const chat = createPlainChat();
    const card = await chat.show(sampleCard({ verbs, risks: ['The first mail to this address'] }));
    const { text } = card;
    await chat.press(card, 'Approve');
    assert.equal(card.text, text);
    assert.deepEqual(labelsOf(card), ['Really? Yes, approve', 'No']);
    await chat.close();
  });

  it('buttons for a text that is no longer there are not put below another one', async () => {
    const chat = createPlainChat();
    const risky = sampleCard({ verbs, risks: ['The first mail to this address'] });
    const card = await chat.show(risky);
    const { rows } = card;
    const { decide } = chat.door;
    Object.assign(chat.door, {
      async decide(tap: Parameters<typeof decide>[0]) {
        const verdict = await decide(tap);
        chat.door.put({ ...risky, revision: 'n3w0123456', text: 'Another text.' });
        return verdict;
      },
    });
    await chat.press(card, 'Approve');
    assert.deepEqual(card.rows, rows);
    assert.doesNotMatch(card.text, /Another text/);
    await chat.close();
  });

  it('in a review that shows another draft by now, its own buttons come', async () => {
    const chat = createPlainChat();
    const [first, second] = [sampleCard({ verbs }), sampleCard({ verbs, key: 'k3y0000002', text: 'The second.' })];
    chat.door.put(first);
    chat.door.put(second);
    await chat.review.start('asks', 'room');
    const review = newest(chat.messages);
    const old = { ...review };
    await chat.press(review, 'Skip');
    assert.match(review.text, /The second/);
    const { rows } = review;
    await chat.press(old, '🕒 Later');
    assert.match(review.text, /The second/);
    assert.deepEqual(review.rows, rows);
    await chat.close();
  });
});
