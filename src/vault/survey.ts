/** Every draft file there is, wherever it lies: for the audit, which looks at finished folders too. Reads, never writes. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Folder } from '../domain/lifecycle.ts';
import { folders } from './folders.ts';
import { traceOf } from './listing.ts';
import { isDomainName, isDraftName } from './names.ts';
import { largestDraft, readRegular, statsOf } from './regular-file.ts';
import type { VaultFile } from './types.ts';

export type Surveyed = VaultFile & { readonly text: string };

const surveyed: readonly Folder[] = folders.filter((folder) => folder !== 'Inbox' && folder !== 'Logs');

/** What can't be read or is no draft is left out; a folder that is missing is an empty one. */
export async function surveyVault(vaultPath: string): Promise<readonly Surveyed[]> {
  const found: Surveyed[] = [];
  for (const folder of surveyed) {
    for (const path of await draftPaths(join(vaultPath, folder), true)) {
      const absolute = join(vaultPath, folder, path);
      const stats = await statsOf(absolute);
      const bytes = stats?.isFile() === true ? await readRegular(absolute, largestDraft) : undefined;
      if (stats === undefined || bytes === undefined) continue;
      found.push({ ...traceOf(folder, path, stats, bytes), text: bytes.toString('utf8') });
    }
  }
  return found;
}

async function draftPaths(directory: string, deeper: boolean): Promise<readonly string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  const paths: string[] = [];
  for (const entry of entries) {
    if (entry.isFile() && isDraftName(entry.name)) paths.push(entry.name);
    if (entry.isDirectory() && deeper && isDomainName(entry.name)) {
      paths.push(...(await draftPaths(join(directory, entry.name), false)).map((name) => `${entry.name}/${name}`));
    }
  }
  return paths;
}
