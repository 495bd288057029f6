/** New texts by chat, all the way: from the message a person writes, over the file in the vault, to what leaves. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import type { SeenMessage } from '../../../sandbox/telegram/index.ts';
import { readRecord } from '../../../src/ledger/record.ts';
import { localClock } from '../../../src/lib/local-time.ts';
import type { ChatWorld } from '../../support/chat-world.ts';
import { until } from '../../support/until.ts';
import {
  ask,
  createAsking,
  dataOf,
  decisionsOf,
  goesOut,
  hasButton,
  once,
  pending,
  postName,
  postOf,
} from './chat-steps.ts';

const first = 'We are open on Sunday.\n\nCome & see <b>us</b>.';
const createText = (t: TestContext) => createAsking(t, { text: first });

const fileSays = (world: ChatWorld, text: string) =>
  until(() => world.read(pending) === postOf(text), `the file holds ${text}`);

/** The lines of a card that say what changed. */
function changesIn({ text }: SeenMessage): readonly string[] {
  const [, changes = ''] = text.split('\nWhat changed\n');
  return changes.split('\n\n')[0]?.split('\n') ?? [];
}

/** The card of this draft, asked anew with these changes. */
const askedAnew = (world: ChatWorld, changes: readonly string[]): Promise<SeenMessage> =>
  once(
    world,
    changes.join(' '),
    (message) => hasButton(message, 'Approve') && changesIn(message).join('\n') === changes.join('\n'),
  );

/** The question the Edit button sends. */
async function promptOf(world: ChatWorld, card: SeenMessage): Promise<SeenMessage> {
  assert.equal((await world.press(card, 'Edit')).text, 'Reply with the new text.');
  return await once(world, 'the question', ({ forceReply }) => forceReply);
}

type Way = {
  readonly name: string;
  /** What the person does, until the file holds `text`. */
  readonly change: (world: ChatWorld, card: SeenMessage) => Promise<void>;
  readonly text: string;
  readonly changes: readonly string[];
  readonly edits: readonly string[];
};

const ways: readonly Way[] = [
  {
    name: 'the button and an answer to its question',
    async change(world, card) {
      const prompt = await promptOf(world, card);
      assert.ok(prompt.text.endsWith(first), 'the present text is there to be copied');
      world.owner.reply(prompt.id, 'Closed.\n\nCome on *Monday*.');
      await until(() => world.owner.messages().every(({ id }) => id !== prompt.id), 'the question goes');
    },
    text: 'Closed.\n\nCome on *Monday*.',
    changes: ['− We are open on Sunday.', '+ Closed.', '− Come & see <b>us</b>.', '+ Come on *Monday*.'],
    edits: ['Closed.\n\nCome on *Monday*.'],
  },
  {
    name: 'a quoted part and what should stand there',
    async change(world, card) {
      world.owner.reply(card.id, 'Monday', 'Sunday');
    },
    text: first.replace('Sunday', 'Monday'),
    changes: ['− We are open on Sunday.', '+ We are open on Monday.'],
    edits: [first.replace('Sunday', 'Monday')],
  },
  {
    name: 'correcting the message that was the new text',
    async change(world, card) {
      const reply = world.owner.reply(card.id, 'Open on Monday!');
      await fileSays(world, 'Open on Monday!');
      await askedAnew(world, ['− We are open on Sunday.', '− Come & see <b>us</b>.', '+ Open on Monday!']);
      world.owner.correct(reply, 'Open on Tuesday!');
    },
    text: 'Open on Tuesday!',
    changes: ['− Open on Monday!', '+ Open on Tuesday!'],
    edits: ['Open on Monday!', 'Open on Tuesday!'],
  },
  {
    name: 'correcting the message that replaced a quoted part',
    async change(world, card) {
      const reply = world.owner.reply(card.id, 'Monday', 'Sunday');
      await fileSays(world, first.replace('Sunday', 'Monday'));
      world.owner.correct(reply, 'Tuesday');
    },
    text: first.replace('Sunday', 'Tuesday'),
    changes: ['− We are open on Monday.', '+ We are open on Tuesday.'],
    edits: [first.replace('Sunday', 'Monday'), first.replace('Sunday', 'Tuesday')],
  },
];

