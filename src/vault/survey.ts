/** Every draft file there is, wherever it lies: for the audit, which looks at finished folders too. Reads, never writes. */
import { join } from 'node:path';
import type { Folder } from '../domain/lifecycle.ts';
import { statsOf } from '../lib/plain-file.ts';
import { readRegular } from '../lib/regular-file.ts';
import { rootAt } from '../lib/root.ts';
import type { Root } from '../lib/root.ts';
import { folders } from './folders.ts';
import { largestDraft } from './largest.ts';
import { traceOf } from './listing.ts';
import { isDomainName, isDraftName } from './names.ts';
import type { VaultFile } from './types.ts';

export type Surveyed = VaultFile & { readonly text: string };

const surveyed: readonly Folder[] = folders.filter((folder) => folder !== 'Inbox' && folder !== 'Logs');

/** What can't be read or is no draft is left out; a folder that is missing is an empty one. */
export async function surveyVault(vaultPath: string): Promise<readonly Surveyed[]> {
  const root = await rootAt(vaultPath);
  const found: Surveyed[] = [];
  for (const folder of surveyed) {
    for (const path of await draftPaths(root, join(root.path, folder), true)) {
      const absolute = join(root.path, folder, path);
      const stats = await statsOf(absolute);
      const bytes =
        stats?.isFile() === true
          ? await readRegular({ place: root, path: absolute, seen: stats }, largestDraft)
          : undefined;
      if (stats === undefined || bytes === undefined) continue;
      found.push({ ...traceOf(folder, path, stats, bytes), text: bytes.toString('utf8') });
    }
  }
  return found;
}

async function draftPaths(root: Root, directory: string, deeper: boolean): Promise<readonly string[]> {
  const entries = await root.entries(directory).catch(() => []);
  const paths: string[] = [];
  for (const entry of entries) {
    const name = entry.name.toString('utf8');
    if (entry.isFile() && isDraftName(name)) paths.push(name);
    if (entry.isDirectory() && deeper && isDomainName(name)) {
      paths.push(...(await draftPaths(root, join(directory, name), false)).map((inner) => `${name}/${inner}`));
    }
  }
  return paths;
}
