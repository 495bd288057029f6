/** Drafts of one idea: what their cards say about it, and that it changes nothing about what leaves. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Card } from '../../../src/domain/card.ts';
import { until } from '../../support/until.ts';
import { createWorld } from '../../support/workflow-world.ts';

const post = (matter: string) =>
  `---\ntype: linkedin_post\n${matter}---\n\n## LinkedIn Post\n\nWe are open on Sunday.\n`;
const mail = (matter: string) =>
  `---\ntype: email\nto: sara@customer.example\nsubject: Sunday\n${matter}---\n\n## Email Body\n\nWe are open.\n`;

describe('drafts of one idea', () => {
  it('have the same set on their cards, however the name is written, and others have none', async (t) => {
    const world = await createWorld(t);
    world.write('Pending_Approval/LINKEDIN_a.md', post('source_plan: "[[PLAN_Sunday]]"\n'));
    world.write('Pending_Approval/EMAIL_a.md', mail('source_plan: plan_sunday.md\n'));
    world.write('Pending_Approval/LINKEDIN_b.md', post(''));
    await world.rescan();
    const [a, b, c] = [
      await world.card('LINKEDIN_a.md', 'asks'),
      await world.card('EMAIL_a.md', 'asks'),
      await world.card('LINKEDIN_b.md', 'asks'),
    ];
    assert.match(a.set?.id ?? '', /^[0-9a-f]{64}$/);
    assert.equal(a.set?.words, 'PLAN_Sunday');
    assert.equal(b.set?.id, a.set?.id);
    assert.ok(!('set' in c));
    const revisionOf = async (card: Card) => (await world.parts().ledger.drafts.byKey(card.key))?.revision;
    assert.ok((await revisionOf(a)) !== undefined);
    assert.equal(await revisionOf(c), await revisionOf(a), 'it is no part of what leaves');
  });

  it('an approval outlives another name, which the card follows', async (t) => {
    const world = await createWorld(t);
    world.write('Pending_Approval/LINKEDIN_a.md', post('set: One\n'));
    await world.rescan();
    const card = await world.card('LINKEDIN_a.md', 'asks');
    world.write('Pending_Approval/LINKEDIN_a.md', post('set: Two\n'));
    await world.rescan();
    const named = (words: string | undefined) =>
      until(
        () => [...world.chat.cards.values()].find((one: Card) => one.set?.words === words),
        `the card names ${String(words)}`,
      );
    assert.equal((await named('Two')).revision, card.revision);
    assert.equal((await world.tap(card, 'approve')).kind, 'accepted');
    await until(() => world.exists('Approved/LINKEDIN_a.md'), 'it lies in Approved');
    world.write('Approved/LINKEDIN_a.md', post(''));
    await world.rescan();
    await world.pass(10_500);
    await world.card('LINKEDIN_a.md', 'done');
    assert.equal(world.executor.effects.length, 1);
  });
});
