import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import {
  maxFileLines,
  mayReadWords,
  namelessPlaces,
  names,
  onWords,
  owners,
  pinned,
  rules,
  shared,
  sharedTypeNames,
} from './rules.ts';
import { readSources, root } from './sources.ts';
import type { Source } from './sources.ts';

const src = readSources('src');
const sandbox = readSources('sandbox');
const test = readSources('test');
const all = [...src, ...sandbox, ...test];

/** `bot/telegram/index.ts` → `bot`; `main.ts` → `main.ts`. */
const placeOf = (path: string): string => path.replace(/^src\//, '').split('/')[0] ?? '';

describe('architecture', () => {
  it('has read the whole of the source, not a part of it', () => {
    assert.ok(src.length >= 150, `only ${src.length} files below src were read`);
    assert.ok(sandbox.length >= 30, `only ${sandbox.length} files below sandbox were read`);
    const imports = src.reduce((sum, source) => sum + source.ours.length, 0);
    assert.ok(imports >= 400, `only ${imports} imports were found`);
  });

  it('lets every place import only what the rule allows', () => {
    assert.deepEqual(src.flatMap(breaches), []);
  });

  it('knows a rule for every place', () => {
    const places = new Set(src.map((source) => placeOf(source.path)));
    assert.deepEqual(
      [...places].filter((place) => !rules.some((rule) => rule.place === place)),
      [],
    );
  });

  it('keeps packages out of domain and lib, and node out of domain', () => {
    const strangers = src.flatMap(({ path, foreign }) =>
      foreign
        .filter((name) => placeOf(path) === 'domain' || (placeOf(path) === 'lib' && !name.startsWith('node:')))
        .map((name) => `${path} imports ${name}`),
    );
    assert.deepEqual(strangers, []);
  });

  it('has one owner for every package', () => {
    const wrong = src.flatMap(({ path, foreign }) =>
      foreign
        .filter((name) => !name.startsWith('node:'))
        .filter((name) => !(owners[name] ?? []).some((owner) => `${path}/`.startsWith(`src/${owner}/`)))
        .map((name) => `${path} imports ${name}`),
    );
    assert.deepEqual(wrong, []);
  });

  it('spells no platform and no chat in the core', () => {
    const spelled = src
      .filter(({ path }) => namelessPlaces.some((place) => `${path}/`.startsWith(`src/${place}/`)))
      .filter(({ text }) => names.test(text))
      .map(({ path }) => path);
    assert.deepEqual(spelled, []);
  });

  it('spells no command in the conversation', () => {
    const spelled = src
      .filter(({ path }) => path.startsWith('src/bot/chat/'))
      .filter(({ code }) =>
        /(?:^|[\s'"`(])\/(?:next|failed|pending|status|pause|resume|recent|settings|help|start)\b/m.test(code),
      )
      .map(({ path }) => path);
    assert.deepEqual(spelled, []);
  });

  it('makes the app in the process alone: the command line asks the one that runs', () => {
    const makers = src.filter(({ ours }) => ours.includes('src/app/index.ts')).map(({ path }) => path);
    assert.deepEqual(makers, ['src/main.ts']);
  });

  it('reaches what lies in the vault one way only', () => {
    const ways = src
      .filter(({ path }) => pinned.some((place) => path.startsWith(`src/${place}/`)))
      .filter(({ code }) =>
        /^import (?!type\b)[^;]*'(?:node:)?fs(?:\/promises)?';|\bimport\(\s*'(?:node:)?fs/m.test(code),
      )
      .map(({ path }) => path);
    assert.deepEqual(ways, []);
  });

  it('hangs no decision on words that are written for people', () => {
    const found = src
      .filter(({ path }) => !mayReadWords.some((place) => path.startsWith(`src/${place}`)))
      .flatMap(({ path, code }) =>
        onWords.flatMap((pattern) => {
          const hit = pattern.exec(code)?.[0];
          return hit === undefined ? [] : [`${path}: ${hit}`];
        }),
      );
    assert.deepEqual(found, []);
  });

  it('would notice one', () => {
    for (const line of [
      'draft.trouble?.what.startsWith(stuckWords)',
      "title.split(' · ')[0]",
      "noun.startsWith('LinkedIn')",
      "fields.find(({ label }) => label === 'Subject')",
      'Map.groupBy(fit, ({ title }) => title)',
      '/paused/.test(attempt.words)',
      "attempt.words === 'Everything is paused.'",
      "['Everything is paused.', stopped].includes('Everything is paused.')",
    ]) {
      assert.ok(
        onWords.some((pattern) => pattern.test(line)),
        line,
      );
    }
    for (const line of ["verdict.kind === 'refused'", "text.words === ''", "wish.what === 'approve'"]) {
      assert.ok(!onWords.some((pattern) => pattern.test(line)), line);
    }
  });

  it('has no import rings', () => {
    assert.deepEqual(rings(src), []);
  });

  it('lists every adapter folder in the index of its top folder', () => {
    const missing = ['bot', 'executors', 'watchers'].flatMap((top) => {
      const folders = new Set(
        src
          .map(({ path }) => path.split('/'))
          .flatMap(([, first, second, third]) => (first === top && third !== undefined ? [second] : [])),
      );
      const index = readFileSync(join(root, 'src', top, 'index.ts'), 'utf8');
      return [...folders]
        .filter((folder) => !(shared[top] ?? []).includes(folder ?? '') && !index.includes(`./${folder}/`))
        .map((folder) => `${top}/${folder}`);
    });
    assert.deepEqual(missing, []);
  });

  it('gives each exported type a name of its own', () => {
    const named = src.flatMap(({ path, code }) =>
      [...code.matchAll(/^export (?:declare )?(?:type|interface) (\w+)\b(?=[\s<=])/gm)].map((match) => ({
        name: match[1] ?? '',
        path,
      })),
    );
    assert.ok(named.length >= 500, `only ${named.length} exported types were found`);
    const doubled = [...Map.groupBy(named, ({ name }) => name)].filter(([, all]) => all.length > 1);
    assert.deepEqual(
      doubled
        .filter(([name]) => sharedTypeNames[name] === undefined)
        .map(([name, all]) => `${name}: ${all.map(({ path }) => path).join(', ')}`),
      [],
    );
    assert.deepEqual(
      Object.keys(sharedTypeNames).filter((name) => !doubled.some(([one]) => one === name)),
      [],
    );
  });

  it('keeps files short', () => {
    assert.deepEqual(
      all.filter(({ lines }) => lines > maxFileLines).map(({ path, lines }) => `${path}: ${lines}`),
      [],
    );
  });

  it('switches no type off and replaces no module', () => {
    const off = /:\s*any\b|\bas any\b|<any>|as unknown as|mock\.module/;
    const found = all
      .filter(({ path }) => !path.startsWith('test/architecture/'))
      .filter(({ code, text }) => off.test(code) || /@ts-(ignore|expect-error|nocheck)|lint-disable/.test(text));
    assert.deepEqual(
      found.map(({ path }) => path),
      [],
    );
  });

  it('has no link in its documents that points nowhere', () => {
    const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...docs()];
    const broken = documents.flatMap((document) => {
      const text = readFileSync(join(root, document), 'utf8');
      return [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)]
        .map((match) => match[1] ?? '')
        .filter((target) => !existsSync(resolve(root, dirname(document), target)))
        .map((target) => `${document} → ${target}`);
    });
    assert.deepEqual(broken, []);
  });
});

const docs = (): readonly string[] => readFileSync(join(root, 'README.md'), 'utf8').match(/docs\/[\w/.-]+\.md/g) ?? [];

function breaches({ path, ours }: Source): readonly string[] {
  const place = placeOf(path);
  const may = rules.find((rule) => rule.place === place)?.may ?? [];
  return ours.filter((target) => !isAllowed(path, place, may, target)).map((target) => `${path} imports ${target}`);
}

function isAllowed(path: string, place: string, may: readonly string[], target: string): boolean {
  if (target === 'package.json') return true;
  if (!target.startsWith('src/')) return false;
  const targetPlace = placeOf(target);
  if (targetPlace !== place) return may.includes(targetPlace);
  if (!may.includes('own top folder')) return true;
  // An adapter may use its own folder, the shared ones of its family and files lying directly in the top folder; the index lists all.
  const [, , folder = '', inside] = path.split('/');
  const [, , targetFolder = '', targetInside] = target.split('/');
  if (folder === targetFolder || shared[place]?.includes(targetFolder) === true) return true;
  const isShared = inside !== undefined && shared[place]?.includes(folder) === true;
  if (targetInside === undefined) return !isShared;
  return inside === undefined && folder === 'index.ts';
}

/** Files that reach themselves, found depth-first; empty when there are none. */
function rings(sources: readonly Source[]): readonly string[] {
  const imports = new Map(sources.map((source) => [source.path, source.ours]));
  const found: string[] = [];
  const state = new Map<string, 'open' | 'closed'>();
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'closed') return;
    if (state.get(path) === 'open') {
      found.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      return;
    }
    state.set(path, 'open');
    for (const next of imports.get(path) ?? []) if (imports.has(next)) visit(next, [...trail, path]);
    state.set(path, 'closed');
  };
  for (const path of imports.keys()) visit(path, []);
  return found;
}
