/** A person gives a draft a picture: kept, on record, named in the file, asked anew; the old one is never lost. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import type { Card } from '../../../src/domain/card.ts';
import type { Verdict } from '../../../src/domain/decision.ts';
import { sha256 } from '../../../src/lib/hash.ts';
import { unmarked } from '../../../src/lib/words.ts';
import { createMortality } from '../../support/mortal.ts';
import { png } from '../../support/pictures.ts';
import { until } from '../../support/until.ts';
import { breachesOf, quiet } from '../../support/walk-checks.ts';
import { createWorld, sara, stranger } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const name = 'EMAIL_menu.md';
const pending = `Pending_Approval/${name}`;
const [old, fresh] = [png(60, 40, 1), png(80, 50, 2)];
const letter = (keys: string) =>
  `---\ntype: email\naction: send # by hand\nto: ann@example.com\nsubject: The menu\n${keys}---\n\n## Email Body\n\nHere is the menu.\n`;

const put = (world: World, path: string, bytes: Uint8Array) => world.write(path, bytes);
const bytesAt = (world: World, path: string) => readFileSync(join(world.vaultPath, path));
const picture = (world: World, card: Card, bytes: Uint8Array, text?: string, actor = sara): Promise<Verdict> =>
  world.tap(card, 'edit', actor, text, bytes);

async function asked(world: World, content: string): Promise<Card> {
  world.write(pending, content);
  await world.rescan();
  return await world.card(name, 'asks');
}

const sound = (world: World) =>
  until(async () => (await breachesOf(world)).length === 0, 'folders, record and cards tell one truth');

/** The card, once it shows exactly these files. */
const shows = (world: World, ...files: readonly Uint8Array[]) =>
  until(() => {
    const card = [...world.chat.cards.values()].find(({ mood }) => mood === 'asks');
    const hashes = card?.media.map(({ sha256: hash }) => hash).join();
    return hashes === files.map((bytes) => sha256(bytes)).join() ? card : undefined;
  }, 'the card shows the files');

