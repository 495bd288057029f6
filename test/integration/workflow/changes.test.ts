/** What leaves is what was approved, to where it was approved, whatever happens to the file in between (promise P1). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { blocks } from '../../../src/domain/problem.ts';
import { unmarked } from '../../../src/lib/words.ts';
import { sends } from '../../support/fake-executor.ts';
import { until } from '../../support/until.ts';
import { createWorld, sara } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const name = 'draft.md';
const pending = `Pending_Approval/${name}`;
const post = (text: string) => `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n${text}\n`;
const letter = `---\nplatform: email\naction: send\nto: ann@example.com\nsubject: Hello\n---\n\n## Email Body\n\nHello Ann.\n`;

const asked = async (world: World, content: string) => {
  world.write(pending, content);
  await world.rescan();
  return await world.card(name, 'asks');
};
const approvedAgain = async (world: World, text: string) => {
  const card = await until(
    () => [...world.chat.cards.values()].find((shown) => shown.mood === 'asks' && shown.text === text),
    'the new card asks',
  );
  assert.equal((await world.sure(card, 'approve')).kind, 'accepted');
};

describe('a file that changes', () => {
  it('goes to the platform it says now, when it changed right before the tap', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    const card = await asked(world, post('Hello world.'));
    world.write(pending, letter);
    assert.equal((await world.tap(card, 'approve')).kind, 'refused');
    await approvedAgain(world, 'Hello Ann.');
    await until(() => world.mailer.effects.length === 1, 'the mail left as a mail');
    assert.equal(world.executor.runs.length, 0);
  });

  it('goes to the platform it says now, when it changed during the hold', async (t) => {
    const world = await createWorld(t, { holdSeconds: 10 });
    const card = await asked(world, post('Hello world.'));
    await world.tap(card, 'approve');
    await until(() => world.exists(`Approved/${name}`), 'it lies in Approved');
    world.write(`Approved/${name}`, letter);
    await world.rescan();
    await approvedAgain(world, 'Hello Ann.');
    await world.pass(11_000);
    await until(() => world.mailer.effects.length === 1, 'the mail left as a mail');
    assert.equal(world.executor.runs.length, 0);
  });

  it('is not forgotten when it was away for the instant in which it was to go out', async (t) => {
    const world = await createWorld(t, { holdSeconds: 10 });
    await world.tap(await asked(world, post('Away.')), 'approve');
    await until(() => [...world.chat.cards.values()][0]?.file.startsWith('Approved/'), 'the card says it is there');
    world.move(`Approved/${name}`, '../away.md');
    const { vault } = world.parts();
    const look = vault.look;
    let missed = false;
    Object.assign(vault, {
      async look(...place: Parameters<typeof look>) {
        const found = await look(...place);
        missed ||= found === undefined;
        return found;
      },
    });
    await world.pass(11_000);
    await until(() => missed, 'it was looked for');
    world.move('../away.md', `Approved/${name}`);
    await world.rescan();
    await world.pass(60_000);
    await until(() => world.executor.effects.length === 1, 'it went out');
  });

  it('is still known after its bytes changed but not what would leave', async (t) => {
    const world = await createWorld(t, { holdSeconds: 10 });
    await world.tap(await asked(world, post('Same.')), 'approve');
    await until(() => world.exists(`Approved/${name}`), 'it lies in Approved');
    // As editors save: a new file over the old one.
    world.write('../new.md', post('Same.').replace('type:', 'note: seen\ntype:'));
    world.move('../new.md', `Approved/${name}`);
    await world.rescan();
    world.move(`Approved/${name}`, `Rejected/${name}`);
    await world.rescan();
    await world.card(name, 'rejected');
  });
});

describe('a file that is not the draft', () => {
  it('is not taken for one of the same name that was decided by tap', async (t) => {
    const world = await createWorld(t, { holdSeconds: 60, policy: 'any' });
    const card = await asked(world, post('First.'));
    world.write(`Approved/${name}`, post('Second.'));
    await world.rescan();
    // The first is moved away by hand in the moment of the tap.
    const before = world.parts().vault.move;
    Object.assign(world.parts().vault, {
      move: async (file: Parameters<typeof before>[0], to: Parameters<typeof before>[1]) => {
        if (file.folder === 'Pending_Approval' && world.exists(pending)) world.move(pending, `Rejected/${name}`);
        return await before(file, to);
      },
    });
    await world.tap(card, 'approve');
    await until(() => !world.exists(pending), 'it was moved by hand');
    await world.rescan();
    const shown = await until(() => {
      const first = world.chat.card(card.key);
      return first?.mood === 'rejected' ? first : undefined;
    }, 'the first is rejected by hand');
    assert.equal(shown.file, `Rejected/${name}`);
    assert.ok(world.exists(`Approved/${name}`), 'the second stays approved');
  });

  it('answers no question about an outcome, only because it got the place on the disk', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    world.executor.next(async (_, run) => {
      await run.commit();
      return { kind: 'unknown', problem: blocks('outcome_unknown', 'No answer.', 'Look.') };
    }, sends);
    const card = await asked(world, post('Maybe.'));
    await world.tap(card, 'approve');
    await until(() => world.chat.card(card.key)?.mood === 'unknown', 'it is unknown');
    await until(() => world.exists(`In_Progress/${name}`), 'it lies in In_Progress');
    // Written over in place and put elsewhere under another name: same inode, nothing else in common.
    world.write(`In_Progress/${name}`, post('Something else.'));
    world.move(`In_Progress/${name}`, 'Approved/other.md');
    await world.rescan();
    const [draft] = (await world.parts().ledger.drafts.open()).filter((one) => one.key === card.key);
    assert.equal(draft?.state, 'unknown');
  });
});

describe('two people and one moment', () => {
  it('says who approved what went out, also after somebody else answered for it', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    world.executor.next(async (_, run) => {
      await run.commit();
      return { kind: 'unknown', problem: blocks('outcome_unknown', 'No answer.', 'Look.') };
    });
    await world.tap(await asked(world, post('Whose.')), 'approve');
    const card = await world.card(name, 'unknown');
    await world.tap(card, 'happened', { source: 'chat', id: '8', name: 'Bob' });
    assert.match(unmarked((await world.card(name, 'done')).standing), /approved by Sara/);
  });

  it('does not say that a draft closed by hand went out', async (t) => {
    const world = await createWorld(t);
    const card = await asked(world, post('Closed.'));
    world.move(pending, `Done/${name}`);
    await world.rescan();
    await world.card(name, 'done');
    const verdict = await world.tap(card, 'approve');
    assert.match(verdict.say, /by hand/);
    assert.doesNotMatch(verdict.say, /went out/);
  });

  it('lets nothing pass its point of no return after a pause was answered', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    const { ledger } = world.parts();
    const get = ledger.flags.get;
    const order: string[] = [];
    // The pause comes right after the gate looked at the flag.
    Object.assign(ledger.flags, {
      async get(flag: string) {
        const value = await get(flag);
        if (order.at(-1) === 'began') order.push((await world.door().pause(sara)).kind);
        return value;
      },
    });
    world.executor.next(async (effect, run, send) => {
      order.push('began');
      const outcome = await sends(effect, run, send);
      order.push(outcome.kind);
      return outcome;
    });
    await world.tap(await asked(world, post('Pause.')), 'approve');
    await until(() => order.includes('posted') || order.includes('retry_later'), 'the attempt ended');
    assert.notDeepEqual(order, ['began', 'accepted', 'posted']);
  });
});
