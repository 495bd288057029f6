import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLinkedinExecutor } from '../../src/executors/linkedin/executor.ts';
import { createLinkedinStandIn } from '../../sandbox/sites/linkedin.ts';
import { emptyEffect } from '../../src/domain/effect.ts';
import { linkedin } from '../../src/executors/platforms.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { Effect } from '../../src/domain/effect.ts';
import type { LinkedinConfig } from '../../src/executors/linkedin/executor.ts';
import type { Logger } from '../../src/lib/logger.ts';

export const member = {
  email: 'sara@example.com',
  password: 'correct-horse-7781',
  name: 'Sara Khan',
  handle: 'sara-khan-7',
};

export const postOf = (text: string): Effect => ({
  ...emptyEffect,
  platform: 'linkedin',
  action: 'post_update',
  account: member.email,
  text,
});

/** A stand-in, an executor with a real browser, and a folder of its own. */
export async function createLinkedinWorld(
  given: Partial<LinkedinConfig> & { readonly waits?: { step?: number; answer?: number; idle?: number } } = {},
) {
  const { waits, ...config } = given;
  const site = await createLinkedinStandIn({ ...member, clock: systemClock });
  const folder = await mkdtemp(join(tmpdir(), 'countersign-linkedin-'));
  const logged: string[] = [];
  const keep = (line: string) => {
    logged.push(line);
  };
  const logger: Logger = { debug: keep, info: keep, warn: keep, error: keep };
  const parts = {
    platform: linkedin,
    config: {
      url: site.url,
      email: member.email,
      password: member.password,
      profileDir: join(folder, 'browser', 'linkedin'),
      browserPath: '',
      browserChannel: '',
      headless: 'auto' as const,
      ...config,
    },
    environment: process.env,
    clock: systemClock,
    logger,
    waits: { step: 6000, answer: 2500, idle: 30_000, ...waits },
  };
  const executor = createLinkedinExecutor(parts);
  return {
    site,
    executor,
    parts,
    folder,
    logged: () => logged,
    texts: () => site.posts().map((post) => post.text),
    async close() {
      await executor.stop();
      await site.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
