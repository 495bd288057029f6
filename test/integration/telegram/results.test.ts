/** How a try ends, all the way: in the folders, on the card, in what is said below it, with a sound or without. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { blocks } from '../../../src/domain/problem.ts';
import { createChatWorld } from '../../support/chat-world.ts';
import type { ChatWorld } from '../../support/chat-world.ts';
import { sends } from '../../support/fake-executor.ts';
import type { Script } from '../../support/fake-executor.ts';
import { until } from '../../support/until.ts';
import { ask, dataOf, goOn, keepsPromises, postName, says, withButton } from './chat-steps.ts';

const refuses: Script = async (_, run) => {
  await run.commit();
  return { kind: 'refused', problem: blocks('refused_by_platform', 'The site takes no such post.', 'Write less.') };
};

/** It left, and nobody heard whether it arrived. */
const leaves: Script = async (effect, run, send) => {
  await run.commit();
  send(effect);
  return { kind: 'unknown', problem: blocks('outcome_unknown', 'The page died.', 'Look at the account.') };
};

/** It did not leave, and nobody heard that either. */
const loses: Script = async (_, run) => {
  await run.commit();
  return { kind: 'unknown', problem: blocks('outcome_unknown', 'The page died.', 'Look at the account.') };
};

const leftTexts = ({ executor }: ChatWorld) => executor.effects.map(({ text }) => text);
const liesIn = (world: ChatWorld, folder: string) =>
  until(() => world.exists(`${folder}/${postName}`), `the file lies in ${folder}`);

/** Whether the message with these words came without a sound, as the call itself says. */
function wasSilent(world: ChatWorld, words: RegExp): unknown {
  const calls = world.telegram.calls('sendMessage').filter(({ parameters }) => words.test(String(parameters['text'])));
  assert.equal(calls.length, 1, `${calls.length} messages with ${words.source}`);
  return calls[0]?.parameters['disable_notification'];
}

const card = /^LinkedIn post · /;
const cardReads = (world: ChatWorld, words: string) => says(world, new RegExp(`${card.source}[^]*${words}`));

/** A draft that was approved, and whose first try ended as this script does; the next ones end well. */
async function createTried(t: TestContext, script: Script): Promise<ChatWorld> {
  const world = await createChatWorld(t, { holdSeconds: 0 });
  world.executor.next(script, sends);
  await world.press(await ask(world), 'Approve');
  return world;
}

/** The end of every story here: nothing against the promises, and no more than this left, however long one waits. */
async function ends(world: ChatWorld, folder: string, texts: readonly string[]): Promise<void> {
  await liesIn(world, folder);
  await goOn(world, 50_000);
  await world.rescan();
  await keepsPromises(world);
  assert.deepEqual(leftTexts(world), texts);
  assert.ok(world.exists(`${folder}/${postName}`), `it stays in ${folder}`);
}

describe('a post that goes out', () => {
  it('is said without a sound; only the question had one', async (t) => {
    const world = await createTried(t, sends);
    await cardReads(world, 'Went out at .* approved by Ada');
    await says(world, /^Posted on LinkedIn at \d\d:\d\d\./);
    assert.equal(wasSilent(world, /^Posted on LinkedIn/), true);
    assert.equal(wasSilent(world, card), false);
    assert.equal(world.said().filter(({ silent }) => !silent).length, 1, 'one sound in all');
    await ends(world, 'Done', ['We are open on Sunday.']);
  });
});

describe('a post that fails for good', () => {
  it('says why on its card and in a message with a sound, and goes out after "Try again", in silence', async (t) => {
    const world = await createTried(t, refuses);
    await liesIn(world, 'Failed');
    const failed = await cardReads(world, 'Did not go out');
    assert.match(failed.text, /⛔ The site takes no such post\. Write less\./);
    const said = /^LinkedIn post \(LINKEDIN_news\.md\) did not go out\. The site takes no such post\. Write less\./;
    assert.equal((await says(world, said)).replyTo, failed.id);
    assert.equal(wasSilent(world, said), false);
    assert.deepEqual(leftTexts(world), []);

    assert.deepEqual(await world.press(await world.message('🔁 Try again'), '🔁 Try again'), {
      text: 'Trying once more.',
      alert: false,
    });
    const done = await cardReads(world, 'Went out at');
    assert.deepEqual([done.id, withButton(world, 'Try again')], [failed.id, []]);
    await says(world, /^Posted on LinkedIn/);
    assert.equal(wasSilent(world, /^Posted on LinkedIn/), true);
    assert.equal(world.executor.runs.length, 2);
    await ends(world, 'Done', ['We are open on Sunday.']);
  });

  it('that fails a second time says so a second time', async (t) => {
    const world = await createTried(t, refuses);
    world.executor.next(refuses);
    await liesIn(world, 'Failed');
    await world.press(await world.message('🔁 Try again'), '🔁 Try again');
    const loud = () => world.said().filter(({ text, silent }) => text.includes('did not go out.') && !silent);
    await until(async () => {
      await world.pass(100);
      return loud().length === 2;
    }, 'it is said twice');
    await world.message('🔁 Try again');
    assert.equal(world.executor.runs.length, 2);
    await ends(world, 'Failed', []);
  });

  it('is asked about anew after an edit by reply, and sends the new text', async (t) => {
    const world = await createTried(t, refuses);
    const failed = await world.message('🔁 Try again');
    world.owner.reply(failed.id, 'Open on Monday.');
    const asks = await world.message('Approve', 'Open on Monday.');
    assert.match(asks.text, /Waiting for you/);
    assert.doesNotMatch(asks.text, /takes no such post/, 'what was wrong with the old text is no longer said');
    await liesIn(world, 'Pending_Approval');
    await goOn(world, 50_000);
    assert.equal(world.executor.runs.length, 1, 'nothing is tried unasked');
    await world.press(asks, 'Approve');
    await cardReads(world, 'Went out at');
    await ends(world, 'Done', ['Open on Monday.']);
  });

  it('is given up with Reject', async (t) => {
    const world = await createTried(t, refuses);
    const failed = await world.message('🔁 Try again');
    assert.equal((await world.press(failed, '❌ Reject')).text, 'Rejected. Nothing will be sent.');
    await cardReads(world, 'Rejected by Ada at');
    assert.deepEqual(withButton(world, 'Try again'), []);
    await ends(world, 'Rejected', []);
    assert.equal(world.executor.runs.length, 1);
  });
});

