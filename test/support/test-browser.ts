import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import type { Browser, Page } from 'playwright';
import { findBrowser } from '../../src/executors/browser-find.ts';

export type TestBrowser = { readonly page: Page; close(): Promise<void> };

/** A browser for looking at pages in tests, found the way the product finds one; never one of a shared folder. */
export async function launchTestBrowser(): Promise<Browser> {
  const found = await findBrowser({
    browserPath: process.env['BROWSER_PATH'] ?? '',
    browserChannel: '',
    platform: process.platform,
    environment: process.env,
    ownPath: chromium.executablePath(),
    spareDir: join(tmpdir(), `countersign-browser-${process.getuid?.() ?? ''}`),
  });
  if (found.kind === 'none') throw new Error(`${found.problem.what} ${found.problem.remedy}`);
  return await chromium.launch({
    executablePath: found.path,
    chromiumSandbox: !found.noSandbox && process.getuid?.() !== 0,
    env: { ...process.env, ...found.environment },
    args: ['--disable-quic', '--disable-background-networking', '--no-first-run'],
  });
}

export async function openTestBrowser(): Promise<TestBrowser> {
  const browser = await launchTestBrowser();
  const context = await browser.newContext();
  return { page: await context.newPage(), close: () => browser.close() };
}
