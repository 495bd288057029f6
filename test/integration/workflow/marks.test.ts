/** What buttons carry, and what recipients see of files: both belong to exactly the version a person saw. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Card } from '../../../src/domain/card.ts';
import { shortRevision } from '../../../src/domain/draft.ts';
import { until } from '../../support/until.ts';
import { breachesOf, quiet } from '../../support/walk-checks.ts';
import { createWorld, sara } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const name = 'LINKEDIN_news.md';
const post = (text: string) => `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n${text}\n`;

async function asked(world: World, content: string, file = name): Promise<Card> {
  world.write(`Pending_Approval/${file}`, content);
  await world.rescan();
  return await until(() => {
    const card = [...world.chat.cards.values()].find((one) => one.file.endsWith(file));
    return card !== undefined && content.includes(card.text) ? card : undefined;
  }, `the card of ${file} shows its text`);
}
const draftOf = async (world: World, { key }: Card) =>
  (await world.parts().ledger.drafts.byKey(key)) ?? assert.fail('no such draft');

describe('the mark of a version', () => {
  it('says nothing about the text: the same text has another one in every draft', async (t) => {
    const world = await createWorld(t);
    const one = await asked(world, post('Hello.'));
    const other = await asked(world, post('Hello.'), 'LINKEDIN_other.md');
    for (const { revision } of [one, other]) assert.match(revision, /^[a-z0-9]{20}$/);
    assert.notEqual(one.revision, other.revision);
    assert.equal((await draftOf(world, one)).revision, (await draftOf(world, other)).revision);
  });

  it('stays with its text: a draft changed back has the old one, over a start too', async (t) => {
    const world = await createWorld(t);
    const first = await asked(world, post('Hello.'));
    const second = await asked(world, post('Hello again.'));
    assert.notEqual(second.revision, first.revision);
    await world.stop();
    await world.start();
    assert.equal((await asked(world, post('Hello.'))).revision, first.revision);
  });

  it('is asked for anew by a button from before: such a button approves nothing', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    const card = await asked(world, post('Hello.'));
    const { revision } = await draftOf(world, card);
    const before = world.chat.sent();
    for (const old of [shortRevision(revision ?? ''), revision ?? '', card.revision.slice(0, 10), '']) {
      const verdict = await world.tap({ ...card, revision: old }, 'approve');
      assert.ok(verdict.kind === 'refused' && verdict.why === 'stale', old);
    }
    const verdict = await world.tap({ ...card, revision: shortRevision(revision ?? '') }, 'approve');
    assert.match(verdict.say, /from before an update/);
    await until(() => world.chat.sent() > before, 'the card comes anew');
    await world.pass(60_000);
    assert.equal(world.executor.runs.length, 0);
    assert.equal((await world.tap(card, 'approve')).kind, 'accepted');
  });

  it('keeps apart the texts there are to choose from, by names that nobody can make two of', async (t) => {
    const world = await createWorld(t);
    world.write(
      'Pending_Approval/two.md',
      '---\nplatform: linkedin\n---\n\n## Option A\n\nOne.\n\n## Option B\n\nTwo.\n',
    );
    await world.rescan();
    const card = await world.card('two.md', 'blocked');
    const [first, second] = card.candidates;
    assert.ok(first && second);
    for (const { id } of card.candidates) assert.match(id, /^[0-9a-f]{20}$/);
    const forged = await world.tap(card, 'choose', sara, second.id.slice(0, 10));
    assert.equal(forged.kind, 'refused');
    assert.equal((await world.tap(card, 'choose', sara, second.id)).kind, 'accepted');
    const chosen = await world.card('two.md', 'asks');
    assert.equal(chosen.text, second.text);
  });
});

describe('a file that goes along', () => {
  const letter = (file: string) =>
    `---\ntype: email\nto: ann@example.org\nsubject: The plan\nattachments: ${file}\n---\n\n## Email Body\n\nHere it is.\n`;

  it('asks anew when it gets another name during the undo time', async (t) => {
    const world = await createWorld(t, { holdSeconds: 60 });
    writeFileSync(join(world.vaultPath, 'plan.txt'), 'The plan.');
    const card = await asked(world, letter('plan.txt'), 'EMAIL_plan.md');
    assert.equal((await world.sure(card, 'approve')).kind, 'accepted');
    await until(() => world.exists('Approved/EMAIL_plan.md'), 'it lies in Approved');
    world.move('plan.txt', 'Invoice 4711 - pay now.txt');
    world.write('Approved/EMAIL_plan.md', letter('Invoice 4711 - pay now.txt'));
    await world.rescan();
    const again = await until(
      () => [...world.chat.cards.values()].find(({ mood }) => mood === 'asks'),
      'it asks once more',
    );
    assert.deepEqual(
      again.media.map((one) => one.name),
      ['Invoice 4711 - pay now.txt'],
    );
    await world.pass(120_000);
    assert.equal(world.mailer.runs.length, 0);
    await quiet(world);
    assert.deepEqual(await breachesOf(world), []);
  });

  it('leaves under the name that was shown, wherever its bytes lie by then', async (t) => {
    const world = await createWorld(t, { holdSeconds: 60 });
    writeFileSync(join(world.vaultPath, 'plan.txt'), 'The plan.');
    await world.sure(await asked(world, letter('plan.txt'), 'EMAIL_plan.md'), 'approve');
    await until(() => world.exists('Approved/EMAIL_plan.md'), 'it lies in Approved');
    world.move('plan.txt', 'Media/plan.txt');
    await world.pass(61_000);
    await world.card('EMAIL_plan.md', 'done');
    assert.deepEqual(
      world.mailer.effects[0]?.media.map(({ name: shown, path }) => [shown, path]),
      [['plan.txt', 'Media/plan.txt']],
    );
  });
});
