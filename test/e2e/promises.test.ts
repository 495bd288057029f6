/** Promises that once fell, kept by the real process: the same twice, copies in Approved, a no after all, a risk nobody saw. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createProductWorld } from '../support/product-world.ts';
import type { ProductWorld } from '../support/product-world.ts';
import { until } from '../support/until.ts';

const post = (text: string) => `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n${text}\n`;
const mail = '---\ntype: email\nto: sara@client.example\nsubject: An offer\n---\n\nDear Sara, here it is.\n';
const open = 'We are open on Sunday.';

/** The card of this file, when it can be approved. */
const cardOf = (world: ProductWorld, name: string, button = 'Approve') =>
  world.message(new RegExp(`\\b(?:Pending_Approval|Approved)/${name.replaceAll('.', '\\.')}$`), button);

const tap = async (world: ProductWorld, id: number, label: string) => await world.toast(world.owner.tap(id, { label }));

/** Whatever it would still do, it has had the time for. */
const later = () => new Promise((resolve) => void setTimeout(resolve, 5_000));

describe('two files that say the same', () => {
  it('leave once when both are approved at the same instant, and the other one says what left', async (t) => {
    const world = await createProductWorld(t, { holdSeconds: 0 });
    for (const name of ['LINKEDIN_a.md', 'LINKEDIN_b.md']) world.drop(`Pending_Approval/${name}`, post(open));
    const [first, second] = [await cardOf(world, 'LINKEDIN_a.md'), await cardOf(world, 'LINKEDIN_b.md')];
    await world.message(/Exactly this waits a second time \(LINKEDIN_b\.md\)/, 'Approve');
    const answers = await Promise.all([first, second].map(({ id }) => tap(world, id, 'Approve')));
    const asked = answers.findIndex(({ alert }) => alert);
    assert.equal(answers.filter(({ alert }) => alert).length, 1, JSON.stringify(answers));
    assert.match(answers[asked]?.text ?? '', /^Really\? Exactly this is about to leave, approved by Olive/);
    const [gone, waits] = asked === 0 ? ['LINKEDIN_b.md', 'LINKEDIN_a.md'] : ['LINKEDIN_a.md', 'LINKEDIN_b.md'];
    await world.file('Done', gone);
    await cardOf(world, waits);
    await later();
    assert.equal(world.site.posts().length, 1);
    assert.deepEqual(world.list('Pending_Approval'), [waits]);
    assert.match((await cardOf(world, waits)).text, /Exactly this left at \d\d:\d\d/);
  });

  it('leave once when both are moved to Approved by hand', async (t) => {
    const world = await createProductWorld(t, { holdSeconds: 0 });
    const names = ['LINKEDIN_a.md', 'LINKEDIN_b.md'];
    for (const name of names) world.drop(`Pending_Approval/${name}`, post(open));
    for (const name of names) await cardOf(world, name);
    for (const name of names) world.move(`Pending_Approval/${name}`, `Approved/${name}`);
    await world.file('Done', 'LINKEDIN_');
    await world.message(/Exactly this (?:left at|is about to leave)/, 'Approve');
    await later();
    assert.equal(world.site.posts().length, 1);
    assert.equal(world.list('Pending_Approval').length, 1);
  });
});

describe('a file in Approved that nobody saw', () => {
  it('asks, also after a start; a sync tool’s copy is left alone and said once', async (t) => {
    const world = await createProductWorld(t, { holdSeconds: 0 });
    world.drop('Approved/LINKEDIN_ai.md', post('Written by a program.'));
    await cardOf(world, 'LINKEDIN_ai.md');
    await world.stop();
    world.drop('Approved/LINKEDIN_ai2.md', post('Written while we were off.'));
    world.drop('Approved/LINKEDIN_ai.sync-conflict-20260218-101010-ABCDEFG.md', post('Another version.'));
    await world.start();
    await cardOf(world, 'LINKEDIN_ai2.md');
    await world.message(/LINKEDIN_ai\.sync-conflict-.+I left it as it is\./);
    await later();
    assert.equal(world.site.posts().length, 0);
    assert.ok(world.list('Approved').includes('LINKEDIN_ai.sync-conflict-20260218-101010-ABCDEFG.md'));
    // One step, as ever: what waited and is moved by hand.
    world.move('Pending_Approval/LINKEDIN_ai2.md', 'Approved/LINKEDIN_ai2.md');
    await world.file('Done', 'LINKEDIN_ai2.md');
    assert.equal(world.site.posts().length, 1);
  });
});

