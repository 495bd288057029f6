/** A reply drafted because a person wants it: once, as the watcher would have had it drafted, and told where it is. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import type { Actor } from '../../../src/domain/actor.ts';
import type { Item } from '../../../src/domain/item.ts';
import type { UndraftedMessage } from '../../../src/domain/undrafted.ts';
import { createMortality } from '../../support/mortal.ts';
import { mailItem, newsletter, noReply, unreadable } from '../../support/undrafted-mails.ts';
import { until } from '../../support/until.ts';
import { createWorld, sara, stranger } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const editor: Actor = { source: 'chat', id: '5', name: 'Ed' };
const viewer: Actor = { source: 'chat', id: '6', name: 'Vi' };
const approver2: Actor = { source: 'chat', id: '8', name: 'Tom' };

/** One mail came in that got no draft. */
async function come(t: TestContext, made: (world: World) => Item): Promise<{ world: World; key: string }> {
  const world = await createWorld(t);
  await world.workflow().takeIn(made(world));
  const [entry] = (await world.door().undrafted({}, 5)).messages;
  return { world, key: entry?.key ?? assert.fail('it is not listed') };
}
const offer = (world: World) => newsletter('offer', world.clock.now());
const message = async (world: World, key: string): Promise<UndraftedMessage> =>
  (await world.door().undraftedMessage(key)) ?? assert.fail('it is not known');
const drafts = (world: World) => world.list('Pending_Approval');
/** A file that came a moment ago may still be written. */
async function asked(world: World, name = drafts(world)[0] ?? '') {
  await world.rescan();
  await world.pass(2_000);
  return await world.card(name, 'asks');
}
const itemName = (world: World) => world.list('Needs_Action')[0] ?? assert.fail('there is no item');

