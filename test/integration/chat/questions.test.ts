/** What needs words is asked at once, by a form or by a reply, and what was written is kept in rows until it is used. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { refused, sampleCard } from '../../support/fake-door.ts';
import { aboutMessage, createPlainChat, vera } from '../../support/plain-chat.ts';
import type { PlainChat } from '../../support/plain-chat.ts';
import type { PlainMessage } from '../../support/plain-driver.ts';

const card = sampleCard({ verbs: ['approve', 'edit', 'reject', 'postpone'] });
const rejected = sampleCard({ mood: 'rejected', verbs: ['undo', 'reason'] });
const newest = (chat: PlainChat): PlainMessage => {
  const message = [...chat.messages.values()].at(-1);
  assert.ok(message !== undefined);
  return message;
};
const namesOf = (calls: readonly { readonly name: string }[]): readonly string[] => calls.map(({ name }) => name);

describe('a press that asks', () => {
  it('is answered by the question itself, and the old question goes after it', async () => {
    const chat = createPlainChat();
    const shown = await chat.show(card);
    assert.deepEqual(namesOf(await chat.press(shown, 'Edit')), ['ask']);
    const first = newest(chat);
    assert.deepEqual(namesOf(await chat.press(shown, 'Edit')), ['ask', 'remove']);
    assert.equal(chat.messages.has(first.id), false);
    await chat.say('The new one.', { about: aboutMessage(newest(chat)) });
    assert.deepEqual(
      chat.door.taps.map(({ verb, text }) => [verb, text]),
      [['edit', 'The new one.']],
    );
    await chat.close();
  });

  it('says so when it was too late for the question', async () => {
    const chat = createPlainChat({ isLate: true });
    const shown = await chat.show(card);
    const calls = await chat.press(shown, 'Edit');
    assert.deepEqual(namesOf(calls), ['ask', 'answer']);
    assert.match(calls[1]?.text ?? '', /tap once more/);
    await chat.close();
  });

  it('has the present text in the field, and its own words above it', async () => {
    const chat = createPlainChat({ forms: true });
    const shown = await chat.show(card);
    await chat.press(shown, 'Edit');
    const [question] = chat.questions;
    assert.deepEqual(
      question?.fields.map(({ value, lines }) => [value, lines]),
      [[card.text, 'many']],
    );
    assert.doesNotMatch(question?.message.text ?? '', /reply/);
    await chat.close();
  });
});

describe('a form that was sent off', () => {
  it('is the new text of the draft that was tapped, with nothing remembered of the question', async () => {
    const chat = createPlainChat({ forms: true });
    const shown = await chat.show(card);
    await chat.press(shown, 'Edit');
    assert.deepEqual(await chat.remembered.prompts(), []);
    assert.deepEqual(namesOf(await chat.fill('Another text.')), ['settle']);
    const [tap] = chat.door.taps;
    assert.deepEqual(
      [tap?.verb, tap?.key, tap?.revision, tap?.text],
      ['edit', card.key, card.revision, 'Another text.'],
    );
    await chat.close();
  });

  it('stays open with what is wrong', async () => {
    const chat = createPlainChat({ forms: true });
    const shown = await chat.show(card);
    await chat.press(shown, 'Edit');
    chat.door.answer(refused('bad_text', 'The new text is empty, so nothing was changed.'));
    const [settled, ...others] = await chat.fill('');
    assert.deepEqual([settled?.text, others], ['The new text is empty, so nothing was changed.', []]);
    await chat.close();
  });

  it('holds the reason of a rejection', async () => {
    const chat = createPlainChat({ forms: true });
    const shown = await chat.show(rejected);
    await chat.press(shown, 'Write why');
    await chat.fill('Too long.');
    assert.deepEqual(
      chat.door.taps.map(({ verb, text }) => [verb, text]),
      [['reason', 'Too long.']],
    );
    await chat.close();
  });

  it('asks the second question when the approval for a time is risky, and says when the time can’t be read', async () => {
    const chat = createPlainChat({ forms: true });
    const shown = await chat.show({ ...card, risks: ['The first mail to this address'] });
    await chat.press(shown, 'Later');
    await chat.press(shown, 'At another time');
    assert.match((await chat.fill('soon'))[0]?.text ?? '', /can’t read that time/);
    assert.deepEqual(namesOf(await chat.fill('tomorrow 9:00')), ['settle', 'reply']);
    assert.match(newest(chat).text, /Really\?/);
    assert.deepEqual(chat.door.taps, []);
    await chat.press(newest(chat), 'Really? Yes');
    assert.deepEqual(
      chat.door.taps.map(({ verb }) => verb),
      ['approve'],
    );
    await chat.close();
  });

  it('by somebody who is a stranger by now changes nothing and says why', async () => {
    const chat = createPlainChat({ forms: true });
    const shown = await chat.show(card);
    await chat.press(shown, 'Edit');
    const calls = await chat.fill('Mine.', { source: 'plain', id: '9', name: 'Mallory' });
    assert.match(calls[0]?.text ?? '', /not on the list/);
    assert.deepEqual(chat.door.taps, []);
    await chat.close();
  });

  it('with a token that is none changes nothing', async () => {
    const chat = createPlainChat({ forms: true });
    const calls = await chat.fill('Mine.');
    assert.match(calls[0]?.text ?? '', /don’t know this form/);
    assert.deepEqual(chat.door.taps, []);
    await chat.close();
  });

  it('is not opened for who may only look', async () => {
    const chat = createPlainChat({ forms: true });
    const shown = await chat.show(card);
    assert.deepEqual(namesOf(await chat.press(shown, 'Edit', vera)), ['answer']);
    assert.deepEqual(chat.questions, []);
    await chat.close();
  });
});

describe('words that answer nothing', () => {
  it('are used as they were written, though the press says nothing of them', async () => {
    const chat = createPlainChat();
    const shown = await chat.show(card);
    await chat.press(shown, 'Edit');
    await chat.say('Word for word.');
    await chat.press(newest(chat), 'Yes, use it');
    assert.deepEqual(
      chat.door.taps.map(({ text }) => text),
      ['Word for word.'],
    );
    await chat.close();
  });

  it('are used as they were corrected meanwhile', async () => {
    const chat = createPlainChat();
    const shown = await chat.show(card);
    await chat.press(shown, 'Edit');
    await chat.say('Wrod for word.', { messageId: 'room:70' });
    const asks = newest(chat);
    await chat.correct('Word for word.', { messageId: 'room:70' });
    await chat.press(asks, 'Yes, use it');
    assert.deepEqual(
      chat.door.taps.map(({ text }) => text),
      ['Word for word.'],
    );
    await chat.close();
  });

  it('of which no row is kept are read where the chat says them', async () => {
    const chat = createPlainChat();
    const shown = await chat.show(card);
    await chat.press(shown, 'Edit');
    await chat.say('Word for word.');
    const asks = newest(chat);
    const old: PlainMessage = { ...asks, id: `${asks.id}00` };
    await chat.press(old, 'Yes, use it', undefined, {
      below: { messageId: 'room:4711', text: 'From an earlier version.' },
    });
    assert.deepEqual(
      chat.door.taps.map(({ text }) => text),
      ['From an earlier version.'],
    );
    await chat.close();
  });

  it('that were cut are put together though the press says nothing of them', async () => {
    const chat = createPlainChat();
    const shown = await chat.show(card);
    const [first, second] = ['The first half', 'the second half'];
    const pieces = [
      { messageId: 'room:80', text: first },
      { messageId: 'room:81', text: second },
    ];
    await chat.say(first, { messageId: 'room:80', pieces, isCut: true, about: aboutMessage(shown) });
    await chat.press(newest(chat), 'A space');
    assert.deepEqual(
      chat.door.taps.map(({ text }) => text),
      ['The first half the second half'],
    );
    await chat.close();
  });
});
