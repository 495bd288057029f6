/** What comes is handed on in the order that matters, whatever the chat: made here of values, with ids that are no numbers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createIntake } from '../../../../src/bot/chat/inbound/intake.ts';
import type { Delivered, Press, Said } from '../../../../src/bot/chat/messenger.ts';
import { createFakeDoor } from '../../../support/fake-door.ts';
import { createFakeInbox, createKeepingLogger } from '../../../support/fake-stores.ts';
import { createHeldClock } from '../../../support/held-clock.ts';
import { until } from '../../../support/until.ts';

type Act = (heard: Delivered) => Promise<void>;

const came = (id: string, person: string) => ({
  id,
  actor: { source: 'chat', id: person, name: person },
  receivedAt: undefined,
  chat: 'C1',
  place: 'C1',
  shared: false,
});
const press = (id: string, person: string, act = '1:z'): Press => ({
  ...came(id, person),
  kind: 'press',
  messageId: 'C1:17.1',
  act,
  below: undefined,
});
const said = (id: string, person: string, more: Partial<Said> = {}): Said => ({
  ...came(id, person),
  kind: 'said',
  messageId: 'C1:17.1',
  text: id,
  sentAt: 0,
  about: undefined,
  quote: undefined,
  pieces: [{ messageId: 'C1:17.1', text: id }],
  isCut: false,
  isLong: false,
  isPassedOn: false,
  file: undefined,
  album: undefined,
  ...more,
});
const picture = (id: string, person: string) => said(id, person, { file: { picture: { handle: 'f', bytes: 1 } } });
const row = (heard: Delivered & { readonly id: string }) => ({ id: heard.id, payload: JSON.stringify(heard) });

function createBench(act: Act, inbox = createFakeInbox()) {
  const clock = createHeldClock(new Date(2026, 4, 1, 10, 0));
  const stopping = new AbortController();
  const givenUp: (Delivered | undefined)[] = [];
  const began: string[] = [];
  const logger = createKeepingLogger();
  const intake = createIntake({
    inbox,
    door: createFakeDoor(() => true),
    read: (payload) => JSON.parse(payload) as Delivered,
    async act(heard) {
      began.push('id' in heard ? heard.id : heard.kind);
      await act(heard);
    },
    sayGivenUp: async (heard) => void givenUp.push(heard),
    clock,
    logger,
    stopping: stopping.signal,
  });
  return { intake, inbox, clock, began, givenUp, stopping, logger };
}

/** Acts that go on until they are let go. */
function createGate() {
  const open = new Map<string, () => void>();
  const act: Act = (heard) => new Promise((resolve) => open.set('id' in heard ? heard.id : heard.kind, resolve));
  return { act, letGo: (id: string) => open.get(id)?.() };
}

test('intake: what was taken is on record with the instant it came before it is acted on', async () => {
  const bench = createBench(async () => {
    assert.equal(bench.inbox.rows.length, 1);
  });
  const at = bench.clock.now();
  await bench.intake.take([row(press('C1:17.5', 'ada'))], 'after');
  assert.deepEqual(bench.inbox.rows[0]?.receivedAt, at);
  assert.equal(await bench.intake.cursor(), 'after');
  await until(() => bench.inbox.rows[0]?.state === 'done', 'it is done');
});

test('intake: a press is acted on while a picture is fetched, whoever sent it; what the same person writes waits', async () => {
  const gate = createGate();
  const { intake, began, inbox } = createBench(gate.act);
  await intake.take([
    row(picture('picture', 'ada')),
    row(said('text', 'ada')),
    row(press('press', 'ada')),
    row(said('other', 'bo')),
  ]);
  assert.deepEqual(began, ['picture', 'press', 'other']);
  gate.letGo('press');
  await until(() => inbox.rows[2]?.state === 'done', 'the press is done');
  gate.letGo('picture');
  await until(() => began.includes('text'), 'the text follows');
});

test('intake: presses on one draft, and those of one person, count in their order; others do not wait', async () => {
  const gate = createGate();
  const { intake, began } = createBench(gate.act);
  await intake.take([
    row(press('a', 'ada', '1:a:key0000001:rev0000001')),
    row(press('b', 'bo', '1:r:key0000001:rev0000001')),
    row(press('c', 'ada', '1:a:key0000002:rev0000001')),
    row(press('d', 'cy', '1:a:key0000003:rev0000001')),
  ]);
  assert.deepEqual(began, ['a', 'd']);
  gate.letGo('a');
  await until(() => began.length === 4, 'the others follow');
});

test('intake: presses for files hold nobody up', async () => {
  const gate = createGate();
  const { intake, began } = createBench(gate.act);
  await intake.take([
    row(press('log', 'ada', '1:hb:attempt1:')),
    row(press('yes', 'ada', '1:a:key0000001:rev0000001')),
  ]);
  assert.deepEqual(began, ['log', 'yes']);
});

test('intake: at most three fetch or send files at once', async () => {
  const gate = createGate();
  const { intake, began } = createBench(gate.act);
  await intake.take(['a', 'b', 'c', 'd'].map((person) => row(picture(person, person))));
  assert.deepEqual(began, ['a', 'b', 'c']);
  gate.letGo('b');
  await until(() => began.includes('d'), 'the fourth follows');
});

