/** The process: settings, app, run until told to stop. */
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { createApp } from './app/index.ts';
import { readConfig, readEnvironment } from './config/index.ts';
import type { Mistake } from './config/index.ts';
import { systemClock } from './lib/clock.ts';
import { endProcess } from './lib/end-process.ts';
import { nodeRemark } from './lib/node-security.ts';
import { systemRandom } from './lib/random.ts';
import { messageOf } from './lib/words.ts';
import { openDoors } from './config/open-doors.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const complain = (line: string) => process.stderr.write(`${line}\n`);

/** @returns the exit code */
async function main(): Promise<number> {
  const folder = process.cwd();
  const environment = readEnvironment(process.env, folder);
  const config = readConfig(environment, folder);
  if (config.kind === 'mistakes') {
    complain(listOf(config.mistakes));
    return 1;
  }
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const made = await createApp(config.settings, {
    clock: systemClock,
    random: systemRandom,
    pid: process.pid,
    version,
    environment: process.env,
    echo: say,
    show: say,
    memoryBytes: () => process.memoryUsage.rss(),
    uptimeMs: () => uptime() * 1_000,
  });
  if (made.kind === 'refused') {
    complain(`${made.what}\n${made.remedy}`);
    return 1;
  }
  const remark = nodeRemark(process.versions.node);
  if (remark !== undefined) complain(`${remark.what}. ${remark.remedy}`);
  for (const warning of config.warnings) complain(warning);
  for (const { what, why, remedy } of openDoors(config.settings, { folder, environment, uid: process.getuid?.() })) {
    complain(`! ${what}. ${why}\n    → ${remedy}`);
  }
  const told = toldToStop();
  // Counts from the signal, also when the start itself hangs.
  void told.then(() => endAfter(9_000, 'Stopping took too long; what was under way is looked up at the next start.'));
  try {
    await made.app.start();
  } catch (thrown) {
    complain(
      `Countersign could not start: ${messageOf(thrown)}\nMend that and start again; npm run doctor may say more.`,
    );
    await made.app.stop();
    return 1;
  }
  // Only to a person's own screen: the address carries the key to the page.
  if (process.stdout.isTTY) say(`\nYour page: ${made.app.homeUrl()}\n`);
  await told;
  await made.app.stop();
  return 0;
}

const toldToStop = (): Promise<void> =>
  new Promise((resolve) => {
    // Again and again: it may come from two sides, and stopping must not be cut short by that. Ctrl-C may, a second time.
    process.on('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });

/** Promised: ten seconds from SIGTERM to the end, whatever hangs. */
function endAfter(ms: number, words: string): void {
  const end = () => {
    if (words !== '') {
      complain(words);
      process.exitCode = 1;
    }
    endProcess();
  };
  setTimeout(end, ms).unref();
}

const listOf = (mistakes: readonly Mistake[]): string =>
  [
    `Countersign can’t start: ${mistakes.length === 1 ? 'one setting is' : `${mistakes.length} settings are`} wrong.`,
    ...mistakes.map(({ name, found, wanted }) => `  ${name}: found ${found}, wanted ${wanted}`),
    'Mend them in .env (or the environment) and start again. Nothing was touched.',
  ].join('\n');

// Timers don't keep the process alive by themselves; this does, until it is told to stop.
const alive = setInterval(() => undefined, 2 ** 30);
try {
  process.exitCode = await main();
} finally {
  clearInterval(alive);
  // A connection somebody keeps open must not keep the process.
  endAfter(1_000, '');
}
