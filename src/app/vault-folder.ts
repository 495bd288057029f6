/** The vault's folder: opened, refused when it is taken or can't be used, with what is kept below its `Logs/`. */
import { basename, dirname, join, relative, sep } from 'node:path';
import { outsideVault } from '../config/index.ts';
import type { Mistake, Settings } from '../config/index.ts';
import type { Clock } from '../lib/clock.ts';
import { anywhere } from '../lib/plain-file.ts';
import type { Opener } from '../lib/plain-file.ts';
import { realPath } from '../lib/real-path.ts';
import { openRoot } from '../lib/root.ts';
import type { Root } from '../lib/root.ts';
import { messageOf } from '../lib/words.ts';
import { createDayLog } from '../vault/day-log.ts';
import type { DayLog } from '../vault/day-log.ts';
import { createLastCommit } from '../vault/last-commit.ts';
import { createRecordLog } from '../vault/record-log.ts';
import { createRunFiles } from '../vault/run-files.ts';
import type { Vault } from '../vault/types.ts';

export const vaultTaken = (vaultPath: string, pid: number, since: string): VaultRefusal => ({
  kind: 'refused',
  what: `Another Countersign (process ${pid}, since ${since}) works on ${vaultPath}.`,
  remedy: `Use that one, or stop it first: kill ${pid}`,
});

/** Why it does not start: nothing was changed. */
export type VaultRefusal = { readonly kind: 'refused'; readonly what: string; readonly remedy: string };

/** The vault's folder, made when it is missing, the links to it followed once. */
export async function rootOf(
  settings: Pick<Settings, 'dataDir' | 'vaultPath'>,
): Promise<{ readonly kind: 'root'; readonly root: Root } | VaultRefusal> {
  const { vaultPath } = settings;
  try {
    const wrong = dataInVault(settings);
    if (wrong === undefined) return { kind: 'root', root: await openRoot(vaultPath) };
    return {
      kind: 'refused',
      what: `Countersign can’t start: one setting is wrong.\n  ${wrong.name}: found ${wrong.found}, wanted ${wrong.wanted}`,
      remedy: 'Mend it in .env (or the environment) and start again. Nothing was touched.',
    };
  } catch (thrown) {
    const what = `The vault ${vaultPath} can’t be opened: ${messageOf(thrown)}`;
    return {
      kind: 'refused',
      what,
      remedy: 'Give yourself the right to write there, or set VAULT_PATH to another folder.',
    };
  }
}

/** The settings say it of a DATA_DIR that lies in the vault by its name; here links are followed. Changes nothing. */
export function dataInVault({ dataDir, vaultPath }: Pick<Settings, 'dataDir' | 'vaultPath'>): Mistake | undefined {
  const real = realPath(dataDir);
  const vault = realPath(vaultPath);
  if (real !== vault && !isBelow(vault, real)) return undefined;
  return { name: 'DATA_DIR', found: `"${dataDir}", which leads to ${real}`, wanted: outsideVault };
}

/** What keeps a part of the vault from being used, each in words. Never rejects. */
export const troublesOf = async (
  vault: Pick<Vault, 'inspect'>,
  log: Pick<DayLog, 'trouble'>,
): Promise<readonly string[]> =>
  [...(await vault.inspect()).map(({ what, remedy }) => `${what} ${remedy}`), await log.trouble()].filter(
    (words) => words !== '',
  );

/** What is kept below `Logs/`, but for the log of the day. */
export const keptIn = (root: Root, clock: Clock, mask: (text: string) => string) => ({
  runFiles: createRunFiles({ root, clock, mask }),
  recordLog: createRecordLog(root),
  lastCommit: createLastCommit(root),
});

export const dayLogOf = (
  root: Root,
  settings: Settings,
  around: { readonly clock: Clock; readonly echo: (line: string) => void },
  mask: (text: string) => string,
): DayLog =>
  createDayLog({
    ...logPlace(root, settings),
    level: settings.logLevel,
    clock: around.clock,
    mask,
    echo: around.echo,
  });

/** In the vault as everything is there, elsewhere as the setting says. */
export function logPlace(
  root: Root,
  { vaultPath, logFile }: Pick<Settings, 'vaultPath' | 'logFile'>,
): { readonly place: Opener; readonly file: string } {
  if (isBelow(vaultPath, logFile)) return { place: root, file: join(root.path, relative(vaultPath, logFile)) };
  const real = join(realPath(dirname(logFile)), basename(logFile));
  return isBelow(root.path, real) ? { place: root, file: real } : { place: anywhere, file: logFile };
}

const isBelow = (folder: string, path: string): boolean => path.startsWith(folder + sep);