test('intake: what happened to the chat itself comes before what is said after it', async () => {
  let done = false;
  const { inbox, began, clock, logger, stopping } = createBench(async () => undefined);
  const intake = createIntake({
    inbox,
    door: createFakeDoor(() => true),
    read: (payload) =>
      payload === 'own'
        ? {
            kind: 'own',
            act: async () => {
              await new Promise((resolve) => setImmediate(resolve));
              done = true;
            },
          }
        : (JSON.parse(payload) as Delivered),
    async act(heard) {
      if (heard.kind === 'own') return heard.act();
      assert.ok(done);
      began.push(heard.kind);
    },
    sayGivenUp: async () => undefined,
    clock,
    logger,
    stopping: stopping.signal,
  });
  await intake.take([{ id: 'o', payload: 'own' }, row(press('p', 'ada'))]);
  await until(() => inbox.rows.every(({ state }) => state === 'done'), 'both are done');
  assert.deepEqual(began, ['press']);
});

test('intake: what fails is tried three times, later and later, then given up on record; others go on meanwhile', async () => {
  const { intake, inbox, clock, began, givenUp } = createBench(async (heard) => {
    if ('id' in heard && heard.id === 'bad') throw new Error('no luck');
  });
  await intake.take([row(press('bad', 'ada')), row(press('good', 'bo')), row(said('after', 'ada'))]);
  await until(() => inbox.rows[1]?.state === 'done', 'the other is done');
  await until(() => inbox.rows[0]?.tries === 1, 'one try');
  assert.ok(!began.includes('after'));
  await clock.advance(1_000);
  await until(() => inbox.rows[0]?.tries === 2, 'two tries');
  await clock.advance(2_000);
  await until(() => inbox.rows[0]?.state === 'given_up', 'given up');
  await until(() => inbox.rows[2]?.state === 'done', 'what came after it counts');
  assert.equal(givenUp.length, 1);
});

test('intake: what can’t be read is given up at once, and holds nobody up', async () => {
  const { intake, inbox, givenUp } = createBench(async () => undefined);
  await intake.take([{ id: 'x', payload: '{"torn' }, row(press('p', 'ada'))]);
  await until(() => inbox.rows.every(({ state }) => state !== 'waiting'), 'all is settled');
  assert.deepEqual(
    inbox.rows.map(({ state }) => state),
    ['given_up', 'done'],
  );
  assert.deepEqual(givenUp, [undefined]);
});

test('intake: the same again counts once, also while it is acted on and after a restart', async () => {
  const gate = createGate();
  const first = createBench(gate.act);
  await first.intake.take([row(press('p', 'ada'))]);
  await first.intake.take([row(press('p', 'ada'))]);
  assert.deepEqual(first.began, ['p']);
  first.stopping.abort();
  const second = createBench(async () => undefined, first.inbox);
  await second.intake.take([]);
  await until(() => first.inbox.rows[0]?.state === 'done', 'it is done');
  await second.intake.take([row(press('p', 'ada'))]);
  assert.deepEqual(second.began, ['p']);
});

test('intake: what could not be put on record as done is done once more', async () => {
  const inbox = createFakeInbox();
  const { done } = inbox;
  let full = true;
  Object.assign(inbox, {
    done: async (...ids: string[]) => {
      if (full) throw new Error('the disk is full');
      await done(...ids);
    },
  });
  const { intake, began, clock, logger } = createBench(async () => undefined, inbox);
  await intake.take([row(press('p', 'ada'))]);
  await until(() => logger.lines.some((line) => line.includes('the disk is full')), 'it is logged');
  full = false;
  await clock.advance(5_000);
  await until(() => inbox.rows[0]?.state === 'done', 'it is done');
  assert.deepEqual(began, ['p', 'p']);
});

test('intake: a text that may go on waits until the far side was asked once more and the time is over', async () => {
  const { intake, began, clock } = createBench(async () => undefined);
  const long = said('long', 'ada', { isLong: true });
  assert.deepEqual(await intake.take([row(long)]), { more: true });
  await intake.take([]);
  assert.deepEqual(began, []);
  await clock.advance(2_000);
  assert.deepEqual(await intake.take([]), { more: false });
  assert.deepEqual(began, ['long']);
});

test('intake: a piece that begins like a command belongs to its text; a command alone ends it', async () => {
  const heard: Delivered[] = [];
  const { intake, clock } = createBench(async (one) => void heard.push(one));
  const long = said('long', 'ada', { isLong: true });
  const written = said('/usr/bin is a path', 'ada', { messageId: 'C1:17.2' });
  const { kind: _, ...place } = written;
  await intake.take([
    row(long),
    row({ ...place, id: 'piece', kind: 'command', word: 'usr', rest: '/bin is a path', written }),
  ]);
  await clock.advance(2_000);
  await intake.take([]);
  await until(() => heard.length === 1, 'one thing is heard');
  const [one] = heard;
  assert.deepEqual(one?.kind === 'said' && one.pieces.map(({ text }) => text), ['long', '/usr/bin is a path']);
});
