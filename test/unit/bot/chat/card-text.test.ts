import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as fc from 'fast-check';

import type { Card } from '../../../../src/domain/card.ts';
import { cardMessages } from '../../../../src/bot/chat/text/card-text.ts';
import { messageLimit, shownText } from '../../../../src/bot/chat/text/text.ts';
import type { RichText } from '../../../../src/bot/chat/text/text.ts';
import { sampleCard } from '../../../support/fake-door.ts';

const words = (maxLength: number) =>
  fc.oneof(
    fc.string({ maxLength, unit: 'binary' }),
    fc.integer({ min: 0, max: maxLength }).map((length) => 'many words 👩‍👩‍👧\n\n'.repeat(length).slice(0, length)),
  );
const short = words(300);
const cards: fc.Arbitrary<Card> = fc
  .record({
    title: short,
    standing: short,
    text: words(30_000),
    original: words(9_000),
    file: short,
    fields: fc.array(fc.record({ id: fc.constant('other' as const), label: short, value: words(3_000) }), {
      maxLength: 12,
    }),
    media: fc.array(fc.record({ name: short, type: short, bytes: fc.nat(), path: short, sha256: short }), {
      maxLength: 12,
    }),
    problems: fc.array(
      fc.record({
        code: fc.constant('too_long' as const),
        what: short,
        remedy: short,
        severity: fc.constantFrom('blocks' as const, 'warns' as const),
      }),
      { maxLength: 12 },
    ),
    comments: fc.array(fc.record({ by: short, text: words(2_000) }), { maxLength: 10 }),
    links: fc.array(fc.record({ label: short, url: fc.constant('http://127.0.0.1/x') }), { maxLength: 4 }),
  })
  .map((change) => sampleCard(change));

/** The text of all blocks of this kind, one after the other. */
const blocks = ({ text, entities }: RichText, type: string) =>
  entities
    .filter((entity) => entity.type === type)
    .map(({ offset, length }) => text.slice(offset, offset + length))
    .join('');

void test('every message fits, and all that would leave is shown exactly or can’t be approved', () => {
  fc.assert(
    fc.property(cards, (card) => {
      const { above, card: message, barred } = cardMessages(card);
      for (const { text, entities } of [...above, message]) {
        assert.ok(text.length <= messageLimit, `${text.length} signs`);
        assert.ok(text.isWellFormed() && entities.length <= 100);
        for (const { offset, length } of entities) assert.ok(length > 0 && offset + length <= text.length);
      }
      if (barred !== '') return;
      const shown = [...above, message].map((one) => blocks(one, 'blockquote')).join('');
      assert.ok(shown.includes(shownText(card.text).toWellFormed()));
    }),
    { numRuns: 150 },
  );
});

void test('a card reads from the title down to the file, strangers’ words in blocks', () => {
  const { card, above } = cardMessages(
    sampleCard({
      title: 'Mail · you@example.com',
      fields: [
        { id: 'to', label: 'To', value: 'ada@example.org' },
        { id: 'subject', label: 'Subject', value: 'Re: work\u202e' },
      ],
      text: 'Dear Ada,\n\nyes.',
      original: 'Do you have work?',
      problems: [
        { code: 'duplicate', what: 'Sent before.', remedy: 'Look.', severity: 'warns' },
        { code: 'bad_recipient', what: 'Unknown address.', remedy: 'Mend it.', severity: 'blocks' },
      ],
      media: [{ name: 'photo.jpg', type: 'image/jpeg', bytes: 120_400, path: 'photo.jpg', sha256: '' }],
      file: 'Pending_Approval/EMAIL_ada.md',
    }),
  );
  assert.deepEqual(above, []);
  assert.equal(
    card.text,
    [
      'Mail · you@example.com',
      'Waiting for you',
      '',
      'To: ada@example.org',
      'Subject: Re: work‹U+202E›',
      'Media: photo.jpg (image/jpeg, 120 kB)',
      '',
      'Dear Ada,\n\nyes.',
      '',
      '⛔ Unknown address. Mend it.',
      '⚠️ Sent before. Look.',
      '',
      'In answer to:',
      'Do you have work?',
      '',
      'Pending_Approval/EMAIL_ada.md',
    ].join('\n'),
  );
  assert.equal(blocks(card, 'bold'), 'Mail · you@example.com');
  assert.equal(blocks(card, 'blockquote'), 'Dear Ada,\n\nyes.');
  assert.equal(blocks(card, 'expandable_blockquote'), 'Do you have work?');
});

void test('a long list of recipients goes above the card, whole', () => {
  const to = Array.from({ length: 300 }, (_, at) => `person${at}@example.org`).join(', ');
  const { above, card } = cardMessages(sampleCard({ fields: [{ id: 'to', label: 'To', value: to }] }));
  assert.ok(card.text.includes('To (whole above): person0@'));
  const shown = above.map((one) => blocks(one, 'blockquote')).join('');
  assert.ok(shown.startsWith(to));
  assert.equal(blocks(card, 'blockquote'), sampleCard().text, 'a short text stays on the card');
});

const comments = Array.from({ length: 5 }, (_, at) => ({ by: `by Vera at 14:0${at}`, text: `Remark ${at}` }));

test('card text: the newest comments are shown, as words of theirs', () => {
  const { card } = cardMessages(sampleCard({ comments: [{ by: 'by Vera at 14:02', text: 'Approved by Sara' }] }));
  assert.match(card.text, /💬 by Vera at 14:02: .*Approved by Sara/u);
  assert.ok(
    card.entities.some(
      ({ type, offset, length }) => type === 'code' && card.text.slice(offset, offset + length) === 'Approved by Sara',
    ),
  );
  const many = cardMessages(sampleCard({ comments })).card.text;
  assert.deepEqual(
    [...many.matchAll(/Remark \d/g)].map(([one]) => one),
    ['Remark 2', 'Remark 3', 'Remark 4'],
  );
});

test('card text: a comment never moves a card, nor takes its Approve', () => {
  for (let length = 3_000; length < 4_300; length += 40) {
    const card = sampleCard({ text: 'x'.repeat(length) });
    const [without, having] = [cardMessages(card), cardMessages({ ...card, comments })];
    assert.deepEqual(having.above, without.above);
    assert.equal(having.barred, without.barred);
    assert.ok(having.card.text.length <= messageLimit);
  }
  const media = [{ name: 'a.png', type: 'image/png', bytes: 3, path: 'Media/a.png', sha256: 'a'.repeat(64) }];
  for (let length = 600; length < 1_000; length += 10) {
    const card = sampleCard({ text: 'x'.repeat(length), media });
    const [without, having] = [cardMessages(card), cardMessages({ ...card, comments })];
    assert.equal(having.card.text.length <= 1_024, without.card.text.length <= 1_024, String(length));
  }
});
