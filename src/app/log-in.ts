/** A login by hand in a window of the person's own, and which browser that would be. */
import type { Settings } from '../config/index.ts';
import { windowFor } from '../executors/index.ts';
import type { Linked } from '../executors/index.ts';
import { findBrowser as find } from '../executors/browser-find.ts';
import { systemClock } from '../lib/clock.ts';
import { silentLogger } from '../lib/logger.ts';

export { loggedInByWindow } from '../executors/index.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const loginWaitMs = 30 * 60_000;

/** Opens a window in which the person logs in. Undefined for a platform that needs no login or has none yet. */
export const logIn = (
  settings: Settings,
  platform: string,
  environment: Environment,
  say: (line: string) => void,
): Promise<Linked> | undefined =>
  windowFor(platform, settings)?.({ environment, clock: systemClock, logger: silentLogger, say, waitMs: loginWaitMs });

/** For the doctor: Playwright itself is not loaded, so a browser of its own is not looked for. */
export const findBrowser = (settings: Settings, environment: Environment) =>
  find({
    browserPath: settings.browser.path,
    browserChannel: settings.browser.channel,
    platform: process.platform,
    environment,
    ownPath: '',
    spareDir: settings.dataDir,
  });
