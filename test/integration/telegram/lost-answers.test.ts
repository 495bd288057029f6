/**
 * Telegram never answers a call: after its time limit of 20 seconds, real ones, it counts as lost. Nobody knows then
 * whether it did anything; the chat ends up right both ways. All wait at the same time.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import type { ChatWorld } from '../../support/chat-world.ts';
import { until } from '../../support/until.ts';
import { createAsking, keepsPromises, postOf, says, withButton } from './chat-steps.ts';

const other = 'Pending_Approval/LINKEDIN_other.md';
const patienceMs = 45_000;

/** A chat in which a card asks already, so that the bot knows how far its messages go. */
const createKnown = (t: TestContext) => createAsking(t, { rules: { holdSeconds: 0 } });

const inTime = (world: ChatWorld, condition: () => boolean | Promise<boolean>, what: string) =>
  until(
    async () => {
      if (await condition()) return true;
      await world.pass(100);
      return false;
    },
    `${what} (the chat reads ${JSON.stringify(world.said().map(({ text }) => text.slice(0, 120)))})`,
    patienceMs,
  );

const isShown = async (world: ChatWorld) => (await world.parts().ledger.cards.due('telegram', 9)).length === 0;
/** Until then the call counts as under way. */
const isGivenUp = (world: ChatWorld, method: string) => {
  const calls = world.telegram.calls(method);
  const lost = calls.findIndex(({ answer }) => answer === undefined);
  return lost >= 0 && calls.slice(lost + 1).some(({ answer }) => answer !== undefined);
};

type Lost = 'hang' | 'slow';

async function sendsCard(t: TestContext, kind: Lost, isNew = false): Promise<void> {
  const { world } = await createKnown(t);
  if (isNew) {
    // A process that has sent nothing yet knows of the chat what is on record.
    await world.stop();
    await world.start();
    await world.listens();
  }
  world.telegram.fault({ method: 'sendMessage', kind, times: 1 });
  world.write(other, postOf('We are closed on Friday.'));
  await world.rescan();
  await inTime(world, () => isGivenUp(world, 'sendMessage'), 'it is sent again');
  await inTime(world, () => isShown(world), 'the card is on record');
  const asking = () => withButton(world, 'Approve').filter(({ text }) => text.includes('Friday'));
  await inTime(world, () => asking().length === 1, 'one message asks');
  assert.equal(withButton(world, 'Approve').length, 2, 'the other draft keeps its card');
  const replaced = world.said().filter(({ text }) => text === 'A newer card of this draft is below.');
  assert.equal(replaced.length, kind === 'slow' ? 1 : 0);
  const [card] = asking();
  assert.ok(card);
  await world.press(card, 'Approve');
  assert.equal((await says(world, /Went out at/)).id, card.id);
  assert.deepEqual(
    world.executor.effects.map(({ text }) => text),
    ['We are closed on Friday.'],
  );
  await keepsPromises(world);
}

async function changesCard(t: TestContext, kind: Lost, how: 'Approve' | 'Reject'): Promise<void> {
  const { world, card } = await createKnown(t);
  world.telegram.fault({ method: 'editMessageText', kind, times: 1 });
  const words = how === 'Reject' ? 'Rejected by Ada at' : 'Went out at';
  await world.press(card, how);
  await inTime(world, () => isGivenUp(world, 'editMessageText'), 'it is changed again');
  await inTime(world, () => isShown(world), 'the card is on record');
  assert.deepEqual(withButton(world, 'Approve'), []);
  const told = world.said().filter(({ text }) => text.startsWith('LinkedIn post · '));
  assert.deepEqual(
    told.map(({ id, text }) => [id, text.includes(words)]),
    [[card.id, true]],
  );
  assert.equal(world.executor.effects.length, how === 'Reject' ? 0 : 1);
  await keepsPromises(world);
}

async function saysResult(t: TestContext): Promise<void> {
  const { world, card } = await createKnown(t);
  world.telegram.fault({ method: 'sendMessage', kind: 'slow', times: 1 });
  await world.press(card, 'Approve');
  await inTime(world, () => world.said().some(({ text }) => text.startsWith('Posted on')), 'it is said');
  world.write(other, postOf('We are closed on Friday.'));
  await world.rescan();
  await inTime(world, () => withButton(world, 'Approve').length === 1, 'the next card arrives');
  await inTime(world, async () => (await world.parts().ledger.outbox.due('telegram', 9)).length === 0, 'all is said');
  assert.equal(world.said().filter(({ text }) => text.startsWith('Posted on')).length, 1);
  await keepsPromises(world);
}

describe('a call that is never answered', { concurrency: true }, () => {
  it('to send a card, and it did not arrive: one message asks', (t) => sendsCard(t, 'hang'));
  it('to send a card, and it arrived: one message asks', (t) => sendsCard(t, 'slow'));
  it('to send the first card after a start, and it arrived: one message asks', (t) => sendsCard(t, 'slow', true));
  it('to change a card, and it was not changed: it says that the draft was rejected', (t) =>
    changesCard(t, 'hang', 'Reject'));
  it('to change a card, and it was changed: it says that the draft was rejected', (t) =>
    changesCard(t, 'slow', 'Reject'));
  it('to change a card on its way out: it says in the end that it went out', (t) => changesCard(t, 'hang', 'Approve'));
  it('to say a result: it is said once, and the next card follows', saysResult);
});
