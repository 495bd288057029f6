/**
 * Looks at every fixed place of the vault: whether it is the plain file or the real folder it should be. Where it is not,
 * the part that needs it stands still, and this is how people get to know. Nothing is opened and nothing is changed.
 */
import { join } from 'node:path';
import type { Problem } from '../domain/problem.ts';
import type { Root } from '../lib/root.ts';
import { folders } from './folders.ts';
import { vaultProblem } from './trouble.ts';

/** Made when they are needed; missing is fine. */
const innerFolders = ['Schedule', 'Needs_Action/files', 'Logs/runs'] as const;
const files = ['Logs/record.log', 'Logs/.last-commit'] as const;

export async function inspectRoot(root: Root): Promise<readonly Problem[]> {
  const places = [
    ...[...folders, ...innerFolders].map((path) => ({ path, wanted: 'folder' as const })),
    ...files.map((path) => ({ path, wanted: 'file' as const })),
  ];
  const found = await Promise.all(
    places.map(async ({ path, wanted }) => {
      try {
        await root.check(join(root.path, ...path.split('/')), wanted);
        return [];
      } catch (thrown) {
        return [vaultProblem(thrown)];
      }
    }),
  );
  // A folder that is a link is found wrong once more for each place in it.
  return [...new Map(found.flat().map((problem) => [problem.what, problem])).values()];
}
