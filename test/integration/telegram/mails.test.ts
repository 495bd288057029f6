/** From the daily line to an answer that left, all by thumb, on the real workflow. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createChatWorld } from '../../support/chat-world.ts';
import { newsletter, noReply } from '../../support/undrafted-mails.ts';
import { until } from '../../support/until.ts';
import { hasButton, keepsPromises, nextAt, once } from './chat-steps.ts';

describe('the daily line', () => {
  it('leads to a mail, one tap drafts its reply, and the draft is approved and leaves at its card', async (t) => {
    const world = await createChatWorld(t, { holdSeconds: 0 });
    await world.listens();
    await world.workflow().takeIn(newsletter('offer', world.clock.now()));
    await world.workflow().takeIn(noReply('bill', world.clock.now()));
    world.clock.jump(nextAt(world.clock.now(), '18:01').getTime() - world.clock.now().getTime());
    await world.listens();
    await world.rescan();
    const line = await once(world, 'the line', ({ text }) =>
      text.includes('2 mails without a draft: 1 newsletter, 1 no-reply.'),
    );
    await world.press(line, 'Show them');
    const list = await once(world, 'the list', ({ text }) => text.startsWith('Mails without a draft: 2'));
    await world.press(list, '2');
    const mail = await once(world, 'the mail', (message) => hasButton(message, 'Draft a reply'));
    assert.match(mail.text, /Subject: About offer\n/);
    assert.deepEqual(await world.press(mail, 'Draft a reply'), {
      text: 'A draft is written; its card comes.',
      alert: false,
    });
    await world.rescan();
    const card = await once(world, 'the card', (message) => hasButton(message, 'Approve'));
    assert.match(card.text, /it is a newsletter or a bulk mail/);
    await world.press(card, 'Approve');
    await until(async () => {
      await world.pass(100);
      return world.mailer.effects.length === 1;
    }, 'it left');
    assert.deepEqual(world.mailer.effects[0]?.to, ['sara@client.example']);
    assert.equal(world.mailer.effects[0]?.thread?.inReplyTo, '<offer@client.example>');
    await until(() => world.list('Needs_Action').length === 1, 'the item followed its answer');
    await keepsPromises(world);
  });
});