describe('an edit by', () => {
  for (const { name, change, text, changes, edits } of ways) {
    it(`${name} is in the file, asked anew with what changed, and leaves exactly like that`, async (t) => {
      const { world, card } = await createText(t);
      await change(world, card);
      await fileSays(world, text);
      const anew = await askedAnew(world, changes);
      assert.ok(anew.text.includes(`\n${text}\n`), anew.text);
      assert.notEqual(dataOf(anew, 'Approve'), dataOf(card, 'Approve'), 'it is another revision');
      assert.deepEqual(
        decisionsOf(world),
        edits.map((edit) => `edit Ada ${edit}`),
      );
      const reactions = () => world.telegram.calls('setMessageReaction').length;
      await until(() => reactions() === edits.length, 'the bot reacts to each');
      const fresh = await refusedOnOld(world, card, text);
      await world.press(fresh, 'Approve');
      await goesOut(world, fresh.id);
      assert.deepEqual(
        world.executor.effects.map((effect) => effect.text),
        [text],
      );
      const { attempts, revisions } = readRecord(world.ledgerFile);
      assert.equal(revisions.length, edits.length + 1);
      const left = revisions.find(({ hash }) => hash === attempts[0]?.revision);
      assert.equal(left?.effect.text, text);
    });
  }
});

/** A phone that still shows the old buttons: nothing is decided, and the new card comes below. */
async function refusedOnOld(world: ChatWorld, old: SeenMessage, text: string): Promise<SeenMessage> {
  const before = decisionsOf(world);
  const toast = await world.toast(world.owner.forge(old.id, dataOf(old, 'Approve')));
  assert.deepEqual([toast.alert, toast.text], [true, 'This draft changed. Here is the new version.']);
  const fresh = await once(world, 'the new card', (message) => message.id > old.id && hasButton(message, 'Approve'));
  assert.ok(fresh.text.includes(`\n${text}\n`), fresh.text);
  await once(world, 'no buttons on the old card', ({ id, buttons }) => id === old.id && buttons.length === 0);
  const late = await world.toast(world.owner.forge(old.id, dataOf(old, 'Reject')));
  assert.equal(late.alert, true);
  assert.deepEqual(decisionsOf(world), before);
  return await once(world, 'the newest card', (message) => hasButton(message, 'Approve'));
}

describe('an edit', () => {
  it('within the hold takes the approval back: nothing leaves until the new text is approved', async (t) => {
    const { world, card } = await createText(t);
    await world.press(card, 'Approve');
    await until(() => world.exists(`Approved/${postName}`), 'the file lies in Approved');
    world.owner.reply(card.id, 'Closed on Sunday.');
    await until(() => world.exists(pending), 'the file is back');
    await fileSays(world, 'Closed on Sunday.');
    await world.pass(60_000);
    assert.deepEqual([world.executor.runs, decisionsOf(world)], [[], ['approve Ada', 'edit Ada Closed on Sunday.']]);
    const anew = await once(world, 'the new text', (it) => hasButton(it, 'Approve') && it.text.includes('Closed'));
    await world.press(anew, 'Approve');
    await goesOut(world, anew.id);
    assert.deepEqual(
      world.executor.effects.map(({ text }) => text),
      ['Closed on Sunday.'],
    );
  });

  it('that corrects a message after its text went out changes nothing, and says so', async (t) => {
    const { world, card } = await createText(t);
    const reply = world.owner.reply(card.id, 'Open on Monday!');
    await fileSays(world, 'Open on Monday!');
    const anew = await once(world, 'the new text', (it) => hasButton(it, 'Approve') && it.text.includes('\nOpen on'));
    await world.press(anew, 'Approve');
    await goesOut(world, anew.id);
    const file = world.read(`Done/${postName}`);
    world.owner.correct(reply, 'Open on Tuesday!');
    const answer = await once(world, 'an answer', ({ replyTo }) => replyTo === reply);
    assert.match(answer.text, /no longer open, so your correction changed nothing/);
    assert.equal(world.read(`Done/${postName}`), file);
    assert.deepEqual(decisionsOf(world), ['edit Ada Open on Monday!', 'approve Ada']);
  });
});

/** Opens ⋯ More, taps, and waits for so many messages below the card. */
async function below(world: ChatWorld, card: SeenMessage, label: string, count = 1): Promise<readonly SeenMessage[]> {
  const known = new Set(world.said().map(({ id }) => id));
  if (hasButton(card, 'More')) await world.press(card, 'More');
  const open = await once(world, label, (message) => message.id === card.id && hasButton(message, label));
  const toast = await world.press(open, label);
  assert.deepEqual([toast.alert, toast.text], [false, 'Look below.']);
  return await until(() => {
    const fresh = world.said().filter(({ id }) => !known.has(id));
    return fresh.length >= count ? fresh : undefined;
  }, `${count} messages below`);
}

