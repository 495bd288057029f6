/** Inside a review: the last decision taken back, and several approved at once after each was shown. */
import assert from 'node:assert/strict';

import type { SeenMessage } from '../../sandbox/telegram/index.ts';
import type { Card } from '../../src/domain/card.ts';
import type { DraftVerb } from '../../src/domain/decision.ts';
import { sampleCard } from '../support/fake-door.ts';
import { until } from '../support/until.ts';
import { likeTheCore } from './telegram-core.ts';
import { answerTo, ownerId, telegramTest } from './telegram-world.ts';
import type { TelegramWorld } from './telegram-world.ts';

const verbs: DraftVerb[] = ['approve', 'edit', 'reject', 'postpone'];
const draft = (n: number, change: Partial<Card> = {}) =>
  sampleCard({ key: `k3y000000${n}`, text: `Text number ${n}.`, verbs, ...change });

async function start(world: TelegramWorld, cards: readonly Card[]): Promise<number> {
  likeTheCore(world);
  for (const card of cards) world.door.put(card);
  world.owner.send('/next');
  return (await until(() => world.owner.messages().find(({ text }) => /^\d+ of \d+\n/.test(text)), 'a review')).id;
}

const at = (world: TelegramWorld, id: number): SeenMessage =>
  world.owner.messages().find((message) => message.id === id) ?? assert.fail('the review is gone');
const labels = (world: TelegramWorld, id: number) =>
  at(world, id)
    .buttons.flat()
    .map(({ label }) => label);
const dataOf = (world: TelegramWorld, id: number, label: string): string =>
  at(world, id)
    .buttons.flat()
    .find((button) => button.label.includes(label))?.data ?? assert.fail(`no button ${label}`);
const shows = (world: TelegramWorld, id: number, words: string) =>
  until(() => at(world, id).text.includes(words), `the review says “${words}” (it says “${at(world, id).text}”)`);
const press = async (world: TelegramWorld, id: number, label: string) =>
  world.toast(world.owner, world.owner.tap(id, { label }));
const decisions = (world: TelegramWorld) => world.door.taps.map(({ verb, key }) => `${verb} ${key.slice(-1)}`);

/** Whatever follows from the last tap is over. */
const rest = (world: TelegramWorld) =>
  until(() => world.inbox.rows.every(({ state }) => state === 'done'), 'all is done');

/** Looks at so many without deciding. */
async function skip(world: TelegramWorld, id: number, ...numbers: readonly number[]): Promise<void> {
  for (const n of numbers) {
    await shows(world, id, `Text number ${n}.`);
    await press(world, id, 'Skip');
  }
}

telegramTest('undo in the review: brings the draft back, once, and Approve stays where it is', async (world) => {
  const id = await start(world, [draft(1), draft(2), draft(3)]);
  await press(world, id, 'Approve');
  await shows(world, id, 'Text number 2.');
  const undo = dataOf(world, id, '↩️ Undo: LinkedIn post “Text number 1.”');
  assert.deepEqual(await press(world, id, '↩️ Undo'), { text: 'Done: undo.', alert: false });
  await shows(world, id, '1 of 3\n');
  await shows(world, id, 'Text number 1.');
  assert.equal(at(world, id).buttons[0]?.[0]?.label, '✅ Approve');
  assert.ok(!labels(world, id).some((label) => label.includes('Undo')));
  assert.equal((await world.toast(world.owner, world.owner.forge(id, undo))).alert, true, 'not twice');
  await press(world, id, 'Reject');
  await shows(world, id, 'Text number 2.');
  assert.deepEqual(decisions(world), ['approve 1', 'undo 1', 'reject 1']);
  assert.ok(labels(world, id).includes('↩️ Undo: LinkedIn post “Text number 1.”'), 'a rejection too');
});

