/** The systemd unit: what it shuts is explained, and what the program and its browser need stays open. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const lines = read('deploy/countersign.service')
  .split('\n')
  .filter((line) => /^\w+=/.test(line));
const valuesOf = (name: string) =>
  lines.filter((line) => line.startsWith(`${name}=`)).map((line) => line.slice(name.length + 1));

describe('the systemd unit', () => {
  it('keeps what it writes to its user, and the system as it is', () => {
    for (const line of [
      'UMask=0077',
      'NoNewPrivileges=true',
      'ProtectSystem=strict',
      'PrivateTmp=true',
      'CapabilityBoundingSet=',
    ]) {
      assert.ok(lines.includes(line), line);
    }
    assert.notEqual(valuesOf('User')[0], 'root');
  });

  it('leaves what Node and the sandbox of Chromium are made of', () => {
    assert.deepEqual(valuesOf('MemoryDenyWriteExecute'), []);
    assert.deepEqual(valuesOf('ProcSubset'), []);
    assert.deepEqual(valuesOf('RestrictNamespaces'), ['user pid net']);
    assert.match(valuesOf('SystemCallFilter').join(' '), /^@system-service chroot seccomp$/);
    for (const family of ['AF_UNIX', 'AF_INET', 'AF_INET6', 'AF_NETLINK']) {
      assert.ok(valuesOf('RestrictAddressFamilies')[0]?.split(' ').includes(family), family);
    }
  });

  it('has every protection explained', () => {
    const shuts =
      /^(?:UMask|ReadWritePaths|RemoveIPC|LockPersonality|CapabilityBoundingSet|NoNewPrivileges|SystemCall\w+|(?:Protect|Private|Restrict)\w+)$/;
    const names = [...new Set(lines.map((line) => line.split('=')[0] ?? ''))].filter((name) => shuts.test(name));
    assert.ok(names.length > 20);
    const explained = read('docs/running.md');
    assert.deepEqual(
      names.filter((name) => !explained.includes(`\`${name}\``)),
      [],
    );
  });
});