const quotedIn = ({ text, entities }: SeenMessage): string =>
  entities
    .filter(({ type }) => type === 'blockquote')
    .map(({ offset, length }) => text.slice(offset, offset + length))
    .join('');

describe('⋯ More', () => {
  it('Full text is the text on record, also a long one, and looking decides nothing', async (t) => {
    const { world } = await createText(t);
    const text = Array.from({ length: 600 }, (_, line) => `Line ${line} of a long answer.`).join('\n');
    const card = await ask(world, {
      name: 'EMAIL_long.md',
      to: 'sara@customer.example',
      text,
      shows: 'in the 5 messages above',
    });
    const before = readRecord(world.ledgerFile);
    const parts = await below(world, card, 'Full text', 5);
    assert.match(parts[0]?.text ?? '', /^The whole text, part 1 of 5\n/);
    const record = before.revisions.find(({ effect }) => effect.platform === 'mail');
    assert.equal(record?.effect.text, text);
    // The server trims each message, so the breaks between them are not compared.
    assert.equal(parts.map(quotedIn).join('').replaceAll('\n', ''), text.replaceAll('\n', ''));
    const { decisions, drafts } = readRecord(world.ledgerFile);
    assert.deepEqual([decisions, drafts], [before.decisions, before.drafts]);
  });

  it('File is the file in the vault, byte for byte, also after an edit', async (t) => {
    const { world, card } = await createText(t);
    const [file] = await below(world, card, '📄 File');
    assert.equal(file?.file?.name, postName);
    assert.equal(Buffer.from(file.file.bytes).toString('utf8'), postOf(first));
    world.owner.reply(card.id, 'Größe: 5 €.');
    await fileSays(world, 'Größe: 5 €.');
    const anew = await once(world, 'the new text', (it) => hasButton(it, 'More') && it.text.includes('Größe'));
    const [second] = await below(world, anew, '📄 File');
    assert.equal(Buffer.from(second?.file?.bytes ?? []).toString('utf8'), world.read(pending));
  });

  it('History is what is on record, in its order, and one try later what became of it', async (t) => {
    const { world, card } = await createAsking(t, { text: first, rules: { holdSeconds: 30 } });
    world.owner.reply(card.id, 'Open!');
    const anew = await once(world, 'the new text', (it) => hasButton(it, 'Approve') && it.text.includes('\nOpen!\n'));
    await world.press(anew, 'Approve');
    await world.press(await world.message('Undo'), 'Undo');
    const asks = await world.message('More', 'Waiting for you');
    const [history] = await below(world, asks, 'History');
    const [title, ...lines] = plain(history);
    assert.match(title ?? '', /^History · LinkedIn post · /);
    const early = [
      `📥 First seen: ${first.length} signs`,
      '✏️ Edited by Ada in Telegram',
      '📝 Version 2: 5 signs',
      '✅ Approved by Ada in Telegram, version 2',
      '↩️ Taken back by Ada in Telegram',
    ];
    assert.deepEqual(lines.map(withoutTime), early);
    await world.press(await once(world, '← Back', (it) => hasButton(it, 'Back')), 'Back');
    await world.press(await world.message('✅ Approve', 'Waiting for you'), 'Approve');
    await goesOut(world, anew.id);
    const done = await once(world, 'its history', (it) => it.id === anew.id && hasButton(it, 'History'));
    const [whole] = await below(world, done, 'History');
    const late = ['✅ Approved by Ada in Telegram, version 2', '📤 Try 1 with version 2'];
    const out = '✅ Went out: https://example.com/post/1';
    assert.deepEqual(plain(whole).slice(1).map(withoutTime), [...early, ...late, out]);
    const [attempt] = readRecord(world.ledgerFile).attempts;
    assert.ok(
      plain(whole)
        .at(-1)
        ?.startsWith(localClock(attempt?.endedAt ?? assert.fail('no attempt'))),
    );
  });
});

/** Names stand between signs that keep their direction apart; nobody sees those. */
const plain = (message: SeenMessage | undefined): readonly string[] =>
  (message?.text ?? '').replaceAll(/[\u2066-\u2069]/g, '').split('\n');
const withoutTime = (line: string): string => line.replace(/^(?:\d{4}-\d\d-\d\d )?\d\d:\d\d · /, '');
