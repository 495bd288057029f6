/** Topics: each platform in its own, what is about the whole in System, and General where the bot may not make any. */
import assert from 'node:assert/strict';
import type { Note } from '../../src/domain/card.ts';
import { sampleCard } from '../support/fake-door.ts';
import { createHeldClock } from '../support/held-clock.ts';
import { until } from '../support/until.ts';
import { findSaid, groupTest, saidIn } from './telegram-group-world.ts';
import type { GroupWorld } from './telegram-group-world.ts';
import { showCard } from './telegram-world.ts';

const verbs = ['approve', 'edit', 'reject', 'postpone'] as const;
const note = (text: string, key = ''): Note => ({ text, links: [], loud: false, key });
const topicOf = (world: GroupWorld, name: string) => world.group.topics().find((topic) => topic.name === name)?.id;
const topicAt = (world: GroupWorld, messageId: number) =>
  world.group.messages().find(({ id }) => id === messageId)?.threadId;
const made = (world: GroupWorld) => world.telegram.calls('createForumTopic').length;
const topical = { topics: true, forum: true } as const;

groupTest(
  'cards go to the topic of their platform, made once, also over a restart',
  async (world) => {
    const first = await showCard(world, { platform: 'LinkedIn' });
    const mail = await showCard(world, { key: 'k3y0000002', platform: 'Mail' });
    await world.restart();
    const second = await showCard(world, { key: 'k3y0000003', platform: 'LinkedIn' });
    const odd = await showCard(world, { key: 'k3y0000004' });
    assert.deepEqual(
      world.group.topics().map(({ name }) => name),
      ['LinkedIn', 'Mail'],
    );
    const linkedin = topicOf(world, 'LinkedIn');
    assert.deepEqual(
      [first, mail, second, odd].map(({ messageId }) => topicAt(world, messageId)),
      [linkedin, topicOf(world, 'Mail'), linkedin, undefined],
    );
    assert.equal(made(world), 2);
  },
  { ...topical, digestFrom: 0 },
);

groupTest(
  'more than a few are no card each: one message in System counts them',
  async (world) => {
    for (const at of [1, 2, 3, 4, 5]) await showCard(world, { key: `k3y000000${at}`, platform: 'LinkedIn' });
    const digest = await findSaid(world, /^5 drafts are waiting/);
    assert.equal(digest.threadId, topicOf(world, 'System'));
    assert.deepEqual(
      world.group.topics().map(({ name }) => name),
      ['LinkedIn', 'System'],
    );
  },
  topical,
);

groupTest(
  'two at the same instant make one topic',
  async (world) => {
    const cards = ['k3y0000001', 'k3y0000002', 'k3y0000003'].map((key) => sampleCard({ key, platform: 'LinkedIn' }));
    const shown = await Promise.all(cards.map((card) => world.channel.show(card, undefined)));
    assert.deepEqual(
      shown.map(({ kind }) => kind),
      ['shown', 'shown', 'shown'],
    );
    assert.deepEqual([made(world), world.group.topics().length], [1, 1]);
  },
  topical,
);

groupTest(
  'the text above a long card and its result lie beside it; what is about the whole lies in System',
  async (world) => {
    const text = 'A long line of words. '.repeat(300);
    const { ref, messageId } = await showCard(world, { platform: 'LinkedIn', text });
    const linkedin = topicOf(world, 'LinkedIn');
    assert.ok(saidIn(world).length > 1);
    assert.ok(saidIn(world).every(({ threadId }) => threadId === linkedin));
    assert.equal((await world.channel.say(note('Posted.', sampleCard().key), ref)).kind, 'said');
    const result = await findSaid(world, /^Posted\.$/);
    assert.deepEqual([result.threadId, result.replyTo], [linkedin, messageId]);
    // Also when somebody deleted the card itself.
    world.ada.remove(messageId);
    await world.channel.say(note('Sent.', sampleCard().key), ref);
    assert.equal((await findSaid(world, /^Sent\.$/)).threadId, linkedin);
    await world.channel.say(note('The mailbox can’t be reached.'), undefined);
    assert.equal((await findSaid(world, /mailbox/)).threadId, topicOf(world, 'System'));
  },
  topical,
);

