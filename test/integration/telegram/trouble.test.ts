/** A person or Telegram gets in the way: nothing is lost, it is said, and it goes on by itself. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import type { SeenMessage } from '../../../sandbox/telegram/index.ts';
import { localMoment } from '../../../src/lib/local-time.ts';
import { createChatWorld } from '../../support/chat-world.ts';
import type { ChatWorld } from '../../support/chat-world.ts';
import { until } from '../../support/until.ts';
import { phoneOwner } from '../../support/workflow-world.ts';
import { createChannelWorld, createGround, inTime, offers } from './channel-on.ts';
import type { ChannelWorld, Ground } from './channel-on.ts';
import { ask, dataOf, goOn, keepsPromises, pending, postName, postOf, says, withButton } from './chat-steps.ts';

const texts = ({ executor }: ChatWorld | ChannelWorld) => executor.effects.map(({ text }) => text);

describe('a card that its person deleted', () => {
  it('comes anew when the file changes, with the new text and a sound, and lets that out', async (t) => {
    const world = await createChatWorld(t, { holdSeconds: 0 });
    const first = await ask(world);
    world.owner.remove(first.id);
    const left = world.said();
    await goOn(world, 50_000);
    assert.deepEqual(world.said(), left, 'by itself it does not come back');
    world.write(pending, postOf('We are open on Monday.'));
    await world.rescan();
    const fresh = await world.message('Approve', 'Monday');
    assert.ok(fresh.id > first.id);
    assert.equal(fresh.silent, false);
    await world.press(fresh, 'Approve');
    assert.equal((await says(world, /Went out at/)).id, fresh.id);
    assert.deepEqual(texts(world), ['We are open on Monday.']);
    await keepsPromises(world);
  });

  it('after it was approved comes anew with the result, in silence', async (t) => {
    const world = await createChatWorld(t);
    const first = await ask(world);
    await world.press(first, 'Approve');
    await world.message('Undo');
    world.owner.remove(first.id);
    await goOn(world, 25_000);
    const result = await says(world, /^LinkedIn post · [^]*Went out at/);
    assert.deepEqual([result.silent, withButton(world, 'Approve')], [true, []]);
    assert.deepEqual(texts(world), ['We are open on Sunday.']);
    await keepsPromises(world);
  });
});

describe('a gap of ten minutes', () => {
  it('is said from when to when; what waits comes anew in silence, and the old cards lose their buttons', async (t) => {
    const world = await createChatWorld(t, { holdSeconds: 0 });
    const first = await ask(world);
    const old = [first, await ask(world, { name: 'LINKEDIN_other.md', text: 'We are closed on Friday.' })];
    await world.stop();
    const heard = world.telegram.calls('getUpdates').map(({ at }) => localMoment(at, world.clock.now()));
    await world.clock.advance(600_000);
    const back = world.clock.now();
    await world.start();
    const away = await says(world, /^I was away from/);
    const [, from, to] = /^I was away from (.+) to (.+)\. Taps .* 2 drafts wait for you\.$/.exec(away.text) ?? [];
    assert.ok(heard.includes(from ?? ''), `${from} is none of ${heard.join(', ')}`);
    assert.equal(to, localMoment(back, back));

    const asks = await until(async () => {
      const found = withButton(world, 'Approve');
      if (found.length === 2 && found.every(({ id }) => id > away.id)) return found;
      await world.pass(100);
      return false;
    }, 'both ask below it, and only there');
    assert.deepEqual(
      [away, ...asks].map(({ silent }) => silent),
      [true, true, true],
    );
    const others = world.said().filter(({ id }) => old.some((one) => one.id === id));
    assert.deepEqual(
      others.map(({ text, buttons }) => [text, buttons]),
      old.map(() => ['Replaced by a newer card below.', []]),
    );
    await approvesOnNewOnly(world, first);
  });
});

async function approvesOnNewOnly(world: ChatWorld, old: SeenMessage): Promise<void> {
  const late = await world.toast(world.owner.forge(old.id, dataOf(old, 'Approve')));
  assert.deepEqual([late.alert, /A newer card took the place of this one/.test(late.text)], [true, true], late.text);
  assert.deepEqual(texts(world), []);
  await world.press(await world.message('Approve', 'Sunday'), 'Approve');
  await says(world, /Went out at/);
  assert.deepEqual(texts(world), ['We are open on Sunday.']);
  assert.ok(world.exists('Pending_Approval/LINKEDIN_other.md'));
  await keepsPromises(world);
}

async function createListening(t: TestContext, ground: Ground, chatId: number): Promise<ChannelWorld> {
  const world = await createChannelWorld(t, ground, chatId);
  await inTime(ground.clock, () => world.health().standing === 'well', 'it listens');
  return world;
}

const troubleOf = (world: ChannelWorld) => (world.health().standing === 'troubled' ? world.health() : undefined);

/** The chat takes nothing, and then it does again: what came in meanwhile waits, the trouble is seen, and it goes out. */
async function outlives(
  { clock, telegram }: Ground,
  world: ChannelWorld,
  on: { shut: () => void; open: () => void; words: RegExp; said: () => readonly SeenMessage[] },
): Promise<SeenMessage> {
  on.shut();
  await until(() => telegram.updates().waiting === 0, 'the bot heard of it');
  assert.equal((await inTime(clock, () => troubleOf(world), 'trouble before any card')).standing, 'troubled');
  const before = telegram.calls('sendMessage').length;
  world.write(pending, postOf('We are open on Sunday.'));
  await world.rescan();
  await inTime(clock, () => on.words.test(troubleOf(world)?.words ?? ''), `the trouble reads ${on.words.source}`);
  await inTime(clock, () => telegram.calls('sendMessage').length >= before + 2, 'the card is tried again', 250);
  assert.match(world.health().words, on.words);
  assert.ok(world.exists(pending), 'the draft waits');
  assert.deepEqual(on.said(), []);
  on.open();
  const card = await inTime(clock, () => offers(on.said(), 'Approve', 'Sunday'), 'the card arrives', 250);
  await inTime(clock, () => world.health().standing === 'well', 'all is well again');
  return card;
}

