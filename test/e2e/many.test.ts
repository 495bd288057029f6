/** Many drafts at once, through the real process: a few cards, one message, and a review that decides them all. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createProductWorld } from '../support/product-world.ts';
import { until } from '../support/until.ts';

const post = (words: string) => `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n${words}\n`;
const texts = [1, 2, 3, 4, 5].map((n) => `This is post number ${n}.`);

it('five drafts are three cards and a digest; in the review two are looked at, then approved at once', async (t) => {
  const world = await createProductWorld(t, { holdSeconds: 3 });
  for (const [n, text] of texts.entries()) {
    world.drop(`Pending_Approval/LINKEDIN_${n + 1}.md`, post(text));
    const cards = () => world.owner.messages().filter((message) => texts.some((words) => message.text.includes(words)));
    // One after the other, so that it is known which have cards.
    if (n < 3) await until(() => cards().length === n + 1, 'its card is there');
    else await world.message(`${n + 1} drafts are waiting`, 'Review');
  }
  const digest = await world.message('5 drafts are waiting', 'Review');
  const withButtons = world.owner.messages().filter(({ buttons }) => buttons.length > 0);
  assert.equal(withButtons.length, 4, 'no flood');
  assert.equal(world.owner.messages().length, 5, 'nothing besides but the hello');

  await world.toast(world.owner.tap(digest.id, { label: 'Review' }));
  const { id } = await world.message('1 of 5');
  const shows = (words: string) =>
    until(() => world.owner.messages().find((message) => message.id === id && message.text.includes(words)), words);
  const press = async (label: string) => world.toast(world.owner.tap(id, { label }));
  for (const text of texts.slice(0, 3)) {
    const { buttons } = await shows(text);
    assert.equal(buttons[0]?.[0]?.label, '✅ Approve');
    assert.match((await press('Approve')).text, /^Approved\./);
  }
  await shows('This is post number 4.');
  await press('Skip');
  await shows('This is post number 5.');
  await press('Approve these 2');
  await shows('Approve these 2?');
  assert.match((await press('Yes, approve these 2')).text, /^2 approved\./);
  await shows('That was all: 5 decided.');

  for (const n of [1, 2, 3, 4, 5]) await world.file('Done', `LINKEDIN_${n}.md`);
  assert.deepEqual(
    world.site
      .posts()
      .map(({ text }) => text)
      .toSorted(),
    texts,
  );
  const said = () => world.owner.messages().filter(({ text }) => text.includes('Posted on LinkedIn at'));
  await until(() => said().length === 5, 'every result is said');
  for (const text of texts.slice(3))
    assert.ok(
      said().some((note) => note.text.includes(text)),
      'a draft without a card is named',
    );
  await until(() => world.owner.messages().every((message) => message.id !== digest.id), 'the digest is gone');
});
