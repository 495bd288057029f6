import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { mutations } from '../../mutations/planted/index.ts';

const read = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../${file}`, import.meta.url)), 'utf8');

test('every planted fault still fits the sources, in one place', () => {
  for (const { name, changes } of mutations) {
    assert.ok(changes.length > 0, name);
    for (const { file, from, to } of changes) {
      assert.equal(read(file).split(from).length - 1, 1, `${name}: ${file} has it once`);
      assert.notEqual(from, to, name);
    }
  }
});

test('every suite that has to notice one is there', () => {
  for (const suite of new Set(mutations.flatMap(({ suites }) => suites))) {
    if (suite.endsWith('.test.ts')) assert.notEqual(read(suite), '', suite);
  }
});
