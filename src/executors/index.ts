/** The list of executors: one paragraph each. */
import { join } from 'node:path';
import type { Executor } from '../domain/ports.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { createLinkedinExecutor } from './linkedin/executor.ts';
import type { LinkedinConfig } from './linkedin/executor.ts';
import type { SentMailbox } from './mail/index.ts';
import * as platforms from './platforms.ts';

export type BrowserPlatformSettings = {
  readonly dataDir: string;
  readonly linkedin: { readonly email: string; readonly password: string; readonly url: string };
  readonly browser: { readonly path: string; readonly channel: string; readonly headless: 'auto' | 'yes' | 'no' };
};

export async function createExecutors(parts: {
  readonly settings: BrowserPlatformSettings & {
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

  const config = linkedinConfig(settings);
  executors.push(createLinkedinExecutor({ platform: platforms.linkedin, config, environment, clock, logger }));
  return executors;
}

export const linkedinConfig = ({ linkedin, browser, dataDir }: BrowserPlatformSettings): LinkedinConfig => ({
  email: linkedin.email,
  password: linkedin.password,
  url: linkedin.url === '' ? 'https://www.linkedin.com' : linkedin.url,
  profileDir: join(dataDir, 'browser', 'linkedin'),
  browserPath: browser.path,
  browserChannel: browser.channel,
  headless: browser.headless,
});
