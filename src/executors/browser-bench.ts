/** Opens the browser on an account's profile for one order, with everything a recipe needs at hand. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { chromium } from 'playwright';
import { blocks } from '../domain/problem.ts';
import { findBrowser } from './browser-find.ts';
import { leaseProfile } from './browser-lease.ts';
import { openGate } from './browser-gate.ts';
import { openWire } from './browser-wire.ts';
import { keepBackup, restoreBackup } from './browser-backup.ts';
import { isLoopback } from '../lib/loopback.ts';
import { messageOf } from '../lib/words.ts';
import type { BrowserContext, Locator, Page } from 'playwright';
import type { BrowserSettings, Line, Order } from './browser-protocol.ts';
import type { FoundBrowser } from './browser-find.ts';
import type { PublishGate, IsPublish } from './browser-gate.ts';
import type { Lease } from './browser-lease.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Wire } from './browser-wire.ts';

/** What the bench must know about a platform before it opens. */
export type BenchPlan = {
  readonly isPublish: IsPublish;
  /** Cookie without which nobody is logged in. */
  readonly sessionCookie: string;
  /** Whether a page may be photographed: not while a password may stand on it. */
  mayPhotograph(url: string): boolean;
};

export type Bench = Line & {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly gate: PublishGate;
  readonly settings: BrowserSettings;
  /** Value of the session cookie; undefined when logged out. For comparing only. */
  session(): Promise<string | undefined>;
  /** Photographs the page beside the log; never fails and never photographs a login form. */
  photograph(name: string): Promise<void>;
  keepTrouble(): Promise<void>;
  /** Photographs one part of the page and nothing around it, as proof; under the same conditions. */
  photographPart(part: Locator, name: string): Promise<void>;
  /** Stores the login encrypted beside the profile; call after a login and after a success. */
  backUp(): Promise<void>;
  /** Closes the browser so that the profile is complete on disk. Safe to call twice. */
  close(): Promise<void>;
};

export type OpenedBench =
  | { readonly kind: 'opened'; readonly bench: Bench }
  | { readonly kind: 'failed'; readonly outcome: Outcome };

/** Never throws for what can be expected: no browser, profile busy. */
export async function openBench(order: Order, plan: BenchPlan, line: Line): Promise<OpenedBench> {
  const { settings } = order;
  const local = isLoopback(new URL(settings.baseUrl).hostname);
  const found = await findBrowser({
    browserPath: settings.browserPath,
    browserChannel: settings.browserChannel,
    platform: process.platform,
    environment: settings.environment,
    ownPath: chromium.executablePath(),
    spareDir: dirname(settings.profileDir),
  });
  if (found.kind === 'none') return { kind: 'failed', outcome: { kind: 'refused', problem: found.problem } };
  const headed = order.kind === 'log_in' || settings.headless === 'no';
  if (headed && found.headlessOnly && settings.headless !== 'yes' && !local) {
    const problem = blocks(
      'no_browser',
      'Only a browser without a window was found.',
      'Install Google Chrome, or set BROWSER_PATH to a browser that can show a window.',
    );
    return { kind: 'failed', outcome: { kind: 'refused', problem } };
  }
  const lease = await leaseProfile(settings.profileDir);
  if (lease === undefined) return profileBusy;
  const wire = await openWire(settings.baseUrl, local);
  try {
    await mkdir(settings.profileDir, { recursive: true, mode: 0o700 });
    const context = await launch(settings, found, wire, order.kind === 'log_in');
    const parts = { context, settings, wire, lease };
    const bench = await furnish(parts, plan, line).catch(async (thrown: unknown) => {
      await context.close();
      throw thrown;
    });
    return { kind: 'opened', bench };
  } catch (thrown) {
    await Promise.all([wire.close(), lease.release()]);
    if (/ProcessSingleton|in use by another/.test(messageOf(thrown))) return profileBusy;
    return later('no_browser', 'The browser was found but did not start.', 'Run npm run doctor; it names the browser.');
  }
}

/** As many steps a browser gets to start: a small computer with a slow disk takes half a minute. */
const stepsToStart = 4;

function launch(
  settings: BrowserSettings,
  found: FoundBrowser,
  wire: Wire,
  forPerson: boolean,
): Promise<BrowserContext> {
  const { environment } = settings;
  const screen = process.platform !== 'linux' || Boolean(environment['DISPLAY'] ?? environment['WAYLAND_DISPLAY']);
  const wantsWindow = settings.headless === 'no' || (settings.headless === 'auto' && (forPerson || screen));
  const local = isLoopback(new URL(settings.baseUrl).hostname);
  const root = process.getuid?.() === 0;
  return chromium.launchPersistentContext(settings.profileDir, {
    executablePath: found.path,
    headless: found.headlessOnly || !wantsWindow || (local && settings.headless === 'auto'),
    chromiumSandbox: !root && !found.noSandbox,
    env: { ...environment, ...found.environment },
    viewport: { width: 1280, height: 900 },
    // Playwright does not notice every browser that dies while it starts: without a limit of ours it waits three minutes.
    timeout: settings.stepMs * stepsToStart,
    // A service worker could send the publish request past the gate.
    serviceWorkers: 'block',
    proxy: { server: wire.url },
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    // QUIC would go past the wire.
    args: ['--disable-quic'],
  });
}

async function furnish(
  parts: {
    readonly context: BrowserContext;
    readonly settings: BrowserSettings;
    readonly wire: Wire;
    readonly lease: Lease;
  },
  plan: BenchPlan,
  line: Line,
): Promise<Bench> {
  const { context, settings, wire, lease } = parts;
  context.setDefaultTimeout(settings.stepMs);
  context.setDefaultNavigationTimeout(settings.stepMs * 2);
  const gate = await openGate(context, wire, plan.isPublish);
  await restoreBackup(context, settings, plan.sessionCookie);
  const page = context.pages()[0] ?? (await context.newPage());
  let closing: Promise<void> | undefined;
  const keepPicture = async (name: string, take: () => Promise<Buffer>) => {
    if (!plan.mayPhotograph(page.url())) return;
    try {
      await line.keep(name, await take());
    } catch {
      line.log(`No picture ${name}: the page could not be photographed.`);
    }
  };
  const photograph = (name: string) =>
    keepPicture(name, () => page.screenshot({ type: 'jpeg', quality: 70, timeout: 5000 }));
  return {
    ...line,
    context,
    page,
    gate,
    settings,
    session: async () =>
      (await context.cookies(settings.baseUrl)).find((cookie) => cookie.name === plan.sessionCookie)?.value,
    photograph,
    keepTrouble: () => photograph('trouble.jpg'),
    photographPart: (part, name) => keepPicture(name, () => part.screenshot({ type: 'png', timeout: 5000 })),
    backUp: async () => {
      if (!(await keepBackup(context, settings))) line.log('The login could not be backed up.');
    },
    close: () =>
      (closing ??= context
        .close()
        .catch(() => undefined)
        .then(() => Promise.all([wire.close(), lease.release()]))
        .then(() => undefined)),
  };
}

const later = (...problem: Parameters<typeof blocks>): OpenedBench => ({
  kind: 'failed',
  outcome: { kind: 'retry_later', problem: blocks(...problem) },
});

const profileBusy = later(
  'unreachable',
  'The browser profile of this account is open somewhere else.',
  'Close that browser window; it is tried again by itself.',
);
