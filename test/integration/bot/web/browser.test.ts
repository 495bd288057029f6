/** The page in a real browser the size of a phone: what a thumb does, and what the page does by itself. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';

import type { Browser, Page } from 'playwright';
import { accepted, refused, sampleCard } from '../../../support/fake-door.ts';
import { launchTestBrowser } from '../../../support/test-browser.ts';
import { until } from '../../../support/until.ts';
import { openWeb, type WebWorld } from './web-world.ts';

let browser: Browser;

before(async () => {
  browser = await launchTestBrowser();
});

after(async () => {
  await browser.close();
});

type Visit = { readonly world: WebWorld; readonly page: Page };

const visit = (title: string, check: (visit: Visit) => Promise<void>, javaScriptEnabled = true) => {
  test(`web in a browser: ${title}`, { timeout: 60_000 }, async () => {
    const world = await openWeb();
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (line) => {
      if (line.type() === 'error' && !line.text().includes('Failed to load resource')) complaints.push(line.text());
    });
    try {
      world.door.put(sampleCard());
      await page.goto(world.web.homeUrl());
      await check({ world, page });
      assert.deepEqual(complaints, []);
    } finally {
      await context.close();
      await world.close();
    }
  });
};

const address = (page: Page): string => new URL(page.url()).pathname + new URL(page.url()).search;

visit('the card is there, nothing is wider than the phone, buttons fit a thumb', async ({ page, world }) => {
  assert.equal(address(page), '/');
  world.door.put(
    sampleCard({ key: 'k3y0000002', text: 'W'.repeat(500), title: 'x'.repeat(200), file: 'y'.repeat(200) }),
  );
  await page.reload();
  assert.equal(await page.locator('article').count(), 2);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
  for (const button of await page.locator('.verbs button:visible, .edit > summary').all()) {
    assert.ok(((await button.boundingBox())?.height ?? 0) >= 44);
  }
});

for (const script of [true, false]) {
  const how = script ? 'with' : 'without';
  visit(
    `approve answers in words, ${how} script`,
    async ({ page, world }) => {
      world.door.answer(accepted('Approved. It leaves in 10 s.'));
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.getByText('Approved. It leaves in 10 s.').waitFor();
      assert.deepEqual(
        world.door.taps.map(({ key, revision, verb }) => [key, revision, verb]),
        [['k3y0000001', 'abcdef0123', 'approve']],
      );
    },
    script,
  );

  visit(
    `a text is edited in place, ${how} script`,
    async ({ page, world }) => {
      await page.locator('.edit summary').click();
      const box = page.locator('textarea');
      assert.equal(await box.inputValue(), sampleCard().text);
      assert.equal(await page.getByRole('button', { name: 'Approve' }).isVisible(), false);
      await box.fill('A new text.\n\nTwo paragraphs.');
      world.door.answer(accepted('Changed.'));
      await page.getByRole('button', { name: 'Save the new text' }).click();
      await page.getByText('Changed.').waitFor();
      assert.equal(world.door.taps[0]?.text, 'A new text.\n\nTwo paragraphs.');
      assert.equal(await page.getByRole('button', { name: 'Approve' }).isVisible(), true);
    },
    script,
  );
}

visit('two quick taps are one decision', async ({ page, world }) => {
  await page.getByRole('button', { name: 'Approve' }).evaluate((button: HTMLButtonElement) => {
    button.click();
    button.click();
  });
  await page.getByText('Noted.').waitFor();
  assert.equal(world.door.taps.length, 1);
});

visit('a change shows by itself', async ({ page, world }) => {
  const changed = sampleCard({ mood: 'works', standing: 'Going out', verbs: [] });
  world.door.put(changed);
  await world.web.show(changed, undefined);
  await page.getByText('Going out').waitFor();
  assert.equal(await page.locator('article').count(), 1);
  await world.web.say({ text: 'Posted on LinkedIn.', links: [], loud: false, key: '' }, undefined);
  await page.locator('#answers', { hasText: 'Posted on LinkedIn.' }).waitFor();
});

visit('text being written survives every change, and the cursor stays', async ({ page, world }) => {
  await page.locator('.edit summary').click();
  const box = page.locator('#text-k3y0000001');
  await box.fill('Half a sentence');
  const other = sampleCard({ key: 'k3y0000002', title: 'Another draft' });
  world.door.put(other);
  await world.web.show(other, undefined);
  await page.getByText('Another draft').waitFor();
  assert.equal(await box.inputValue(), 'Half a sentence');
  await page.keyboard.type(' goes on');
  assert.equal(await box.inputValue(), 'Half a sentence goes on');

  const changed = sampleCard({ revision: '0000000000', text: 'Somebody else wrote this.' });
  world.door.put(changed);
  await world.web.show(changed, undefined);
  await page.getByText('changed while you were writing').waitFor();
  assert.equal(await box.inputValue(), 'Half a sentence goes on');

  world.door.remove('k3y0000001');
  world.door.put(sampleCard({ key: 'k3y0000003', title: 'A third draft' }));
  await world.web.show(other, undefined);
  await page.getByText('A third draft').waitFor();
  assert.equal(await box.inputValue(), 'Half a sentence goes on');
});

visit('a refused edit keeps the text that was written', async ({ page, world }) => {
  await page.locator('.edit summary').click();
  await page.locator('textarea').fill('My long work');
  world.door.answer(refused('stale', 'The draft changed.'));
  await page.getByRole('button', { name: 'Save the new text' }).click();
  await page.getByText('The draft changed.').waitFor();
  assert.equal(await page.locator('textarea').inputValue(), 'My long work');
});

visit('a link on another site leads in when the browser was let in before', async ({ page, world }) => {
  const other = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<a href="${world.base}/drafts/k3y0000001">Look</a>`);
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const bound = other.address();
  assert.ok(typeof bound === 'object' && bound !== null);
  try {
    await page.goto(`http://localhost:${bound.port}/`);
    await page.getByText('Look').click();
    await page.locator('article').waitFor();
    assert.equal(address(page), '/drafts/k3y0000001');
  } finally {
    other.closeAllConnections();
    other.close();
  }
});

visit('what is lost on the way is said, and the line comes back by itself', async ({ page, world }) => {
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByText('No answer came.').waitFor();
  await page.context().setOffline(false);
  assert.deepEqual(world.door.taps, []);
  world.door.put(sampleCard({ standing: 'Back again' }));
  await until(async () => {
    await world.web.show(sampleCard(), undefined);
    return (await page.getByText('Back again').count()) === 1;
  }, 'the page is up to date');
});

for (const script of [true, false]) {
  visit(
    `“Log out everywhere” says so, and every page finds itself locked, ${script ? 'with' : 'without'} script`,
    async ({ page, world }) => {
      const other = await page.context().newPage();
      await other.goto(`${world.base}/`);
      await page.goto(`${world.base}/status`);
      await page.getByRole('button', { name: 'Log out everywhere' }).click();
      await page
        .getByText(script ? /locked again|Logged out everywhere/ : 'Logged out everywhere')
        .first()
        .waitFor();
      if (script) await other.getByText('This page is locked again').waitFor();
      for (const one of [page, other]) {
        await one.goto(`${world.base}/`);
        await one.getByText('This page is locked').waitFor();
      }
    },
    script,
  );
}
