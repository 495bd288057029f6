/** What people say about a draft is kept with it, shown with it, and never goes out. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { unmarked } from '../../../src/lib/words.ts';
import type { Actor } from '../../../src/domain/actor.ts';
import type { Card } from '../../../src/domain/card.ts';
import type { Verdict } from '../../../src/domain/decision.ts';
import { until } from '../../support/until.ts';
import { breachesOf } from '../../support/walk-checks.ts';
import { createWorld, sara, stranger } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const name = 'LINKEDIN_a.md';
const file = `Pending_Approval/${name}`;
const post = '---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nWe open on Sunday.\n';
const viewer: Actor = { source: 'chat', id: '6', name: 'Vera' };

async function asked(world: World): Promise<Card> {
  world.write(file, post);
  await world.rescan();
  return await world.card(name, 'asks');
}

const why = (verdict: Verdict): string => (verdict.kind === 'refused' ? verdict.why : verdict.kind);
const commentsOn = async (world: World, { key }: Card): Promise<readonly string[]> =>
  ((await world.door().card(key))?.comments ?? []).map(({ by, text }) => `${unmarked(by).split(' at ')[0]}: ${text}`);

describe('a comment', () => {
  it('by who may only look stands on the card, also after a restart, and changes nothing else', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    const card = await asked(world);
    assert.equal(card.comments, undefined);
    const verdict = await world.tap(card, 'comment', viewer, 'Is it not Monday?\nI think so.');
    assert.equal(verdict.kind, 'accepted');
    const shown = await until(
      () => world.chat.card(card.key)?.comments && world.chat.card(card.key),
      'the card has it',
    );
    const { comments: _, ...others } = shown;
    assert.deepEqual(others, card);
    assert.equal(world.read(file), post);
    assert.equal(world.chat.sent(), 1, 'the card is rewritten, not sent anew');
    await world.stop();
    await world.start();
    assert.deepEqual(await commentsOn(world, card), ['by Vera: Is it not Monday?\nI think so.']);
    assert.equal((await world.tap(card, 'approve')).kind, 'accepted', 'the card counts as before');
    await world.card(name, 'done');
    await until(async () => (await breachesOf(world)).length === 0, 'folders, record and cards tell one truth');
  });

  it('is taken on an old card, and on one that is settled', async (t) => {
    const world = await createWorld(t);
    const card = await asked(world);
    await world.tap(card, 'edit', sara, 'We open on Monday.');
    assert.equal((await world.tap(card, 'comment', sara, 'Better.')).kind, 'accepted');
    const now = await until(async () => {
      const next = await world.door().card(card.key);
      return next?.revision === card.revision ? undefined : next;
    }, 'the new version');
    await world.tap(now, 'reject');
    assert.equal((await world.tap(card, 'comment', viewer, 'A pity.')).kind, 'accepted');
    assert.deepEqual(await commentsOn(world, card), ['by Sara: Better.', 'by Vera: A pity.']);
  });

  it('that is delivered again is one comment', async (t) => {
    const world = await createWorld(t);
    const { key, revision } = await asked(world);
    const tap = { actor: viewer, id: 'same', key, revision, verb: 'comment' as const, text: 'Once.' };
    for (const _ of [1, 2]) assert.equal((await world.door().decide(tap)).kind, 'accepted');
    assert.equal((await world.door().card(key))?.comments?.length, 1);
    assert.equal((await world.door().history(key)).filter(({ kind }) => kind === 'comment').length, 1);
  });

  it('takes no approval back that others gave', async (t) => {
    const world = await createWorld(t, { approvalsNeeded: 2 });
    const card = await asked(world);
    await world.tap(card, 'approve');
    await world.tap(card, 'comment', viewer, 'Fine.');
    assert.equal((await world.door().card(card.key))?.approvals?.given, 1);
  });

  it('is refused when it is empty, too long, from a stranger, or about nothing that is known', async (t) => {
    const world = await createWorld(t);
    const card = await asked(world);
    assert.equal(why(await world.tap(card, 'comment', sara, ' \n')), 'bad_text');
    assert.equal(why(await world.tap(card, 'comment', sara, 'x'.repeat(2_001))), 'bad_text');
    assert.equal(why(await world.tap(card, 'comment', stranger, 'Buy!')), 'not_allowed');
    assert.equal(why(await world.tap({ ...card, key: 'nobody0000' }, 'comment', sara, 'Hm')), 'unknown_draft');
    assert.deepEqual(await commentsOn(world, card), []);
  });

  it('of which there are many: the newest ten are on the card, all of them in the history', async (t) => {
    const world = await createWorld(t);
    const card = await asked(world);
    for (let at = 1; at <= 12; at += 1) await world.tap(card, 'comment', viewer, `Number ${at}`);
    assert.deepEqual((await commentsOn(world, card)).at(-1), 'by Vera: Number 12');
    assert.equal((await commentsOn(world, card)).length, 10);
    assert.equal((await world.door().history(card.key)).filter(({ kind }) => kind === 'comment').length, 12);
  });
});
