/** Puts posts on LinkedIn through a real browser, which lives in a child. */
import { blocks } from '../../domain/problem.ts';
import { browserEnvironment, createBrowserWorker } from '../browser-worker.ts';
import { checkPost } from './check.ts';
import { readIdentity } from '../browser-identity.ts';
import { stoppedProblem } from '../browser-errors.ts';
import type { BrowserSettings } from '../browser-protocol.ts';
import type { Clock } from '../../lib/clock.ts';
import type { CommitAnswer, Executor, Run } from '../../domain/ports.ts';
import type { Ending, ProcessEnvironment, OrderHooks } from '../browser-worker.ts';
import { createHealth } from '../../domain/health.ts';
import type { HealthKeeper } from '../../domain/health.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { Platform } from '../../domain/platform.ts';

export type LinkedinConfig = {
  /** Base address: https://www.linkedin.com, or a stand-in. */
  readonly url: string;
  readonly email: string;
  readonly password: string;
  /** `DATA_DIR/browser/linkedin`. */
  readonly profileDir: string;
  readonly browserPath: string;
  readonly browserChannel: string;
  readonly headless: 'auto' | 'yes' | 'no';
};

export type LinkedinParts = {
  readonly platform: Platform;
  readonly config: LinkedinConfig;
  /** The program's environment: the child gets what a browser needs of it. */
  readonly environment: ProcessEnvironment;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Milliseconds; the defaults suit the real site. */
  readonly waits?: { readonly step?: number; readonly answer?: number; readonly idle?: number };
};

/** What the child is told. The password is not part of it. */
export const settingsOf = ({ config, environment, waits }: LinkedinParts): BrowserSettings => ({
  baseUrl: config.url,
  email: config.email,
  profileDir: config.profileDir,
  browserPath: config.browserPath,
  browserChannel: config.browserChannel,
  headless: config.headless,
  environment: browserEnvironment(environment),
  stepMs: waits?.step ?? 15_000,
  answerMs: waits?.answer ?? 45_000,
});

export function createLinkedinExecutor(parts: LinkedinParts): Executor {
  const { platform, config, clock, logger } = parts;
  const settings = settingsOf(parts);
  const worker = createBrowserWorker({
    entry: new URL('child.ts', import.meta.url),
    environment: parts.environment,
    clock,
    logger,
    idleMs: parts.waits?.idle ?? 20_000,
    orderMs: 10 * 60_000,
  });
  const account = (): string => (config.email === '' ? (readIdentity(config, 'linkedin')?.handle ?? '') : config.email);
  const health = createHealth('linkedin', clock, { standing: 'well', words: 'Ready.' });

  return {
    platform,
    get account() {
      return account();
    },
    missing: () => (account() === '' ? [notLinked] : []),
    check: (effect) => checkPost(effect, account()),
    async carryOut(effect, run) {
      const problem = checkPost(effect, account()).find(({ severity }) => severity === 'blocks');
      if (problem !== undefined) return { kind: 'refused', problem };
      const order = { kind: 'carry_out', settings, effect, dryRun: run.dryRun } as const;
      const ending = await worker.run(order, {
        commit: commitOf(run),
        password: () => config.password,
        log: run.log,
        keep: run.keep,
        signal: run.signal,
      });
      const outcome = outcomeOf(ending);
      learn(health, outcome);
      return outcome;
    },
    async confirm(effect, past) {
      const order = { kind: 'confirm', settings, effect, committedAt: past.committedAt } as const;
      const ending = await worker.run(order, lookingHooks(past.log));
      return ending.kind === 'answered' && ending.answer.kind === 'confirmation'
        ? ending.answer.confirmation
        : { kind: 'cannot_tell', why: 'The browser ended before it could look.' };
    },
    health: () =>
      account() === ''
        ? { ...health.now(), standing: 'off', words: `${notLinked.what} ${notLinked.remedy}` }
        : health.now(),
    stop: () => worker.stop(),
  };
}

const notLinked = blocks(
  'platform_not_set_up',
  'No LinkedIn account is linked.',
  'Run npm run login -- linkedin, or set LINKEDIN_EMAIL.',
);

/** A look can't commit and gets no password. */
const lookingHooks = (log: (line: string) => void): OrderHooks => ({
  commit: () => Promise.resolve({ kind: 'stop', problem: stoppedProblem }),
  password: () => '',
  log,
  keep: () => Promise.resolve(),
});

function learn(health: HealthKeeper, outcome: Outcome): void {
  // A refusal or a limit is about the draft; the way to LinkedIn works.
  if (outcome.kind === 'refused' || outcome.kind === 'rate_limited') return;
  if (outcome.kind !== 'posted') return health.become('troubled', `${outcome.problem.what} ${outcome.problem.remedy}`);
  health.become('well', 'Ready.');
  health.succeeded();
}

/** A stop that arrives while the child asks must win over the go. */
const commitOf =
  (run: Run): (() => Promise<CommitAnswer>) =>
  () =>
    run.signal.aborted ? Promise.resolve({ kind: 'stop', problem: stoppedProblem }) : run.commit();

function outcomeOf(ending: Ending): Outcome {
  if (ending.kind === 'answered') {
    if (ending.answer.kind === 'outcome') return ending.answer.outcome;
    throw new Error('The browser answered another question than was asked.');
  }
  if (ending.committed) {
    const what = 'The browser ended right after Post was pressed, so nobody can tell whether it went out.';
    const remedy = 'Wait for the check, or look at your recent activity on LinkedIn.';
    return { kind: 'unknown', problem: blocks('outcome_unknown', what, remedy) };
  }
  const what = `Nothing was posted: ${ending.words}.`;
  return { kind: 'retry_later', problem: blocks('stopped', what, 'Nothing to do: it is tried again by itself.') };
}
