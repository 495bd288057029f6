/**
 * The product as `npm start` runs it, joined to the outside by environment alone, with one part changed where POST_URL
 * is set: posts leave by one request to it instead of through a browser. So a post has the same way as a mail, its point of no return
 * included, and a life takes a second.
 */
import { createApp } from '../../src/app/index.ts';
import { readConfig, readEnvironment } from '../../src/config/index.ts';
import type { Effect } from '../../src/domain/effect.ts';
import type { Executor } from '../../src/domain/ports.ts';
import { blocks } from '../../src/domain/problem.ts';
import { createExecutors } from '../../src/executors/index.ts';
import { linkedin } from '../../src/executors/platforms.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { systemRandom } from '../../src/lib/random.ts';

const url = process.env['POST_URL'] ?? '';
const pace = Number(process.env['GROUP_PACE'] ?? 0);
const ask = async (path: string, body: object): Promise<{ readonly seen: boolean }> => {
  const answer = await fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(body) });
  return (await answer.json()) as { seen: boolean };
};

const poster: Executor = {
  platform: linkedin,
  account: 'owner@example.com',
  missing: () => [],
  check: () => [],
  async carryOut(effect: Effect, run) {
    run.log('Preparing the post.');
    const answer = await run.commit();
    if (answer.kind === 'stop') return { kind: 'retry_later', problem: answer.problem };
    try {
      await ask('/post', { key: run.key, text: effect.text });
    } catch {
      const problem = blocks('outcome_unknown', 'The answer was lost.', 'Look at the account.');
      return { kind: 'unknown', problem };
    }
    return { kind: 'posted', evidence: { link: `${url}/posts/${run.key}`, messageId: '', note: '' } };
  },
  async confirm(_, { key }) {
    const { seen } = await ask('/seen', { key });
    // An account's page may be behind: what is not there proves nothing.
    if (!seen) return { kind: 'cannot_tell', why: 'It is not on the page.' };
    return { kind: 'happened', evidence: { link: `${url}/posts/${key}`, messageId: '', note: 'on the page' } };
  },
  health: () => ({ part: linkedin.id, standing: 'well', since: new Date(0), lastSuccess: undefined, words: '' }),
  stop: async () => undefined,
};

const config = readConfig(readEnvironment(process.env, process.cwd()), process.cwd());
if (config.kind === 'mistakes') throw new Error(JSON.stringify(config.mistakes));
const made = await createApp(config.settings, {
  clock: systemClock,
  random: systemRandom,
  pid: process.pid,
  version: 'crash',
  environment: process.env,
  echo: (line) => process.stdout.write(`${line}\n`),
  show: () => undefined,
  uptimeMs: () => performance.now(),
  memoryBytes: () => process.memoryUsage.rss(),
  // Not a setting: nobody may be loud in a group.
  ...(pace > 0 ? { groupPace: { canWait: pace, all: pace } } : {}),
  executors: async (parts) => {
    const real = await createExecutors(parts);
    return url === '' ? real : [...real.filter(({ platform }) => platform.id !== linkedin.id), poster];
  },
});
if (made.kind === 'refused') throw new Error(`${made.what} ${made.remedy}`);
const alive = setInterval(() => undefined, 2 ** 30);
await made.app.start();
await new Promise<void>((resolve) => process.once('SIGTERM', () => resolve()));
await made.app.stop();
clearInterval(alive);
process.exit();
