/** "More" on a card: what can be looked at, and that looking changes nothing. */
import assert from 'node:assert/strict';

import type { SeenMessage } from '../../sandbox/telegram/index.ts';
import type { Card } from '../../src/domain/card.ts';
import type { DraftVerb } from '../../src/domain/decision.ts';
import type { HistoryEvent } from '../../src/domain/history.ts';
import { sampleCard } from '../support/fake-door.ts';
import { createHeldClock } from '../support/held-clock.ts';
import { until } from '../support/until.ts';
import { botTexts, showCard, strangerId, telegramTest } from './telegram-world.ts';
import type { TelegramWorld } from './telegram-world.ts';

const verbs: DraftVerb[] = ['approve', 'edit', 'reject', 'postpone'];
const labelRows = ({ buttons }: SeenMessage) => buttons.map((row) => row.map(({ label }) => label));
const at = (world: TelegramWorld, id: number): SeenMessage =>
  world.owner.messages().find((message) => message.id === id) ?? assert.fail('the card is gone');
const opened = (world: TelegramWorld, id: number) =>
  until(
    () =>
      at(world, id)
        .buttons.flat()
        .some(({ label }) => label.includes('Full text')),
    'More is open',
  );

async function openMore(world: TelegramWorld, change: Partial<Card> = {}): Promise<number> {
  const { messageId } = await showCard(world, { verbs, ...change });
  await world.toast(world.owner, world.owner.tap(messageId, { label: 'More' }));
  await opened(world, messageId);
  return messageId;
}

/** Taps and waits for what comes below the card. */
async function below(world: TelegramWorld, id: number, label: string, count = 1): Promise<readonly SeenMessage[]> {
  const known = new Set(world.owner.messages().map((message) => message.id));
  await world.toast(world.owner, world.owner.tap(id, { label }));
  return await until(() => {
    const fresh = world.owner.messages().filter((message) => !known.has(message.id));
    return fresh.length >= count && fresh;
  }, `${count} messages below`);
}

telegramTest('more: stands beside Later, opens in place, and Back brings the buttons back', async (world) => {
  const { messageId } = await showCard(world, { verbs });
  const before = labelRows(world.newest());
  assert.deepEqual(before.at(-1), ['🕒 Later', '⋯ More']);
  await world.toast(world.owner, world.owner.tap(messageId, { label: 'More' }));
  await opened(world, messageId);
  assert.deepEqual(labelRows(at(world, messageId)), [
    ['👁 Full text', '📄 File'],
    ['🕘 History', '📋 Copy'],
    ['💬 Comment'],
    ['⬅️ Back'],
  ]);
  assert.ok(at(world, messageId).text.includes(sampleCard().text), 'the card stays');
  await world.restart();
  await world.toast(world.owner, world.owner.tap(messageId, { label: 'Back' }));
  await until(() => labelRows(at(world, messageId))[0]?.[0] === '✅ Approve', 'the buttons are back');
  assert.deepEqual(labelRows(at(world, messageId)), before);
  assert.deepEqual(world.door.taps, []);
});

telegramTest('more: the full text comes whole, with what stays behind and the message answered', async (world) => {
  const text = Array.from({ length: 700 }, (_, n) => `line ${n} of the text`).join('\n');
  const original = Array.from({ length: 400 }, (_, n) => `question ${n}`).join('\n');
  const leftOut = [{ where: 'Lines 2–3', text: 'Notes for me. /pause' }];
  const id = await openMore(world, { text, leftOut, original: 'question 0 …' });
  world.door.setLook({ whole: { original } });
  const messages = await below(world, id, 'Full text', 7);
  const block = ({ text: shown, entities }: SeenMessage) =>
    entities.filter(({ type }) => type === 'blockquote').map((one) => shown.slice(one.offset, one.offset + one.length));
  const of = (name: string) => messages.filter((message) => message.text.startsWith(name)).flatMap(block);
  // The server trims each message, so pieces are compared without the breaks between them.
  const bare = (pieces: readonly string[]) => pieces.join('').replaceAll('\n', '');
  assert.equal(bare(of('The whole text')), text.replaceAll('\n', ''));
  assert.equal(bare(of('In answer to')), original.replaceAll('\n', ''));
  assert.deepEqual(of('Stays in the file: Lines 2–3'), ['Notes for me. /pause']);
  assert.ok(messages.every(({ silent, buttons }) => silent && buttons.length === 0));
  assert.equal(messages[0]?.replyTo, id);
});

