import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { calm, linkedinAnchors } from '../../../sandbox/sites/linkedin-scenario.ts';
import { createLinkedinStandIn } from '../../../sandbox/sites/linkedin.ts';
import { ladders } from '../../../src/executors/linkedin/selectors.ts';
import { member } from '../../support/linkedin-world.ts';
import { openTestBrowser } from '../../support/test-browser.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { until } from '../../support/until.ts';
import type { LinkedinStandIn } from '../../../sandbox/sites/linkedin.ts';
import type { TestBrowser } from '../../support/test-browser.ts';

it('the executor uses no anchor that the stand-in does not declare', () => {
  const declared = new Set(linkedinAnchors.map(({ find }) => find));
  const used = ladders.flatMap((ladder) => ladder.anchors);
  assert.ok(used.length > 15);
  for (const { find, seen, when } of used) {
    assert.ok(declared.has(find), `not declared: ${find}`);
    assert.ok(seen !== '' && /^20\d\d(?:-\d\d)?$/.test(when), `undated: ${find}`);
  }
});

describe('the LinkedIn stand-in', () => {
  let site: LinkedinStandIn;
  let browser: TestBrowser;
  before(async () => {
    site = await createLinkedinStandIn({ ...member, clock: systemClock });
    browser = await openTestBrowser();
    await browser.page.goto(`${site.url}/login`);
    await browser.page.fill('#username', member.email);
    await browser.page.fill('#password', member.password);
    await browser.page.click('button[type=submit]');
    await browser.page.waitForURL(/\/feed\//);
  });
  after(async () => {
    await browser.close();
    await site.stop();
  });

  for (const ui of ['now', 'old'] as const) {
    for (const language of ['en', 'de'] as const) {
      it(`really has the anchors it declares (${ui}, ${language})`, async () => {
        site.scenario({ ...calm, ui, language });
        const { page } = browser;
        const fits = linkedinAnchors.filter(
          (anchor) =>
            (anchor.ui === 'both' || anchor.ui === ui) && (anchor.language === 'any' || anchor.language === language),
        );
        const has = async (on: (typeof linkedinAnchors)[number]['on']) => {
          for (const { find } of fits.filter((anchor) => anchor.on === on)) {
            await until(async () => (await page.locator(find).count()) > 0, `${find} is on the ${on} page`, 3000);
          }
        };
        await page.goto(`${site.url}/feed/`);
        await has('feed');
        await page
          .locator('[aria-label="Start a post"], [aria-label="Beitrag beginnen"], .share-box-feed-entry__trigger')
          .click();
        await page.locator('.ql-editor').fill(`${ui} ${language} #tag`);
        await has('composer');
        await page.locator('h2').click();
        await page.locator('button.share-actions__primary-action').click();
        await has('published');
        await page.goto(`${site.url}/in/me/`);
        await has('profile');
        await page.goto(`${site.url}/in/me/recent-activity/all/`);
        await has('activity');
        await page.goto(`${site.url}/login`);
        await has('login');
        site.scenario({ session: 'code' });
        await page.goto(`${site.url}/checkpoint/challengesV2/x`);
        await has('code');
      });
    }
  }

  it('shows a visitor new posts by themselves, as text', async () => {
    site.scenario(calm);
    const visitor = await browser.page.context().newPage();
    await visitor.goto(site.pageUrl);
    assert.match((await visitor.locator('.stand-in').textContent()) ?? '', /stand-in/i);
    await browser.page.goto(`${site.url}/feed/?shareActive=true`);
    await browser.page.locator('.ql-editor').fill('Live <img src=x onerror=document.title=1>');
    await browser.page.locator('button.share-actions__primary-action').click();
    await until(
      async () => (await visitor.locator('.post').first().textContent())?.includes('Live <img'),
      'the post arrives',
    );
    assert.equal(await visitor.locator('.post img').count(), 0);
    await visitor.close();
  });

  it('is as strict as the site: no login, no token, no way in', async () => {
    const publish = `${site.url}/voyager/api/graphql?action=execute&queryId=voyagerContentcreationDashShares.${'0'.repeat(32)}`;
    const had = site.posts().length;
    const strange = await fetch(publish, { method: 'POST', body: '{}' });
    assert.equal(strange.status, 401);
    const [session] = (await browser.page.context().cookies()).filter(({ name }) => name === 'li_at');
    const tokenless = await fetch(publish, {
      method: 'POST',
      body: '{}',
      headers: { cookie: `li_at=${session?.value}` },
    });
    assert.equal(tokenless.status, 403);
    const feed = await fetch(`${site.url}/feed/`, { redirect: 'manual' });
    assert.match(feed.headers.get('location') ?? '', /^\/login/);
    assert.equal(site.posts().length, had);
  });
});