telegramTest(
  'undo in the review: it is no longer offered when the hold is over, and nothing else moves',
  async (world) => {
    const id = await start(world, [draft(1), draft(2)]);
    await press(world, id, 'Approve');
    await shows(world, id, 'Text number 2.');
    const undo = dataOf(world, id, '↩️ Undo');
    const works = draft(1, { mood: 'works', standing: 'going out now', verbs: [] });
    world.door.put(works);
    await world.channel.show(works, undefined);
    await until(() => !labels(world, id).some((label) => label.includes('Undo')), 'it goes');
    await shows(world, id, 'Text number 2.');
    const late = await world.toast(world.owner, world.owner.forge(id, undo));
    assert.deepEqual([late.alert, decisions(world)], [true, ['approve 1']]);
  },
);

telegramTest(
  'batch: three that were looked at are three decisions, each on the version that was shown',
  async (world) => {
    const id = await start(world, [draft(1), draft(2, { revision: '2222222222' }), draft(3)]);
    assert.ok(!labels(world, id).some((label) => label.includes('these')), 'one alone is no batch');
    await skip(world, id, 1, 2);
    await shows(world, id, 'Text number 3.');
    assert.equal(at(world, id).buttons[0]?.[0]?.label, '✅ Approve');
    await press(world, id, 'Approve these 3');
    await shows(world, id, 'Approve these 3?');
    for (const n of [1, 2, 3])
      assert.ok(at(world, id).text.includes(`${n}. LinkedIn post · you@example.com\nText number ${n}.`));
    assert.equal(at(world, id).buttons[0]?.[0]?.disabled, true, 'a thumb that taps on approves nothing');
    assert.deepEqual(decisions(world), []);
    assert.deepEqual(await press(world, id, 'Yes, approve these 3'), {
      text: '3 approved. Done: approve.',
      alert: false,
    });
    assert.deepEqual(
      world.door.taps.map(({ verb, key, revision, actor }) => [verb, key, revision, actor.id]),
      [
        ['approve', 'k3y0000001', 'abcdef0123', String(ownerId)],
        ['approve', 'k3y0000002', '2222222222', String(ownerId)],
        ['approve', 'k3y0000003', 'abcdef0123', String(ownerId)],
      ],
    );
    await shows(world, id, 'That was all: 3 decided.');
    await press(world, id, '↩️ Undo these 3');
    await shows(world, id, '1 of 3\n');
    assert.deepEqual(decisions(world).slice(3), ['undo 1', 'undo 2', 'undo 3']);
  },
);

telegramTest('batch: No, and what was skipped to the end', async (world) => {
  const id = await start(world, [draft(1), draft(2)]);
  await skip(world, id, 1, 2);
  await shows(world, id, 'That was all: 0 decided. 2 skipped.');
  await press(world, id, 'Approve these 2');
  await shows(world, id, 'Approve these 2?');
  const yes = dataOf(world, id, 'Yes');
  await press(world, id, 'No');
  await shows(world, id, 'That was all');
  assert.equal((await world.toast(world.owner, world.owner.forge(id, yes))).alert, true, 'an old Yes is none');
  assert.deepEqual(decisions(world), []);
});

telegramTest('batch: what changed after it was shown is refused with words, and comes back', async (world) => {
  const id = await start(world, [draft(1), draft(2), draft(3)]);
  await skip(world, id, 1, 2);
  await shows(world, id, 'Text number 3.');
  await press(world, id, 'Approve these 3');
  await shows(world, id, 'Approve these 3?');
  await rest(world);
  world.door.put(draft(2, { revision: '9999999999', text: 'Something else.' }));
  world.door.put(draft(3, { mood: 'rejected', standing: 'Rejected by Bob', verbs: ['undo'] }));
  const { text, alert } = await press(world, id, 'Yes');
  assert.equal(alert, true);
  assert.match(
    text,
    /^Approved: 1 of 3\. “Something else\.”: It changed since\. “Text number 3\.”: Already: Rejected by Bob/,
  );
  assert.deepEqual(decisions(world), ['approve 1', 'approve 3'], 'what is decided the core answers for');
  await shows(world, id, 'Something else.');
  assert.match(at(world, id).text, /^2 of 2\n/);
});

