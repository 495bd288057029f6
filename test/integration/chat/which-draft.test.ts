/** Who is meant by what people write: a draft when it is answered, and a remark where they talk to each other. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { refused, sampleCard } from '../../support/fake-door.ts';
import { aboutMessage, createPlainChat, labelsOf, vera } from '../../support/plain-chat.ts';
import type { PlainChat } from '../../support/plain-chat.ts';
import type { PlainMessage } from '../../support/plain-driver.ts';

const card = sampleCard({ verbs: ['approve', 'edit', 'reject', 'postpone'] });
const wanted = ({ door }: PlainChat): readonly unknown[] => door.taps.map(({ verb, key, text }) => [verb, key, text]);
const namesOf = (calls: readonly { readonly name: string }[]): readonly string[] => calls.map(({ name }) => name);
const newest = (chat: PlainChat): PlainMessage => {
  const message = [...chat.messages.values()].at(-1);
  assert.ok(message !== undefined);
  return message;
};
const thread = (on: PlainMessage) => ({ about: aboutMessage(on), shared: true, inThread: true }) as const;

describe('in a thread that others read', () => {
  it('the words of who may edit are the new text', async () => {
    const chat = createPlainChat();
    const shown = await chat.show(card);
    await chat.say('Another text.', thread(shown));
    assert.deepEqual(wanted(chat), [['edit', card.key, 'Another text.']]);
    await chat.close();
  });

  it('what turns to somebody else is a comment, and answered by no words', async () => {
    const chat = createPlainChat();
    const shown = await chat.show(card);
    const calls = await chat.say('@bob what do you think?', { ...thread(shown), talk: true });
    assert.deepEqual(wanted(chat), [['comment', card.key, '@bob what do you think?']]);
    assert.deepEqual(namesOf(calls), ['noted']);
    assert.equal(calls[0]?.text, '');
    await chat.close();
  });

  it('the words of who may only look are a comment', async () => {
    const chat = createPlainChat();
    const shown = await chat.show(card);
    await chat.say('I would not send this.', thread(shown), vera);
    assert.deepEqual(wanted(chat), [['comment', card.key, 'I would not send this.']]);
    await chat.close();
  });

  it('thanks below a result is a comment and no new text', async () => {
    const chat = createPlainChat();
    const shown = await chat.show(sampleCard({ mood: 'done', verbs: [] }));
    await chat.say('thanks!', thread(shown));
    assert.deepEqual(wanted(chat), [['comment', card.key, 'thanks!']]);
    await chat.close();
  });

  it('words below a rejected draft say why', async () => {
    const chat = createPlainChat();
    const shown = await chat.show(sampleCard({ mood: 'rejected', verbs: ['undo', 'reason'] }));
    await chat.say('Too long.', thread(shown));
    assert.deepEqual(wanted(chat), [['reason', card.key, 'Too long.']]);
    await chat.close();
  });

  it('a comment that can’t be kept is said to be none', async () => {
    const chat = createPlainChat();
    const shown = await chat.show(card);
    chat.door.answer(refused('bad_text', 'The comment is longer than 2000 characters.'));
    const calls = await chat.say('…', thread(shown), vera);
    assert.deepEqual([namesOf(calls), calls[0]?.text], [['reply'], 'The comment is longer than 2000 characters.']);
    await chat.close();
  });

  it('a picture among talk changes nothing', async () => {
    const chat = createPlainChat();
    const shown = await chat.show(card);
    const picture = { handle: 'x', bytes: 3 };
    const calls = await chat.say('', { ...thread(shown), talk: true, file: { picture } });
    assert.deepEqual([wanted(chat), calls], [[], []]);
    await chat.close();
  });

  it('what answers nothing of a draft is left alone', async () => {
    const chat = createPlainChat();
    const shown = await chat.show(card);
    const other = { ...shown, id: shown.id + 70 };
    assert.deepEqual(await chat.say('Lunch?', thread(other)), []);
    assert.deepEqual(wanted(chat), []);
    await chat.close();
  });
});

it('in private the thread of a card is as good as an answer to it', async () => {
  const chat = createPlainChat();
  const shown = await chat.show(card);
  await chat.say('Another text.', { ...thread(shown), shared: false, talk: true });
  assert.deepEqual(wanted(chat), [['edit', card.key, 'Another text.']]);
  await chat.close();
});

describe('a reply that changed a draft', () => {
  it('is said in words where there is no sign, and one tap below takes it back', async () => {
    const chat = createPlainChat({ signs: false });
    const shown = await chat.show(card);
    const changed = { ...card, revision: 'n3w0123456', verbs: [...card.verbs, 'restore' as const] };
    const { decide } = chat.door;
    Object.assign(chat.door, {
      async decide(tap: Parameters<typeof decide>[0]) {
        chat.door.put(changed);
        return await decide(tap);
      },
    });
    await chat.say('Another text.', { about: aboutMessage(shown) });
    assert.deepEqual(labelsOf(newest(chat)), ['↩️ Take the edit back']);
    await chat.press(newest(chat), 'Take the edit back');
    const tap = chat.door.taps.at(-1);
    assert.deepEqual([tap?.verb, tap?.revision], ['restore', changed.revision]);
    await chat.close();
  });

  it('offers nothing to take back where there is nothing', async () => {
    const chat = createPlainChat({ signs: false });
    const shown = await chat.show(card);
    await chat.say('Another text.', { about: aboutMessage(shown) });
    assert.deepEqual(labelsOf(newest(chat)), []);
    await chat.close();
  });
});

describe('the button for a comment', () => {
  it('asks for words and keeps them, also of who may only look', async () => {
    const chat = createPlainChat();
    const shown = await chat.show(card);
    await chat.press(shown, '⋯ More', vera);
    await chat.press(shown, 'Comment', vera);
    const asks = newest(chat);
    assert.match(asks.text, /never goes out/);
    await chat.say('I would wait.', { about: aboutMessage(asks) }, vera);
    assert.deepEqual(wanted(chat), [['comment', card.key, 'I would wait.']]);
    assert.equal(chat.messages.has(asks.id), false, 'the question is gone');
    await chat.close();
  });

  it('takes no question away that somebody is to answer', async () => {
    const chat = createPlainChat();
    const shown = await chat.show(card);
    await chat.press(shown, 'Edit');
    const edit = newest(chat);
    await chat.press(shown, '⋯ More');
    await chat.press(shown, 'Comment');
    assert.ok(chat.messages.has(edit.id));
    await chat.say('The new text.', { about: aboutMessage(edit) });
    assert.deepEqual(wanted(chat), [['edit', card.key, 'The new text.']]);
    await chat.close();
  });

  it('is a form where there are forms', async () => {
    const chat = createPlainChat({ forms: true });
    const shown = await chat.show(card);
    await chat.press(shown, '⋯ More');
    await chat.press(shown, 'Comment');
    await chat.fill('In a form.');
    assert.deepEqual(wanted(chat), [['comment', card.key, 'In a form.']]);
    await chat.close();
  });
});
