/** The chat page in a real browser: the way a newcomer meets the product. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Page } from 'playwright';
import { png } from '../../support/pictures.ts';
import { launchTestBrowser } from '../../support/test-browser.ts';
import { until } from '../../support/until.ts';
import { createBench, keyboard } from './bench.ts';
import type { Bench } from './bench.ts';

async function openPhone(context: TestContext, url: string): Promise<Page> {
  const browser = await launchTestBrowser();
  context.after(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  page.on('pageerror', (problem) => assert.fail(problem));
  await page.goto(url);
  return page;
}

const card = {
  text: 'LinkedIn post\n<img src=x onerror=alert(1)> & /pause https://example.com',
  entities: [{ type: 'bold', offset: 0, length: 8 }],
  reply_markup: {
    inline_keyboard: [
      [{ text: '✅ Approve', callback_data: 'a:1', style: 'success' }],
      [
        { text: 'Reject', callback_data: 'r:1', style: 'danger' },
        { text: 'Not yet', disabled: {} },
      ],
    ],
  },
};

const undo = { text: 'Undo', callback_data: 'u:1' };

async function nextTap(bench: Bench): Promise<string> {
  const answer = await bench.call('getUpdates', { offset: -1, timeout: 25 });
  assert.ok(answer.ok);
  const [update] = answer.result as { callback_query: { id: string } }[];
  assert.ok(update);
  return update.callback_query.id;
}

test('a person sees a card, taps it, reads the toast and replies', async (context) => {
  const bench = await createBench(context);
  const { sara, sent, call, standIn } = bench;
  const page = await openPhone(context, standIn.pageUrl);
  const id = await sent(card);
  const bubble = page.locator(`#message-${id}`);
  await bubble.getByText('<img src=x onerror=alert(1)>').waitFor();
  assert.equal(await bubble.locator('img').count(), 0, 'text never becomes HTML');
  assert.equal(await bubble.locator('strong').first().textContent(), 'LinkedIn');
  assert.equal(await bubble.getByRole('link').getAttribute('href'), 'https://example.com');
  assert.equal(await bubble.getByRole('button', { name: 'Not yet' }).isDisabled(), true);

  const tapped = nextTap(bench);
  await bubble.getByRole('button', { name: 'Approve' }).click();
  await call('answerCallbackQuery', { callback_query_id: await tapped, text: 'Approved. Sending in 10 s' });
  await page.getByRole('alert').getByText('Approved. Sending in 10 s').waitFor();

  await call('editMessageText', { chat_id: 42, message_id: id, text: 'Sent' });
  await bubble.getByText('Sent', { exact: true }).waitFor();
  assert.equal(await bubble.locator('.key').count(), 0);

  const prompt = await sent({
    text: 'New text?',
    reply_markup: { force_reply: true, input_field_placeholder: 'Your words' },
  });
  await page.getByPlaceholder('Your words').waitFor();
  await page.keyboard.type('A better text');
  await page.keyboard.press('Enter');
  const reply = await until(() => sara.messages().find((one) => one.from === 'person'), 'the reply arrived');
  assert.equal(reply.text, 'A better text');
  assert.equal(reply.replyTo, prompt);
  assert.deepEqual(standIn.conformance(), []);
});

test('alerts wait for OK, and own messages can be corrected', async (context) => {
  const bench = await createBench(context);
  const page = await openPhone(context, bench.standIn.pageUrl);
  const id = await bench.sent(card);
  const tapped = nextTap(bench);
  await page.locator(`#message-${id}`).getByRole('button', { name: 'Reject' }).click();
  await bench.call('answerCallbackQuery', { callback_query_id: await tapped, text: 'Not allowed', show_alert: true });
  await page.getByRole('dialog').getByText('Not allowed').waitFor();
  await page.getByRole('button', { name: 'OK' }).click();

  const own = bench.sara.send('Helo');
  await page.locator(`#message-${own} .foot`).click();
  await page.getByRole('button', { name: 'Edit it' }).click();
  await page.getByLabel('Message', { exact: true }).fill('Hello');
  await page.keyboard.press('Enter');
  await until(() => bench.sara.messages().some((one) => one.text === 'Hello' && one.edited), 'it was corrected');
});

test('a marked part is quoted, and only what was marked', async (context) => {
  const bench = await createBench(context);
  const page = await openPhone(context, bench.standIn.pageUrl);
  const text = 'LinkedIn post\nWe open (at last!) on Sunday.\nCome & see.';
  const id = await bench.sent({ text, entities: [{ type: 'blockquote', offset: 14, length: 41 }] });
  await page.locator(`#message-${id} blockquote`).waitFor();
  await page.evaluate((message) => {
    const quote = document.querySelector(`#message-${message} blockquote`)?.firstChild;
    if (!(quote instanceof Text)) throw new Error('no text');
    getSelection()?.setBaseAndExtent(quote, 'We open '.length, quote, quote.data.indexOf(' &'));
  }, id);
  await page.getByRole('button', { name: 'Quote this part' }).click();
  await page.getByText('❝ (at last!) on Sunday. Come').waitFor();
  await page.getByLabel('Message', { exact: true }).fill('next Sunday');
  await page.keyboard.press('Enter');
  const reply = await until(() => bench.sara.messages().find((one) => one.from === 'person'), 'the reply arrived');
  assert.equal(reply.replyTo, id);
  const answer = await bench.call('getUpdates', { offset: -1, timeout: 25 });
  assert.ok(answer.ok);
  const [update] = answer.result as { message: { quote: { text: string; position: number } } }[];
  assert.deepEqual(update?.message.quote, { text: '(at last!) on Sunday.\nCome', position: 22, is_manual: true });
  assert.equal(await page.getByRole('button', { name: 'Quote this part' }).isVisible(), false);
});

test('a copy button copies, also what no label would show', async (context) => {
  const bench = await createBench(context);
  const page = await openPhone(context, bench.standIn.pageUrl);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const copied = ' Two\nlines & <b>signs</b> ';
  const id = await bench.sent({ reply_markup: keyboard({ text: '📋 Copy', copy_text: { text: copied } }) });
  await page.locator(`#message-${id}`).getByRole('button', { name: 'Copy' }).click();
  await page.getByRole('alert').getByText('Copied').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), copied);
  assert.equal(bench.standIn.updates().waiting, 0, 'the bot is not told');
});

test('a button turns until it is answered, and an edited or deleted message shows as such', async (context) => {
  const bench = await createBench(context);
  const page = await openPhone(context, bench.standIn.pageUrl);
  const id = await bench.sent(card);
  const bubble = page.locator(`#message-${id}`);
  const button = bubble.getByRole('button', { name: 'Approve' });
  const tapped = nextTap(bench);
  await button.click();
  const ring = () => button.evaluate((node) => getComputedStyle(node, '::after').content);
  const callback = await tapped;
  assert.equal(await ring(), '""', 'it turns');
  await bench.call('answerCallbackQuery', { callback_query_id: callback });
  await until(async () => (await ring()) === 'none', 'it stands still');
  assert.equal(await page.getByRole('alert').isVisible(), false, 'an empty answer shows nothing');
  assert.equal(await bubble.getByText('edited').count(), 0);
  const box = await bubble.boundingBox();
  await bench.call('editMessageText', { chat_id: 42, message_id: id, text: 'Approved', reply_markup: keyboard(undo) });
  await bubble.getByText('edited').waitFor();
  assert.equal((await bubble.boundingBox())?.y, box?.y, 'it stays in its place');
  const note = await bench.sent({ text: 'Posted.', reply_parameters: { message_id: id } });
  bench.sara.remove(id);
  await page.locator(`#message-${note}`).getByText('Deleted message').waitFor();
  assert.equal(await bubble.count(), 0);
});

test('words above the keyboard never lie over the buttons', async (context) => {
  const bench = await createBench(context);
  const page = await openPhone(context, bench.standIn.pageUrl);
  const id = await bench.sent(card);
  const tapped = nextTap(bench);
  const button = page.locator(`#message-${id}`).getByRole('button', { name: 'Reject' });
  await button.click();
  await bench.call('answerCallbackQuery', { callback_query_id: await tapped, text: 'Rejected. Nothing will be sent.' });
  const toast = await page.getByRole('alert').boundingBox();
  const thumb = await button.boundingBox();
  assert.ok(toast !== null && thumb !== null && toast.y + toast.height < thumb.y, 'the toast is above');
});

test('other sites can not press buttons or read the chat', async (context) => {
  const { sara, standIn } = await createBench(context);
  const send = (headers: Record<string, string>) =>
    fetch(`${standIn.pageUrl}/api/send`, { method: 'POST', headers, body: '{"text":"hi"}' });
  assert.equal((await send({})).status, 403);
  assert.equal((await send({ origin: 'https://example.com' })).status, 403);
  const events = await fetch(`${standIn.pageUrl}/api/events`, { headers: { 'sec-fetch-site': 'cross-site' } });
  assert.equal(events.status, 403);
  assert.deepEqual(sara.messages(), []);
  assert.equal((await send({ origin: standIn.apiRoot })).status, 200);
  assert.equal(sara.messages().length, 1);
});

test('in a group one sees who said what and in which topic, and answers there', async (context) => {
  const { standIn, sara, call } = await createBench(context);
  const bob = standIn.addPerson({ id: 43, firstName: 'Bob' });
  const team = standIn.addGroup({ id: -1_001_234_567_890, title: 'Team', members: [sara, bob], forum: true });
  const made = await call('createForumTopic', { chat_id: team.id, name: 'LinkedIn' });
  assert.ok(made.ok);
  const thread = (made.result as { message_thread_id: number }).message_thread_id;
  const sent = await call('sendMessage', { chat_id: team.id, message_thread_id: thread, text: 'A card' });
  assert.ok(sent.ok);
  const card = (sent.result as { message_id: number }).message_id;
  team.as(bob).send('I like it', thread);
  const page = await openPhone(context, `${standIn.pageUrl}?person=42&group=${team.id}`);
  const bubble = page.locator(`#message-${card}`);
  await bubble.getByText('# LinkedIn').waitFor();
  await page.locator('.row.bot').filter({ hasText: 'I like it' }).getByText('Bob').waitFor();
  await bubble.locator('.bubble').click();
  await page.getByLabel('Message', { exact: true }).fill('Mine');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const answer = await until(() => team.messages().find(({ text }) => text === 'Mine'), 'the answer arrives');
  assert.deepEqual([answer.personId, answer.threadId, answer.replyTo], [42, thread, card]);
  await page.locator('.row.person').filter({ hasText: 'Mine' }).waitFor();
  await bubble.locator('.bubble').click();
  await page
    .getByLabel('Picture', { exact: true })
    .setInputFiles({ name: 'mine.png', mimeType: 'image/png', buffer: png(50, 50) });
  const picture = await until(() => team.messages().find(({ file }) => file !== undefined), 'the picture arrives');
  assert.deepEqual([picture.personId, picture.threadId, picture.replyTo], [42, thread, card]);
  await page.locator(`#message-${picture.id} img.photo`).waitFor();
});
