import assert from 'node:assert/strict';
import { it } from 'node:test';
import { compareNumbers, nodeRemark, numbersOf, standingOf } from '../../../src/lib/node-security.ts';

it('a Node with the newest security release of its line is current, and so is every later one', () => {
  for (const version of ['24.22.3', '24.23.0', '26.13.1', '26.14.0', 'v26.13.10']) {
    assert.equal(standingOf(version).kind, 'current', version);
    assert.equal(nodeRemark(version), undefined, version);
  }
});

it('a Node without it is behind, and the words name each release it lacks, the oldest first, and what to install', () => {
  const lacking = (version: string) => {
    const standing = standingOf(version);
    return standing.kind === 'behind' ? standing.lacks.map(({ day }) => day) : standing.kind;
  };
  assert.deepEqual(lacking('24.22.2'), ['11 November 2026']);
  assert.deepEqual(lacking('26.13.0'), ['11 November 2026']);
  assert.deepEqual(lacking('24.21.0'), ['21 October 2026', '11 November 2026']);
  assert.deepEqual(lacking('26.5.0'), ['29 July 2026', '21 October 2026', '11 November 2026']);
  // 26.3.1 is newer than 24.17.0 and has the same fixes: each line is counted by itself.
  assert.deepEqual(lacking('26.3.1'), lacking('24.17.0'));
  const { what, remedy } = nodeRemark('24.21.0') ?? { what: '', remedy: '' };
  assert.match(
    what,
    /^Node 24\.21\.0 lacks the security fixes of 21 October 2026 and 11 November 2026 \(.*Brotli.*TLS/,
  );
  assert.match(remedy, /^Install Node 24\.22\.3 or 26\.13\.1 or newer from https:\/\/nodejs\.org/);
  assert.doesNotMatch(what + remedy, /\n/);
});

it('a line that got no fixes in the newest release gets none any more', () => {
  for (const version of ['20.20.2', '23.11.1', '25.9.0']) {
    assert.equal(standingOf(version).kind, 'ended', version);
    assert.match(nodeRemark(version)?.what ?? '', /gets no security fixes any more/);
  }
});

it('nothing is known against a line that is newer than the table, or against a build without a plain number', () => {
  for (const version of ['27.0.0', '28.1.0', '26.0.0-nightly20260101', 'bun', '']) {
    assert.equal(standingOf(version).kind, 'unknown', version);
    assert.equal(nodeRemark(version), undefined, version);
  }
});

it('versions are compared as numbers', () => {
  const compare = (a: string, b: string) => compareNumbers(numbersOf(a) ?? [0, 0, 0], numbersOf(b) ?? [0, 0, 0]);
  assert.ok(compare('24.9.0', '24.22.0') < 0);
  assert.ok(compare('26.0.0', '24.99.9') > 0);
  assert.equal(compare('v24.22.3', '24.22.3'), 0);
});
