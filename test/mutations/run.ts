/**
 * `npm run proof:mutations -- [--only WORD]`: plants one fault at a time into a copy of the sources and runs the suites
 * that must notice it. A fault nobody notices, or one that can't be planted any more, fails the run.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { modelEnvironment } from '../model/environment.ts';
import { mutations } from './planted/index.ts';
import type { Mutation, Suite } from './planted/mutation.ts';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const root = fileURLToPath(new URL('../../', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'countersign-mutations-'));

/** @returns undefined when it can't be planted: the source was changed and the fault must follow */
function plant({ changes }: Mutation): (() => void) | undefined {
  const before = new Map<string, string>();
  for (const { file, from, to } of changes) {
    const path = join(copy, file);
    const text = readFileSync(path, 'utf8');
    if (text.split(from).length !== 2) return undefined;
    if (!before.has(path)) before.set(path, text);
    writeFileSync(
      path,
      text.replace(from, () => to),
    );
  }
  return () => {
    for (const [path, text] of before) writeFileSync(path, text);
  };
}

const crash = ['test/crash/run.ts', '--seed', '7', '--patience', '30', '--quiet'];

function wordsFor(suite: Suite): readonly string[] {
  switch (suite) {
    case 'model':
      return ['test/model/run.ts', '--runs', '600', '--seed', '11', '--unshrunk'];
    case 'deaths':
      return [...crash, '--only', 'death', '--kills', '60'];
    case 'power cuts':
      return [...crash, '--only', 'power', '--kills', '24'];
    case 'storm':
      return ['test/storm/run.ts', '--seed', '5', '--people', '10', '--cards', '60', '--kills', '4'];
    default:
      // A fault may make a test wait for ever: that is noticed too.
      return ['--test', '--test-timeout=180000', '--test-force-exit', suite];
  }
}

/** A suite that does not come to its end has noticed nothing. */
function notices(suite: Suite): boolean {
  const words = wordsFor(suite);
  const env = { ...process.env, ...(suite === 'model' ? modelEnvironment : {}) };
  const { status } = spawnSync(process.execPath, [...words], { cwd: copy, env, stdio: 'ignore', timeout: 600_000 });
  return status !== null && status !== 0;
}

function wordsOn({ suites }: Mutation, blind: readonly Suite[], gone: boolean): string {
  if (gone) return 'CAN’T BE PLANTED: the source changed';
  if (blind.length === 0) return `noticed by ${suites.join(', ')}`;
  return `NOT NOTICED by ${blind.join(', ')}`;
}

try {
  for (const name of ['src', 'test', 'sandbox', 'package.json', 'tsconfig.json']) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  let missed = 0;
  // A suite that fails anyway would seem to notice everything.
  const chosen = mutations.filter(({ name }) => name.includes(values.only ?? ''));
  const suites = new Set(chosen.flatMap((mutation) => mutation.suites));
  const broken = [...suites].filter(notices);
  if (broken.length > 0) throw new Error(`These fail without any fault: ${broken.join(', ')}`);
  for (const mutation of chosen) {
    const mend = plant(mutation);
    const blind = mend === undefined ? mutation.suites : mutation.suites.filter((suite) => !notices(suite));
    mend?.();
    if (blind.length > 0) missed += 1;
    console.log(`${blind.length === 0 ? '✓' : '✗'} ${mutation.name}: ${wordsOn(mutation, blind, mend === undefined)}`);
  }
  console.log(`${chosen.length} faults planted one at a time, ${chosen.length - missed} noticed`);
  process.exitCode = missed === 0 ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
