/** Every refusal says exactly what the real server says, because the product decides by these words. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { button, createBench, keyboard } from './bench.ts';

const tooLate = 'query is too old and response timeout expired or query ID is invalid';
const buttonProblem = "can't parse inline keyboard button: ";
const html = "can't parse entities: ";
const bold = (offset: number, length: number) => [{ type: 'bold', offset, length }];
const markup = (value: unknown) => ({ chat_id: 42, text: 'x', reply_markup: value });
const asHtml = (text: string) => ({ chat_id: 42, text, parse_mode: 'HTML' });

const asMarkdown = (text: string) => ({ chat_id: 42, text, parse_mode: 'MarkdownV2' });

/** Method, parameters, what follows "Bad Request: ". */
const refusals: readonly (readonly [string, Record<string, unknown>, string])[] = [
  ['sendMessage', { text: 'x' }, 'chat_id is empty'],
  ['sendMessage', { chat_id: 77, text: 'x' }, 'chat not found'],
  ['sendMessage', { chat_id: 42 }, 'message text is empty'],
  ['sendMessage', { chat_id: 42, text: '' }, 'message text is empty'],
  ['sendMessage', { chat_id: 42, text: ' \n ' }, 'text must be non-empty'],
  ['sendMessage', { chat_id: 42, text: 'é'.repeat(4097) }, 'message is too long'],
  ['sendMessage', { chat_id: 42, text: 'x'.repeat(32_769) }, 'text is too long'],
  ['sendMessage', { chat_id: 42, text: 'x', parse_mode: 'LaTeX' }, 'unsupported parse_mode'],
  ['sendMessage', { chat_id: 42, text: 'x', entities: [7] }, "can't parse MessageEntity: expected an Object"],
  [
    'sendMessage',
    { chat_id: 42, text: 'x', entities: bold(5, 1) },
    'entity begins after the end of the text at UTF-16 offset 5',
  ],
  [
    'sendMessage',
    { chat_id: 42, text: 'abc', entities: bold(1, 9) },
    'entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 10',
  ],
  [
    'sendMessage',
    { chat_id: 42, text: '😀x', entities: bold(1, 1) },
    'entity begins in a middle of a UTF-16 symbol at byte offset 4',
  ],
  [
    'sendMessage',
    {
      chat_id: 42,
      text: 'abc',
      entities: [{ type: 'text_link', offset: 0, length: 3, url: 'http://localhost:1/log' }],
    },
    "entity URL 'http://localhost:1/log' is invalid: Wrong HTTP URL",
  ],
  ['sendMessage', markup('{'), "can't parse reply keyboard markup JSON object"],
  ['sendMessage', markup([]), 'object expected as reply markup'],
  ['sendMessage', markup({ inline_keyboard: {} }), 'field "inline_keyboard" must be of type Array'],
  [
    'sendMessage',
    markup({ inline_keyboard: [button] }),
    'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
  ],
  ['sendMessage', markup(keyboard({ text: 'x' })), `${buttonProblem}Text buttons are unallowed in the inline keyboard`],
  [
    'sendMessage',
    markup(keyboard({ text: 'x', callback_data: '' })),
    `${buttonProblem}Text buttons are unallowed in the inline keyboard`,
  ],
  ['sendMessage', markup(keyboard({ callback_data: 'x' })), `${buttonProblem}Can't find field "text"`],
  ['sendMessage', markup(keyboard({ ...button, text: 5 })), `${buttonProblem}Field "text" must be of type String`],
  ['sendMessage', markup(keyboard('x')), `${buttonProblem}InlineKeyboardButton must be an Object`],
  ['sendMessage', markup(keyboard({ ...button, style: 'pink' })), `${buttonProblem}invalid button style specified`],
  ['sendMessage', markup(keyboard({ text: 'x', callback_data: 'é'.repeat(33) })), 'BUTTON_DATA_INVALID'],
  [
    'sendMessage',
    markup(keyboard({ text: 'x', url: 'http://localhost:8484/log' })),
    "inline keyboard button URL 'http://localhost:8484/log' is invalid: Wrong HTTP URL",
  ],
  ['sendMessage', { chat_id: 42, text: 'x', reply_parameters: { message_id: 9 } }, 'message to be replied not found'],
  ['sendMessage', asHtml('<foo>x'), `${html}Unsupported start tag "foo" at byte offset 0`],
  ['sendMessage', asHtml('é<b'), `${html}Unclosed start tag at byte offset 2`],
  ['sendMessage', asHtml('<span>x</span>'), `${html}Tag "span" must have class "tg-spoiler" at byte offset 0`],
  ['sendMessage', asHtml('x</b>'), `${html}Unexpected end tag at byte offset 1`],
  ['sendMessage', asHtml('<b>x</b'), `${html}Unclosed end tag at byte offset 4`],
  ['sendMessage', asHtml('<b>x</i>'), `${html}Unmatched end tag at byte offset 4, expected "</b>", found "</i>"`],
  ['sendMessage', asHtml('<a href'), `${html}Unclosed start tag "a" at byte offset 0`],
  ['sendMessage', asHtml('x<a ="y">z</a>'), `${html}Empty attribute name in the tag "a" at byte offset 1`],
  ['sendMessage', asHtml('<a href=https://example.com>z</a>'), `${html}Unexpected end of name token at byte offset 8`],
  ['sendMessage', asHtml('<b>x'), `${html}Can't find end tag corresponding to start tag "b"`],
  ['sendMessage', asMarkdown('Hello.'), `${html}Character '.' is reserved and must be escaped with the preceding '\\'`],
  ['sendMessage', asMarkdown('a|b'), `${html}Character '|' is reserved and must be escaped with the preceding '\\'`],
  ['sendMessage', asMarkdown('é *b'), `${html}Can't find end of Bold entity at byte offset 3`],
  ['sendMessage', asMarkdown('`b'), `${html}Can't find end of Code entity at byte offset 0`],
  ['sendMessage', asMarkdown('[a](http'), `${html}Can't find end of a URL at byte offset 4`],
  ['editMessageText', { text: 'x' }, 'message identifier is not specified'],
  ['editMessageText', { chat_id: 42, message_id: 9, text: 'x' }, 'message to edit not found'],
  ['deleteMessage', { chat_id: 42, message_id: 9 }, 'message to delete not found'],
  ['deleteMessage', { chat_id: 42 }, 'message identifier is not specified'],
  ['setMessageReaction', { chat_id: 42, message_id: 9, reaction: [] }, 'message to react not found'],
  ['answerCallbackQuery', { callback_query_id: '1' }, tooLate],
  ['sendPhoto', { chat_id: 42 }, 'there is no photo in the request'],
  ['sendDocument', { chat_id: 42 }, 'there is no document in the request'],
  [
    'sendPhoto',
    { chat_id: 42, photo: 'nonsense' },
    "wrong remote file identifier specified: can't unserialize it. Wrong last symbol",
  ],
  ['sendPhoto', { chat_id: 42, photo: 'https://example.com/a.png' }, 'failed to get HTTP URL content'],
  ['getFile', { file_id: 'nonsense' }, 'wrong file_id or the file is temporarily unavailable'],
  ['sendMediaGroup', { chat_id: 42, media: '{' }, "can't parse media JSON object"],
  ['sendMediaGroup', { chat_id: 42, media: {} }, 'expected an Array of InputMedia'],
  ['sendMediaGroup', { chat_id: 42, media: [{ type: 'photo' }] }, "can't parse InputMedia: media not found"],
  ['sendMediaGroup', { chat_id: 42, media: [] }, 'there are no messages to send'],
  [
    'sendMediaGroup',
    { chat_id: 42, media: Array.from({ length: 11 }, () => ({})) },
    'too many messages to send as an album',
  ],
  ['setMyCommands', { commands: '{' }, "can't parse commands JSON object"],
  ['setMyCommands', { commands: {} }, 'expected an Array of BotCommand'],
  ['setMyCommands', { commands: [{ command: '', description: 'x' }] }, 'command must be non-empty'],
  ['setMyCommands', { commands: [{ command: 'a'.repeat(33), description: 'x' }] }, 'command length must not exceed 32'],
  ['setMyCommands', { commands: [{ command: 'a', description: '' }] }, 'command description must be non-empty'],
  [
    'setMyCommands',
    { commands: [{ command: 'a', description: 'x'.repeat(257) }] },
    'command description length must not exceed 256',
  ],
];

