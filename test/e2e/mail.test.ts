import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { linksOf } from '../support/links.ts';
import { findDovecot } from '../support/dovecot.ts';
import { address, createProductWorld } from '../support/product-world.ts';
import { until } from '../support/until.ts';

const letter = {
  from: 'Sara Malik <sara@client.example>',
  subject: 'An offer for the garden',
  text: 'Hello,\n\ncould you send me an offer for the garden by Friday?\n\nSara',
};

for (const imap of ['stand-in', 'dovecot'] as const) {
  describe(`a mail is answered, read from ${imap}`, () => {
    const skip = imap === 'dovecot' && findDovecot() === undefined ? 'SKIPPED: no dovecot' : false;

    it(
      'goes from mail to draft, card, tap, hold, reply in the thread, Done, and a log that opens',
      { skip },
      async (t) => {
        const world = await createProductWorld(t, { imap });
        const id = await world.deliver(letter);

        const card = await world.message('Re: An offer for the garden', 'Approve');
        assert.match(card.text, /sara@client\.example/);
        assert.match(card.text, /could you send me an offer/);
        assert.match(world.read(`Needs_Action/${await world.file('Needs_Action', 'EMAIL_')}`), /garden by Friday/);
        assert.equal(world.mail.sent().length, 0);

        const toast = await world.toast(world.owner.tap(card.id, { label: 'Approve' }));
        assert.match(toast.text, /Approved/);
        await world.message('Approved by Olive', 'Undo');
        const [sent] = await until(
          () => (world.mail.sent().length > 0 ? world.mail.sent() : undefined),
          'the reply left',
          30_000,
        );
        assert.deepEqual(sent?.to, ['sara@client.example']);
        assert.equal(sent.headers.get('in-reply-to'), id);
        assert.match(sent.headers.get('references') ?? '', new RegExp(id.replaceAll(/[.+]/g, '\\$&')));
        assert.equal(sent.headers.get('subject'), 'Re: An offer for the garden');
        assert.equal(sent.from, address);

        const done = await world.file('Done', 'EMAIL_reply_');
        await until(
          () => /sent_message_id: .*@example\.com/.test(world.read(`Done/${done}`)),
          'the result is in the file',
        );
        const result = await world.message(/Sent to sara@client\.example/);
        assert.equal(result.replyTo, card.id);
        const link = linksOf(result).find((url) => url.includes('/runs/'));
        assert.ok(link, `no log link in ${JSON.stringify(result)}`);
        const page = await fetch(link);
        assert.equal(page.status, 200);
        assert.match(await page.text(), /Outcome: posted/);
        assert.equal(world.mail.sent().length, 1);
      },
    );

    it('does the same by a move by hand', { skip }, async (t) => {
      const world = await createProductWorld(t, { imap });
      const id = await world.deliver(letter);
      const draft = await world.file('Pending_Approval', 'EMAIL_reply_');
      const card = await world.message('Re: An offer for the garden', 'Approve');
      world.move(`Pending_Approval/${draft}`, `Approved/${draft}`);
      await world.file('Done', draft);
      assert.deepEqual(
        world.mail.sent().map((mail) => mail.headers.get('in-reply-to')),
        [id],
      );
      const result = await world.message(/Sent to sara@client\.example/);
      assert.equal(result.replyTo, card.id);
    });
  });
}

describe('mail that needs no answer', () => {
  it('becomes an item that says why, and no draft', async (t) => {
    const world = await createProductWorld(t);
    await world.deliver({
      ...letter,
      subject: 'Our spring news',
      headers: 'List-Unsubscribe: <https://example.com/u>\r\nPrecedence: bulk\r\n',
    });
    const item = world.read(`Needs_Action/${await world.file('Needs_Action', 'EMAIL_')}`);
    assert.match(item, /No draft was written/);
    assert.deepEqual(world.list('Pending_Approval'), []);
  });
});

describe('a reply is edited', () => {
  it('sends the edited text only', async (t) => {
    const world = await createProductWorld(t);
    await world.deliver(letter);
    const card = await world.message('Re: An offer for the garden', 'Approve');
    world.owner.reply(card.id, 'Dear Sara,\n\nFriday it is.\n\nOlive');
    const changed = await world.message('Friday it is.', 'Approve');
    const toast = await world.toast(world.owner.tap(changed.id, { label: 'Approve' }));
    assert.match(toast.text, /^Approved/);
    const [sent] = await until(
      () => (world.mail.sent().length > 0 ? world.mail.sent() : undefined),
      'the reply left',
      30_000,
    );
    assert.match(sent?.raw ?? '', /Friday it is\./);
    assert.doesNotMatch(sent?.raw ?? '', /get back to you/);
  });
});
