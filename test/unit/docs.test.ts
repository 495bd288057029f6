import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { rules } from '../architecture/rules.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('the documents', () => {
  it('explain every problem code, and no other', () => {
    const codes = [...(read('src/domain/problem.ts').split('ProblemCode =')[1] ?? '').matchAll(/\| '(\w+)'/g)].map(
      (m) => m[1],
    );
    const rows = [...read('docs/problems.md').matchAll(/^\| `(\w+)`/gm)].map((m) => m[1]);
    assert.ok(codes.length > 20);
    assert.deepEqual(rows, codes);
  });

  it('print the import rule as it is checked', () => {
    const table = read('docs/architecture.md');
    for (const { place, may } of rules) {
      const row = table.split('\n').find((line) => line.startsWith(`| \`${place}\` |`)) ?? '';
      const cells = row.split('|').map((cell) => cell.trim());
      const expected = may.length === 0 ? 'nothing' : may.map((name) => `\`${name}\``).join(', ');
      assert.equal(cells[3], expected, place);
    }
  });

  it('name only tests that are there', () => {
    const pages = readdirSync(new URL('../../docs', import.meta.url)).filter((name) => name.endsWith('.md'));
    const named = pages.flatMap((page) => [...read(`docs/${page}`).matchAll(/`(test\/[\w/.-]+\.ts)`/g)]);
    const paths = named.map((match) => match[1] ?? '');
    assert.ok(paths.length > 50);
    assert.deepEqual(
      paths.filter((path) => !existsSync(new URL(`../../${path}`, import.meta.url))),
      [],
    );
  });

  it('name only source files that are there', () => {
    const page = read('docs/architecture.md');
    const named = [...page.matchAll(/`([\w-]+(?:\/[\w-]+)*\.ts)`/g)].map((match) => match[1] ?? '');
    const paths = named.filter((path) => !path.startsWith('test/')).map((path) => path.replace(/^src\//, ''));
    assert.ok(paths.length > 15);
    const all = readdirSync(new URL('../../src', import.meta.url), { recursive: true, encoding: 'utf8' });
    const ends = all.map((path) => `/${path.replaceAll('\\', '/')}`);
    assert.deepEqual(
      paths.filter((path) => !ends.some((end) => end.endsWith(`/${path}`))),
      [],
    );
  });

  it('name only commands that exist in the README', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read('README.md').matchAll(/npm run ([\w:]+)/g)].map((match) => match[1] ?? '');
    assert.ok(named.length > 5);
    assert.deepEqual(
      named.filter((name) => scripts[name] === undefined),
      [],
    );
  });
});
