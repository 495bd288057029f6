/** Of several files that would do the same, one leaves and the others ask (promise P2). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { unmarked } from '../../../src/lib/words.ts';
import { asked, open, post, says } from '../../support/equal-drafts.ts';
import { sends } from '../../support/fake-executor.ts';
import { until } from '../../support/until.ts';
import { breachesOf, quiet } from '../../support/walk-checks.ts';
import { createWorld, sara } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const left = (world: World) => world.executor.effects.length;
const agrees = async (world: World) => {
  await quiet(world);
  assert.deepEqual(await breachesOf(world), []);
};

describe('two files that say the same', () => {
  it('leave once when both are tapped, the second after the first has left', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    const [first, second] = await asked(world, 'LINKEDIN_a.md', 'LINKEDIN_b.md');
    assert.ok(first && second);
    assert.equal((await world.tap(first, 'approve')).kind, 'accepted');
    await world.card('LINKEDIN_a.md', 'done');
    // Whoever still looks at the old card is asked all the same.
    const verdict = await world.tap(second, 'approve');
    assert.ok(
      verdict.kind === 'asks' &&
        /^Really\? Exactly this left at \d\d:\d\d on \d{4}-\d\d-\d\d \(LINKEDIN_a\.md\)\.$/.test(unmarked(verdict.say)),
    );
    await says(world, 'LINKEDIN_b.md', /left at \d\d:\d\d .*LINKEDIN_a\.md/);
    await world.pass(60_000);
    assert.equal(left(world), 1);
    await agrees(world);
  });

  it('leave once when both are tapped during the undo time of the first', async (t) => {
    const world = await createWorld(t, { holdSeconds: 60 });
    const [first, second] = await asked(world, 'LINKEDIN_a.md', 'LINKEDIN_b.md');
    assert.ok(first && second);
    await world.tap(first, 'approve');
    const verdict = await world.tap(second, 'approve');
    assert.ok(verdict.kind === 'asks' && /about to leave, approved by Sara/.test(unmarked(verdict.say)), verdict.say);
    // Taken back, the first is no reason to ask any more.
    await world.tap(await world.card('LINKEDIN_a.md', 'waits'), 'undo');
    assert.equal((await world.tap(second, 'approve')).kind, 'accepted');
    await world.pass(61_000);
    await world.card('LINKEDIN_b.md', 'done');
    assert.equal(left(world), 1);
    await agrees(world);
  });

  it('leave once when both are tapped at the same instant', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    const cards = await asked(world, 'LINKEDIN_a.md', 'LINKEDIN_b.md', 'LINKEDIN_c.md');
    const verdicts = await Promise.all(cards.map((card) => world.tap(card, 'approve')));
    assert.deepEqual(verdicts.map(({ kind }) => kind).toSorted(), ['accepted', 'asks', 'asks']);
    await agrees(world);
    assert.equal(left(world), 1);
  });

  it('leave once when both are moved by hand, and the other comes back with the reason', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    await asked(world, 'LINKEDIN_a.md', 'LINKEDIN_b.md');
    for (const name of ['LINKEDIN_a.md', 'LINKEDIN_b.md']) world.move(`Pending_Approval/${name}`, `Approved/${name}`);
    await world.rescan();
    await agrees(world);
    assert.equal(left(world), 1);
    assert.equal(world.list('Pending_Approval').length, 1);
    const back = world.list('Pending_Approval')[0] ?? '';
    await says(world, back, /^Moved back from Approved: Exactly this is about to leave|^Exactly this left at/);
    // A sync tool that moves it once more says no yes.
    world.move(`Pending_Approval/${back}`, `Approved/${back}`);
    await world.rescan();
    await agrees(world);
    assert.equal(left(world), 1);
  });

  it('leave once when one is copied into Approved while the other waits', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    const [original] = await asked(world, 'LINKEDIN_a.md');
    assert.ok(original);
    world.write('Approved/LINKEDIN_a.md', post(open));
    await world.rescan();
    await until(() => left(world) === 1, 'the copy left: people copy where others move');
    await says(world, 'Pending_Approval/LINKEDIN_a.md', /Exactly this left at/);
    assert.equal((await world.tap(original, 'approve')).kind, 'asks');
    await agrees(world);
    assert.equal(left(world), 1);
  });

  it('are held apart by what they do, not by how the file says it', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    world.write('Pending_Approval/LINKEDIN_a.md', post(open));
    world.write(
      'Pending_Approval/news.md',
      `---\nplatform: LinkedIn\nnote: "from the other agent"\n---\n\n## Post Content\n\n${open}  \n`,
    );
    world.write('Pending_Approval/LINKEDIN_later.md', post(open, 'scheduled_for: 2099-01-01 09:00\n'));
    const [first] = await asked(world, 'LINKEDIN_a.md', 'news.md', 'LINKEDIN_later.md');
    assert.ok(first);
    await world.tap(first, 'approve');
    await world.card('LINKEDIN_a.md', 'done');
    for (const name of ['news.md', 'LINKEDIN_later.md']) {
      assert.equal((await world.tap(await world.card(name, 'asks'), 'approve')).kind, 'asks', name);
    }
  });

  it('are two things when they go to other people, under another subject, or say other words', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    const mail = (to: string, subject: string, text = 'Hello.') =>
      `---\ntype: email\nto: ${to}\nsubject: ${subject}\n---\n\n## Email Body\n\n${text}\n`;
    const files: Readonly<Record<string, string>> = {
      'EMAIL_1.md': mail('ann@example.org', 'Offer'),
      'EMAIL_2.md': mail('bob@example.org', 'Offer'),
      'EMAIL_3.md': mail('ann@example.org', 'Invoice'),
      'EMAIL_4.md': mail('ann@example.org', 'Offer', 'Hello once more.'),
    };
    for (const [name, content] of Object.entries(files)) world.write(`Pending_Approval/${name}`, content);
    await world.rescan();
    for (const name of Object.keys(files)) {
      const card = await world.card(name, 'asks');
      assert.deepEqual(card.problems, [], name);
      assert.equal((await world.sure(card, 'approve')).kind, 'accepted', name);
      await world.card(name, 'done');
    }
    assert.equal(world.mailer.effects.length, 4);
    await agrees(world);
  });
});

describe('repeating on purpose', () => {
  it('is one yes to the question: then it leaves a second time', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    const [first, second] = await asked(world, 'LINKEDIN_a.md', 'LINKEDIN_b.md');
    assert.ok(first && second);
    await world.tap(first, 'approve');
    await world.card('LINKEDIN_a.md', 'done');
    assert.equal((await world.sure(await says(world, 'LINKEDIN_b.md', /left/), 'approve')).kind, 'accepted');
    await world.card('LINKEDIN_b.md', 'done');
    assert.equal(left(world), 2);
    await agrees(world);
  });

  it('asks anew when a third one left after that yes', async (t) => {
    const world = await createWorld(t, { holdSeconds: 60 });
    const [first, second, third] = await asked(world, 'LINKEDIN_a.md', 'LINKEDIN_b.md', 'LINKEDIN_c.md');
    assert.ok(first && second && third);
    const later = new Date(world.clock.now().getTime() + 7_200_000).toISOString();
    // The first is approved for later; the second knows of it and leaves before; the first knows nothing of the second.
    await world.tap(first, 'approve', sara, later);
    assert.equal((await world.sure(second, 'approve')).kind, 'accepted');
    await world.pass(61_000);
    await world.card('LINKEDIN_b.md', 'done');
    const back = await world.card('LINKEDIN_a.md', 'asks');
    assert.match(back.problems.map(({ what }) => what).join('\n'), /Exactly this left at .*LINKEDIN_b\.md/);
    await world.pass(7_300_000);
    assert.equal(left(world), 1);
    await agrees(world);
  });

  it('of one file, moved back from Done, asks before it leaves once more', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    const [card] = await asked(world, 'LINKEDIN_a.md');
    assert.ok(card);
    await world.tap(card, 'approve');
    await world.card('LINKEDIN_a.md', 'done');
    await until(
      async () => (await world.parts().ledger.drafts.settled(1))[0]?.file.folder === 'Done',
      'it lies in Done',
    );
    await until(() => world.read('Done/LINKEDIN_a.md').includes('sent_at'), 'the result is written into it');
    await world.rescan();
    world.move('Done/LINKEDIN_a.md', 'Pending_Approval/LINKEDIN_a.md');
    // Written to a moment ago by the held clock: until then it counts as being written.
    await world.pass(2_000);
    await world.rescan();
    const again = await world.card('LINKEDIN_a.md', 'asks');
    assert.equal((await world.tap(again, 'approve')).kind, 'asks');
    assert.equal((await world.sure(again, 'approve')).kind, 'accepted');
    await until(() => left(world) === 2, 'it left once more');
    await agrees(world);
  });

  it('after nobody could tell and it was left at that, trying again asks', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    const [card] = await asked(world, 'LINKEDIN_a.md');
    assert.ok(card);
    const problem = { code: 'outcome_unknown', what: 'The page died.', remedy: '', severity: 'blocks' } as const;
    world.executor.next(async (_, run) => {
      await run.commit();
      return { kind: 'unknown', problem };
    }, sends);
    await world.tap(card, 'approve');
    await world.tap(await world.card('LINKEDIN_a.md', 'unknown'), 'leave');
    const verdict = await world.tap(await world.card('LINKEDIN_a.md', 'failed'), 'retry');
    assert.ok(verdict.kind === 'refused' && /may have left/.test(unmarked(verdict.say)), verdict.say);
    const again = await world.card('LINKEDIN_a.md', 'asks');
    assert.equal(left(world), 0);
    assert.equal((await world.sure(again, 'approve')).kind, 'accepted');
    await world.card('LINKEDIN_a.md', 'done');
    await agrees(world);
  });
});

describe('the point of no return', () => {
  it('is closed for what was approved before an equal one left, however that came about', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    const [first, second] = await asked(world, 'LINKEDIN_a.md', 'LINKEDIN_b.md');
    assert.ok(first && second);
    // The first waits at the gate while the second passes: no look before it could have told.
    let isAtGate = false;
    let letGo: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    world.executor.next(async (effect, run, send) => {
      isAtGate = true;
      await gate;
      return await sends(effect, run, send);
    }, sends);
    await world.tap(first, 'approve');
    await until(() => isAtGate, 'it is being prepared');
    const { ledger } = world.parts();
    const twin = await ledger.drafts.byKey(second.key);
    assert.ok(twin?.revision !== undefined);
    const at = world.clock.now();
    const decision = {
      id: 'forged',
      draftId: twin.id,
      revision: twin.revision,
      verb: 'approve',
      actor: sara,
      at,
    } as const;
    await ledger.decisions.append({ ...decision, reason: '', knew: [] });
    await ledger.attempts.start({
      id: 'other',
      draftId: twin.id,
      decisionId: 'forged',
      revision: twin.revision,
      startedAt: at,
    });
    await ledger.attempts.commit('other', at, 'linkedin', 'you@example.com');
    letGo();
    const back = await world.card('LINKEDIN_a.md', 'asks');
    assert.match(back.problems.map(({ what }) => what).join('\n'), /may have left at .*LINKEDIN_b\.md/);
    assert.equal(left(world), 0);
  });
});
