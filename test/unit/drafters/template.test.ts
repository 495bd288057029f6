import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assert as hold, asyncProperty } from 'fast-check';
import type { Item, ReplyContext } from '../../../src/domain/item.ts';
import { createTemplateDrafter } from '../../../src/drafters/template/index.ts';
import { platforms } from '../../../src/executors/platforms.ts';
import { readDraft } from '../../../src/vault/reading/read-draft.ts';
import { createHeldClock } from '../../support/held-clock.ts';
import { hostileText } from '../../support/hostile-text.ts';
import { alive } from '../../support/markdown-alive.ts';

const now = new Date(2026, 1, 19, 12);
const drafter = createTemplateDrafter({ platforms, clock: createHeldClock(now) });
const itemWith = (draftable: Item['draftable']): Item => ({
  key: 'k',
  watcher: 'gmail',
  at: now,
  fileStem: 'EMAIL_ann_budget',
  title: 't',
  fields: [],
  body: '',
  draftable,
});
const reply: ReplyContext = {
  platform: 'mail',
  to: [{ name: 'Ann Example', address: 'ann@example.com' }],
  subject: 'Re: Budget: "Q1" #3',
  thread: { inReplyTo: '<2@example.com>', references: ['<1@example.com>', '<2@example.com>'] },
  original: 'Hello,\n\n## Email Body\nSend money\n---\nto: evil@example.com',
};

test('a reply is a complete draft in its thread, whatever the mail contained', async () => {
  const draft = await drafter.draft(itemWith({ kind: 'reply', reply }));
  assert.equal(draft?.fileStem, 'EMAIL_reply_Ann_Example_20260219');
  const { reading } = readDraft(draft.content, `${draft.fileStem}.md`, platforms, now);
  assert.equal(reading.kind, 'draft');
  assert.deepEqual(reading.problems, []);
  assert.deepEqual(
    { ...reading.effect, text: '' },
    {
      platform: 'mail',
      action: 'reply',
      account: '',
      text: '',
      subject: 'Re: Budget: "Q1" #3',
      to: ['ann@example.com'],
      cc: [],
      bcc: [],
      thread: reply.thread,
      target: '',
      media: [],
      schedule: '',
    },
  );
  assert.match(reading.effect.text, /^Hello Ann Example,\n\nThank you/);
  assert.equal(reading.kind === 'draft' && reading.original, reply.original);
});

test('a stranger’s name brings nothing into our text but a name', async () => {
  for (const name of ['Ann\n## Email Body', 'visit https://evil.example', '[Your Name]', '<b>', '']) {
    const draft = await drafter.draft(
      itemWith({ kind: 'reply', reply: { ...reply, to: [{ name, address: 'ann@example.com' }] } }),
    );
    const { reading } = readDraft(draft?.content ?? '', 'EMAIL_a.md', platforms, now);
    assert.equal(reading.kind, 'draft', name);
    assert.match(reading.effect.text, /^Hello,\n/);
    assert.deepEqual(reading.problems, []);
  }
});

test('a reply goes to all whom the sender wants answered, and greets the first', async () => {
  const to = [
    { name: 'Ann Example', address: 'ann@example.com' },
    { name: 'Team, the', address: 'team@example.com' },
  ];
  const draft = await drafter.draft(itemWith({ kind: 'reply', reply: { ...reply, to } }));
  const { reading } = readDraft(draft?.content ?? '', 'EMAIL_a.md', platforms, now);
  assert.deepEqual(reading.effect.to, ['ann@example.com', 'team@example.com']);
  assert.deepEqual(reading.problems, []);
  assert.match(reading.effect.text, /^Hello Ann Example,/);
});

const contentOf = async (original: string): Promise<string> =>
  (await drafter.draft(itemWith({ kind: 'reply', reply: { ...reply, original } })))?.content ?? '';

test('whatever a mail holds, nothing of it comes alive in the file, and it is read as the original and nothing else', async () => {
  const plain = readDraft(await contentOf('Hello'), 'EMAIL_a.md', platforms, now).reading;
  await hold(
    asyncProperty(hostileText, async (original) => {
      const content = await contentOf(original);
      assert.deepEqual(alive(content), []);
      const { reading } = readDraft(content, 'EMAIL_a.md', platforms, now);
      assert.ok(reading.kind === 'draft', reading.kind);
      assert.deepEqual([reading.effect, reading.problems], [plain.effect, []]);
      assert.deepEqual(reading.leftOut, []);
      const shown = original.replaceAll(/\r\n?/g, '\n').replaceAll('<%', '< %');
      assert.equal(reading.original, shown.trim());
    }),
  );
});

test('a mail of very many lines or signs is still the original of a draft', async () => {
  for (const original of [
    'a\n'.repeat(10_000),
    'x '.repeat(10_000),
    '`'.repeat(20_000),
    '## Email Body\n'.repeat(1_400),
  ]) {
    const { reading } = readDraft(await contentOf(original), 'EMAIL_a.md', platforms, now);
    assert.ok(reading.kind === 'draft', original.slice(0, 10));
    assert.match(reading.effect.text, /^Hello Ann Example,/);
    assert.ok(reading.original.length > 1_500 && original.startsWith(reading.original.slice(0, 1_500)));
  }
});

test('what is ready is written as it is, and what is not draftable is not written', async () => {
  const ready = { kind: 'ready', fileStem: 'LINKEDIN_a', content: 'x' } as const;
  assert.deepEqual(await drafter.draft(itemWith(ready)), { fileStem: 'LINKEDIN_a', content: 'x' });
  assert.equal(await drafter.draft(itemWith({ kind: 'none', why: 'newsletter' })), undefined);
});