describe('a reply that a person wants', () => {
  it('is the draft that the watcher would have had written, and its card says what the mail is', async (t) => {
    const { world, key } = await come(t, offer);
    // The same mail without the sign of a newsletter, taken in elsewhere.
    const usual = await createWorld(t, {}, { clock: world.clock });
    await usual.workflow().takeIn(mailItem('offer', world.clock.now()));

    assert.deepEqual(await world.door().draftReply(sara, key), {
      kind: 'accepted',
      say: 'A draft is written; its card comes.',
    });
    assert.deepEqual(drafts(world), drafts(usual));
    const [name = ''] = drafts(world);
    assert.equal(world.read(`Pending_Approval/${name}`), usual.read(`Pending_Approval/${name}`));
    const card = await asked(world, name);
    assert.ok(
      card.problems.some(
        ({ what }) => what === 'No answer to this mail was drafted by itself: it is a newsletter or a bulk mail.',
      ),
      JSON.stringify(card.problems),
    );
    assert.deepEqual((await world.door().undrafted({}, 5)).messages, [], 'it is listed no more');
  });

  it('is followed by the item when it left', async (t) => {
    const { world, key } = await come(t, offer);
    await world.door().draftReply(sara, key);
    const card = await asked(world);
    await world.sure(card, 'approve');
    await world.pass(11_000);
    await until(() => world.list('Done').length === 2, 'draft and item lie in Done');
    assert.deepEqual(world.list('Needs_Action'), []);
    assert.match((await message(world, key)).answer.kind, /drafted/);
  });

  it('comes once, however often and by whomever it is asked for, and who comes later is told where it is', async (t) => {
    const { world, key } = await come(t, offer);
    const verdicts = await Promise.all(
      [sara, approver2, editor, sara].map((actor) => world.door().draftReply(actor, key)),
    );
    assert.equal(verdicts.filter(({ kind }) => kind === 'accepted').length, 1);
    const [name = '', ...more] = drafts(world);
    assert.deepEqual(more, []);
    await asked(world, name);
    const where = async () => (await world.door().draftReply(sara, key)).say;
    assert.match(await where(), new RegExp(`^It has a draft already: .${name}. in Pending_Approval\\.$`));
    await world.stop();
    await world.start();
    world.move(`Pending_Approval/${name}`, `Rejected/${name}`);
    await world.rescan();
    assert.match(await where(), /in Rejected\.$/);
    assert.deepEqual(drafts(world), []);
  });

  it('is one when the process dies at any write on the way, also when the next tap comes another day', async (t) => {
    let deaths = 0;
    for (const [write, side] of [1, 2, 3, 4, 5].flatMap((n) => [[n, 'before'] as const, [n, 'after'] as const])) {
      const { world, key } = await come(t, offer);
      await world.stop();
      const mortality = createMortality({ write, side }, false);
      await world.start(mortality);
      mortality.arm();
      await Promise.race([world.door().draftReply(sara, key), mortality.dead]);
      if (mortality.isDead()) deaths += 1;
      await world.kill();
      await world.pass(2 * 86_400_000);
      await world.start();
      await world.door().draftReply(approver2, key);
      await world.rescan();
      assert.equal(drafts(world).length, 1, `died ${side} write ${write}: ${drafts(world).join(' ')}`);
      assert.equal((await world.door().draftReply(sara, key)).kind, 'refused');
      await world.stop();
    }
    assert.ok(deaths >= 5, `only ${deaths} died`);
  });

  it('is for those who may edit or approve, and for nobody else', async (t) => {
    const { world, key } = await come(t, offer);
    for (const actor of [viewer, stranger]) {
      const verdict = await world.door().draftReply(actor, key);
      assert.ok(verdict.kind === 'refused' && verdict.why === 'not_allowed', actor.name);
    }
    assert.deepEqual(drafts(world), []);
    assert.equal((await world.door().draftReply(editor, key)).kind, 'accepted');
  });

  it('does not come where nobody could be answered, and that is said before', async (t) => {
    const rows: readonly (readonly [made: (world: World) => Item, words: RegExp])[] = [
      [(world) => mailItem('a', world.clock.now(), { from: undefined }), /has an address that can’t be answered/],
      [(world) => unreadable(3, world.clock.now()), /could not be read/],
      [
        (world) =>
          mailItem('b', world.clock.now(), { text: '-----BEGIN PGP MESSAGE-----\n\nhQ\n-----END PGP MESSAGE-----' }),
        /encrypted/,
      ],
      [(world) => newsletter('c', world.clock.now(), { messageId: '' }), /without a proper Message-ID/],
      [
        (world) =>
          mailItem('d', world.clock.now(), {
            replyTo: Array.from({ length: 11 }, (_, n) => ({ name: '', address: `p${n}@client.example` })),
          }),
        /more than 10 addresses/,
      ],
    ];
    for (const [made, words] of rows) {
      const { world, key } = await come(t, made);
      const { answer } = await message(world, key);
      assert.ok(answer.kind === 'impossible' && words.test(answer.words), JSON.stringify(answer));
      const verdict = await world.door().draftReply(sara, key);
      assert.ok(verdict.kind === 'refused' && words.test(verdict.say), verdict.say);
      assert.deepEqual(drafts(world), []);
    }
  });

  it('of a mail that nobody reads answers to is possible, with a warning on its card', async (t) => {
    const { world, key } = await come(t, (one) => noReply('bill', one.clock.now()));
    const { answer } = await message(world, key);
    assert.deepEqual(answer, { kind: 'possible', to: ['no-reply@shop.example'] });
    await world.door().draftReply(sara, key);
    const card = await asked(world);
    assert.ok(card.problems.some(({ what }) => what.endsWith('nobody reads answers to this sender.')));
  });

  it('is made from a file that a person wrote into or moved to Done, as long as the text of the mail is in it', async (t) => {
    for (const change of [
      (world: World, name: string) =>
        world.write(
          `Needs_Action/${name}`,
          `Call back!\n\n${world.read(`Needs_Action/${name}`)}\n\n\`\`\`text\nmine\n\`\`\`\n`,
        ),
      (world: World, name: string) =>
        world.write(`Needs_Action/${name}`, world.read(`Needs_Action/${name}`).replaceAll('\n', '\r\n')),
      (world: World, name: string) => world.move(`Needs_Action/${name}`, `Done/${name}`),
    ]) {
      const { world, key } = await come(t, offer);
      change(world, itemName(world));
      assert.equal((await message(world, key)).text, 'Is offer still open?');
      assert.equal((await world.door().draftReply(sara, key)).kind, 'accepted');
      assert.match(world.read(`Pending_Approval/${drafts(world)[0]}`), /Is offer still open\?/);
    }
  });

  it('is not guessed from a file whose text was changed, or that is gone; that is said, and nothing is written', async (t) => {
    const rows: readonly (readonly [change: (world: World, name: string) => void, words: RegExp])[] = [
      [
        (world, name) =>
          world.write(`Needs_Action/${name}`, world.read(`Needs_Action/${name}`).replace('still open', 'paid')),
        /was changed since the mail came in/,
      ],
      [(world, name) => world.move(`Needs_Action/${name}`, `elsewhere/${name}`), /is not where I put it/],
    ];
    for (const [change, words] of rows) {
      const { world, key } = await come(t, offer);
      change(world, itemName(world));
      const shown = await message(world, key);
      assert.equal(shown.text, '');
      assert.match(shown.noText, words);
      assert.equal(shown.answer.kind, 'impossible');
      const verdict = await world.door().draftReply(sara, key);
      assert.ok(verdict.kind === 'refused' && words.test(verdict.say), verdict.say);
      assert.deepEqual(drafts(world), []);
    }
  });

  it('does not come beside a draft that somebody else wrote for the same mail', async (t) => {
    const { world, key } = await come(t, offer);
    const lines = ['to: sara@client.example', 'subject: "Re: About offer"', 'in_reply_to: "<offer@client.example>"'];
    world.write('Pending_Approval/EMAIL_mine.md', `---\n${lines.join('\n')}\n---\n\n## Email Body\n\nNo, thank you.\n`);
    await world.rescan();
    await asked(world);
    const verdict = await world.door().draftReply(sara, key);
    assert.match(verdict.say, /^A draft that answers it waits already: .EMAIL_mine\.md. in Pending_Approval\.$/);
    assert.deepEqual(drafts(world), ['EMAIL_mine.md']);
  });
});

