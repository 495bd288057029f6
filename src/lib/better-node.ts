/**
 * Is there a better Node for this program than the one it runs on? Two can be there: the one that npm ci brought, and
 * the machine's own. Better is who has more of the known security fixes, then who is newer.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join, sep } from 'node:path';
import { compareNumbers, numbersOf, standingOf } from './node-security.ts';

export type FoundNode = { readonly path: string; readonly version: string };

type Parts = {
  readonly current: FoundNode;
  /** What npm ci brought. */
  readonly locked: FoundNode | undefined;
  readonly environment: NodeJS.ProcessEnv;
  /** Node's own flags of this start: another one must know them too. */
  readonly flags: readonly string[];
};

/** The oldest line this program is tested on. */
const oldestLine = 24;

export function betterNode({ current, locked, environment, flags }: Parts): FoundNode | undefined {
  const machine = machineNode(current, environment);
  return [locked, machine]
    .filter((node) => node !== undefined)
    .filter((node) => isBetter(node.version, current.version))
    .toSorted((a, b) => (isBetter(a.version, b.version) ? -1 : 1))
    .find((node) => runs(node, flags));
}

/** Whether it should be preferred to `other`; both as Node names itself, with or without the v. */
export function isBetter(version: string, other: string): boolean {
  const [mine, theirs] = [numbersOf(version), numbersOf(other)];
  if (mine === undefined || mine[0] < oldestLine) return false;
  if (theirs === undefined || theirs[0] < oldestLine) return true;
  const [lacking, theirLacking] = [lacks(version), lacks(other)];
  return lacking === theirLacking ? compareNumbers(mine, theirs) > 0 : lacking < theirLacking;
}

function lacks(version: string): number {
  const standing = standingOf(version);
  if (standing.kind === 'ended') return Infinity;
  return standing.kind === 'behind' ? standing.lacks.length : 0;
}

/** The Node that runs npm; without npm the first on the path that no package brought. */
function machineNode(current: FoundNode, environment: NodeJS.ProcessEnv): FoundNode | undefined {
  const ofNpm = environment['npm_node_execpath'];
  const path = ofNpm ?? onPath(environment['PATH'] ?? environment['Path'] ?? '');
  if (path === undefined || !existsSync(path) || realpathSync(path) === realpathSync(current.path)) return undefined;
  // npm says its version; asking the program itself takes a moment of every start.
  const said =
    ofNpm === undefined ? undefined : / node\/v(\S+) /.exec(` ${environment['npm_config_user_agent']} `)?.[1];
  return { path, version: said ?? answerOf(path, ['--version']) };
}

function onPath(folders: string): string | undefined {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return folders
    .split(delimiter)
    .filter((folder) => folder !== '' && !folder.split(sep).includes('node_modules'))
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/** It is what it was said to be, starts here, knows the flags, and reads TypeScript (some are built without that). */
function runs({ path, version }: FoundNode, flags: readonly string[]): boolean {
  const answer = answerOf(path, [...flags, '-p', 'process.features.typescript ? process.versions.node : ""']);
  return answer !== '' && answer === version.replace(/^v/, '');
}

/** Empty when it does not start or does not answer in time. */
function answerOf(path: string, words: readonly string[]): string {
  const { status, stdout } = spawnSync(path, words, { encoding: 'utf8', timeout: 10_000, windowsHide: true });
  return status === 0 ? stdout.trim() : '';
}