groupTest(
  'questions, answers and the review come where the person is',
  async (world) => {
    const { messageId } = await showCard(world, { platform: 'LinkedIn', verbs });
    const linkedin = topicOf(world, 'LinkedIn');
    world.sara.tap(messageId, { label: 'Edit' });
    assert.equal((await findSaid(world, /New text for/)).threadId, linkedin);
    world.sara.send('/pending', linkedin);
    assert.equal((await findSaid(world, /^1\. /)).threadId, linkedin);
    world.sara.send('/next', linkedin);
    assert.equal((await findSaid(world, /^1 of 1/)).threadId, linkedin);
    world.sara.send('/status');
    assert.equal((await findSaid(world, /^▶️ Running/)).threadId, undefined);
    const left = await showCard(world, {
      key: 'k3y0000009',
      platform: 'Mail',
      leftOut: [{ where: 'Line 9', text: 'Notes' }],
    });
    world.sara.tap(left.messageId, { label: 'stays behind' });
    assert.equal((await findSaid(world, /does not go out/)).threadId, topicOf(world, 'Mail'));
  },
  topical,
);

groupTest(
  'a topic somebody deleted is made anew, and the card comes again',
  async (world) => {
    const { ref } = await showCard(world, { platform: 'LinkedIn' });
    world.group.removeTopic(topicOf(world, 'LinkedIn') ?? 0);
    const gone = await world.channel.show(sampleCard({ platform: 'LinkedIn', standing: 'Changed' }), ref);
    assert.equal(gone.kind, 'card_gone');
    const again = await showCard(world, { platform: 'LinkedIn' });
    assert.equal(topicAt(world, again.messageId), topicOf(world, 'LinkedIn'));
    assert.equal(made(world), 2);
    // The result of a card whose topic is gone still arrives.
    world.group.removeTopic(topicOf(world, 'LinkedIn') ?? 0);
    assert.equal((await world.channel.say(note('Posted.', sampleCard().key), again.ref)).kind, 'said');
    assert.equal((await findSaid(world, /^Posted\.$/)).threadId, undefined);
  },
  topical,
);

groupTest(
  'without the right everything comes to General, and that is said once',
  async (world) => {
    const { messageId } = await showCard(world, { platform: 'LinkedIn' });
    await showCard(world, { key: 'k3y0000002', platform: 'Mail' });
    await world.restart();
    await showCard(world, { key: 'k3y0000003', platform: 'Mail' });
    assert.equal(topicAt(world, messageId), undefined);
    assert.equal(saidIn(world).filter(({ text }) => text.startsWith('I can’t make topics here')).length, 1);
    await until(() => world.channel.health().standing === 'well', 'nothing is wrong');
    // Given the right, it uses it from then on.
    world.group.allowTopics(true);
    world.group.bot('member');
    await until(() => world.telegram.updates().waiting === 0, 'the change is heard');
    const later = await showCard(world, { key: 'k3y0000004', platform: 'Mail' });
    assert.equal(topicAt(world, later.messageId), topicOf(world, 'Mail'));
    assert.ok(topicOf(world, 'Mail') !== undefined);
  },
  { ...topical, mayManageTopics: false, digestFrom: 0 },
);

groupTest(
  'in a group without topics nothing but one message says so',
  async (world) => {
    await showCard(world, { platform: 'LinkedIn' });
    await showCard(world, { key: 'k3y0000002', platform: 'Mail' });
    assert.deepEqual([made(world), saidIn(world).length], [1, 3]);
  },
  { topics: true },
);

groupTest(
  'unless asked for, no topic is made',
  async (world) => {
    const { messageId } = await showCard(world, { platform: 'LinkedIn' });
    assert.deepEqual([made(world), topicAt(world, messageId)], [0, undefined]);
  },
  { forum: true },
);

groupTest(
  'trouble while a topic is made is no refusal: the card waits',
  async (world) => {
    world.telegram.fault({ method: 'createForumTopic', kind: 'status', code: 500, times: 1 });
    const card = sampleCard({ platform: 'LinkedIn' });
    assert.equal((await world.channel.show(card, undefined)).kind, 'later');
    const { messageId } = await showCard(world, { platform: 'LinkedIn' });
    assert.equal(topicAt(world, messageId), topicOf(world, 'LinkedIn'));
  },
  topical,
);

const clock = createHeldClock(new Date('2026-03-02T09:00:00Z'));
groupTest(
  'being away is said in System',
  async (world) => {
    await until(() => world.channel.health().standing === 'well', 'it listens');
    world.network?.cut();
    await world.channel.stop();
    await clock.advance(3_600_000);
    world.network?.mend();
    await world.restart();
    assert.equal((await findSaid(world, /^I was away/)).threadId, topicOf(world, 'System'));
  },
  { ...topical, clock },
);
