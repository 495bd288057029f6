/** A chat delivers a tap again when we died before we could say that we have it: it counts once all the same. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Card } from '../../../src/domain/card.ts';
import type { DraftVerb } from '../../../src/domain/decision.ts';
import { sha256 } from '../../../src/lib/hash.ts';
import { png } from '../../support/pictures.ts';
import { until } from '../../support/until.ts';
import { createWorld, sara } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const name = 'LINKEDIN_news.md';
const pending = `Pending_Approval/${name}`;
const post = '---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nWe are open on Sunday.\n';

async function createAsked(t: Parameters<typeof createWorld>[0]) {
  const world = await createWorld(t);
  world.write(pending, post);
  await world.rescan();
  return { world, card: await world.card(name, 'asks') };
}

const deliver = (world: World, id: string, { key, revision }: Card, verb: DraftVerb, text?: string) =>
  world.door().decide({ actor: sara, id, key, revision, verb, ...(text === undefined ? {} : { text }) });

async function verbsOf(world: World, { key }: Card): Promise<readonly string[]> {
  const draft = await world.parts().ledger.drafts.byKey(key);
  return (await world.parts().ledger.decisions.of(draft?.id ?? '')).map(({ verb }) => verb);
}

describe('a tap that is delivered twice', () => {
  it('is one decision, also where the same could be decided twice', async (t) => {
    const { world, card } = await createAsked(t);
    const inAnHour = new Date(world.clock.now().getTime() + 3_600_000).toISOString();
    assert.equal((await deliver(world, 'one', card, 'postpone', inAnHour)).kind, 'accepted');
    assert.equal((await deliver(world, 'one', card, 'postpone', inAnHour)).kind, 'accepted');
    assert.deepEqual(await verbsOf(world, card), ['postpone']);
    assert.equal((await deliver(world, 'two', card, 'postpone', inAnHour)).kind, 'accepted');
    assert.deepEqual(await verbsOf(world, card), ['postpone', 'postpone'], 'another tap is another decision');
  });

  it('does not bring an approval back that was taken back since', async (t) => {
    const { world, card } = await createAsked(t);
    assert.equal((await deliver(world, 'one', card, 'approve')).kind, 'accepted');
    await world.card(name, 'waits');
    await until(() => world.exists(`Approved/${name}`), 'it lies in Approved');
    await world.stop();
    world.move(`Approved/${name}`, pending);
    await world.start();
    assert.equal((await world.card(name, 'asks')).revision, card.revision);
    await deliver(world, 'one', card, 'approve');
    assert.deepEqual(await verbsOf(world, card), ['approve', 'undo']);
    assert.equal((await world.card(name, 'asks')).key, card.key);
    assert.ok(world.exists(pending));
    await world.pass(11_000);
    assert.deepEqual(world.executor.effects, []);
  });

  it('finishes a new text that was on record and not in the file yet', async (t) => {
    const { world, card } = await createAsked(t);
    const reached = Promise.withResolvers<void>();
    Object.assign(world.parts().vault, {
      replaceText: () => {
        reached.resolve();
        return new Promise(() => undefined);
      },
    });
    void deliver(world, 'one', card, 'edit', 'We are closed on Sunday.');
    await reached.promise;
    await world.kill();
    await world.start();
    assert.deepEqual([await verbsOf(world, card), world.read(pending)], [['edit'], post]);
    assert.equal((await deliver(world, 'one', card, 'edit', 'We are closed on Sunday.')).kind, 'accepted');
    assert.match(world.read(pending), /We are closed on Sunday\./);
    assert.deepEqual(await verbsOf(world, card), ['edit']);
    assert.equal((await deliver(world, 'one', card, 'edit', 'We are closed on Sunday.')).kind, 'accepted');
    assert.deepEqual(await verbsOf(world, card), ['edit']);
  });

  it('finishes a picture that was on record and not in the file yet, and keeps it once', async (t) => {
    const { world, card } = await createAsked(t);
    const picture = png(60, 40);
    const send = () =>
      world.door().decide({ actor: sara, id: 'one', key: card.key, revision: card.revision, verb: 'edit', picture });
    const reached = Promise.withResolvers<void>();
    Object.assign(world.parts().vault, {
      replaceMedia: () => {
        reached.resolve();
        return new Promise(() => undefined);
      },
    });
    void send();
    await reached.promise;
    await world.kill();
    await world.start();
    assert.deepEqual([await verbsOf(world, card), world.read(pending)], [['edit'], post]);
    for (const words of [/picture is in/, /counts already/]) {
      const verdict = await send();
      assert.equal(verdict.kind, 'accepted');
      assert.match(verdict.say, words);
      assert.deepEqual(await verbsOf(world, card), ['edit']);
    }
    const shown = await until(() => world.chat.card(card.key)?.media.length === 1 && world.chat.card(card.key), 'it');
    assert.deepEqual(
      shown.media.map(({ sha256: hash }) => hash),
      [sha256(picture)],
    );
  });

  it('says so when the draft was changed once more before its text could come into the file', async (t) => {
    const { world, card } = await createAsked(t);
    assert.equal((await deliver(world, 'one', card, 'edit', 'Closed.')).kind, 'accepted');
    const closed = await until(() => world.chat.card(card.key)?.text === 'Closed.' && world.chat.card(card.key), 'it');
    assert.equal((await deliver(world, 'two', closed, 'edit', 'Open.')).kind, 'accepted');
    const verdict = await deliver(world, 'one', card, 'edit', 'Closed.');
    assert.equal(verdict.kind === 'refused' && verdict.why, 'stale');
    assert.match(world.read(pending), /Open\./);
    assert.deepEqual(await verbsOf(world, card), ['edit', 'edit']);
  });
});