telegramTest('more: the file comes byte for byte, under a plain name', async (world) => {
  const id = await openMore(world);
  const bytes = new Uint8Array([0xef, 0xbb, 0xbf, 0x41, 0x0d, 0x0a, 0x00, 0xff]);
  world.door.setLook({ file: { name: 'LINKEDIN_größe; "x"\r\n.md', bytes } });
  await below(world, id, 'File');
  const [call] = world.telegram.calls('sendDocument');
  assert.ok(call?.answer?.ok === true);
  const { document } = call.answer.result as { document: { file_id: string; file_name: string } };
  assert.equal(document.file_name, 'LINKEDIN_gr_e_x.md');
  const got = await fetch(`${world.telegram.apiRoot}/bot${world.telegram.token}/getFile?file_id=${document.file_id}`);
  const { result } = (await got.json()) as { result: { file_path: string } };
  const file = await fetch(`${world.telegram.apiRoot}/file/bot${world.telegram.token}/${result.file_path}`);
  assert.deepEqual(new Uint8Array(await file.arrayBuffer()), bytes);
  assert.equal(world.newest().silent, true);
});

telegramTest('more: a long name, and one that begins with no letter, are sent under a plain one', async (world) => {
  const id = await openMore(world);
  const names: (string | undefined)[] = [];
  for (const name of [`${'long_'.repeat(40)}.md`, '-- @evil.md', '.md']) {
    world.door.setLook({ file: { name, bytes: new Uint8Array([1]) } });
    names.push((await below(world, id, 'File'))[0]?.file?.name);
  }
  assert.deepEqual(names, [`${'long_'.repeat(40).slice(0, 57)}.md`, 'evil.md', 'draft.md']);
});

telegramTest('more: a file that is not there, and one that can’t be sent, is said', async (world) => {
  const id = await openMore(world);
  const toast = await world.toast(world.owner, world.owner.tap(id, { label: 'File' }));
  assert.ok(toast.alert && toast.text.includes('not there'));
  world.door.setLook({ file: { name: 'a.md', bytes: new Uint8Array([1]) } });
  world.telegram.fault({ method: 'sendDocument', kind: 'status', code: 400, description: 'Bad Request: x' });
  const [said] = await below(world, id, 'File');
  assert.match(said?.text ?? '', /^The file could not be sent\./);
});

telegramTest('more: a short text is copied by the button itself, a long one comes as a block', async (world) => {
  const id = await openMore(world, { text: 'Short & <b>plain</b>.' });
  const sent = world.telegram.calls('editMessageReplyMarkup').at(-1)?.parameters['reply_markup'];
  assert.match(JSON.stringify(sent), /"copy_text":\{"text":"Short & <b>plain<\/b>\."\}/);
  assert.equal(
    at(world, id)
      .buttons.flat()
      .find(({ label }) => label === '📋 Copy')?.data,
    undefined,
  );
  const text = 'A longer text. '.repeat(30).trim();
  const long = await openMore(world, { key: 'k3y0000002', text });
  const [block] = await below(world, long, 'Copy');
  assert.deepEqual([block?.text, block?.entities], [text, [{ type: 'pre', offset: 0, length: text.length }]]);
});

const day = (hours: number, minutes: number) => new Date(2026, 4, 1, hours, minutes);
const decided = (verb: DraftVerb, when: Date, more: { source?: string; reason?: string } = {}): HistoryEvent => ({
  kind: 'decision',
  at: when,
  version: 1,
  decision: {
    id: `d${when.getTime()}`,
    draftId: 'x',
    revision: 'r',
    verb,
    actor: { source: more.source ?? 'telegram', id: '1', name: 'Ada\nWent out' },
    at: when,
    reason: more.reason ?? '',
    knew: [],
  },
});
const events: HistoryEvent[] = [
  { kind: 'version', at: new Date(2026, 3, 30, 9, 0), version: 1, signs: 1_312 },
  decided('edit', day(14, 0), { reason: 'The whole new text of an edit' }),
  { kind: 'version', at: day(14, 0), version: 2, signs: 20 },
  decided('reject', day(14, 2), { source: 'web', reason: 'Wrong tone\n/pause' }),
  decided('undo', day(14, 3), { source: 'vault' }),
  { ...decided('approve', day(14, 4), { reason: day(15, 20).toISOString() }), version: 2 },
  {
    kind: 'attempt',
    at: day(15, 20),
    version: 2,
    attempt: {
      id: 'a1',
      draftId: 'x',
      number: 1,
      decisionId: 'd',
      revision: 'r',
      needed: 1,
      phase: 'ended',
      startedAt: day(15, 20),
      committedAt: day(15, 21),
      endedAt: day(15, 21),
      held: false,
      outcome: 'posted',
      evidence: { link: 'https://example.org/p/1', messageId: '', note: '' },
      words: '',
    },
  },
];

