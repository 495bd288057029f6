import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { findBrowser } from '../../../src/executors/browser-find.ts';
import type { BrowserPlaces } from '../../../src/executors/browser-find.ts';

describe('finding a browser', () => {
  let folder = '';
  let browser = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countersign-find-'));
    browser = join(folder, 'browser');
    await writeFile(browser, '', { mode: 0o755 });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  // A platform on which nothing is installed here.
  const places = (given: Partial<BrowserPlaces>): BrowserPlaces => ({
    browserPath: '',
    browserChannel: '',
    platform: 'win32',
    environment: {},
    ownPath: '',
    spareDir: folder,
    ...given,
  });

  it('takes the one named in the settings before any other', async () => {
    const found = await findBrowser(places({ browserPath: browser, ownPath: '/bin/sh' }));
    assert.equal(found.kind === 'found' && found.path, browser);
  });

  it('does not fall back when the one named in the settings is missing', async () => {
    const found = await findBrowser(places({ browserPath: join(folder, 'no'), ownPath: browser }));
    assert.equal(found.kind === 'none' && found.problem.code, 'no_browser');
    const channel = await findBrowser(places({ browserChannel: 'chrome', ownPath: browser }));
    assert.equal(channel.kind, 'none');
  });

  it("takes Playwright's own when nothing is installed", async () => {
    const found = await findBrowser(places({ ownPath: browser }));
    assert.equal(found.kind === 'found' && found.path, browser);
  });

  it('says what to do when there is none', async () => {
    const found = await findBrowser(places({}));
    assert.equal(found.kind, 'none');
    assert.match(found.kind === 'none' ? found.problem.remedy : '', /BROWSER_PATH/);
  });
});
