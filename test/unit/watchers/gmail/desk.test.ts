/** From a mail's header to the answer that leaves: who gets drafts, how many, and in which conversation. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { emptyEffect } from '../../../../src/domain/effect.ts';
import type { Item } from '../../../../src/domain/item.ts';
import { createTemplateDrafter } from '../../../../src/drafters/template/index.ts';
import { composeMail } from '../../../../src/executors/mail/compose.ts';
import { platforms } from '../../../../src/executors/platforms.ts';
import { systemClock } from '../../../../src/lib/clock.ts';
import { silentLogger } from '../../../../src/lib/logger.ts';
import { readDraft } from '../../../../src/vault/reading/read-draft.ts';
import { createDesk } from '../../../../src/watchers/gmail/desk.ts';
import { noText, type Mail } from '../../../../src/watchers/gmail/mail.ts';
import { readHead } from '../../../../src/watchers/gmail/read-head.ts';
import { readShape } from '../../../../src/watchers/gmail/read-shape.ts';

const account = 'owner@sandbox.example';

const mailWith = async (...headers: string[]): Promise<Mail> => ({
  uid: 1,
  emailId: '',
  at: new Date('2026-11-02T10:00:00Z'),
  flags: new Set(),
  labels: new Set(),
  head: await readHead(Buffer.from([...headers, ''].join('\r\n'))),
  shape: readShape({ type: 'text/plain' }),
  text: { ...noText, text: 'Could you send an offer?', source: 'plain' },
});

async function itemsOf(mails: readonly Mail[]): Promise<readonly Item[]> {
  const items: Item[] = [];
  const takeIn = (item: Item) => {
    items.push(item);
    return Promise.resolve('new' as const);
  };
  const desk = createDesk({ account, takeIn, clock: systemClock, logger: silentLogger });
  for (const mail of mails) await desk.handIn(mail);
  return items;
}

const form = (customer: string, id: number) =>
  mailWith(`From: ${account}`, 'To: info@firm.example', `Reply-To: ${customer}`, `Message-ID: <${id}@firm.example>`);

it('drafts for each of many customers who write through one form, and not six times a day for the same', async () => {
  const many = await itemsOf(await Promise.all([0, 1, 2, 3, 4, 5, 6].map((id) => form(`c${id}@buyer.example`, id))));
  assert.deepEqual([...new Set(many.map(({ draftable }) => draftable.kind))], ['reply']);
  const same = await itemsOf(await Promise.all([0, 1, 2, 3, 4, 5, 6].map((id) => form('C@buyer.example', id))));
  assert.deepEqual(
    same.map(({ draftable }) => draftable.kind),
    ['reply', 'reply', 'reply', 'reply', 'reply', 'none', 'none'],
  );
});

for (const [title, id, references, thread] of [
  ['a long Message-ID', `<${'a'.repeat(300)}@${'b'.repeat(200)}.example>`, '', 1],
  ['the longest', `<${'a'.repeat(448)}@${'b'.repeat(448)}>`, '', 1],
  ['References without blanks', '<3@c.example>', '<1@c.example><2@c.example>', 3],
  ['a comment behind the id', '<3@c.example> (queue 7)', '<1@c.example> (first)', 2],
] as const) {
  it(`an answer to a mail with ${title} stays in its conversation`, async () => {
    const mail = await mailWith(
      'From: sara@client.example',
      `To: ${account}`,
      `Message-ID: ${id}`,
      `References: ${references}`,
    );
    const [item] = await itemsOf([mail]);
    const bare = id.replace(/ .*/, '');
    assert.equal(item?.incoming?.id, bare);
    assert.ok(!item.body.includes('no proper Message-ID'));
    const drafter = createTemplateDrafter({ platforms, clock: systemClock });
    const draft = (await drafter.draft(item)) ?? assert.fail('no draft');
    const { reading } = readDraft(draft.content, `${draft.fileStem}.md`, platforms, systemClock.now());
    assert.equal(reading.effect.thread?.inReplyTo, bare);
    const effect = { ...emptyEffect, ...reading.effect };
    const mailOut = await composeMail(effect, { account, key: 'k', at: new Date(0), attachments: [] });
    const raw = Buffer.from(mailOut?.raw ?? '')
      .toString('latin1')
      .replaceAll(/\r\n[ \t]+/g, ' ');
    assert.equal(/^In-Reply-To: *(\S+)$/im.exec(raw)?.[1], bare);
    assert.equal(/^References: *(.*)$/im.exec(raw)?.[1]?.split(/\s+/).length, thread);
  });
}

it('says in the item that an answer begins a conversation of its own', async () => {
  for (const id of ['<abc def@c.example>', '<abc>', 'none', `<${'a'.repeat(449)}@c.example>`]) {
    const [item] = await itemsOf([await mailWith('From: sara@client.example', `To: ${account}`, `Message-ID: ${id}`)]);
    assert.equal(item?.draftable.kind, 'reply', id);
    assert.match(item.body, /It has no proper Message-ID: an answer can’t name it/, id);
  }
});
