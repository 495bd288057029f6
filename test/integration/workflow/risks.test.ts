import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { x } from '../../../src/executors/platforms.ts';
import { emptyEffect } from '../../../src/domain/effect.ts';
import { risksOf } from '../../../src/workflow/risks.ts';
import { revisionOf } from '../../contract/ledger/samples.ts';
import { strange } from '../../../src/lib/words.ts';
import { until } from '../../support/until.ts';
import { createWorld, sara } from '../../support/workflow-world.ts';

const mail = (to: string, more = '') =>
  `---\ntype: email\nto: ${to}\nsubject: Hello\n${more}---\n\n## Email Body\n\nHello from us.\n`;

const answer = 'in_reply_to: "<1@example.org>"\naction: reply\n';

describe('what is risky about an approval', () => {
  it('is the first mail to an address, until one went there', async (t) => {
    const world = await createWorld(t);
    world.write('Pending_Approval/EMAIL_one.md', mail('Ann <Ann@example.org>'));
    await world.rescan();
    const first = await world.card('EMAIL_one.md', 'asks');
    assert.deepEqual(first.risks, [`It is the first to ${strange('ann@example.org', 80)}`]);
    await world.sure(first, 'approve');
    assert.deepEqual((await world.card('EMAIL_one.md', 'waits')).risks, []);
    await world.pass(10_500);
    await world.card('EMAIL_one.md', 'done');

    world.write('Pending_Approval/EMAIL_two.md', mail('ann@example.org').replace('from us', 'again'));
    world.write('Pending_Approval/EMAIL_three.md', mail('ann@example.org, bob@example.org').replace('from us', 'both'));
    await world.rescan();
    assert.deepEqual((await world.card('EMAIL_two.md', 'asks')).risks, []);
    assert.deepEqual((await world.card('EMAIL_three.md', 'asks')).risks, [
      `It is the first to ${strange('bob@example.org', 80)}`,
    ]);
  });

  it('is not an answer to somebody who wrote first, nor a post', async (t) => {
    const world = await createWorld(t);
    await world.wroteFirst('<1@example.org>', 'Ann@example.org');
    world.write('Pending_Approval/EMAIL_reply.md', mail('Ann <ann@example.org>', answer));
    world.write('Pending_Approval/LINKEDIN_a.md', '---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nHello.\n');
    await world.rescan();
    assert.deepEqual((await world.card('EMAIL_reply.md', 'asks')).risks, []);
    assert.deepEqual((await world.card('LINKEDIN_a.md', 'asks')).risks, []);
  });

  it('is an answer to a message that never came, or that somebody else sent', async (t) => {
    const world = await createWorld(t);
    world.write('Pending_Approval/EMAIL_made_up.md', mail('eve@example.net', answer));
    await world.rescan();
    assert.deepEqual((await world.card('EMAIL_made_up.md', 'asks')).risks, [
      `It is the first to ${strange('eve@example.net', 80)}`,
    ]);

    await world.wroteFirst('<1@example.org>', 'ann@example.org');
    world.write('Pending_Approval/EMAIL_other.md', mail('eve@example.net', answer).replace('from us', 'again'));
    world.write('Pending_Approval/EMAIL_copy.md', mail('ann@example.org', `${answer}bcc: eve@example.net\n`));
    await world.rescan();
    for (const name of ['EMAIL_other.md', 'EMAIL_copy.md']) {
      assert.deepEqual(
        (await world.card(name, 'asks')).risks,
        [`It is the first to ${strange('eve@example.net', 80)}`],
        name,
      );
    }
  });

  it('is not waived by the address the sender of a message wants answered instead', async (t) => {
    const world = await createWorld(t);
    const ann = { name: 'Ann', address: 'ann@example.org' };
    const elsewhere = { name: 'Ann', address: 'ann@example.net' };
    const message = {
      id: '<1@example.org>',
      from: ann,
      answerTo: [elsewhere],
      others: [],
      subject: 'Hi',
      cautions: [],
    };
    await world.parts().ledger.incoming.put({ ...message, at: world.clock.now() });
    world.write('Pending_Approval/EMAIL_reply.md', mail('ann@example.net', answer));
    await world.rescan();
    assert.deepEqual((await world.card('EMAIL_reply.md', 'asks')).risks, [
      `It is the first to ${strange('ann@example.net', 80)}`,
    ]);
  });

  it('is asked by the core, whoever taps: without a yes to exactly these risks nothing is approved', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    world.write('Pending_Approval/EMAIL_one.md', mail('ann@example.org'));
    await world.rescan();
    const card = await world.card('EMAIL_one.md', 'asks');
    const tap = { actor: sara, key: card.key, revision: card.revision, verb: 'approve' } as const;
    const asked = await world.door().decide(tap);
    assert.ok(asked.kind === 'asks');
    assert.deepEqual([asked.risks, asked.sure], [card.risks, card.sure]);
    for (const sure of ['', 'yes', '0'.repeat(20), card.revision]) {
      assert.equal((await world.door().decide({ ...tap, sure })).kind, 'asks', sure);
    }
    const later = new Date(world.clock.now().getTime() + 3_600_000).toISOString();
    assert.equal((await world.door().decide({ ...tap, text: later })).kind, 'asks', 'a time does not get around it');
    // Another text is another question.
    assert.equal((await world.tap(card, 'edit', sara, 'Hello once more.')).kind, 'accepted');
    const edited = await until(async () => {
      const now = await world.door().card(card.key);
      return now?.text === 'Hello once more.' ? now : undefined;
    }, 'the new text is on the card');
    const again = { ...tap, revision: edited.revision };
    assert.equal((await world.door().decide({ ...again, sure: asked.sure })).kind, 'asks');
    assert.equal(world.mailer.runs.length, 0);
    assert.equal((await world.door().decide({ ...again, sure: edited.sure })).kind, 'accepted');
    await world.card('EMAIL_one.md', 'done');
  });

  it('are many recipients, counted once each, and direct messages', async (t) => {
    const world = await createWorld(t);
    const six = Array.from({ length: 6 }, (_, n) => `p${n}@example.org`);
    world.write('Pending_Approval/EMAIL_all.md', mail(six.join(', '), 'cc: p0@example.org\n'));
    await world.rescan();
    assert.deepEqual((await world.card('EMAIL_all.md', 'asks')).risks, [
      'It goes to 6 people',
      `It is the first to ${strange('p0@example.org', 80)}, ${strange('p1@example.org', 80)} and 4 more`,
    ]);
    const direct = revisionOf('d', { effect: { ...emptyEffect, platform: x.id, action: 'dm', target: '@ann' } });
    assert.deepEqual((await risksOf(world.parts(), { id: 'd' }, direct)).words, [
      `It is a direct message to ${strange('@ann', 80)}`,
    ]);
  });

  it('is not forgotten by a dry run', async (t) => {
    const world = await createWorld(t, { dryRun: true });
    world.mailer.next(async () => ({ kind: 'posted', evidence: { link: '', messageId: '', note: 'dry' } }));
    world.write('Pending_Approval/EMAIL_one.md', mail('ann@example.org'));
    await world.rescan();
    await world.sure(await world.card('EMAIL_one.md', 'asks'), 'approve');
    await world.pass(10_500);
    await world.card('EMAIL_one.md', 'done');
    world.write('Pending_Approval/EMAIL_two.md', mail('ann@example.org').replace('from us', 'again'));
    await world.rescan();
    assert.equal((await world.card('EMAIL_two.md', 'asks')).risks.length, 1);
  });
});
