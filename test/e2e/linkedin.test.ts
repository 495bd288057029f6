import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { imageSize } from 'image-size';
import { linksOf } from '../support/links.ts';
import { createProductWorld } from '../support/product-world.ts';
import type { ProductWorld } from '../support/product-world.ts';
import { until } from '../support/until.ts';

const text = 'We are hiring! 👩🏽‍🌾 — “gardeners”, trees & roses.\n\nTwo places, from March.\n\n#garden #jobs #مرحبا';
const post = (words: string) => `---\ntype: linkedin_post\naction: post_update\n---\n\n## LinkedIn Post\n\n${words}\n`;
const name = 'LINKEDIN_hiring.md';

const asked = async (world: ProductWorld, words = text) => {
  world.drop(`Pending_Approval/${name}`, post(words));
  return await world.message(words.slice(0, 14), 'Approve');
};

describe('a LinkedIn post', () => {
  it('leaves through the browser as approved, byte for byte, and comes back with proof', async (t) => {
    const world = await createProductWorld(t);
    const card = await asked(world);
    world.owner.tap(card.id, { label: 'Approve' });
    await world.file('Done', name);
    assert.deepEqual(
      world.site.posts().map((one) => one.text),
      [text],
    );
    const result = await world.message('Posted on LinkedIn');
    assert.equal(result.replyTo, card.id);
    // The post itself, cut out of its page: the chat says it and shows it in one message.
    assert.equal(result.photo, true);
    const proof = imageSize(result.file?.bytes ?? new Uint8Array());
    assert.equal(proof.type, 'png');
    assert.ok(proof.width < 1_280 && proof.height < 900, JSON.stringify(proof));
    const urls = linksOf(result);
    assert.ok(
      urls.some((url) => url.includes('/feed/update/')),
      result.text,
    );
    const link = urls.find((url) => url.includes('/runs/'));
    assert.ok(link, result.text);
    const page = await (await fetch(link)).text();
    assert.match(page, /before\.(jpg|png)/);
    assert.match(page, /after\.(jpg|png)/);
    const picture = await fetch(
      new URL(/src="([^"]*before[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '', link),
    );
    assert.match(picture.headers.get('content-type') ?? '', /^image\//);
    assert.match(page, /proof\.png/);
    world.owner.tap(result.id, { label: 'Log' });
    const file = await until(
      () => world.owner.messages().find((message) => message.file?.kind === 'document'),
      'the log comes as a file',
    );
    const log = Buffer.from(file.file?.bytes ?? []).toString();
    assert.match(log, /The share box holds exactly the approved text/);
    assert.ok(!log.includes(world.telegram.token));
  });

  it('is rejected by a tap and never leaves', async (t) => {
    const world = await createProductWorld(t);
    const card = await asked(world);
    const toast = await world.toast(world.owner.tap(card.id, { label: 'Reject' }));
    assert.match(toast.text, /Rejected/);
    await world.file('Rejected', name);
    assert.equal(world.site.posts().length, 0);
  });

  it('is edited by a reply: the old button is refused with the new card, the new text leaves', async (t) => {
    const world = await createProductWorld(t, { holdSeconds: 0 });
    const card = await asked(world);
    const old = card.buttons.flat().find(({ label }) => label.includes('Approve'))?.data ?? '';
    world.owner.reply(card.id, 'A better text.');
    const changed = await world.message('A better text.', 'Approve');
    const stale = await world.toast(world.owner.forge(card.id, old));
    assert.match(stale.text, /changed/);
    assert.equal(stale.alert, true);
    const fresh = await until(
      () =>
        world.owner
          .messages()
          .findLast(
            (message) =>
              message.text.includes('A better text.') && message.id > changed.id && message.buttons.length > 0,
          ),
      'a new card was sent',
    );
    assert.equal(world.site.posts().length, 0);
    world.owner.tap(fresh.id, { label: 'Approve' });
    await world.file('Done', name);
    assert.deepEqual(
      world.site.posts().map((one) => one.text),
      ['A better text.'],
    );
  });

  it('refuses a stranger who forges a tap', async (t) => {
    const world = await createProductWorld(t, { holdSeconds: 0 });
    const card = await asked(world);
    const approve = card.buttons.flat().find(({ label }) => label.includes('Approve'))?.data ?? '';
    const stranger = world.telegram.addPerson({ id: 666, firstName: 'Olive' });
    const hello = stranger.send('/start');
    await until(
      () => stranger.messages().some((message) => message.text.includes('666')),
      'the stranger is told their id',
    );
    const tap = stranger.forge(hello + 1, approve);
    const toast = await until(() => stranger.toast(tap), 'the tap was answered');
    assert.match(toast.text, /not on the list/);
    assert.deepEqual(world.list('Approved'), []);
    assert.equal(world.site.posts().length, 0);
  });

  it('is undone in time', async (t) => {
    const world = await createProductWorld(t, { holdSeconds: 30 });
    const card = await asked(world);
    world.owner.tap(card.id, { label: 'Approve' });
    const held = await world.message('Approved by Olive', 'Undo');
    await world.file('Approved', name);
    world.owner.tap(held.id, { label: 'Undo' });
    await world.file('Pending_Approval', name);
    await world.message(text.slice(0, 14), 'Approve');
    assert.equal(world.site.posts().length, 0);
  });
});
