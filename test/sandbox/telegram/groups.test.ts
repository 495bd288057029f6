/** Groups of the stand-in: what the bot hears, topics, rights, the limit a minute. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { Api, InputFile } from 'grammy';
import type { Answer } from '../../../sandbox/telegram/index.ts';
import { loadBotApi } from '../../../sandbox/telegram/spec/bot-api.ts';
import { checkValue } from '../../../sandbox/telegram/spec/check.ts';
import { png } from '../../support/pictures.ts';
import { button, createBench, keyboard } from './bench.ts';

const groupId = -1_001_234;
const forumId = -1_001_234_567_890;

async function createScene(context: TestContext) {
  const bench = await createBench(context);
  const bob = bench.standIn.addPerson({ id: 43, firstName: 'Bob' });
  const members = [bench.sara, bob];
  const group = bench.standIn.addGroup({ id: groupId, title: 'Small', members });
  const forum = bench.standIn.addGroup({ id: forumId, title: 'Team', members, forum: true });
  const say = async (chat_id: number, more: Record<string, unknown> = {}) =>
    bench.call('sendMessage', { chat_id, text: 'Hello', ...more });
  const heard = async () => {
    const answer = await bench.call('getUpdates', { offset: 0, timeout: 0 });
    assert.ok(answer.ok);
    return answer.result as { message?: { text?: string } & Record<string, unknown> }[];
  };
  return { ...bench, bob, group, forum, say, heard };
}

const words = (answer: Answer) => (answer.ok ? 'ok' : answer.description);
const idOf = (answer: Answer) => (answer.ok ? (answer.result as { message_id: number }).message_id : 0);
const threadOf = (answer: Answer) =>
  answer.ok ? (answer.result as { message_thread_id?: number }).message_thread_id : undefined;

test('in a group the bot hears commands and answers to itself, and nothing else', async (context) => {
  const { group, bob, sara, say, heard } = await createScene(context);
  const card = idOf(await say(groupId));
  const own = group.as(bob).send('Only between us');
  group.as(sara).reply(own, 'Indeed');
  group.as(bob).send('/pending');
  group.as(bob).send('/pending@another_bot');
  group.as(sara).send('/status@countersign_sandbox_bot now');
  const answer = group.as(sara).reply(card, 'A better text');
  const updates = await heard();
  assert.deepEqual(
    updates.map(({ message }) => message?.text),
    ['/pending', '/status@countersign_sandbox_bot now', 'A better text'],
  );
  assert.deepEqual(updates[2]?.message?.['chat'], { id: groupId, title: 'Small', type: 'group' });
  assert.equal(updates[2]?.message?.['message_id'], answer);
  assert.throws(() => group.as(bob).correct(answer, 'Not mine'));
});

test('topics: made by the bot, sent to by number, never to General by its number', async (context) => {
  const { forum, bob, call, say, heard } = await createScene(context);
  const made = await call('createForumTopic', { chat_id: forumId, name: 'LinkedIn' });
  const topic = threadOf(made) ?? 0;
  assert.deepEqual(forum.topics(), [{ id: topic, name: 'LinkedIn' }]);
  const inTopic = await say(forumId, { message_thread_id: topic });
  assert.equal(threadOf(inTopic), topic);
  assert.equal(threadOf(await say(forumId)), undefined);
  const reply = await say(forumId, { reply_parameters: { message_id: idOf(inTopic) } });
  assert.equal(threadOf(reply), topic, 'an answer lies where the question is');
  for (const [chat, thread] of [
    [forumId, 1],
    [forumId, 999],
    [groupId, 5],
    [42, 5],
  ] as const) {
    assert.equal(words(await say(chat, { message_thread_id: thread })), 'Bad Request: message thread not found');
  }
  forum.as(bob).send('/pending', topic);
  const update = (await heard()).at(-1)?.message;
  assert.equal(update?.['message_thread_id'], topic);
  // As the real one does it: what answers nothing seems to answer the message that made the topic.
  const first = update?.['reply_to_message'] as { message_id: number; forum_topic_created: { name: string } };
  assert.deepEqual([first.message_id, first.forum_topic_created.name], [topic, 'LinkedIn']);

  forum.removeTopic(topic);
  assert.equal(words(await say(forumId, { message_thread_id: topic })), 'Bad Request: message thread not found');
  const edit = await call('editMessageText', { chat_id: forumId, message_id: idOf(inTopic), text: 'New' });
  assert.equal(words(edit), 'Bad Request: message to edit not found');
});

test('pictures, files and albums lie in the topic they are sent to, and so does what people send', async (context) => {
  const { standIn, forum, group, bob, call, heard } = await createScene(context);
  const made = await call('createForumTopic', { chat_id: forumId, name: 'LinkedIn' });
  const topic = threadOf(made) ?? 0;
  const api = new Api(standIn.token, { apiRoot: standIn.apiRoot });
  const file = () => new InputFile(png(9, 9), 'photo.png');
  const there = { message_thread_id: topic };
  const photo = await api.sendPhoto(forumId, file(), there);
  const report = await api.sendDocument(forumId, file(), there);
  const album = ['one', 'two'].map((caption) => ({ type: 'photo' as const, media: file(), caption }));
  const items = await api.sendMediaGroup(forumId, album, there);
  const near = await api.sendPhoto(forumId, file(), { reply_parameters: { message_id: report.message_id } });
  for (const sent of [photo, report, ...items, near]) assert.equal(sent.message_thread_id, topic);
  await api.editMessageMedia(forumId, photo.message_id, { type: 'photo', media: file(), caption: 'Other' });
  const elsewhere = await call('sendPhoto', { chat_id: groupId, photo: photo.photo.at(-1)?.file_id, ...there });
  assert.equal(words(elsewhere), 'Bad Request: message thread not found');

  const answer = forum.as(bob).sendFile({ bytes: png(9, 9), as: 'photo', caption: 'Mine', replyTo: photo.message_id });
  forum.as(bob).sendFile({ bytes: png(9, 9), as: 'document', caption: 'Between us', topic });
  group.as(bob).sendFile({ bytes: png(9, 9), as: 'photo', caption: 'Between us' });
  const updates = (await heard()).map(({ message }) => message);
  assert.deepEqual(
    updates.map((message) => [message?.['message_id'], message?.['message_thread_id'], message?.['caption']]),
    [[answer, topic, 'Mine']],
  );
  const seen = forum.messages().filter(({ from }) => from === 'person');
  assert.deepEqual(
    seen.map(({ personId, threadId, file: sent }) => [personId, threadId, sent?.kind]),
    [
      [43, topic, 'photo'],
      [43, topic, 'document'],
    ],
  );
  assert.throws(() => forum.as(standIn.person(42)).correct(answer, 'Not mine'));
  assert.deepEqual(standIn.conformance(), []);
});

test('as an administrator the bot hears everything', async (context) => {
  const { standIn, bob, heard } = await createScene(context);
  const open = standIn.addGroup({ id: groupId - 1, title: 'Open', members: [bob], hearsAll: true });
  open.as(bob).send('Lunch?');
  open.bot('kicked');
  open.as(bob).send('Nobody listens');
  const said = (await heard()).flatMap(({ message }) => (message === undefined ? [] : [message.text]));
  assert.deepEqual(said, ['Lunch?']);
});

test('topics can’t be made without the right, nor where there are none', async (context) => {
  const { forum, call } = await createScene(context);
  const make = (chat_id: number, name = 'X') => call('createForumTopic', { chat_id, name });
  assert.equal(words(await make(groupId)), 'Bad Request: the chat is not a forum');
  assert.equal(words(await make(42)), 'Bad Request: the chat is not a forum');
  forum.allowTopics(false);
  assert.equal(words(await make(forumId)), 'Bad Request: not enough rights to create a topic');
  forum.allowTopics(true);
  assert.equal(words(await make(forumId)), 'ok');
});

test('a group that throws the bot out, and one that becomes a supergroup', async (context) => {
  const { group, forum, call, say, heard } = await createScene(context);
  forum.bot('kicked');
  assert.equal(words(await say(forumId)), 'Forbidden: bot was kicked from the supergroup chat');
  forum.bot('member');
  assert.equal(words(await say(forumId)), 'ok');
  const big = group.upgrade(-1_009_999_999_999);
  const refused = await say(groupId);
  assert.deepEqual(refused, {
    ok: false,
    error_code: 400,
    description: 'Bad Request: group chat was upgraded to a supergroup chat',
    parameters: { migrate_to_chat_id: big.id },
  });
  assert.equal(words(await say(big.id)), 'ok');
  const chat = await call('getChat', { chat_id: big.id });
  assert.ok(chat.ok && (chat.result as { type: string }).type === 'supergroup');
  assert.equal((await heard()).at(-1)?.message?.['migrate_to_chat_id'], big.id);
});

test('a question to one person opens the input field of nobody else', async (context) => {
  const { group, bob, sara, say } = await createScene(context);
  const reply_markup = { force_reply: true, selective: true };
  const user = { id: 43, is_bot: false, first_name: 'Bob' };
  const named = idOf(
    await say(groupId, { reply_markup, entities: [{ type: 'text_mention', offset: 0, length: 5, user }] }),
  );
  const asked = idOf(await say(groupId, { reply_markup, reply_parameters: { message_id: group.as(sara).send('/x') } }));
  const opens = (who: typeof bob, id: number) =>
    group
      .as(who)
      .messages()
      .find((one) => one.id === id)?.forceReply;
  assert.deepEqual([opens(bob, named), opens(sara, named)], [true, false]);
  assert.deepEqual([opens(bob, asked), opens(sara, asked)], [false, true]);
});

test('switched on, the limit refuses what is over it in any minute, and tells how long to wait', async (context) => {
  const { clock, standIn, call, say } = await createScene(context);
  standIn.limitFlood(3);
  const id = idOf(await say(groupId, { reply_markup: keyboard(button) }));
  await clock.advance(10_000);
  await call('editMessageText', { chat_id: groupId, message_id: id, text: 'Two' });
  assert.equal(words(await say(groupId)), 'ok');
  const refused = await say(groupId);
  assert.deepEqual(refused, {
    ok: false,
    error_code: 429,
    description: 'Too Many Requests: retry after 50',
    parameters: { retry_after: 50 },
  });
  assert.equal(words(await say(forumId)), 'ok', 'each group by itself');
  for (let more = 0; more < 5; more += 1) assert.equal(words(await say(42)), 'ok', 'no private chat');
  await clock.advance(50_000);
  assert.equal(words(await say(groupId)), 'ok');
});

test('what it answers and queues about groups is as documented', async (context) => {
  const { forum, group, bob, call, say, standIn } = await createScene(context);
  const api = await loadBotApi();
  const topic = threadOf(await call('createForumTopic', { chat_id: forumId, name: 'LinkedIn' })) ?? 0;
  const card = idOf(await say(forumId, { message_thread_id: topic, reply_markup: keyboard(button) }));
  forum.as(bob).send('/pending', topic);
  forum.as(bob).reply(card, 'Better');
  forum.as(bob).tap(card, { label: 'App' });
  forum.bot('kicked');
  group.upgrade(-1_009_999_999_999);
  await call('getChat', { chat_id: forumId });
  await call('getUpdates');
  for (const { method, answer } of standIn.calls()) {
    assert.ok(answer?.ok, `${method} ${JSON.stringify(answer)}`);
    assert.deepEqual(checkValue(api, api.methods[method]?.returns ?? [], answer.result, method), []);
  }
  assert.deepEqual(standIn.conformance(), []);
});
