/** One tap puts those in copy who got the message that is answered: on record, in the file, asked anew; nothing else changes. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { unmarked } from '../../../src/lib/words.ts';
import type { Actor } from '../../../src/domain/actor.ts';
import type { Card } from '../../../src/domain/card.ts';
import type { Verdict } from '../../../src/domain/decision.ts';
import type { Incoming } from '../../../src/domain/item.ts';
import { createMortality } from '../../support/mortal.ts';
import { until } from '../../support/until.ts';
import { breachesOf, quiet } from '../../support/walk-checks.ts';
import { createWorld, sara, stranger } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const name = 'EMAIL_a.md';
const pending = `Pending_Approval/${name}`;
const editor: Actor = { source: 'chat', id: '5', name: 'Eddi' };
const viewer: Actor = { source: 'chat', id: '6', name: 'Vera' };

const person = (address: string) => ({ name: '', address });
const ann = person('ann@client.example');
const message: Incoming = {
  id: '<1@client.example>',
  from: ann,
  answerTo: [ann],
  others: [{ name: 'Omar', address: 'omar@client.example' }, person('lena@other.example')],
  subject: 'Budget',
  at: new Date(2026, 10, 2, 10),
  cautions: [],
};
const copies = ['omar@client.example', 'lena@other.example'];
const line = `cc: ${copies.join(', ')}\n`;

const letter = (more = '') =>
  `---\ntype: email # by hand\naction: reply\nto: ann@client.example\nsubject: Re Budget\nin_reply_to: "<1@client.example>"\n${more}---\n\n## Email Body\n\nWe can.\n`;

async function asked(world: World, content = letter()): Promise<Card> {
  await world.parts().ledger.incoming.put(message);
  world.write(pending, content);
  await world.rescan();
  return await world.card(name, 'asks');
}

/** The card once it shows exactly these in copy. */
const shows = (world: World, ...addresses: readonly string[]): Promise<Card> =>
  until(
    () => {
      const card = [...world.chat.cards.values()].find(({ file, mood }) => file.endsWith(name) && mood === 'asks');
      const cc = card?.fields.find(({ label }) => label === 'Cc')?.value ?? '';
      return cc === addresses.join(', ') ? card : undefined;
    },
    `${addresses.join(', ')} in copy`,
  );

const decisionsOf = async (world: World, { key }: Card) => {
  const draft = await world.parts().ledger.drafts.byKey(key);
  return await world.parts().ledger.decisions.of(draft?.id ?? '');
};

const why = (verdict: Verdict): string => (verdict.kind === 'refused' ? verdict.why : verdict.kind);

const sound = (world: World) =>
  until(async () => (await breachesOf(world)).length === 0, 'folders, record and cards tell one truth');