describe('a picture from a person', () => {
  it('takes the place of the old one, asks anew, and is what leaves', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    put(world, 'Pending_Approval/old.png', old);
    const card = await asked(world, letter('attachments: old.png\n'));
    const verdict = await picture(world, card, fresh, 'The new menu.');
    assert.equal(verdict.kind, 'accepted', verdict.say);
    const next = await shows(world, fresh);
    assert.notEqual(next.revision, card.revision);
    assert.equal(next.text, 'The new menu.');
    const kept = `Pending_Approval/EMAIL_menu-${sha256(fresh).slice(0, 10)}.png`;
    assert.equal(
      world.read(pending),
      letter(`attachments: ${kept}\n`).replace('Here is the menu.', 'The new menu.'),
      'nothing else in the file has changed',
    );
    assert.deepEqual(bytesAt(world, kept), fresh);
    assert.deepEqual(bytesAt(world, 'Pending_Approval/old.png'), old, 'the old picture stays');
    assert.equal((await world.tap(card, 'approve')).kind, 'refused', 'the old card counts no more');
    const decisions = await world
      .parts()
      .ledger.decisions.of((await world.parts().ledger.drafts.byKey(card.key))?.id ?? '');
    assert.match(decisions[0]?.reason ?? '', new RegExp(`^Picture ${kept}, SHA-256 ${sha256(fresh)}`));
    await world.sure(await shows(world, fresh), 'approve');
    await until(() => world.mailer.effects.length === 1, 'it left');
    assert.deepEqual(
      world.mailer.effects[0]?.media.map(({ sha256: hash }) => hash),
      [sha256(fresh)],
    );
    await sound(world);
  });

  it('comes to a draft without any, beside what it has, and where one was missing', async (t) => {
    const world = await createWorld(t);
    const card = await asked(world, letter(''));
    assert.equal((await picture(world, card, fresh)).kind, 'accepted');
    assert.equal((await shows(world, fresh)).text, 'Here is the menu.');

    const report = Buffer.from('%PDF-1.7 report');
    put(world, 'Media/a report, final.pdf', report);
    world.write(pending, letter('attachments:\n  - "a report, final.pdf"\n'));
    await world.rescan();
    assert.equal((await picture(world, await shows(world, report), fresh)).kind, 'accepted');
    const both = await shows(world, report, fresh);
    // A second one takes the place of the first, not of the report.
    assert.equal((await picture(world, both, old)).kind, 'accepted');
    await shows(world, report, old);

    world.write(pending, letter('image: gone.png\n'));
    await world.rescan();
    const blocked = await world.card(name, 'blocked');
    assert.equal((await picture(world, blocked, fresh)).kind, 'accepted');
    await shows(world, fresh);
    assert.doesNotMatch(world.read(pending), /gone\.png/);
  });

  it('works on a file without keys, with keys inside others, and keeps CRLF', async (t) => {
    const world = await createWorld(t);
    for (const content of [
      '## LinkedIn Post\r\n\r\nHello world.\r\n',
      '---\nparameters:\n  image: old.png\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nHello world.\n',
    ]) {
      put(world, 'Pending_Approval/old.png', old);
      world.write('Pending_Approval/LINKEDIN_x.md', content);
      await world.rescan();
      const card = await until(
        () =>
          [...world.chat.cards.values()].find(({ file, mood }) => file.endsWith('LINKEDIN_x.md') && mood !== 'gone'),
        'the card',
      );
      const current = (await world.door().card(card.key)) ?? card;
      const verdict = await picture(world, current, fresh);
      assert.equal(verdict.kind, 'accepted', verdict.say);
      const after = await world.door().card(card.key);
      assert.deepEqual(
        after?.media.map(({ sha256: hash }) => hash),
        [sha256(fresh)],
      );
      assert.equal(after.text, 'Hello world.');
      if (content.includes('\r')) assert.doesNotMatch(world.read('Pending_Approval/LINKEDIN_x.md'), /[^\r]\n/);
    }
  });

  it('is refused when it is none, when nobody may, and when it is not clear which it replaces', async (t) => {
    const world = await createWorld(t);
    const plain = await asked(world, letter(''));
    for (const none of [
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      '<html><script>alert(1)</script>',
      '',
      '%PDF-1.7',
    ]) {
      const verdict = await picture(world, plain, Buffer.from(none));
      assert.ok(verdict.kind === 'refused' && verdict.why === 'bad_text', verdict.say);
    }
    assert.deepEqual(world.list('Pending_Approval'), [name], 'nothing was kept');
    const [first, second] = [old, png(10, 10, 3)];
    put(world, 'Pending_Approval/a.png', first);
    put(world, 'Pending_Approval/b.png', second);
    const content = letter('attachments: [a.png, b.png]\n');
    world.write(pending, content);
    await world.rescan();
    const card = await shows(world, first, second);
    const before = world.list('Pending_Approval');
    const unclear = await picture(world, card, fresh);
    assert.ok(unclear.kind === 'refused' && unclear.say.includes('2 pictures'), unclear.say);
    const foreign = await picture(world, card, fresh, undefined, stranger);
    assert.ok(foreign.kind === 'refused' && foreign.why === 'not_allowed');
    const outdated = await picture(world, { ...card, revision: '0000000000' }, fresh);
    assert.ok(outdated.kind === 'refused' && outdated.why === 'stale');
    assert.equal(world.read(pending), content);
    assert.deepEqual(world.list('Pending_Approval'), before, 'nothing was kept');
  });

  it('never overwrites: a file of its name stays, and the same picture is kept once', async (t) => {
    const world = await createWorld(t);
    const taken = `Pending_Approval/EMAIL_menu-${sha256(fresh).slice(0, 10)}.png`;
    const card = await asked(world, letter(''));
    put(world, taken, old);
    assert.equal((await picture(world, card, fresh)).kind, 'accepted');
    const next = await shows(world, fresh);
    assert.deepEqual(bytesAt(world, taken), old);
    assert.equal(next.media[0]?.path, taken.replace('.png', '-2.png'));
    assert.equal((await picture(world, next, fresh)).kind, 'accepted');
    assert.equal(world.list('Pending_Approval').filter((file) => file.endsWith('.png')).length, 2);
  });

  it('leaves a file alone in which it can’t be named without changing something else', async (t) => {
    const world = await createWorld(t);
    put(world, 'Pending_Approval/old.png', old);
    const content = letter('').replace(
      /^---[^]*?---\n/,
      '---\n{type: email, to: ann@example.com, subject: Hi, image: old.png}\n---\n',
    );
    const card = await asked(world, content);
    const verdict = await picture(world, card, fresh);
    assert.ok(
      verdict.kind === 'refused' && unmarked(verdict.say).includes('kept as Pending_Approval/EMAIL_menu-'),
      verdict.say,
    );
    assert.equal(world.read(pending), content);
    await shows(world, old);
  });

  it('takes an approval back', async (t) => {
    const world = await createWorld(t, { holdSeconds: 60 });
    await world.sure(await asked(world, letter('')), 'approve');
    const waiting = await world.card(name, 'waits');
    assert.equal((await picture(world, waiting, fresh)).kind, 'accepted');
    await shows(world, fresh);
    await world.pass(61_000);
    assert.equal(world.mailer.effects.length, 0);
  });

  it('is whole or not there after a death at any write, and the same once more ends the same way', async (t) => {
    let deaths = 0;
    for (let write = 1; ; write += 1) {
      if (!(await dies(t, write))) break;
      deaths += 1;
    }
    assert.ok(deaths >= 4, `only ${deaths} deaths`);
  });
});

/** @returns false when the edit was over before the death */
async function dies(t: TestContext, write: number): Promise<boolean> {
  const world = await createWorld(t);
  put(world, 'Pending_Approval/old.png', old);
  const card = await asked(world, letter('attachments: old.png\n'));
  await world.stop();
  const mortality = createMortality({ write, side: 'before' });
  mortality.spare();
  await world.start({ ...mortality, beforeStart: mortality.beforeStart });
  const told = await Promise.race([mortalEdit(world, card, mortality), mortality.dead.then(() => 'dead' as const)]);
  if (told !== 'dead' && !mortality.isDead()) {
    mortality.spare();
    return false;
  }
  await world.kill();
  await world.start();
  await quiet(world);
  const words = `killed before write ${write}`;
  const now = await until(async () => {
    const shown = await world.door().card(card.key);
    return shown?.mood === 'asks' ? shown : undefined;
  }, `${words}: the card asks`);
  assert.deepEqual(bytesAt(world, 'Pending_Approval/old.png'), old, words);
  assert.ok([sha256(old), sha256(fresh)].includes(now.media[0]?.sha256 ?? ''), words);
  assert.equal(now.problems.length, 0, words);
  const again = await picture(world, now, fresh, 'The new menu.');
  assert.equal(again.kind, 'accepted', `${words}: ${again.say}`);
  const done = await shows(world, fresh);
  assert.equal(done.text, 'The new menu.');
  assert.equal(world.list('Pending_Approval').filter((file) => file.endsWith('.png')).length, 2, words);
  await sound(world);
  await world.stop();
  return true;
}

async function mortalEdit(world: World, card: Card, mortality: ReturnType<typeof createMortality>): Promise<Verdict> {
  mortality.arm();
  return await picture(world, card, fresh, 'The new menu.');
}