const fromBot = (messages: readonly SeenMessage[]) => messages.filter(({ from }) => from === 'bot');

describe('a chat that takes nothing', () => {
  it('because the person blocked the bot loses no card, and shows it when unblocked', async (t) => {
    const ground = await createGround(t);
    const { owner } = ground;
    const world = await createListening(t, ground, phoneOwner);
    const said = () => fromBot(owner.messages());
    const card = await outlives(ground, world, {
      shut: owner.block,
      open: owner.unblock,
      words: /bot was blocked by the user/,
      said,
    });
    assert.equal(card.silent, false);
    owner.tap(card.id, { label: 'Approve' });
    await inTime(ground.clock, () => said().some(({ text }) => text.includes('Went out at')), 'it went out');
    assert.deepEqual(texts(world), ['We are open on Sunday.']);
    assert.equal(said().filter(({ text }) => text.startsWith('LinkedIn post · ')).length, 1);
  });

  it('because the bot was thrown out of the group shows its cards when it is back', async (t) => {
    const ground = await createGround(t);
    const { owner, telegram } = ground;
    const group = telegram.addGroup({ id: -1_001_234_567_890, title: 'Team', members: [owner] });
    const world = await createListening(t, ground, group.id);
    const said = () => fromBot(group.messages());
    const card = await outlives(ground, world, {
      shut: () => group.bot('kicked'),
      open: () => group.bot('member'),
      words: /bot was kicked from the supergroup chat/,
      said,
    });
    group.as(owner).tap(card.id, { label: 'Approve' });
    await inTime(ground.clock, () => said().some(({ text }) => text.includes('Went out at')), 'it went out');
    assert.deepEqual(texts(world), ['We are open on Sunday.']);
    assert.deepEqual(fromBot(owner.messages()), [], 'nothing went to anybody alone');
  });
});

describe('two products on one token', () => {
  it('disturb each other and live, and when one is stopped, taps reach the other', async (t) => {
    const ground = await createGround(t);
    const { clock, owner, telegram } = ground;
    const world = await createListening(t, ground, phoneOwner);
    const other = await createChannelWorld(t, ground, phoneOwner);
    world.write(pending, postOf('We are open on Sunday.'));
    await world.rescan();
    const refusals = () => telegram.calls('getUpdates').filter(({ answer }) => answer?.ok === false).length;
    await inTime(clock, () => refusals() >= 10, 'Telegram refuses one of them again and again', 250);
    assert.ok(telegram.calls('getUpdates').every(({ answer }) => answer?.ok !== false || answer.error_code === 409));
    await inTime(clock, () => [world, other].every((one) => one.health().standing !== 'off'), 'both live');
    const card = await inTime(clock, () => offers(owner.messages(), 'Approve', 'Sunday'), 'the card arrives');
    const saysSo = () => [world, other].some((one) => /Another program listens/.test(one.health().words));
    await inTime(clock, saysSo, 'one of them says so', 250);

    await other.stop();
    const stopped = telegram.calls('getUpdates').length;
    await inTime(clock, () => telegram.calls('getUpdates').length > stopped, 'the one that is left polls', 250);
    const tap = owner.tap(card.id, { label: 'Approve' });
    const toast = await inTime(clock, () => owner.toast(tap), 'the tap is answered', 250);
    assert.deepEqual(toast, { text: 'Approved. Goes out now.', alert: false });
    await inTime(clock, () => owner.messages().some(({ text }) => text.includes('Went out at')), 'it went out');
    assert.deepEqual(texts(world), ['We are open on Sunday.']);
    assert.ok(world.exists(`Done/${postName}`));
    await keepsPromises(world);
  });
});
