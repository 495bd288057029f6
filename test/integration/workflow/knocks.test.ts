/** Strangers at the door: counted, named, told once a day; and however many come, nothing fills up. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { unmarked } from '../../../src/lib/words.ts';
import type { Actor } from '../../../src/domain/actor.ts';
import { createKnocks } from '../../../src/workflow/knocks.ts';
import { renderMetrics } from '../../../src/workflow/metrics.ts';
import { createKeepingLogger } from '../../support/fake-stores.ts';
import { createHeldClock } from '../../support/held-clock.ts';
import { until } from '../../support/until.ts';
import { createWorld, sara, stranger } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const post = '---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nOne.\n';
const person = (id: string): Actor => ({ source: 'chat', id, name: 'Tap https://evil.example now' });
const noon = new Date(2026, 4, 4, 12);

async function createWatched(t: TestContext) {
  const world = await createWorld(t, {}, { clock: createHeldClock(noon) });
  const logger = createKeepingLogger();
  /** As after a restart: what was counted is gone. */
  const start = () => createKnocks({ ...world.parts(), logger }, () => undefined);
  return { world, start, lines: logger.lines, notes: () => notesOf(world) };
}

/** What the owner was told, and what is on its way. */
async function notesOf(world: World): Promise<readonly string[]> {
  const due = await world.parts().ledger.outbox.due('chat', 100);
  return [...world.chat.notes, ...due.map(({ note }) => note)].map(({ text }) => unmarked(text));
}

describe('a stranger at the door', () => {
  it('gets nothing, is counted, and told once in every channel; those on a list are no strangers', async (t) => {
    const world = await createWorld(t);
    world.write('Pending_Approval/n.md', post);
    await world.rescan();
    const card = await world.card('n.md', 'asks');
    for (const verb of ['approve', 'reject', 'edit'] as const) {
      assert.equal((await world.tap(card, verb, stranger)).kind, 'refused');
    }
    assert.equal((await world.door().pause(stranger)).kind, 'refused');
    assert.equal((await world.door().resume({ ...stranger, source: 'desk' })).kind, 'refused');
    const viewer = { source: 'chat', id: '6', name: 'Vera' };
    assert.equal((await world.tap(card, 'approve', viewer)).kind, 'refused');
    await world.tap(card, 'reject', sara);
    await until(
      () => [world.chat, world.second].every(({ notes }) => notes.length === 2),
      'both are told of both ways in',
    );
    assert.deepEqual(
      world.chat.notes.map(({ text, loud, key }) => [
        /chat:666 pressed a button|desk:666 pressed/.test(unmarked(text)),
        loud,
        key,
      ]),
      [
        [true, false, ''],
        [true, false, ''],
      ],
    );
    const { knocks } = await world.door().status();
    assert.deepEqual(
      knocks.map(({ source, count }) => [source, count]),
      [
        ['chat', 4],
        ['desk', 1],
      ],
    );
    const metrics = renderMetrics(await world.door().status(), new Date(), 0);
    assert.match(metrics, /# TYPE countersign_knocks_total counter\ncountersign_knocks_total\{source="chat"\} 4\n/);
  });

  it('is named by the id, never by the name they chose', async (t) => {
    const { start, lines, notes } = await createWatched(t);
    start().knocked({ ...person(`7\n2026-05-04 - INFO - Paired: ${'9'.repeat(500)}`) }, 'message');
    const [note = ''] = await until(async () => ((await notes()).length > 0 ? await notes() : undefined), 'a note');
    for (const text of [note, ...lines]) {
      assert.ok(!text.includes('evil') && !text.includes('\n') && text.length < 400, text);
    }
  });

  it('waits longer each time, up to two seconds, and is forgiven after ten quiet minutes', async (t) => {
    const { world, start } = await createWatched(t);
    const knocks = start();
    const waits = Array.from({ length: 9 }, () => knocks.knocked(person('1'), 'key').waitMs);
    assert.deepEqual(waits, [50, 100, 200, 400, 800, 1_600, 2_000, 2_000, 2_000]);
    assert.deepEqual(knocks.knocked(person('2'), 'key'), { lately: 1, waitMs: 50 });
    await world.clock.advance(10 * 60_000);
    assert.deepEqual(knocks.knocked(person('1'), 'key'), { lately: 1, waitMs: 50 });
    world.clock.jump(-3_600_000);
    assert.equal(knocks.knocked(person('1'), 'key').lately, 2, 'a clock set back forgives nobody early');
  });
});

describe('very many strangers', () => {
  it('fill neither log nor chat nor memory in a day, and the next day begins anew', async (t) => {
    const { world, start, lines, notes } = await createWatched(t);
    const knocks = start();
    for (let n = 0; n < 20_000; n += 1) knocks.knocked(person(String(n % 5_000)), 'message');
    assert.equal(knocks.knocked(person('0'), 'message').lately, 1, 'the first ones are forgotten');
    assert.equal(knocks.counts()[0]?.count, 20_001);
    assert.ok(lines.length <= 25, `${lines.length} lines`);
    assert.match(lines.join('\n'), /20 today by chat; further ones are only counted/);
    assert.match(lines.at(-1) ?? '', /10000 today/);
    await until(async () => (await notes()).length === 1, 'one note');
    await world.clock.advance(24 * 3_600_000);
    knocks.knocked(person('1'), 'tap');
    assert.match(lines.at(-1) ?? '', /chat:1 pressed a button \(1 today by chat\)/);
    await until(async () => (await notes()).length === 2, 'a note of the next day');
  });

  it('are told once a day over restarts too', async (t) => {
    const { world, start, lines, notes } = await createWatched(t);
    for (let n = 0; n < 5; n += 1) start().knocked(person('1'), 'code');
    await world.clock.advance(1_000);
    assert.match(lines.at(-1) ?? '', /sent a wrong pairing code/);
    await until(async () => (await notes()).length > 0, 'a note');
    start().knocked({ ...person('1'), source: 'desk' }, 'key');
    await until(async () => (await notes()).length === 2, 'another way in is another note');
    assert.match((await notes()).at(-1) ?? '', /desk:1 showed a wrong key.+npm run status in a terminal/);
  });

  it('on a full disk are counted all the same, and the log says once that nobody could be told', async (t) => {
    const { world, lines } = await createWatched(t);
    const full = async () => {
      throw new Error('the disk is full');
    };
    const { ledger } = world.parts();
    const parts = { ...world.parts(), ledger: { ...ledger, outbox: { ...ledger.outbox, add: full } } };
    const knocks = createKnocks(
      { ...parts, logger: { ...parts.logger, warn: (line) => void logged.push(line) } },
      () => undefined,
    );
    const logged: string[] = [];
    for (let n = 0; n < 50; n += 1) knocks.knocked(person('1'), 'tap');
    await until(() => logged.some((line) => line.includes('could not be told: the disk is full')), 'the log says it');
    assert.equal(logged.filter((line) => line.includes('the disk is full')).length, 1);
    assert.equal(knocks.counts()[0]?.count, 50);
    assert.deepEqual(lines, []);
  });
});
