/** A post that is shown only to be answered must never be published as ours, nor the answer as a post. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { platforms } from '../../../../src/executors/platforms.ts';
import { readDraft } from '../../../../src/vault/reading/read-draft.ts';

const read = (heading: string, type: string, above = 'Post Content') =>
  readDraft(
    `---\ntype: ${type}\n---\n\n## ${above}\n\nWhat a day at the fair!\n\n## ${heading}\n\nWell said.\n`,
    'notes.md',
    platforms,
    new Date('2026-02-19T12:00:00Z'),
  ).reading;

test('a comment under the post it answers goes out as a comment', () => {
  const reading = read('Generated Comment', 'linkedin_post');
  assert.ok(reading.kind === 'draft');
  assert.equal(reading.effect.text, 'Well said.');
  assert.equal(reading.effect.action, 'comment');
});

test('a reply to a tweet goes out as a reply', () => {
  const reading = read('Suggested Reply', 'tweet', 'Tweet Content');
  assert.ok(reading.kind === 'draft');
  assert.equal(reading.effect.action, 'reply');
});

test('where the platform knows no such answer, both texts are asked about', () => {
  const reading = read('Draft Reply', 'linkedin_post');
  assert.ok(reading.kind === 'unclear');
  assert.deepEqual(
    reading.candidates.map(({ text }) => text),
    ['What a day at the fair!', 'Well said.'],
  );
});

test('what a program said where the draft should be is asked about', () => {
  for (const said of [
    '{"intent": "reply", "reasoning": "no answer"}',
    'Error: 503 from the model',
    '401 Unauthorized',
  ]) {
    const text = `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n${said}\n`;
    assert.equal(readDraft(text, 'LINKEDIN_1.md', platforms, new Date(0)).reading.kind, 'unclear', said);
  }
  const text = '---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n500 visitors came. Errors are welcome.\n';
  assert.equal(readDraft(text, 'LINKEDIN_1.md', platforms, new Date(0)).reading.kind, 'draft');
});

test('a quoted mail may begin with its own subject, which is no part of its text', () => {
  const text =
    '---\ntype: email\nto: ann@example.com\n---\n\n## Draft Reply\n\n> Subject: Your order\n>\n> Hello Ann.\n';
  const { reading } = readDraft(text, 'EMAIL_1.md', platforms, new Date(0));
  assert.ok(reading.kind === 'draft');
  assert.equal(reading.effect.text, 'Hello Ann.');
  assert.equal(reading.effect.subject, 'Your order');
  const twice = text.replace('to: ann@example.com', 'to: ann@example.com\nsubject: Another');
  const contradicting = readDraft(twice, 'EMAIL_1.md', platforms, new Date(0)).reading;
  assert.ok(contradicting.problems.some(({ code }) => code === 'contradiction'));
});
