#!/usr/bin/env node
/**
 * Starts Countersign on the best Node there is: what the npm scripts, `npx countersign` and the files in deploy/ run.
 * `start` is `npm start`, `run` the real thing and never the sandbox, every other word one of the command line.
 * Stays JavaScript that Node 20 understands.
 */
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { become, complain, lockedNode, noneCame } from './runtime.js';

const programs = new Map([
  ['start', '../sandbox/start.ts'],
  ['run', '../src/main.ts'],
]);
const program = programs.get(process.argv[2]) ?? '../src/cli/index.ts';
const words = [...process.execArgv, ...process.argv.slice(1)];

const locked = lockedNode();
const readsTypeScript = Number(process.versions.node.split('.')[0]) >= 24 && process.features.typescript;
if (!readsTypeScript) {
  if (locked === undefined) complain(noneCame);
  else if (locked.path === process.execPath) complain('it is told not to read TypeScript (NODE_OPTIONS?)');
  else become(locked.path, words);
} else {
  // Sources lose their types at every start; kept, that saves a fifth of the memory and half of the time from the second on.
  module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/countersign/compiled', import.meta.url)));
  const better = await betterNode();
  if (better === undefined) await import(program);
  else become(better.path, words);
}

/** Looked for once: what was chosen does not choose again, whatever it says of itself. */
async function betterNode() {
  const chosen = process.env['COUNTERSIGN_CHOSEN_NODE'] !== undefined;
  delete process.env['COUNTERSIGN_CHOSEN_NODE'];
  if (chosen) return undefined;
  const { betterNode } = await import('../src/lib/better-node.ts');
  const current = { path: process.execPath, version: process.versions.node };
  const better = betterNode({ current, locked, environment: process.env, flags: process.execArgv });
  if (better !== undefined) process.env['COUNTERSIGN_CHOSEN_NODE'] = better.path;
  return better;
}
