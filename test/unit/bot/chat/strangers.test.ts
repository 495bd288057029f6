/** What the bot draws, with strangers' words in every place they can stand: in code and quotations only, and never too many. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as fc from 'fast-check';

import { cardLook as ownLook } from '../../../../src/bot/chat/cards/card-look.ts';
import { cardMessages } from '../../../../src/bot/chat/text/card-text.ts';
import { pendingWords } from '../../../../src/bot/chat/text/list-text.ts';
import { newReview } from '../../../../src/bot/chat/memory/review-rows.ts';
import { cardLook, confirmLook, endLook } from '../../../../src/bot/chat/review/look.ts';
import { mostEntities, ownWords } from '../../../../src/bot/chat/text/text.ts';
import { setLook } from '../../../../src/bot/chat/sets/look.ts';
import { noMedia } from '../../../../src/bot/chat/cards/shown-attachments.ts';
import type { Card } from '../../../../src/domain/card.ts';
import { warns } from '../../../../src/domain/problem.ts';
import { strange } from '../../../../src/lib/words.ts';
import { createFakeDoor, sampleCard } from '../../../support/fake-door.ts';
import { assertUntappable, hostileWords } from '../../../support/hostile.ts';

const many = fc.array(hostileWords, { maxLength: 14 });

const cards: fc.Arbitrary<Card> = fc
  .record({ words: hostileWords, fields: many, files: many, problems: many, risks: many, changes: many, parts: many })
  .map(({ words, fields, files, problems, risks, changes, parts }) =>
    sampleCard({
      noun: `Mail ${strange(words, 40)}`,
      headline: `${strange(words, 60)} and 2 more · ${strange(words, 80)}`,
      title: `Mail ${strange(words, 40)} · ${strange(words, 80)}`,
      standing: `1 of 9 · approved ${problems.map((name) => `by ${strange(name, 40)} at 14:02`).join(' and ')}`,
      text: words,
      fields: fields.map((value) => ({ id: 'subject', label: 'Subject', value })),
      media: files.map((name) => ({ name, type: 'image/png', bytes: 1, path: name, sha256: 'x' })),
      problems: problems.map((name) =>
        warns('duplicate', `It is ${strange(name, 80)} and ${strange(name, 80)}.`, `See ${strange(name, 60)}.`),
      ),
      risks: risks.map((name) => `It is the first to ${strange(name, 80)}`),
      changes: changes.map((text) => ({ kind: 'added', text })),
      candidates: parts.map((text, at) => ({
        id: `${at}`,
        text,
        where: `Line 1. It stands under “${strange(text, 80)}”.`,
      })),
      original: words,
      file: `Pending_Approval/${words}`,
      set: { id: 'x', words },
      platform: 'Mail',
    }),
  );

test('nothing a stranger chose can be tapped, and Telegram keeps every mark of that', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(cards, { minLength: 1, maxLength: 31 }), async (all) => {
      const [card = sampleCard()] = all;
      const members = all.map((one) => ({ card: one, messageId: '7:1', kind: 'counts' as const, why: '' }));
      const extras = { batch: all, undo: all.slice(0, 1) };
      const mark = newReview('asks');
      const door = createFakeDoor(() => true);
      for (const [at, one] of all.entries()) door.put({ ...one, key: `k${at}` });
      const missing = card.media.map((_, at) => ({ at, why: `Telegram did not take it (${strange(card.text, 100)})` }));
      const looks = [
        ownLook(card, { ...noMedia, missing }),
        cardLook(card, '1 of 2', mark, extras),
        confirmLook(all.slice(0, 10)),
        endLook(mark, 2, extras),
        setLook({ words: card.text, members, offered: all.slice(0, 10), undo: all.slice(0, 1), verb: 'approve' }),
      ];
      const { above, card: message } = cardMessages(card);
      for (const shown of [...above, message, ...looks.map(({ text }) => text), ownWords(await pendingWords(door))]) {
        assertUntappable(shown);
        assert.ok(shown.entities.length <= mostEntities && shown.text.length <= 4_096);
      }
      for (const { rows } of looks) assert.doesNotMatch(JSON.stringify(rows), /[\u2066-\u2069]/);
    }),
    { numRuns: 60 },
  );
});

test('more marks than Telegram keeps are no way around it', async () => {
  const names = Array.from({ length: 60 }, (_, at) => `@evil_${at}`);
  const problems = names.map((name) => warns('duplicate', `It is ${strange(name, 80)} or ${strange(name, 80)}.`, ''));
  const long = sampleCard({
    noun: 'Draft',
    headline: strange('evil.md', 80),
    title: `Draft · ${strange('evil.md', 80)}`,
    standing: `2 of 3 · by ${strange('@evil_bot', 40)} and by ${strange('/evil', 40)} · ${strange('evil.com', 40)}`,
    fields: names.slice(0, 20).map((value) => ({ id: 'to', label: 'To', value })),
    problems,
  });
  const { above, card, barred } = cardMessages(long);
  assert.equal(barred, '');
  const shown = [...above, card];
  for (const message of shown) assertUntappable(message);
  const all = shown.map(({ text }) => text).join('\n');
  for (const name of names) assert.ok(all.includes(`It is ${name} or ${name}.`), `${name} is remarked`);

  const door = createFakeDoor(() => true);
  for (const at of names.keys()) door.put({ ...long, key: `k${at}` });
  const list = ownWords(await pendingWords(door));
  assertUntappable(list);
  assert.ok(list.text.endsWith('…'), 'it says that it goes on');
});

test('what a button says is plain', () => {
  const what = `“${strange('evil.md', 80)}” is not here.`;
  const { rows } = ownLook(
    sampleCard({
      mood: 'blocked',
      verbs: ['edit', 'reject'],
      problems: [{ code: 'media_missing', what, remedy: '', severity: 'blocks' }],
    }),
    noMedia,
  );
  assert.equal(rows[0]?.words, '🚫 “evil.md” is not here.');
});
