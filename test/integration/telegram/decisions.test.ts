/** Every decision a person can tap, all the way: the stand-in of Telegram, the real channel, workflow, ledger and vault. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { usualReasons } from '../../../src/domain/decision.ts';
import { readRecord } from '../../../src/ledger/record.ts';
import type { ChatWorld } from '../../support/chat-world.ts';
import { until } from '../../support/until.ts';
import {
  ask,
  createAsking,
  decisionsOf,
  goesOut,
  goOn,
  goOnTo,
  hasButton,
  keepsPromises,
  nextAt,
  once,
  pending,
  postName,
  postOf,
} from './chat-steps.ts';

const minute = 60_000;
const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

/** Long after everything was due: nothing left, and the promises hold. */
async function staysHere(world: ChatWorld): Promise<void> {
  await goOn(world, 5 * minute);
  await keepsPromises(world);
  assert.deepEqual([world.executor.runs, world.executor.effects, world.mailer.effects], [[], [], []]);
}

describe('reject', () => {
  for (const reason of usualReasons) {
    it(`and one tap on “${reason}” puts the reason into file, record and card`, async (t) => {
      const { world, card } = await createAsking(t);
      const { text } = await world.press(card, 'Reject');
      assert.equal(text, 'Rejected. Nothing will be sent.');
      await until(() => world.exists(`Rejected/${postName}`), 'the file lies in Rejected');
      const rejected = await world.message(reason);
      assert.equal(rejected.id, card.id);
      assert.equal((await world.press(rejected, reason)).text, 'Noted in the file.');
      const noted = `---\ntype: linkedin_post\nrejected_reason: ${reason}\n---\n`;
      await until(() => world.read(`Rejected/${postName}`).startsWith(noted), 'the file says why');
      assert.deepEqual(decisionsOf(world), ['reject Ada', `reason Ada ${reason}`]);
      const told = await once(world, 'why', (message) => message.text.includes(` · ${reason}\n`));
      assert.equal(told.id, card.id);
      assert.match(told.text, /\nRejected by .?Ada.? at /);
      assert.equal(hasButton(told, 'Wrong'), false, 'a reason is given once');
      await staysHere(world);
    });
  }

  it('is taken back on the rejected card: the file waits again without a reason, and the card asks', async (t) => {
    const { world, card } = await createAsking(t);
    await world.press(card, 'Reject');
    await world.press(await world.message('Not now'), 'Not now');
    await until(() => world.read(`Rejected/${postName}`).includes('rejected_reason'), 'the file says why');
    const rejected = await once(
      world,
      'why',
      ({ text, ...rest }) => text.includes('· Not now') && hasButton(rest, 'Undo'),
    );
    assert.equal((await world.press(rejected, 'Undo')).text, 'Undone. It waits for you again.');
    await until(() => world.exists(pending) && !world.exists(`Rejected/${postName}`), 'the file is back');
    await until(() => world.read(pending) === postOf('We are open on Sunday.'), 'the reason is out again');
    const asks = await world.message('Approve', 'Waiting for you');
    assert.equal(asks.id, card.id);
    assert.deepEqual(decisionsOf(world), ['reject Ada', 'reason Ada Not now', 'undo Ada']);
    await world.press(asks, 'Approve');
    await goesOut(world, card.id);
    assert.deepEqual(
      world.executor.effects.map(({ text }) => text),
      ['We are open on Sunday.'],
    );
  });
});

describe('undo', () => {
  it('at the very end of the hold sends nothing, and the draft waits again', async (t) => {
    const { world, card } = await createAsking(t);
    assert.match((await world.press(card, 'Approve')).text, /^Approved\. Goes out at .+; Undo until then\.$/);
    await until(() => world.exists(`Approved/${postName}`), 'the file lies in Approved');
    // The first change of a card waits for nothing, so no time has to pass for it.
    const waits = await until(() => world.said().find((message) => hasButton(message, 'Undo')), 'Undo is there');
    await world.pass(9_999);
    assert.equal((await world.press(waits, 'Undo')).text, 'Undone. It waits for you again.');
    await until(() => world.exists(pending) && !world.exists(`Approved/${postName}`), 'the file is back');
    await staysHere(world);
    assert.deepEqual(decisionsOf(world), ['approve Ada', 'undo Ada']);
    const asks = await world.message('Approve', 'Waiting for you');
    assert.deepEqual([asks.id, hasButton(asks, 'Undo')], [card.id, false]);
  });
});

