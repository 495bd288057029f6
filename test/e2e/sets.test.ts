/** One idea on several platforms, through the real process: dropped together, decided with one tap, carried out by each. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createProductWorld } from '../support/product-world.ts';
import { until } from '../support/until.ts';

const idea = 'source_plan: "[[PLAN_20260217_sunday]]"';
const post = (type: string, text: string) => `---\ntype: ${type}\n${idea}\n---\n\n## Post Content\n\n${text}\n`;
// An answer to what came in before, so nothing is asked a second time.
const mail = `---\ntype: email\nto: sara@customer.example\nsubject: "Re: Sunday"\nin_reply_to: "<1@customer.example>"\n${idea}\n---\n\n## Email Body\n\nYes, we are open.\n`;

it('three of one idea: one is named as not ready, two are approved, undone, changed by hand, and go out once', async (t) => {
  const world = await createProductWorld(t, { holdSeconds: 4 });
  const question = { from: 'Sara <sara@customer.example>', subject: 'Sunday', text: 'Are you open on Sunday?' };
  await world.deliver({ ...question, messageId: '<1@customer.example>' });
  // The set is what this is about, and more than three would be one message.
  world.owner.tap((await world.message('Are you open', 'Reject')).id, { label: 'Reject' });
  await world.file('Rejected', 'EMAIL_reply');
  world.drop('Pending_Approval/LINKEDIN_sunday.md', post('linkedin_post', 'We are open on Sunday.'));
  world.drop('Pending_Approval/EMAIL_sunday.md', mail);
  world.drop('Pending_Approval/FACEBOOK_sunday.md', post('facebook_post', 'Open on Sunday!'));
  const press = async (label: string) => {
    const { id } = await world.message(/^One idea, /, label);
    return (await world.toast(world.owner.tap(id, { label }))).text;
  };

  const list = await world.message(/^One idea, 3 platforms\nPLAN_20260217_sunday\n/, 'Approve all 2');
  assert.match(list.text, /Facebook post: Can’t go out like this\nOpen on Sunday!/);
  assert.match(await press('Approve all 2'), /^2 approved\./);
  await world.file('Approved', 'LINKEDIN_sunday.md');
  assert.match(await press('Undo all 2'), /^2 taken back\./);
  await world.file('Pending_Approval', 'LINKEDIN_sunday.md');
  await world.message(/^One idea, /, 'Approve all 2');
  await new Promise((resolve) => void setTimeout(resolve, 4_500));
  assert.deepEqual([world.site.posts().length, world.mail.sent().length], [0, 0]);

  world.drop('Pending_Approval/LINKEDIN_sunday.md', post('linkedin_post', 'We are open on Monday.'));
  await world.message(/^One idea, [^]*We are open on Monday\./, 'Approve all 2');
  await world.kill();
  const { id } = await world.message(/^One idea, /);
  const tap = world.owner.tap(id, { label: 'Approve all 2' });
  await world.start();
  assert.match((await world.toast(tap)).text, /^2 approved\./);
  await world.file('Done', 'LINKEDIN_sunday.md');
  await world.file('Done', 'EMAIL_sunday.md');
  assert.deepEqual(
    world.site.posts().map(({ text }) => text),
    ['We are open on Monday.'],
  );
  assert.equal(world.mail.sent().length, 1);
  const end = await world.message(/^One idea(?:[^]*Went out at){2}/);
  assert.deepEqual(end.buttons, []);
  await until(
    () => world.owner.messages().filter(({ text }) => text.startsWith('One idea, ')).length === 1,
    'one list in all',
  );
});
