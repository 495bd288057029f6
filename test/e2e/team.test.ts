/** A team in a group with topics: the real process, two approvers, one viewer, one mail. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { GroupChat, Person } from '../../sandbox/telegram/index.ts';
import { createProductWorld } from '../support/product-world.ts';
import { until } from '../support/until.ts';

const groupId = -1_001_234_567_890;
const draft =
  '---\ntype: email\nto: sara@customer.example\nsubject: Sunday\n---\n\n## Email Body\n\nWe are open on Sunday.\n';

describe('a team in a group', () => {
  it('two approve on their phones, it leaves once, and everything lies in the topic of its platform', async (t) => {
    const made: { group?: GroupChat; bob?: Person; vi?: Person } = {};
    const world = await createProductWorld(t, {
      more(telegram, owner) {
        made.bob = telegram.addPerson({ id: 4243, firstName: 'Bob' });
        made.vi = telegram.addPerson({ id: 4244, firstName: 'Vi' });
        const members = [owner, made.bob, made.vi];
        made.group = telegram.addGroup({ id: groupId, title: 'Team', members, forum: true });
        return {
          TELEGRAM_CHAT_ID: String(groupId),
          TELEGRAM_APPROVERS: '4242,4243',
          TELEGRAM_VIEWERS: '4244',
          TELEGRAM_TOPICS: 'true',
          APPROVALS_NEEDED: '2',
        };
      },
    });
    const { group, bob, vi } = made;
    assert.ok(group !== undefined && bob !== undefined && vi !== undefined);
    const said = (words: RegExp) =>
      until(() => group.messages().findLast(({ text }) => words.test(text)), `the group reads ${words.source}`, 30_000);
    const tap = async (who: Person, label: string) => {
      const card = await until(
        () => group.messages().findLast(({ buttons }) => buttons.flat().some((one) => one.label.includes(label))),
        `a card with ${label}`,
        30_000,
      );
      const here = group.as(who);
      const id = here.tap(card.id, { label });
      return await until(() => here.toast(id), 'the tap is answered');
    };
    world.drop('Pending_Approval/EMAIL_sunday.md', draft);
    await said(/needs 2 approvals/);
    assert.ok((await tap(vi, 'Approve')).alert);
    // The first mail to somebody is asked about once more, of each of them.
    for (const [who, words] of [
      [world.owner, /^Approved: 1 of 2/],
      [bob, /^Approved\. /],
    ] as const) {
      assert.match((await tap(who, 'Approve')).text, /^Really\?/);
      assert.match((await tap(who, 'Yes, approve')).text, words);
      if (who === world.owner) await said(/1 of 2 · approved by Olive at/);
    }
    await world.file('Done', 'EMAIL_sunday');
    const card = await said(/Went out at .+ · approved by Olive at .+ and by Bob at/);
    assert.equal(world.mail.sent().length, 1);
    assert.deepEqual(
      group.topics().map(({ id, name }) => [id === card.threadId, name]),
      [[true, 'Mail']],
    );
    assert.equal((await said(/^Sent to/)).threadId, card.threadId);
  });
});
