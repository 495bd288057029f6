import { globSync, readFileSync } from 'node:fs';
import { dirname, posix, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

export type Source = {
  /** From the repository's root, with `/`. */
  readonly path: string;
  readonly text: string;
  /** Without comments. */
  readonly code: string;
  readonly lines: number;
  /** Relative imports, resolved from the root. */
  readonly ours: readonly string[];
  /** Those that stay after types are stripped; only they can make a ring. */
  readonly values: readonly string[];
  /** Package names, and `node:` modules as they are written. */
  readonly foreign: readonly string[];
};

/** Every TypeScript file below `folder`, with what it imports: statically, as types, dynamically and by re-export. */
export function readSources(folder: string): readonly Source[] {
  return globSync('**/*.ts', { cwd: resolve(root, folder) })
    .filter((file) => !file.endsWith('.d.ts'))
    .map((file) => readSource(posix.join(folder, file.replaceAll('\\', '/'))));
}

function readSource(path: string): Source {
  const text = readFileSync(resolve(root, path), 'utf8');
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const statements = [...code.matchAll(/^(?:import|export)\s+(type\s)?[\w\s{},*$]*?(?:from\s*)?['"]([^'"]+)['"]/gm)];
  const dynamic = [...code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g)].map((match) => match[1] ?? '');
  const found = [...statements.map((match) => match[2] ?? ''), ...dynamic];
  // Workers and child processes are reached by URL; that is an import too.
  const byUrl = [...code.matchAll(/new URL\(\s*['"](\.[^'"]+\.ts)['"]/g)].map((match) => match[1] ?? '');
  const specifiers = [...found, ...byUrl];
  const fromRoot = (name: string) => relative(root, resolve(root, dirname(path), name)).replaceAll('\\', '/');
  const ours = specifiers.filter((name) => name.startsWith('.')).map(fromRoot);
  const values = statements
    .filter((match) => match[1] === undefined)
    .map((match) => match[2] ?? '')
    .filter((name) => name.startsWith('.'))
    .map(fromRoot);
  const foreign = specifiers.filter((name) => !name.startsWith('.')).map(packageOf);
  return { path, text, code, lines: text.split('\n').length - 1, ours, values, foreign };
}

const packageOf = (specifier: string): string => {
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
};
