import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { unmarked } from '../../../src/lib/words.ts';
import { createWorld, sara } from '../../support/workflow-world.ts';
import { until } from '../../support/until.ts';

const name = 'LINKEDIN_news.md';
const pending = `Pending_Approval/${name}`;
const rejected = `Rejected/${name}`;
const post = '---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nWe are open on Sunday.\n';

async function createRejected(t: Parameters<typeof createWorld>[0], content = post, reason?: string) {
  const world = await createWorld(t);
  world.write(pending, content);
  await world.rescan();
  await world.tap(await world.card(name, 'asks'), 'reject', sara, reason);
  const card = await world.card(name, 'rejected');
  await until(() => world.exists(rejected), 'the file lies in Rejected');
  return { world, card };
}

describe('why a draft was rejected', () => {
  it('is asked after the rejection, kept on record, on the card and in the file, and can be undone with it', async (t) => {
    const { world, card } = await createRejected(t);
    assert.deepEqual(card.verbs, ['undo', 'reason']);
    assert.equal((await world.tap(card, 'reason', sara, 'Wrong\ntone')).kind, 'accepted');
    await until(() => world.read(rejected).includes('rejected_reason: Wrong tone\n'), 'the file says why');
    const said = await until(() => {
      const now = world.chat.card(card.key);
      return unmarked(now?.standing ?? '').endsWith('· Wrong tone') ? now : undefined;
    }, 'the card says why');
    assert.deepEqual(said.verbs, ['undo']);
    const draft = await world.parts().ledger.drafts.byKey(card.key);
    const decisions = await world.parts().ledger.decisions.of(draft?.id ?? '');
    assert.deepEqual(
      decisions.map(({ verb, reason, actor }) => [verb, reason, actor.id]),
      [
        ['reject', '', '7'],
        ['reason', 'Wrong tone', '7'],
      ],
    );
    assert.equal((await world.tap(said, 'undo')).kind, 'accepted');
    await until(() => world.exists(pending) && world.read(pending) === post, 'the file is back as it was');
    const asks = await world.card(name, 'asks');
    assert.equal((await world.tap(asks, 'approve')).kind, 'accepted');
    await world.pass(10_500);
    await world.card(name, 'done');
    assert.doesNotMatch(world.read(`Done/${name}`), /rejected_reason/);
  });

  it('may come with the rejection, and leaves no trace in a file without front matter when undone', async (t) => {
    const bare = '## LinkedIn Post\n\nWe are open on Sunday.\n';
    const { world, card } = await createRejected(t, bare, 'not now');
    await until(() => world.read(rejected) === `---\nrejected_reason: not now\n---\n${bare}`, 'the file says why');
    assert.equal((await world.tap(card, 'undo')).kind, 'accepted');
    await until(() => world.exists(pending) && world.read(pending) === bare, 'the file is back as it was');
  });

  it('is refused when empty, and for a draft that is not rejected', async (t) => {
    const { world, card } = await createRejected(t);
    const empty = await world.tap(card, 'reason', sara, ' \n ');
    assert.equal(empty.kind === 'refused' && empty.why, 'bad_text');
    await world.tap(card, 'undo');
    const late = await world.tap(card, 'reason', sara, 'Wrong tone');
    assert.equal(late.kind === 'refused' && late.why, 'decided');
    assert.doesNotMatch(
      world.read(await until(() => (world.exists(pending) ? pending : undefined), 'it is back')),
      /reason/,
    );
  });

  for (const moment of ['before', 'after'] as const) {
    it(`survives a crash right ${moment} the file is written`, async (t) => {
      const { world, card } = await createRejected(t);
      const { parts } = world;
      const { vault } = parts();
      const stamp = vault.stamp;
      let died = false;
      Object.assign(vault, {
        stamp: async (...given: Parameters<typeof stamp>) => {
          const [file, keys, before] = given;
          died = true;
          if (moment === 'after') await stamp(file, keys, before);
          else await before?.('0'.repeat(64));
          // Whatever comes after this never happens.
          return await new Promise<never>(() => undefined);
        },
      });
      void world.tap(card, 'reason', sara, 'Wrong facts');
      await until(() => died, 'the process dies');
      await world.kill();
      await world.start();
      await until(() => world.read(rejected).includes('rejected_reason: Wrong facts\n'), 'the file says why');
      const now = await world.card(name, 'rejected');
      assert.equal((await world.tap(now, 'undo')).kind, 'accepted');
      await until(() => world.exists(pending) && world.read(pending) === post, 'the file is back as it was');
    });
  }
});