telegramTest('batch: of one idea, each for another platform, they are alike too', async (world) => {
  const set = { id: '5e7a5e7a5e', words: 'Summer sale' };
  const of = (n: number, platform: string) =>
    draft(n, { noun: `${platform} post`, action: `${platform}/post`, account: `${n}`, platform, set });
  const id = await start(world, [of(1, 'LinkedIn'), of(2, 'X'), of(3, 'Mail'), of(4, 'Mail'), draft(5)]);
  await skip(world, id, 1);
  await shows(world, id, 'Text number 2.');
  assert.ok(labels(world, id).includes('Approve these 2 …'));
  await skip(world, id, 2, 3);
  await shows(world, id, 'Text number 4.');
  assert.ok(labels(world, id).includes('Approve these 2 …'), 'two for one place are a choice');
  await skip(world, id, 4);
  await shows(world, id, 'Text number 5.');
  assert.ok(!labels(world, id).some((label) => label.includes('these')), 'of no idea and like none');
  await skip(world, id, 5);
  world.owner.send('/next');
  const again = await until(
    () => world.owner.messages().findLast(({ id: later, text }) => later > id && text.startsWith('1 of 5'))?.id,
    'another review',
  );
  await skip(world, again, 1);
  await shows(world, again, 'Text number 2.');
  await press(world, again, 'Approve these 2');
  await shows(world, again, 'Approve these 2?');
  await press(world, again, 'Yes');
  assert.deepEqual(decisions(world), ['approve 1', 'approve 2']);
});

telegramTest('batch: one that changed before the question is not in it', async (world) => {
  const id = await start(world, [draft(1), draft(2), draft(3)]);
  await skip(world, id, 1, 2);
  await shows(world, id, 'Text number 3.');
  await rest(world);
  const ask = dataOf(world, id, 'these 3');
  world.door.put(draft(1, { revision: '9999999999' }));
  assert.match((await world.toast(world.owner, world.owner.tap(id, { data: ask }))).text, /Look once more/);
  await until(() => labels(world, id).includes('Approve these 2 …'), 'two are left');
  world.door.put(draft(1, { revision: 'abcdef0123' }));
});

for (const [name, change] of [
  ['a risk', { risks: ['It goes to 7 people'] }],
  ['a remark', { problems: [{ code: 'duplicate', what: 'Again?', remedy: '', severity: 'warns' }] }],
  ['another kind', { action: 'mail/send_email' }],
  ['another account', { account: 'me@example.com' }],
  ['a text too long to be shown there', { text: 'many words '.repeat(900).trim() }],
] as const satisfies readonly (readonly [string, Partial<Card>])[]) {
  telegramTest(`batch: ${name} is never in it`, async (world) => {
    const id = await start(world, [draft(1, change), draft(2), draft(3)]);
    await until(() => labels(world, id).includes('⏭ Skip'), 'the odd one is shown');
    await press(world, id, 'Skip');
    await skip(world, id, 2);
    await shows(world, id, 'Text number 3.');
    await press(world, id, 'Approve these 2');
    await shows(world, id, 'Approve these 2?');
    await press(world, id, 'Yes');
    assert.deepEqual(decisions(world), ['approve 2', 'approve 3']);
  });
}

telegramTest('batch: a risk that came up after it was shown stops that one only', async (world) => {
  const id = await start(world, [draft(1), draft(2)]);
  await skip(world, id, 1);
  await shows(world, id, 'Text number 2.');
  await press(world, id, 'Approve these 2');
  await shows(world, id, 'Approve these 2?');
  await rest(world);
  world.door.put(draft(2, { risks: ['The first mail to this address'] }));
  assert.match((await press(world, id, 'Yes')).text, /“Text number 2\.”: Please look at it by itself\.$/);
  assert.deepEqual(decisions(world), ['approve 1']);
});