test('refusals have the exact words of the real server', async (context) => {
  const { call, standIn } = await createBench(context);
  for (const [method, parameters, reason] of refusals) {
    const answer = await call(method, parameters);
    assert.deepEqual(
      answer,
      { ok: false, error_code: 400, description: `Bad Request: ${reason}` },
      `${method}: ${reason}`,
    );
  }
  assert.deepEqual(standIn.conformance(), [], 'what is refused is no conformance problem');
});

test('a bad entity or button is refused before an unknown chat', async (context) => {
  const { call } = await createBench(context);
  const answer = await call('sendMessage', { chat_id: 77, text: 'x', reply_markup: keyboard({ text: 'x' }) });
  assert.match(JSON.stringify(answer), /Text buttons are unallowed/);
});

test('edits are refused for what can not change', async (context) => {
  const { call, sent, sara } = await createBench(context);
  const reason = async (method: string, parameters: Record<string, unknown>) => {
    const answer = await call(method, { chat_id: 42, ...parameters });
    return answer.ok ? 'ok' : answer.description;
  };
  const card = await sent({ text: ' Hello ', reply_markup: keyboard(button) });
  const unchanged = /^Bad Request: message is not modified: specified new message content and reply markup are exactly/;
  assert.match(
    await reason('editMessageText', { message_id: card, text: 'Hello', reply_markup: keyboard(button) }),
    unchanged,
  );
  const prompt = await sent({ text: 'New text?', reply_markup: { force_reply: true } });
  assert.equal(
    await reason('editMessageText', { message_id: prompt, text: 'x' }),
    "Bad Request: message can't be edited",
  );
  const own = sara.send('hi');
  assert.equal(await reason('editMessageText', { message_id: own, text: 'x' }), "Bad Request: message can't be edited");
  assert.equal(
    await reason('editMessageText', { message_id: card, text: 'x', reply_markup: { force_reply: true } }),
    'Bad Request: inline keyboard expected',
  );
  assert.equal(
    await reason('editMessageCaption', { message_id: card, caption: 'x' }),
    'Bad Request: there is no caption in the message to edit',
  );
});