const mayHave = /^LinkedIn post \(LINKEDIN_news\.md\) may have gone out: The page died\. I am looking for proof\./;
const labels = ['It went out', 'It did not, ask me again', 'Leave it'];

describe('a post of which nobody knows whether it went out', () => {
  it('is asked about on the card and with a sound, again with one when no proof is found, and never repeated', async (t) => {
    const world = await createTried(t, leaves);
    const asks = await cardReads(world, 'It may have gone out');
    const offered = () =>
      world
        .said()
        .find(({ id }) => id === asks.id)
        ?.buttons.flat() ?? [];
    assert.deepEqual(
      offered().flatMap(({ label }) => (labels.includes(label) ? [label] : [])),
      labels,
    );
    await says(world, mayHave);
    assert.equal(wasSilent(world, mayHave), false);
    await goOn(world, 625_000);
    const cannotTell = /^I can’t tell whether LINKEDIN_news\.md went out at .*: nothing to look at/;
    assert.equal((await says(world, cannotTell)).replyTo, asks.id);
    assert.equal(wasSilent(world, cannotTell), false);
    await ends(world, 'In_Progress', ['We are open on Sunday.']);
    assert.equal(world.executor.runs.length, 1);
  });

  it('ends in silence when proof is found', async (t) => {
    const world = await createTried(t, leaves);
    await says(world, mayHave);
    const evidence = { link: 'https://example.com/post/7', messageId: '', note: 'seen' };
    world.executor.confirms({ kind: 'happened', evidence });
    await goOn(world, 25_000);
    await cardReads(world, 'Went out at');
    await says(world, /^Proof found: LINKEDIN_news\.md went out\./);
    assert.equal(wasSilent(world, /^Proof found/), true);
    await ends(world, 'Done', ['We are open on Sunday.']);
    assert.equal(world.executor.runs.length, 1);
  });

  it('that did not, as the look shows, can be tried again, and is said with a sound', async (t) => {
    const world = await createTried(t, loses);
    await says(world, mayHave);
    world.executor.confirms({ kind: 'did_not_happen', why: 'Nothing there.' });
    await goOn(world, 25_000);
    const didNot = /^LINKEDIN_news\.md did not go out: Nothing there\. Try again from its card\./;
    await says(world, didNot);
    assert.equal(wasSilent(world, didNot), false);
    await world.press(await world.message('🔁 Try again', 'Did not go out'), '🔁 Try again');
    await cardReads(world, 'Went out at');
    await ends(world, 'Done', ['We are open on Sunday.']);
  });
});

describe('what a person answers to "did it go out?"', () => {
  const answer = async (world: ChatWorld, label: string) => {
    await says(world, mayHave);
    return await world.press(await world.message(label, 'It may have gone out'), label);
  };

  it('"It went out" ends it in Done', async (t) => {
    const world = await createTried(t, leaves);
    assert.deepEqual(await answer(world, 'It went out'), { text: 'Noted: it went out.', alert: false });
    await cardReads(world, 'Went out at');
    for (const label of labels) assert.deepEqual(withButton(world, label), [], label);
    await ends(world, 'Done', ['We are open on Sunday.']);
    assert.equal(world.executor.runs.length, 1);
  });

  it('"It did not" asks once more, and only a new approval lets it out', async (t) => {
    const world = await createTried(t, loses);
    const { text } = await answer(world, 'It did not');
    assert.equal(text, 'Noted: it did not go out. It waits for you again.');
    const asks = await world.message('Approve', 'Waiting for you');
    assert.doesNotMatch(asks.text, /[⛔⚠]/u, 'nothing is said against it');
    await goOn(world, 700_000);
    assert.equal(world.executor.runs.length, 1, 'nothing is tried unasked');
    await liesIn(world, 'Pending_Approval');
    await world.press(asks, 'Approve');
    await cardReads(world, 'Went out at');
    await ends(world, 'Done', ['We are open on Sunday.']);
    assert.equal(world.executor.runs.length, 2);
  });

  it('"Leave it" keeps it, by name and with what to look at', async (t) => {
    const world = await createTried(t, leaves);
    assert.equal((await answer(world, 'Leave it')).text, 'Left as it is.');
    const left = await cardReads(world, 'Left as it is by Ada at');
    assert.match(left.text, /Look at the account before sending it again\./);
    await goOn(world, 700_000);
    assert.ok(!world.said().some(({ text }) => text.includes('I can’t tell')), 'nobody is asked any more');
    await ends(world, 'Failed', ['We are open on Sunday.']);
    assert.equal(world.executor.runs.length, 1);
  });

  it('twice counts once: the second answer is told that it is settled', async (t) => {
    const world = await createTried(t, leaves);
    await says(world, mayHave);
    const asks = await world.message('It did not', 'It may have gone out');
    await world.press(asks, 'It went out');
    assert.deepEqual(await world.toast(world.owner.forge(asks.id, dataOf(asks, 'It did not'))), {
      text: 'It went out already.',
      alert: true,
    });
    await ends(world, 'Done', ['We are open on Sunday.']);
  });
});
