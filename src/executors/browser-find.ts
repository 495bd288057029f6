/**
 * Finds a browser to run, best first: the one named in the settings, an installed Chrome or Edge, Playwright's own,
 * the system's Chromium, and on Linux the one that comes with the npm package `@sparticuz/chromium` (no screen).
 */
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { blocks } from '../domain/problem.ts';
import { unpackedChromium } from './browser-unpack.ts';
import type { Problem } from '../domain/problem.ts';

export type FoundBrowser = {
  readonly kind: 'found';
  readonly path: string;
  /** Has no window at all. */
  readonly headlessOnly: boolean;
  /** Can't use Chromium's own sandbox. */
  readonly noSandbox: boolean;
  /** Extra variables it needs. */
  readonly environment: Readonly<Record<string, string>>;
};

export type BrowserPlaces = {
  readonly browserPath: string;
  readonly browserChannel: string;
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where Playwright's own browser would lie. */
  readonly ownPath: string;
  /** Folder for unpacking when node_modules can't be written. */
  readonly spareDir: string;
};

/** Looks in the order above. Runs nothing and downloads nothing. */
export async function findBrowser(
  places: BrowserPlaces,
): Promise<FoundBrowser | { readonly kind: 'none'; readonly problem: Problem }> {
  if (places.browserPath !== '') {
    return (await runs(places.browserPath)) ? plain(places.browserPath) : none(`There is no browser at BROWSER_PATH.`);
  }
  const wanted = places.browserChannel === '' ? ['chrome', 'msedge'] : [places.browserChannel];
  const installed = wanted.flatMap((channel) => installedPaths(channel, places.platform, places.environment));
  const found = await firstThatRuns(installed);
  if (found !== undefined) return plain(found);
  if (places.browserChannel !== '')
    return none(`BROWSER_CHANNEL asks for ${places.browserChannel}, which is not here.`);
  const other = await firstThatRuns([places.ownPath, ...systemPaths[places.platform === 'linux' ? 'linux' : 'other']]);
  if (other !== undefined) return plain(other);
  if (places.platform === 'linux') {
    const unpacked = await unpackedChromium(places.spareDir, places.environment);
    if (unpacked !== undefined) {
      return {
        kind: 'found',
        path: unpacked.path,
        headlessOnly: true,
        noSandbox: true,
        environment: unpacked.environment,
      };
    }
  }
  return none('No browser was found on this machine.');
}

const plain = (path: string): FoundBrowser => ({
  kind: 'found',
  path,
  headlessOnly: false,
  noSandbox: false,
  environment: {},
});

const none = (what: string) => ({
  kind: 'none' as const,
  problem: blocks(
    'no_browser',
    what,
    'Install Google Chrome, or run npx playwright install chromium, or set BROWSER_PATH.',
  ),
});

const systemPaths: Readonly<Record<'linux' | 'other', readonly string[]>> = {
  linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/snap/bin/chromium'],
  other: ['/Applications/Chromium.app/Contents/MacOS/Chromium'],
};

function installedPaths(
  channel: string,
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const edge = channel.startsWith('msedge');
  if (!edge && !channel.startsWith('chrome')) return [];
  if (platform === 'linux') {
    return edge
      ? ['/usr/bin/microsoft-edge', '/opt/microsoft/msedge/msedge']
      : ['/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/opt/google/chrome/chrome'];
  }
  if (platform === 'darwin') {
    const app = edge ? 'Microsoft Edge' : 'Google Chrome';
    return [`/Applications/${app}.app/Contents/MacOS/${app}`];
  }
  const below = edge
    ? ['Microsoft', 'Edge', 'Application', 'msedge.exe']
    : ['Google', 'Chrome', 'Application', 'chrome.exe'];
  return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
    const root = environment[name];
    return root === undefined ? [] : [join(root, ...below)];
  });
}

async function firstThatRuns(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if (path !== '' && (await runs(path))) return path;
  return undefined;
}

const runs = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