test('a person who blocked the bot, or never started it, gets nothing', async (context) => {
  const { call, sara, standIn } = await createBench(context);
  sara.block();
  assert.deepEqual(await call('sendMessage', { chat_id: 42, text: 'x' }), {
    ok: false,
    error_code: 403,
    description: 'Forbidden: bot was blocked by the user',
  });
  const omar = standIn.addPerson({ id: 43, firstName: 'Omar', started: false });
  assert.match(JSON.stringify(await call('sendMessage', { chat_id: 43, text: 'x' })), /can't initiate conversation/);
  omar.send('/start');
  assert.equal((await call('sendMessage', { chat_id: 43, text: 'x' })).ok, true);
});

test('a callback is answered once, and only in time', async (context) => {
  const { call, clock, sent, sara } = await createBench(context);
  const card = await sent({ reply_markup: keyboard(button) });
  const answer = (id: string) => call('answerCallbackQuery', { callback_query_id: id, text: 'Done' });
  const tap = sara.tap(card, { label: 'Approve' });
  assert.equal(sara.toast(tap), undefined);
  assert.equal((await answer(tap)).ok, true);
  assert.deepEqual(sara.toast(tap), { text: 'Done', alert: false });
  assert.match(JSON.stringify(await answer(tap)), /query is too old/);
  const late = sara.tap(card, { data: 'a:1' });
  await clock.advance(15_001);
  assert.match(JSON.stringify(await answer(late)), /query is too old/);
  assert.equal(sara.toast(late), undefined);
});

test('messages older than 48 hours stay', async (context) => {
  const { call, clock, sent } = await createBench(context);
  const card = await sent({});
  await clock.advance(48 * 3_600_000 + 1);
  assert.match(
    JSON.stringify(await call('deleteMessage', { chat_id: 42, message_id: card })),
    /message can't be deleted for everyone/,
  );
});