/** Opens the times of a card, and taps one. */
async function chooseTime(world: ChatWorld, cardId: number, label: string) {
  const card = await once(world, 'Later', (message) => message.id === cardId && hasButton(message, '🕒 Later'));
  await world.press(card, '🕒 Later');
  return await world.press(await once(world, label, (message) => hasButton(message, label)), label);
}

const later = [
  { label: '🕒 1 h', from: '10:07', off: 0, due: (now: Date) => after(now, 60 * minute) },
  { label: '🕒 Tonight 20:00', from: '19:20', off: 0, due: (now: Date) => nextAt(now, '20:00') },
  { label: '🕒 Tomorrow 09:00', from: '23:40', off: 8 * 60 * minute, due: (now: Date) => nextAt(now, '09:00') },
] as const;

/** Countersign is off for so long. */
async function sleeps(world: ChatWorld, ms: number): Promise<void> {
  await world.stop();
  await world.clock.advance(ms);
  await world.start();
  await once(world, 'that it was away', ({ text }) => text.startsWith('I was away from'));
}

describe('later', () => {
  for (const { label, from, off, due } of later) {
    const night = off === 0 ? '' : ', also when Countersign is off for the night';
    it(`${label} is quiet until then, and asks with a new card${night}`, async (t) => {
      const { world, card } = await createAsking(t, { time: from });
      // That the bot was away is said of itself, and asks nothing.
      const said = () => world.said().filter(({ text }) => !text.startsWith('I was away from'));
      const at = due(world.clock.now());
      assert.match((await chooseTime(world, card.id, label)).text, /^Put off\. It comes back at /);
      const [decision] = readRecord(world.ledgerFile).decisions;
      assert.equal(decision?.verb, 'postpone');
      // The clock goes on a little while buttons are waited for.
      assert.ok(Math.abs(Date.parse(decision.reason) - at.getTime()) < minute, decision.reason);
      const quiet = await world.message('Show it now');
      assert.match(quiet.text, /^LinkedIn post · .+\nPut off by .+ until .+$/);
      if (off > 0) await sleeps(world, off);
      await goOnTo(world, after(new Date(decision.reason), -1_000));
      // The day may have changed meanwhile, and with it how the times read.
      const shown = said().map(({ id, text, buttons }) => ({ id, isQuiet: text.includes('\nPut off by'), buttons }));
      assert.deepEqual(shown, [{ id: quiet.id, isQuiet: true, buttons: quiet.buttons }]);
      await goOnTo(world, new Date(decision.reason));
      const asks = await world.message('Approve', 'Waiting for you');
      assert.ok(asks.id > card.id);
      assert.equal(asks.silent, false);
      await once(world, 'no buttons on the old card', ({ id, buttons }) => id === card.id && buttons.length === 0);
      assert.ok(world.exists(pending));
      await staysHere(world);
    });
  }

  it('ends with “Show it now”: the same card asks, and nothing comes at the time', async (t) => {
    const { world, card } = await createAsking(t);
    await chooseTime(world, card.id, '🕒 1 h');
    await goOn(world, 10 * minute);
    const { text } = await world.press(await world.message('Show it now'), 'Show it now');
    assert.equal(text, 'It waits for you again.');
    const asks = await world.message('Approve', 'Waiting for you');
    assert.equal(asks.id, card.id);
    const shown = world.said();
    await goOn(world, 60 * minute);
    assert.deepEqual(world.said(), shown);
    await staysHere(world);
  });
});

