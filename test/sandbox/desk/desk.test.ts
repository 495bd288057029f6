/** The newcomer's first minute: `npm start` with nothing set, one page, an approval, the post, the proof. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { FrameLocator, Page } from 'playwright';
import { openTestBrowser } from '../../support/test-browser.ts';
import { until } from '../../support/until.ts';

const start = fileURLToPath(new URL('../../../sandbox/start.ts', import.meta.url));

type Sandbox = { readonly url: string; readonly folder: string; readonly child: ChildProcess };

/** As a newcomer has it: an empty folder, an empty environment. */
async function openSandbox(context: TestContext): Promise<Sandbox> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-desk-'));
  const child = run(folder);
  context.after(async () => {
    if (child.exitCode === null) child.kill('SIGTERM');
    await until(() => child.exitCode !== null || child.signalCode !== null, 'the sandbox ended', 15_000);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const said = collect(child);
  const url = await until(() => /http:\/\/127\.0\.0\.1:\d+\//.exec(said())?.[0], 'a link was printed', 30_000);
  assert.equal(said().match(/http:/g)?.length, 1, 'one link, not several');
  return { url, folder, child };
}

function run(folder: string, settings: Readonly<Record<string, string>> = {}): ChildProcess {
  const env = { HOME: folder, PATH: process.env['PATH'] ?? '', ...settings };
  return spawn(process.execPath, [start], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

function collect(child: ChildProcess): () => string {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part: string) => {
      said += part;
    });
  }
  return () => said;
}

async function openDesk(context: TestContext, url: string): Promise<Page> {
  const { page, close } = await openTestBrowser();
  context.after(close);
  page.on('pageerror', (problem) => assert.fail(problem));
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(url);
  return page;
}

/** The message with this text and the buttons below it. */
const card = (phone: FrameLocator, text: string) => phone.locator('.row.bot').filter({ hasText: text }).first();

test(
  'a newcomer approves from the page, sees the post appear and the proof come back',
  { timeout: 180_000 },
  async (context) => {
    const { url, folder, child } = await openSandbox(context);
    const page = await openDesk(context, url);
    const phone = page.frameLocator('#phone-frame');
    const linkedin = page.frameLocator('#linkedin-frame');

    const unfinished = card(phone, 'Learn brush lettering');
    await unfinished.getByText('is still to be filled in. Edit the text').waitFor();
    assert.equal(
      await unfinished.getByRole('button', { name: 'Approve' }).count(),
      0,
      'what can’t go out can’t be approved',
    );
    assert.equal(await unfinished.getByRole('button', { name: 'Reject' }).count(), 1);

    await card(phone, 'We open the studio this Sunday!').getByRole('button', { name: 'Approve' }).click();
    await card(phone, 'Re: New menu boards').getByRole('button', { name: 'Approve' }).click();

    const sent = page.locator('.mail.left');
    await sent.getByText('in the thread of “New menu boards”').waitFor({ timeout: 60_000 });
    assert.match(
      (await sent.textContent()) ?? '',
      /to tomas\.berg@harbourbakery\.example.*Re: New menu boards.*Hello Tomas Berg/s,
    );

    const post = linkedin.locator('article').filter({ hasText: 'We open the studio this Sunday!' });
    await post.waitFor({ timeout: 60_000 });
    assert.equal(await linkedin.locator('article').count(), 1);
    const draft = await until(
      () => readFile(join(folder, 'data/sandbox/AI_Employee_Vault/Done/LINKEDIN_studio_open_on_sunday.md'), 'utf8'),
      'the draft lies in Done',
    );
    const shown = (await post.locator('.words').textContent()) ?? '';
    assert.ok(draft.includes(shown), 'what was posted is what was approved');

    const proof = phone
      .locator('.row.bot')
      .filter({ hasText: /posted on linkedin/i })
      .last();
    const log = await proof.locator('a[href*="/runs/"]').first().getAttribute('href');
    const logPage = await fetch(log ?? '');
    assert.equal(logPage.status, 200);
    assert.match(await logPage.text(), /We open the studio this Sunday|posted/i);
    await page.getByText('LINKEDIN_workshop_in_june.md', { exact: true }).waitFor();

    const told = performance.now();
    child.kill('SIGTERM');
    await until(() => child.exitCode !== null, 'the sandbox ended', 12_000);
    assert.equal(child.exitCode, 0);
    assert.ok(performance.now() - told < 12_000);
  },
);

test('the buttons bring new arrivals, and a restart loses nothing', { timeout: 180_000 }, async (context) => {
  const { url } = await openSandbox(context);
  const page = await openDesk(context, url);
  const phone = page.frameLocator('#phone-frame');
  await card(phone, 'We open the studio this Sunday!').waitFor();

  await page.getByRole('button', { name: 'Restart Countersign' }).click();
  await page.getByText(/^(?:Stopping|Starting) …$/).waitFor();
  await page.getByRole('button', { name: 'A mail arrives' }).click();
  await page.getByRole('button', { name: 'A post draft appears' }).click();
  await page.getByText('nothing was lost').waitFor({ timeout: 60_000 });
  await card(phone, 'What does a hand-painted sign cost').waitFor();
  await card(phone, 'Re: Can we move Thursday’s call?').waitFor();
  assert.equal(await card(phone, 'We open the studio').getByRole('button', { name: 'Approve' }).count(), 1);

  await page.setViewportSize({ width: 390, height: 844 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(width, 390, 'nothing sticks out on a phone');
});

test('a second sandbox in the same folder says who is there and leaves everything alone', async (context) => {
  const { folder, child } = await openSandbox(context);
  const second = run(folder);
  const said = collect(second);
  await until(() => second.exitCode !== null, 'the second one gave up');
  assert.equal(second.exitCode, 1);
  assert.match(said(), new RegExp(`already running here \\(process ${child.pid}\\)`));
  const vault = join(folder, 'data/sandbox/AI_Employee_Vault');
  assert.match(
    await readFile(join(vault, 'Pending_Approval/LINKEDIN_studio_open_on_sunday.md'), 'utf8'),
    /Dock Street/,
  );
});

test('with settings the real thing starts, not the sandbox', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-desk-'));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const child = run(folder, { GMAIL_EMAIL: 'sara@lindandco.example' });
  const said = collect(child);
  await until(() => child.exitCode !== null, 'it ended');
  assert.equal(child.exitCode, 1);
  assert.match(said(), /GMAIL_PASSWORD: found nothing/);
  assert.deepEqual(await readdir(folder), []);
});

test('other sites can not press the buttons, read the desk or get the key', async (context) => {
  const { url } = await openSandbox(context);
  const post = (headers: Record<string, string>) => fetch(`${url}desk/api/post`, { method: 'POST', headers });
  assert.equal((await post({})).status, 403);
  assert.equal((await post({ origin: 'https://example.com' })).status, 403);
  const strange = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' };
  for (const path of ['desk/api/events', 'desk/api/frames', 'countersign']) {
    assert.equal((await fetch(`${url}${path}`, { headers: strange, redirect: 'manual' })).status, 403, path);
  }
  const page = await fetch(url);
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'.*frame-ancestors 'none'/);
  const way = await fetch(`${url}countersign`, { redirect: 'manual' });
  assert.match(way.headers.get('location') ?? '', /^http:\/\/127\.0\.0\.1:\d+\/\?token=/);
  assert.equal((await post({ origin: new URL(url).origin })).status, 200);
});