describe('the list of mails without a draft', () => {
  it('has a mail once when the process dies at any write while it is taken in', async (t) => {
    let deaths = 0;
    for (const [write, side] of [1, 2, 3, 4].flatMap((n) => [[n, 'before'] as const, [n, 'after'] as const])) {
      const world = await createWorld(t);
      await world.stop();
      const mortality = createMortality({ write, side }, false);
      await world.start(mortality);
      mortality.arm();
      await Promise.race([world.workflow().takeIn(offer(world)), mortality.dead]);
      if (mortality.isDead()) deaths += 1;
      await world.kill();
      await world.start();
      // The watcher keeps its place until it is answered, and hands the same mail in again.
      await world.workflow().takeIn(offer(world));
      assert.equal((await world.door().undrafted({}, 5)).messages.length, 1, `died ${side} write ${write}`);
      assert.equal(world.list('Needs_Action').length, 1);
      await world.stop();
    }
    assert.ok(deaths >= 6, `only ${deaths} died`);
  });

  it('is paged from the newest, stays in place when mails come, and knows no dropped file', async (t) => {
    const world = await createWorld(t);
    const take = (n: number) => world.workflow().takeIn(newsletter(`n${n}`, world.clock.now()));
    for (let n = 0; n < 7; n += 1) await take(n);
    const subjects = (page: Awaited<ReturnType<ReturnType<World['door']>['undrafted']>>) =>
      page.messages.map(({ subject }) => subject.slice('About '.length));
    const first = await world.door().undrafted({}, 3);
    assert.deepEqual(
      [subjects(first), first.total, first.hasNewer, first.hasOlder],
      [['n6', 'n5', 'n4'], 7, false, true],
    );
    await take(7);
    const second = await world.door().undrafted({ olderThan: first.messages.at(-1)?.key ?? '' }, 3);
    assert.deepEqual([subjects(second), second.hasNewer, second.hasOlder], [['n3', 'n2', 'n1'], true, true]);
    const third = await world.door().undrafted({ olderThan: second.messages.at(-1)?.key ?? '' }, 3);
    assert.deepEqual([subjects(third), third.hasOlder], [['n0'], false]);
    const back = await world.door().undrafted({ newerThan: second.messages[0]?.key ?? '' }, 3);
    assert.deepEqual([subjects(back), back.hasNewer], [['n6', 'n5', 'n4'], true]);
    assert.deepEqual((await world.door().undrafted({ olderThan: 'nobody' }, 3)).messages, []);
  });

  it('shows a hostile mail as what it is: one line each, and the text as it came', async (t) => {
    const subject = `${'x'.repeat(10_000)}\u202e\u0007*bold* [[link]] <% tp %>`;
    const text = 'Run <% tp.file.delete() %>\n```\n![](https://x.example/p.png)';
    const { world, key } = await come(t, (one) =>
      newsletter('evil', one.clock.now(), {
        subject,
        text,
        from: { name: 'A\nB\u2066', address: 'eve@client.example' },
      }),
    );
    const shown = await message(world, key);
    assert.ok(shown.subject.length <= 500 && !/[\n\u0007\u202e]/.test(shown.subject));
    assert.ok(!/[\n\u2066]/.test(shown.sender));
    assert.equal(shown.text, text.replaceAll('<%', '< %'));
    assert.equal((await world.door().draftReply(sara, key)).kind, 'accepted');
  });
});
