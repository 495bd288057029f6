/**
 * The chat of a person who used an earlier version: one of everything stands there, and the record holds what that version
 * kept of it (rows.json was written by it, in this very scene; a tap waits that it could not act on). All of it goes on.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { openLedger } from '../../src/ledger/ledger.ts';
import { migrate, readMigrations } from '../../src/ledger/migrate.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { createFakeMemory } from '../support/fake-stores.ts';
import { until } from '../support/until.ts';
import { both, offers } from './telegram-set-world.ts';
import { cards, digestFrom, numberOf, press, said, standAll } from './telegram-standing-world.ts';
import type { Standing } from './telegram-standing-world.ts';
import { showCard, telegramTest } from './telegram-world.ts';
import type { TelegramWorld } from './telegram-world.ts';

type Kept = Standing & {
  readonly memory: Readonly<Record<string, string>>;
  readonly inbox: readonly { id: number; payload: string; tries: number; state: string }[];
  readonly offset: number;
};

/** What was kept, with the numbers that messages have in this chat, and as if it had been kept just now. */
function keptFor({ refs }: Standing): Kept {
  const text = readFileSync(new URL('../support/old-chat/rows.json', import.meta.url), 'utf8');
  const { refs: then } = JSON.parse(text) as Kept;
  const by = numberOf(refs.short) - numberOf(then.short);
  const isMessage = (number: number) => number >= numberOf(then.short) && number <= numberOf(then.short) + 16;
  const moved = text.replaceAll(/(?<![\w.-])\d{3}(?![\w.-])/g, (found) =>
    isMessage(Number(found)) ? String(Number(found) + by) : found,
  );
  const now = Date.now();
  return JSON.parse(
    moved
      .replaceAll(/2026-11-29T[\d:.]+Z/g, new Date(now).toISOString())
      .replaceAll(/(received_at\\":)\d+/g, (_, name: string) => `${name}${now}`),
  ) as Kept;
}

/** The record as the earlier version left it. */
function writeLedger(file: string, { memory, inbox, offset }: Kept): void {
  const db = new Database(file);
  assert.equal(migrate(db, readMigrations().slice(0, 9)), 'ready');
  const keep = db.prepare(`INSERT INTO memories VALUES ('telegram', ?, ?)`);
  for (const [key, value] of Object.entries(memory)) keep.run(key, value);
  const add = db.prepare(
    `INSERT INTO inbox (channel, id, payload, tries, state, settled_at) VALUES ('telegram', ?, ?, ?, ?, ?)`,
  );
  for (const { id, payload, tries, state } of inbox) {
    add.run(id, payload, tries, state, state === 'done' ? Date.now() : null);
  }
  db.prepare(`INSERT INTO inbox_offsets VALUES ('telegram', ?)`).run(offset);
  db.close();
}

/** The program goes on where the earlier version stopped. */
async function upgraded(
  world: TelegramWorld,
  folder: string,
): Promise<{ standing: Standing; close: () => Promise<void> }> {
  const standing = await standAll(world);
  await world.channel.stop();
  const kept = keptFor(standing);
  assert.deepEqual(kept.refs, standing.refs, 'the same stands there');
  writeLedger(join(folder, 'ledger.db'), kept);
  const opened = await openLedger({ file: join(folder, 'ledger.db'), clock: systemClock, logger: silentLogger });
  assert.ok(opened.kind === 'open', JSON.stringify(opened));
  const { ledger } = opened;
  Object.assign(world.memory, ledger.memory('telegram'));
  const inbox = ledger.inbox('telegram');
  assert.equal(await inbox.cursor(), String(kept.offset));
  let cursor = await world.inbox.cursor();
  Object.assign(world.inbox, inbox, {
    // The stand-in numbers its updates anew in each run.
    cursor: async () => cursor,
    async store(...[rows, next]: Parameters<typeof inbox.store>) {
      await inbox.store(rows, next);
      cursor = next;
    },
  });
  const taps = world.door.taps.length;
  await world.restart();
  await until(() => world.door.taps.length > taps, 'the tap that waited counts');
  const close = async () => {
    await world.channel.stop();
    // The world stops the channel once more.
    Object.assign(world.memory, createFakeMemory());
    await ledger.close();
  };
  return { standing, close };
}

function standingTest(title: string, check: (world: TelegramWorld, standing: Standing) => Promise<void>): void {
  telegramTest(
    `standing: ${title}`,
    async (world) => {
      const folder = mkdtempSync(join(tmpdir(), 'countersign-'));
      try {
        const { standing, close } = await upgraded(world, folder);
        try {
          await check(world, standing);
        } finally {
          await close();
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
    { digestFrom },
  );
}

const decided = (world: TelegramWorld) => world.door.taps.map(({ verb, key }) => `${verb} ${key}`);
const numbers = (world: TelegramWorld) => world.owner.messages().map(({ id }) => id);
const waits = { mood: 'waits', standing: 'Approved', verbs: ['undo'] } as const;

standingTest('every button of every message counts, and the tap that waited too', async (world, { refs }) => {
  assert.deepEqual(decided(world), [`approve ${cards.long.key}`]);
  for (const name of ['short', 'long', 'picture', 'files'] as const) {
    assert.equal(await press(world, numberOf(refs[name]), 'Approve'), 'Noted.', name);
    assert.equal(decided(world).at(-1), `approve ${cards[name].key}`);
    await press(world, numberOf(refs[name]), 'More');
  }
  assert.equal(await press(world, (await offers(world, ...both(2))).id, 'Reject all'), '2 rejected. Noted.');
  const review = await said(world, (text) => text.startsWith('1 of '), 'the review');
  assert.equal(await press(world, review.id, 'Skip'), 'Skipped.');
  const digest = await said(world, (text) => text.includes('drafts are waiting'), 'the digest');
  await press(world, digest.id, 'Review');
  await until(() => world.owner.messages().find(({ text }) => text === 'The review goes on below.'), 'a newer review');
});

standingTest(
  'a reply to the open question, to a card and to a part above one is its new text',
  async (world, { refs }) => {
    const question = await until(() => world.owner.messages().find(({ forceReply }) => forceReply), 'the question');
    world.owner.reply(question.id, 'New words.');
    await until(() => decided(world).at(-1) === `edit ${cards.short.key}`, 'the question is answered');
    await until(() => !numbers(world).includes(question.id), 'the question goes');
    world.owner.reply(numberOf(refs.picture), 'Words for the picture.');
    await until(() => decided(world).at(-1) === `edit ${cards.picture.key}`, 'the card is answered');
    world.owner.reply(numberOf(refs.long) - 2, 'Much shorter.');
    await until(() => decided(world).at(-1) === `edit ${cards.long.key}`, 'the part is answered');
  },
);

standingTest('cards are rewritten where they stand, with what stands above them', async (world, { refs }) => {
  const before = numbers(world);
  for (const name of ['short', 'long', 'picture', 'files'] as const) {
    const { ref } = await showCard(world, { ...cards[name], ...waits }, refs[name]);
    assert.equal(ref, refs[name]);
  }
  assert.deepEqual(numbers(world), before);
  const [long, files] = [numberOf(refs.long), numberOf(refs.files)];
  await showCard(world, { ...cards.long, text: 'Short now.' }, refs.long);
  await showCard(world, { ...cards.files, media: [] }, refs.files);
  const gone = [long - 4, long - 3, long - 2, long - 1, files - 2, files - 1];
  assert.deepEqual(
    before.filter((number) => !numbers(world).includes(number)),
    gone,
  );
  assert.ok(numbers(world).includes(long) && numbers(world).includes(files));
});

standingTest(
  'a note stands below its card, and one sent anew takes the buttons of the one before',
  async (world, { refs }) => {
    const note = { text: 'Posted.', key: cards.short.key, loud: false, links: [] };
    assert.equal((await world.channel.say(note, refs.short)).kind, 'said');
    assert.equal((await said(world, (text) => text === 'Posted.', 'the note')).replyTo, numberOf(refs.short));
    const { ref } = await showCard(world, cards.short);
    assert.notEqual(ref, refs.short);
    const old = world.owner.messages().find(({ id }) => id === numberOf(refs.short));
    assert.deepEqual([old?.text, old?.buttons], ['A newer card of this draft is below.', []]);
    await world.channel.retire(refs.picture, 'Replaced by a newer card below.');
    const retired = world.owner.messages().find(({ id }) => id === numberOf(refs.picture));
    assert.deepEqual(retired?.buttons, []);
  },
);

standingTest(
  'the digest goes when nothing is held any more, and the list of one idea follows its drafts',
  async (world, { refs }) => {
    const digest = await said(world, (text) => text.includes('drafts are waiting'), 'the digest');
    const list = await offers(world, ...both(2));
    world.door.put({ ...cards.held, ...waits });
    await world.channel.show({ ...cards.held, ...waits }, refs.held);
    await until(() => !numbers(world).includes(digest.id), 'the digest goes');
    await showCard(world, { ...cards.first, ...waits }, `${refs.short.split(':')[0]}:${numberOf(refs.files) + 1}`);
    await until(
      () => world.owner.messages().find(({ id, buttons }) => id === list.id && buttons.length === 0),
      'it offers nothing',
    );
  },
);
