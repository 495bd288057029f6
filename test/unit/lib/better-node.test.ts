import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { it } from 'node:test';
import type { TestContext } from 'node:test';
import { betterNode, isBetter } from '../../../src/lib/better-node.ts';

const posix = { skip: process.platform === 'win32' ? 'the stand-ins for Node are shell scripts' : false };
const here = { path: process.execPath, version: '24.21.0' };

/** A folder with a program called node that says this version, knows only these flags, and perhaps no TypeScript. */
function machine(context: TestContext, version: string, refuses = '--no-flag', typescript = true): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-node-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const words = typescript ? version : '';
  writeFileSync(
    join(folder, 'node'),
    `#!/bin/sh
case "$*" in
  *${refuses}*) exit 9 ;;
  --version) echo v${version} ;;
  *) echo "${words}" ;;
esac
`,
  );
  chmodSync(join(folder, 'node'), 0o755);
  return folder;
}

const flags = ['--max-semi-space-size=2'];
const choose = (parts: Partial<Parameters<typeof betterNode>[0]>) =>
  betterNode({ current: here, locked: undefined, environment: {}, flags, ...parts })?.version.replace(/^v/, '');

it('who lacks fewer of the known fixes is better, then who is newer, and what is too old never is', () => {
  assert.ok(isBetter('24.22.3', '24.21.0'));
  assert.ok(isBetter('24.22.3', '26.12.1'), 'newer but behind');
  assert.ok(isBetter('26.13.1', '24.22.3'));
  assert.ok(isBetter('26.10.0', '24.21.0'), 'both lack the same');
  assert.ok(!isBetter('24.22.3', '24.22.3'));
  assert.ok(!isBetter('25.9.0', '24.21.0'), 'its line gets nothing any more');
  assert.ok(!isBetter('22.23.5', '24.21.0'));
  assert.ok(isBetter('24.0.0', '20.20.2'));
  assert.ok(!isBetter('27.0.0-nightly', '24.21.0'));
});

it('going from one to a better one ends', () => {
  const versions = ['24.0.0', '24.21.0', '24.22.1', '24.22.3', '24.30.0', '25.1.0', '26.10.0', '26.13.1', '27.0.0'];
  for (const a of versions) {
    for (const b of versions) {
      assert.ok(!(isBetter(a, b) && isBetter(b, a)), `${a} ${b}`);
      for (const c of versions) if (isBetter(a, b) && isBetter(b, c)) assert.ok(isBetter(a, c), `${a} ${b} ${c}`);
    }
  }
});

it('the machine’s own Node is taken when it is better, from npm or from the path', posix, (context) => {
  const folder = machine(context, '26.13.1');
  assert.equal(choose({ environment: { PATH: ['/nowhere', folder].join(delimiter) } }), '26.13.1');
  const npm_node_execpath = join(folder, 'node');
  const npm_config_user_agent = 'npm/11.19.1 node/v26.13.1 linux x64 workspaces/false';
  assert.equal(choose({ environment: { npm_node_execpath, npm_config_user_agent } }), '26.13.1');
  assert.equal(choose({ environment: { npm_node_execpath } }), '26.13.1', 'npm did not say its version');
  const older = machine(context, '20.20.2');
  assert.equal(choose({ environment: { PATH: older } }), undefined);
});

it('the locked one is taken when it is the best of them', posix, (context) => {
  const locked = { path: join(machine(context, '24.22.3'), 'node'), version: '24.22.3' };
  assert.equal(choose({ locked, environment: { PATH: machine(context, '26.12.1') } }), '24.22.3');
  assert.equal(choose({ locked, environment: { PATH: machine(context, '26.13.1') } }), '26.13.1');
  assert.equal(choose({ current: { ...here, version: '26.13.1' }, locked }), undefined);
});

it(
  'a Node that is not what it was said to be, does not know the flags or reads no TypeScript is left alone',
  posix,
  (context) => {
    const locked = { path: join(machine(context, '24.22.3'), 'node'), version: '24.22.3' };
    for (const folder of [machine(context, '26.13.1', '--max-semi'), machine(context, '26.13.1', '--no-flag', false)]) {
      assert.equal(choose({ locked, environment: { PATH: folder } }), '24.22.3');
    }
    const npm_node_execpath = join(machine(context, '24.1.0'), 'node');
    const npm_config_user_agent = 'npm/11.19.1 node/v26.13.1 linux x64';
    assert.equal(choose({ environment: { npm_node_execpath, npm_config_user_agent } }), undefined);
  },
);

it('what packages brought, and this very Node by another name, are not the machine’s own', posix, (context) => {
  const folder = machine(context, '26.13.1');
  const bin = join(folder, 'node_modules', '.bin');
  mkdirSync(bin, { recursive: true });
  symlinkSync(join(folder, 'node'), join(bin, 'node'));
  assert.equal(choose({ environment: { PATH: bin } }), undefined);
  const current = { path: join(folder, 'node'), version: '24.21.0' };
  const other = join(folder, 'other');
  mkdirSync(other);
  symlinkSync(current.path, join(other, 'node'));
  assert.equal(choose({ current, environment: { PATH: other } }), undefined);
});
