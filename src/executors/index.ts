/** The list of executors: a paragraph for mail, an entry for each site that a browser of ours posts to. */
import { join } from 'node:path';
import type { Platform } from '../domain/platform.ts';
import type { Executor } from '../domain/ports.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { account } from './account.ts';
import type { Account, SetAccount } from './account.ts';
import { createLinkedinExecutor } from './linkedin/executor.ts';
import type { LinkedinConfig, LinkedinParts } from './linkedin/executor.ts';
import { loginLinkedin } from './linkedin/login.ts';
import type { SentMailbox } from './mail/index.ts';
import * as platforms from './platforms.ts';

export type { Linked } from './linkedin/login.ts';

/** A platform that a browser of ours posts to. */
type Site = {
  readonly platform: Platform;
  /** Actions per hour, unless set. */
  readonly perHour: string;
  readonly home: string;
  readonly create: typeof createLinkedinExecutor;
  readonly logIn: typeof loginLinkedin;
};

const sites: readonly Site[] = [
  {
    platform: platforms.linkedin,
    perHour: '5',
    home: 'https://www.linkedin.com',
    create: createLinkedinExecutor,
    logIn: loginLinkedin,
  },
];

/** What each site has in the settings; also those that are not built, so that whoever sets one hears it. */
export const accounts: readonly Account[] = [
  ...sites.map(({ platform, perHour }) => account(platform, perHour)),
  account(platforms.facebook, '5', false),
  account(platforms.instagram, '3', false),
  account(platforms.x, '10', false),
];

export type SiteSettings = {
  readonly dataDir: string;
  /** By platform. */
  readonly accounts: ReadonlyMap<string, Pick<SetAccount, 'email' | 'password' | 'url'>>;
  readonly browser: { readonly path: string; readonly channel: string; readonly headless: 'auto' | 'yes' | 'no' };
};

export async function createExecutors(parts: {
  readonly settings: SiteSettings & {
    readonly mail:
      | {
          readonly email: string;
          readonly password: string;
          readonly smtp: { readonly host: string; readonly port: number; readonly secure: boolean };
        }
      | undefined;
  };
  readonly sent: SentMailbox | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly logger: Logger;
}): Promise<readonly Executor[]> {
  const { settings, sent, environment, clock, logger } = parts;
  const { mail } = settings;
  const executors: Executor[] = [];

  if (mail !== undefined && sent !== undefined) {
    const { createMailExecutor } = await import('./mail/index.ts');
    const config = { email: mail.email, password: mail.password, ...mail.smtp, fileSentCopy: 'auto' as const };
    executors.push(createMailExecutor({ platform: platforms.mail, config, sent, clock, logger }));
  }

  for (const site of sites) {
    executors.push(
      site.create({ platform: site.platform, config: configOf(site, settings), environment, clock, logger }),
    );
  }
  return executors;
}

/** Where a person logs in by a window: what people call it, and what the login is asked for by. */
export const loggedInByWindow: readonly { readonly label: string; readonly name: string }[] = sites.map(
  ({ platform }) => ({
    label: platform.label,
    name: platform.label.toLowerCase(),
  }),
);

/**
 * Opens a window in which a person logs in.
 *
 * @param named one of the platform's names
 * @returns undefined for a platform that needs no login or has none yet
 */
export function windowFor(named: string, settings: SiteSettings) {
  const site = sites.find(({ platform }) => platform.names.includes(named.toLowerCase()));
  if (site === undefined) return undefined;
  const config = configOf(site, settings);
  return (parts: Omit<LinkedinParts, 'platform' | 'config'> & { say: (line: string) => void; waitMs: number }) =>
    site.logIn({ ...parts, platform: site.platform, config });
}

function configOf({ platform, home }: Site, { accounts, browser, dataDir }: SiteSettings): LinkedinConfig {
  const set = accounts.get(platform.id);
  return {
    email: set?.email ?? '',
    password: set?.password ?? '',
    url: set === undefined || set.url === '' ? home : set.url,
    profileDir: join(dataDir, 'browser', platform.id),
    browserPath: browser.path,
    browserChannel: browser.channel,
    headless: browser.headless,
  };
}
