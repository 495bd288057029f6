/** What a card says because its file says it: when it leaves, in whose time, and in how many parts. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createWorld } from '../../support/workflow-world.ts';

process.env['TZ'] = 'Europe/Berlin';

describe('a card', () => {
  it('names the time in the zone of its owner, and in the one that was meant', async (t) => {
    const world = await createWorld(t);
    const post = (keys: string) => `---\ntype: linkedin_post\n${keys}\n---\n\n## LinkedIn Post\n\nWe are open.\n`;
    world.write('Pending_Approval/LINKEDIN_a.md', post('scheduled_for: 2031-12-05 09:00\ntimezone: Asia/Karachi'));
    world.write('Pending_Approval/LINKEDIN_b.md', post('scheduled_for: 2031-12-05 09:00'));
    await world.rescan();
    const when = async (name: string) =>
      (await world.card(name, 'asks')).fields.find(({ label }) => label === 'Not before')?.value;
    assert.equal(await when('LINKEDIN_a.md'), '2031-12-05 05:00 Europe/Berlin = 2031-12-05 09:00 Asia/Karachi');
    assert.equal(await when('LINKEDIN_b.md'), '2031-12-05 09:00 Europe/Berlin');
  });

  it('has the parts of a thread as they would be shown, and offers no approval of it', async (t) => {
    const world = await createWorld(t);
    world.write('Pending_Approval/LINKEDIN_t.md', '---\ntype: linkedin_post\n---\n1/2\n\nOne.\n\n2/2\n\nTwo.\n');
    await world.rescan();
    const card = await world.card('LINKEDIN_t.md', 'blocked');
    assert.deepEqual([card.parts, card.text], [['One.', 'Two.'], 'One.\n\nTwo.']);
    assert.ok(!card.verbs.includes('approve'));
    assert.ok(card.problems.some(({ code }) => code === 'unknown_action'));
  });

  it('asks about a file that says it went out, and after the answer still says so', async (t) => {
    const world = await createWorld(t);
    const text = '---\ntype: linkedin_post\nstatus: posted\n---\n\n## LinkedIn Post\n\nWe are open.\n';
    world.write('Pending_Approval/LINKEDIN_s.md', text);
    await world.rescan();
    const card = await world.card('LINKEDIN_s.md', 'blocked');
    assert.deepEqual(card.verbs, ['choose', 'reject']);
    await world.tap(card, 'choose', undefined, card.candidates[0]?.id);
    const asks = await world.card('LINKEDIN_s.md', 'asks');
    assert.ok(asks.problems.some(({ code, severity }) => code === 'sent_already' && severity === 'warns'));
  });
});