describe('approve for a time', () => {
  /** Nothing leaves a second before, and it leaves then. */
  const leavesAt = async (world: ChatWorld, cardId: number, at: Date, before = 0) => {
    await goOnTo(world, after(at, -1_000));
    assert.equal(world.executor.effects.length, before, 'not before its time');
    await goOnTo(world, at);
    await goesOut(world, cardId);
    assert.equal(world.executor.effects.length, before + 1);
  };

  it('tonight: it goes out then and not before', async (t) => {
    const { world, card } = await createAsking(t, { time: '19:20' });
    const at = nextAt(world.clock.now(), '20:00');
    assert.equal(
      (await chooseTime(world, card.id, '✅ Tonight 20:00')).text,
      'Approved. Goes out at 20:00; Undo until then.',
    );
    await until(() => world.exists(`Approved/${postName}`), 'the file lies in Approved');
    assert.deepEqual(decisionsOf(world), [`approve Ada ${at.toISOString()}`]);
    await once(world, 'when', ({ id, text }) => id === card.id && text.includes('· goes out at 20:00'));
    await leavesAt(world, card.id, at);
  });

  it('a written time: it goes out then and not before', async (t) => {
    const { world, card } = await createAsking(t, { time: '18:00' });
    const at = nextAt(world.clock.now(), '18:25');
    await chooseTime(world, card.id, 'At another time');
    const question = await once(world, 'the question', ({ forceReply }) => forceReply);
    const reply = world.owner.reply(question.id, '18:25');
    const answer = await once(world, 'the answer', ({ replyTo }) => replyTo === reply);
    assert.equal(answer.text, 'Approved. Goes out at 18:25; Undo until then.');
    assert.deepEqual(decisionsOf(world), [`approve Ada ${at.toISOString()}`]);
    await leavesAt(world, card.id, at);
  });

  it('the next free slot: with one an hour, the second goes out an hour after the first', async (t) => {
    const { world, card } = await createAsking(t, { rules: { limits: new Map([['linkedin', 1]]) }, time: '10:07' });
    await world.press(card, 'Approve');
    await goesOut(world, card.id);
    const [first] = readRecord(world.ledgerFile).attempts;
    const free = after(first?.committedAt ?? assert.fail('no attempt'), 60 * minute);
    const second = await ask(world, { name: 'LINKEDIN_more.md', text: 'And on Monday.' });
    await chooseTime(world, second.id, '✅ Next free slot 11:');
    const at = new Date(readRecord(world.ledgerFile).decisions.at(-1)?.reason ?? '');
    assert.ok(at >= free && at < after(free, minute), `${at.toISOString()} for ${free.toISOString()}`);
    await leavesAt(world, second.id, at, 1);
    assert.deepEqual(
      world.executor.effects.map(({ text }) => text),
      ['We are open on Sunday.', 'And on Monday.'],
    );
  });
});

describe('a risky draft', () => {
  const to = 'sara@customer.example';
  const createRisky = async (t: TestContext) => {
    const { world } = await createAsking(t);
    return { world, card: await ask(world, { name: 'EMAIL_sunday.md', to, text: 'Yes, we are open.' }) };
  };
  const askTwice = async (world: ChatWorld, cardId: number) => {
    const card = await once(world, 'Approve', (message) => message.id === cardId && hasButton(message, 'Approve'));
    const toast = await world.press(card, 'Approve');
    assert.deepEqual([toast.alert, toast.text], [true, `Really? It is the first to ${to}.`]);
    return await once(world, 'Yes and No', (message) => message.id === cardId && hasButton(message, 'Yes, approve'));
  };

  it('is not approved by the first tap, and “No” leaves it as it is', async (t) => {
    const { world, card } = await createRisky(t);
    const sure = await askTwice(world, card.id);
    await goOn(world, minute);
    assert.deepEqual(decisionsOf(world), []);
    assert.equal((await world.press(sure, 'No')).text, 'Nothing changed.');
    const asks = await once(world, 'Later', (message) => message.id === card.id && hasButton(message, 'Later'));
    assert.deepEqual([asks.text, asks.buttons], [card.text, card.buttons]);
    await staysHere(world);
    assert.ok(world.exists('Pending_Approval/EMAIL_sunday.md'));
    assert.deepEqual(decisionsOf(world), []);
  });

  it('goes out after “Yes”, and the next mail to the same person is not asked about twice', async (t) => {
    const { world, card } = await createRisky(t);
    const { text } = await world.press(await askTwice(world, card.id), 'Yes, approve');
    assert.match(text, /^Approved\. Goes out at /);
    await goesOut(world, card.id);
    const next = await ask(world, { name: 'EMAIL_monday.md', to, text: 'And on Monday.' });
    assert.match((await world.press(next, 'Approve')).text, /^Approved\. Goes out at /);
    await goesOut(world, next.id);
    assert.deepEqual(
      world.mailer.effects.map((effect) => [effect.to, effect.text]),
      [
        [[to], 'Yes, we are open.'],
        [[to], 'And on Monday.'],
      ],
    );
    assert.deepEqual(decisionsOf(world), ['approve Ada', 'approve Ada']);
  });
});