telegramTest('batch: the question survives a restart; a reply to the list changes no draft', async (world) => {
  const id = await start(world, [draft(1), draft(2)]);
  await skip(world, id, 1);
  await shows(world, id, 'Text number 2.');
  await press(world, id, 'Approve these 2');
  await shows(world, id, 'Approve these 2?');
  assert.match((await answerTo(world, world.owner.reply(id, 'A new text.'))).text, /^I did not use this\./);
  assert.deepEqual(decisions(world), []);
  await world.restart();
  await press(world, id, 'Yes');
  assert.deepEqual(decisions(world), ['approve 1', 'approve 2']);
});

telegramTest('review: no other question lies where Approve is otherwise', async (world) => {
  const unknown = draft(2, { mood: 'unknown', standing: 'It may have gone out', verbs: ['happened', 'not_happened'] });
  const id = await start(world, [draft(1), unknown]);
  await press(world, id, 'Approve');
  await until(() => labels(world, id).includes('It went out'), 'the other question is shown');
  const [first] = at(world, id).buttons[0] ?? [];
  assert.deepEqual([first?.label, first?.disabled], ['❔ It may have gone out', true]);
});

telegramTest('review: told to wait in the middle, it goes on by itself and nothing is decided twice', async (world) => {
  const id = await start(world, [draft(1), draft(2), draft(3)]);
  world.telegram.fault({ method: 'editMessageText', kind: 'status', code: 429, retryAfter: 1, times: 1 });
  await press(world, id, 'Approve');
  assert.ok(at(world, id).text.includes('Text number 1.'), 'still the old one');
  await shows(world, id, 'Text number 2.');
  await press(world, id, 'Skip');
  await shows(world, id, 'Text number 3.');
  assert.deepEqual(decisions(world), ['approve 1']);
});

telegramTest('review: deleted, blocked, or in a group with a new id, it begins anew', async (world) => {
  const id = await start(world, [draft(1), draft(2)]);
  world.owner.remove(id);
  world.owner.send('/next');
  const second = await until(
    () => world.owner.messages().find((message) => message.id !== id && message.text.startsWith('1 of 2')),
    'a new one',
  );
  world.owner.block();
  world.door.put(draft(1, { mood: 'done', verbs: [] }));
  await world.channel.show(draft(1, { mood: 'done', verbs: [] }), undefined);
  world.owner.unblock();
  world.owner.forge(second.id, 'nonsense');
  await shows(world, second.id, 'Text number 2.');
  const grown = world.telegram.addPerson({ id: 700_300, firstName: 'Group' });
  await world.memory.set(`moved:${ownerId}`, String(grown.id));
  world.owner.send('/next');
  await until(() => grown.messages().some(({ text }) => text.startsWith('1 of 1')), 'it begins in the new chat');
  await rest(world);
  const edits = world.telegram.calls('editMessageText').filter(({ parameters }) => parameters['chat_id'] === grown.id);
  assert.deepEqual(edits, [], 'the number of a message means nothing in another chat');
});

telegramTest('undo in the review: the end of a hold moves no button while a question stands there', async (world) => {
  const id = await start(world, [draft(1), draft(2, { risks: ['It goes to 7 people'] })]);
  await press(world, id, 'Approve');
  await shows(world, id, 'Text number 2.');
  await press(world, id, 'Approve');
  await until(() => labels(world, id).includes('Really? Yes, approve'), 'it asks once more');
  await rest(world);
  const before = labels(world, id);
  const works = draft(1, { mood: 'works', standing: 'going out now', verbs: [] });
  world.door.put(works);
  await world.channel.show(works, undefined);
  // This tap waits for the review, which would be drawn before it.
  await world.toast(world.owner, world.owner.forge(1, 'nonsense'));
  await rest(world);
  assert.deepEqual(labels(world, id), before);
  await press(world, id, 'Yes');
  assert.deepEqual(decisions(world), ['approve 1', 'approve 2']);
});
