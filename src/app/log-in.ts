/** A login by hand in a window of the person's own, and which browser that would be. */
import type { Settings } from '../config/index.ts';
import { linkedinConfig } from '../executors/index.ts';
import { findBrowser as find } from '../executors/browser-find.ts';
import { loginLinkedin } from '../executors/linkedin/login.ts';
import type { Linked } from '../executors/linkedin/login.ts';
import { linkedin } from '../executors/platforms.ts';
import { systemClock } from '../lib/clock.ts';
import { silentLogger } from '../lib/logger.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const loginWaitMs = 30 * 60_000;

/** Opens a window in which the person logs in. Undefined for a platform that needs no login or has none yet. */
export async function logIn(
  settings: Settings,
  platform: string,
  environment: Environment,
  say: (line: string) => void,
): Promise<Linked | undefined> {
  if (!linkedin.names.includes(platform.toLowerCase())) return undefined;
  const config = linkedinConfig(settings);
  const parts = { platform: linkedin, config, environment, clock: systemClock, logger: silentLogger };
  return await loginLinkedin({ ...parts, say, waitMs: loginWaitMs });
}

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