describe('reply to all', () => {
  it('adds them to the file, asks anew with the change, and they get it', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    const card = await asked(world);
    assert.deepEqual(card.verbs, ['approve', 'edit', 'reply_all', 'reject', 'postpone']);
    const verdict = await world.tap(card, 'reply_all');
    assert.deepEqual(verdict, { kind: 'accepted', say: 'In copy: 2 more. Approve the new version when it is right.' });
    const next = await shows(world, ...copies);
    assert.equal(world.read(pending), letter(line), 'nothing else in the file has changed');
    assert.notEqual(next.revision, card.revision);
    assert.deepEqual(next.changes, [
      { kind: 'added', text: 'Cc: omar@client.example' },
      { kind: 'added', text: 'Cc: lena@other.example' },
    ]);
    assert.ok(!next.verbs.includes('reply_all') && next.problems.length === 0);
    assert.deepEqual(next.risks.map(unmarked), ['It is the first to omar@client.example, lena@other.example']);
    const [decision] = await decisionsOf(world, card);
    assert.deepEqual([decision?.verb, decision?.reason], ['reply_all', copies.join(', ')]);
    assert.equal(why(await world.tap(card, 'approve')), 'stale', 'the old card counts no more');
    assert.equal((await world.sure(next, 'approve')).kind, 'accepted');
    await until(() => world.mailer.effects.length === 1, 'it left');
    assert.deepEqual(world.mailer.effects[0]?.cc, copies);
    await sound(world);
  });

  it('is for editors too, and for nobody else', async (t) => {
    const world = await createWorld(t);
    const card = await asked(world);
    for (const nobody of [viewer, stranger]) {
      assert.equal(why(await world.tap(card, 'reply_all', nobody)), 'not_allowed');
    }
    assert.equal(world.read(pending), letter());
    assert.equal((await world.tap(card, 'reply_all', editor)).kind, 'accepted');
    await shows(world, ...copies);
  });

  it('takes the approvals of others back', async (t) => {
    const world = await createWorld(t, { approvalsNeeded: 2 });
    const card = await asked(world);
    assert.equal((await world.sure(card, 'approve')).kind, 'accepted');
    const half = await until(async () => {
      const now = await world.door().card(card.key);
      return now?.approvals?.given === 1 ? now : undefined;
    }, 'one of two');
    assert.equal((await world.tap(half, 'reply_all')).kind, 'accepted');
    assert.equal((await shows(world, ...copies)).approvals?.given, 0);
  });

  it('is refused where there is nobody to add, on an old card, and after the decision', async (t) => {
    const world = await createWorld(t, { holdSeconds: 60 });
    const card = await asked(world, letter(line));
    assert.equal(why(await world.tap(card, 'reply_all')), 'blocked');
    assert.equal(why(await world.tap({ ...card, revision: '0'.repeat(20) }, 'reply_all')), 'stale');
    await world.sure(card, 'approve');
    assert.equal(why(await world.tap(await world.card(name, 'waits'), 'reply_all')), 'decided');
    assert.equal((await decisionsOf(world, card)).filter(({ verb }) => verb === 'reply_all').length, 0);
  });

  it('adds nobody who only says in the draft that they were there', async (t) => {
    const world = await createWorld(t);
    const card = await asked(world, letter('others: eve@evil.example\noriginal_cc: eve@evil.example\n'));
    await world.tap(card, 'reply_all');
    await shows(world, ...copies);
  });

  it('works on a draft that can’t go out yet, and brings back one that was put off', async (t) => {
    const world = await createWorld(t);
    await world.parts().ledger.incoming.put(message);
    world.write(pending, letter().replace('We can.', 'Dear [Your Name], we can.'));
    await world.rescan();
    const blocked = await world.card(name, 'blocked');
    assert.equal((await world.tap(blocked, 'reply_all')).kind, 'accepted');
    await until(() => world.chat.card(blocked.key)?.fields.some(({ value }) => value === copies.join(', ')), 'them');

    const card = await asked(world);
    const tomorrow = new Date(world.clock.now().getTime() + 86_400_000).toISOString();
    assert.equal((await world.tap(card, 'postpone', sara, tomorrow)).kind, 'accepted');
    const later = await world.card(name, 'later');
    assert.ok(later.verbs.includes('reply_all'));
    assert.equal((await world.tap(later, 'reply_all')).kind, 'accepted');
    await shows(world, ...copies);
  });

  it('keeps a byte order mark and the line ends', async (t) => {
    const world = await createWorld(t);
    const content = `\ufeff${letter('cc: "Bob <bob@x.example>"\n').replaceAll('\n', '\r\n')}`;
    const card = await asked(world, content);
    assert.equal((await world.tap(card, 'reply_all')).kind, 'accepted');
    const written = content.replace('<bob@x.example>"', `<bob@x.example>, ${copies.join(', ')}"`);
    assert.equal(world.read(pending), written);
    await shows(world, 'bob@x.example', ...copies);
  });

  it('says so and changes nothing where they can’t be named in the file', async (t) => {
    const world = await createWorld(t);
    const content = letter().replace(
      /^---[^]*?---\n/,
      '---\n{type: email, action: reply, to: ann@client.example, subject: Hi, in_reply_to: "<1@client.example>", cc: bob@x.example}\n---\n',
    );
    const card = await asked(world, content);
    const verdict = await world.tap(card, 'reply_all');
    assert.ok(verdict.kind === 'refused' && verdict.say.includes('Name them in the file'), JSON.stringify(verdict));
    assert.equal(world.read(pending), content);
    await sound(world);
  });

  it('counts once when its channel delivers it again, and finishes what it had begun', async (t) => {
    const world = await createWorld(t);
    const card = await asked(world);
    const deliver = () =>
      world.door().decide({ actor: sara, id: 'one', key: card.key, revision: card.revision, verb: 'reply_all' });
    const reached = Promise.withResolvers<void>();
    Object.assign(world.parts().vault, {
      addCopies: () => {
        reached.resolve();
        return new Promise(() => undefined);
      },
    });
    void deliver();
    await reached.promise;
    await world.kill();
    await world.start();
    assert.equal(world.read(pending), letter());
    for (const words of [/^In copy: 2 more/, /counts already/]) {
      const verdict = await deliver();
      assert.equal(verdict.kind, 'accepted', verdict.say);
      assert.match(verdict.say, words);
      assert.equal(world.read(pending), letter(line));
      assert.equal((await decisionsOf(world, card)).length, 1);
    }
    const next = await shows(world, ...copies);
    assert.equal((await world.tap(next, 'edit', sara, 'We can, in May.')).kind, 'accepted');
    const verdict = await deliver();
    assert.equal(why(verdict), 'accepted', 'they are still in copy');
    world.write(pending, letter().replace('We can.', 'No.'));
    await world.rescan();
    assert.equal(why(await deliver()), 'stale');
  });

  it('is whole or not there after a death at any write, and the same once more ends the same way', async (t) => {
    let deaths = 0;
    for (const side of ['before', 'after'] as const) {
      for (let write = 1; await dies(t, write, side); write += 1) deaths += 1;
    }
    assert.ok(deaths >= 8, `only ${deaths} deaths`);
  });
});

/** @returns false when the tap was answered before the death */
async function dies(t: TestContext, write: number, side: 'before' | 'after'): Promise<boolean> {
  const world = await createWorld(t);
  const card = await asked(world);
  await world.stop();
  const mortality = createMortality({ write, side });
  mortality.spare();
  await world.start(mortality);
  const tap = () =>
    world.door().decide({ actor: sara, id: 'one', key: card.key, revision: card.revision, verb: 'reply_all' });
  mortality.arm();
  const told = await Promise.race([tap(), mortality.dead.then(() => 'dead' as const)]);
  if (told !== 'dead' && !mortality.isDead()) {
    mortality.spare();
    return false;
  }
  await world.kill();
  await world.start();
  await quiet(world);
  const words = `killed ${side} write ${write}`;
  const now = await until(async () => {
    const shown = await world.door().card(card.key);
    return shown?.mood === 'asks' ? shown : undefined;
  }, `${words}: the card asks`);
  assert.ok([letter(), letter(line)].includes(world.read(pending)), `${words}: half a file`);
  assert.deepEqual(
    now.problems.filter(({ code }) => code !== 'others_left_out'),
    [],
    words,
  );
  const again = await tap();
  assert.equal(again.kind, 'accepted', `${words}: ${again.say}`);
  await shows(world, ...copies);
  assert.equal(world.read(pending), letter(line), words);
  assert.equal((await decisionsOf(world, card)).length, 1, words);
  await sound(world);
  await world.stop();
  return true;
}
