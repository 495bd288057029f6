import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { findBrowser } from '../../src/executors/browser-find.ts';
import type { Page } from 'playwright';

export type TestBrowser = { readonly page: Page; close(): Promise<void> };

/** A browser for looking at pages in tests, found the way the product finds one. */
export async function openTestBrowser(): Promise<TestBrowser> {
  const found = await findBrowser({
    browserPath: process.env['BROWSER_PATH'] ?? '',
    browserChannel: '',
    platform: process.platform,
    environment: process.env,
    ownPath: chromium.executablePath(),
    spareDir: join(tmpdir(), 'countersign-browser'),
  });
  if (found.kind === 'none') throw new Error(`${found.problem.what} ${found.problem.remedy}`);
  const browser = await chromium.launch({
    executablePath: found.path,
    chromiumSandbox: !found.noSandbox && process.getuid?.() !== 0,
    env: { ...process.env, ...found.environment },
  });
  const context = await browser.newContext();
  return { page: await context.newPage(), close: () => browser.close() };
}