telegramTest(
  'more: the history says what happened in plain words, who, when and from where',
  async (world) => {
    const id = await openMore(world);
    world.door.setLook({ history: events });
    const [history] = await below(world, id, 'History');
    assert.equal(
      history?.text,
      [
        'History · LinkedIn post · We are hiring a gardener. Write to us.',
        '2026-04-30 09:00 · 📥 First seen: 1,312 signs',
        '14:00 · ✏️ Edited by Ada Went out in Telegram',
        '14:00 · 📝 Version 2: 20 signs',
        '14:02 · ❌ Rejected by Ada Went out on the web page: Wrong tone /pause',
        '14:03 · ↩️ Taken back by hand, in the folder',
        '14:04 · ✅ Approved for 15:20 by Ada Went out in Telegram, version 2',
        '15:20 · 📤 Try 1 with version 2',
        '15:21 · ✅ Went out: https://example.org/p/1',
      ].join('\n'),
    );
    assert.ok(!history.entities.some(({ type }) => type === 'bot_command' || type === 'url'), 'quotes stand in code');
  },
  { clock: createHeldClock(day(16, 0)) },
);

telegramTest('more: a long history is cut, and says so', async (world) => {
  const id = await openMore(world);
  const reason = 'because '.repeat(24).trim();
  world.door.setLook({ history: Array.from({ length: 90 }, (_, n) => decided('reject', day(9, n), { reason })) });
  const [history] = await below(world, id, 'History');
  const lines = history?.text.split('\n') ?? [];
  assert.match(lines[1] ?? '', /^… \d+ earlier lines are in Logs\/record\.log of the vault$/);
  assert.equal(Number(/\d+/.exec(lines[1] ?? '')?.[0]) + lines.length - 2, 90);
  assert.match(lines.at(-1) ?? '', /because$/, 'the newest stays');
  world.door.setLook({ history: Array.from({ length: 90 }, (_, n) => decided('undo', day(9, n))) });
  const [short] = await below(world, id, 'History');
  assert.match(short?.text ?? '', /\n… 50 earlier lines are in/, 'short ones too');
});

telegramTest('more: a settled card has its history and nothing else new', async (world) => {
  for (const mood of ['waits', 'works', 'done', 'rejected', 'unknown'] as const) {
    await showCard(world, { key: `k3y${mood.padEnd(7, '0').slice(0, 7)}`, mood, verbs: [], links: [] });
    assert.deepEqual(labelRows(world.newest()), [['🕘 History']], mood);
  }
  const { id } = world.newest();
  world.door.setLook({ history: events });
  const [history] = await below(world, id, 'History');
  assert.match(history?.text ?? '', /^History · /);
});

telegramTest(
  'more: an old card shows no text of the new one, a forged tap is refused, a stranger sees nothing',
  async (world) => {
    const id = await openMore(world);
    world.door.setLook({ file: { name: 'a.md', bytes: new Uint8Array([1]) }, history: events });
    world.door.put(sampleCard({ revision: '2222222222', verbs }));
    for (const code of ['na', 'nb', 'nc', 'nd', 'nf']) {
      const toast = await world.toast(world.owner, world.owner.forge(id, `1:${code}:k3y0000001:abcdef0123`));
      assert.ok(toast.alert && toast.text.includes('changed'), code);
    }
    for (const data of ['1:nc:k3y0000009:abcdef0123', '1:nz:k3y0000001:abcdef0123', '1:ne::']) {
      assert.ok((await world.toast(world.owner, world.owner.forge(id, data))).alert, data);
    }
    const stranger = world.telegram.person(strangerId);
    for (const code of ['na', 'nb', 'nc', 'nd', 'ne', 'nf']) {
      const toast = await world.toast(stranger, stranger.forge(id, `1:${code}:k3y0000001:2222222222`));
      assert.match(toast.text, /not on the list/);
    }
    assert.equal(world.telegram.calls('sendDocument').length, 0);
    assert.equal(botTexts(world).length, 1);
    assert.deepEqual(stranger.messages(), []);
  },
);