describe('a no', () => {
  it('counts for the bytes: the same text that comes into Approved afterwards asks', async (t) => {
    const world = await createProductWorld(t, { holdSeconds: 0 });
    world.drop('Pending_Approval/LINKEDIN_no.md', post(open));
    await tap(world, (await cardOf(world, 'LINKEDIN_no.md')).id, 'Reject');
    await world.file('Rejected', 'LINKEDIN_no.md');
    world.drop('Approved/LINKEDIN_no.md', post(open));
    const { id, text } = await cardOf(world, 'LINKEDIN_no.md');
    assert.match(text, /Exactly this was rejected by Olive at \d\d:\d\d/);
    assert.equal((await tap(world, id, 'Approve')).alert, true);
    await later();
    assert.equal(world.site.posts().length, 0);
  });

  it('counts while it is being prepared: nothing leaves, and the card says so', async (t) => {
    const world = await createProductWorld(t, { holdSeconds: 0 });
    world.mail.refuse([{ at: 'greeting', does: 'hang' }]);
    world.drop('Pending_Approval/EMAIL_offer.md', mail);
    const { id } = await cardOf(world, 'EMAIL_offer.md');
    await tap(world, id, 'Approve');
    await cardOf(world, 'EMAIL_offer.md', 'Yes, approve');
    await tap(world, id, 'Yes, approve');
    await world.file('In_Progress', 'EMAIL_offer.md');
    world.move('In_Progress/EMAIL_offer.md', 'Rejected/EMAIL_offer.md');
    await world.message(/Rejected by hand/);
    world.mail.refuse([]);
    await later();
    assert.equal(world.mail.sent().length, 0);
    assert.deepEqual(world.list('Rejected'), ['EMAIL_offer.md']);
    await until(() => world.list('In_Progress').length === 0, 'nothing is on its way');
  });
});

describe('a first mail to somebody', () => {
  it('is not approved without the second question, whoever asks and whatever thread it names', async (t) => {
    const world = await createProductWorld(t, { holdSeconds: 0 });
    const made = mail.replace('subject:', 'in_reply_to: "<made-up@client.example>"\nsubject:');
    world.drop('Pending_Approval/EMAIL_offer.md', made);
    await cardOf(world, 'EMAIL_offer.md');
    const { url, token } = world.note();
    const ask = async (path: string, body?: object) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const answer = await fetch(`${url}${path}`, {
        headers,
        ...(body && { method: 'POST', body: JSON.stringify(body) }),
      });
      return (await answer.json()) as { kind?: string; sure?: string; cards: { key: string; revision: string }[] };
    };
    const [card] = (await ask('/api/cards')).cards;
    assert.ok(card);
    const approve = { key: card.key, revision: card.revision, verb: 'approve' };
    const question = await ask('/api/decide', approve);
    assert.equal(question.kind, 'asks');
    assert.equal((await ask('/api/decide', { ...approve, sure: `${question.sure}x` })).kind, 'asks');
    await later();
    assert.equal(world.mail.sent().length, 0);
    assert.equal((await ask('/api/decide', { ...approve, sure: question.sure })).kind, 'accepted');
    await world.file('Done', 'EMAIL_offer.md');
    assert.equal(world.mail.sent().length, 1);
  });
});
