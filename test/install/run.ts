/**
 * `npm run proof:install -- [--npm 10.8.2]… [--node PATH]`: the README's two commands as somebody meets them who has nothing but Node: a
 * fresh clone of what is committed, an empty home, a path with no Python, make or compiler on it. An npm that the registry
 * does not have is said loudly and left out. Downloads come from npm's cache where they lie there.
 */
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { until } from '../support/until.ts';

const { values } = parseArgs({
  options: { npm: { type: 'string', multiple: true }, node: { type: 'string' } },
});
/** What the last Node 20 brings. */
const versions = values.npm ?? ['10.8.2'];
const root = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

/** How this machine reaches the registry; nothing else is taken along. */
const kept = /^(?:(?:https?|no)_proxy|node_extra_ca_certs|ssl_cert_(?:file|dir)|npm_config_registry)$/i;

/** The machine's own: not the one that this runs on. */
function machineNode(): string {
  const found = [
    process.env['npm_node_execpath'] ?? '',
    ...(process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'node')),
  ];
  const path = found.find((one) => one !== '' && !one.split(sep).includes('node_modules') && existsSync(one));
  return realpathSync(values.node ?? path ?? process.execPath);
}

type Ground = { readonly folder: string; readonly env: NodeJS.ProcessEnv };

/** @returns undefined when this npm can't be had */
async function prepare(npm: string, node: string, cache: string): Promise<Ground | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-install-'));
  try {
    await run(
      'npm',
      ['install', '--silent', '--no-audit', '--no-fund', '--prefix', join(folder, 'npm'), `npm@${npm}`],
      { cwd: folder },
    );
  } catch (thrown) {
    console.log(`NOT TRIED: npm ${npm} can't be had here: ${String(thrown)}`);
    rmSync(folder, { recursive: true });
    return undefined;
  }
  for (const name of ['home', 'bin']) mkdirSync(join(folder, name));
  const cli = (name: string) => join(folder, 'npm/node_modules/npm/bin', `${name}-cli.js`);
  const programs = { sh: '/bin/sh', node, npm: cli('npm'), npx: cli('npx') };
  for (const [name, target] of Object.entries(programs)) symlinkSync(target, join(folder, 'bin', name));
  const ways = Object.entries(process.env).filter(([name]) => kept.test(name));
  await run('git', ['clone', '--quiet', root, join(folder, 'checkout')]);
  const env = {
    ...Object.fromEntries(ways),
    HOME: join(folder, 'home'),
    PATH: join(folder, 'bin'),
    npm_config_cache: cache,
  };
  return { folder, env };
}

async function tryIt(ground: Ground): Promise<void> {
  const cwd = join(ground.folder, 'checkout');
  const said = async (command: string, words: readonly string[]) => {
    const { stdout, stderr } = await run(command, words, { cwd, env: ground.env, timeout: 300_000 });
    return stdout + stderr;
  };
  const npm = join(ground.folder, 'bin/npm');
  await said(npm, ['ci']);
  console.log(`  npm ci`);
  console.log(`  npm start: ${await startsAndEnds(npm, cwd, ground.env)}`);
  console.log(
    `  npx countersign doctor: ${(await said(join(ground.folder, 'bin/npx'), ['countersign', 'doctor'])).split('\n')[0]}`,
  );
  const { stdout } = await run('git', ['status', '--short'], { cwd });
  if (stdout !== '') throw new Error(`the checkout is not as it was:\n${stdout}`);
}

/** In a group of its own, so that it can be ended whole and by nobody's name. @returns the link that it printed */
async function startsAndEnds(npm: string, cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(npm, ['start'], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const closed = new Promise((resolve) => child.once('close', resolve));
  const end = (signal: NodeJS.Signals) => {
    try {
      process.kill(-(child.pid ?? 0), signal);
    } catch {
      // It is over.
    }
  };
  process.once('exit', () => end('SIGKILL'));
  const link = await until(
    () => {
      if (child.exitCode !== null) return `ended with ${child.exitCode}`;
      return /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0];
    },
    `npm start prints a link:\n${said}`,
    60_000,
  );
  if (!link.startsWith('http')) throw new Error(`npm start ${link}:\n${said}`);
  const page = await fetch(link);
  if (page.status !== 200) throw new Error(`${link} answers ${page.status}`);
  end('SIGTERM');
  await closed;
  return link;
}

const node = machineNode();
const nodeVersion = (await run(node, ['--version'])).stdout.trim();
const cache = (await run('npm', ['config', 'get', 'cache'], { cwd: root })).stdout.trim();
let [passed, failed, skipped] = [0, 0, 0];
for (const version of versions) {
  console.log(`npm ${version} on Node ${nodeVersion}, without Python, make and compiler`);
  const ground = await prepare(version, node, cache);
  if (ground === undefined) {
    skipped += 1;
    continue;
  }
  try {
    await tryIt(ground);
    passed += 1;
  } catch (thrown) {
    failed += 1;
    console.error(thrown instanceof Error ? thrown.message : thrown);
  } finally {
    rmSync(ground.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
