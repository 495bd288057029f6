/** What channels may show of the vault: pictures that would leave, and what a run left behind. */
import type { WebParts } from '../bot/web/index.ts';
import type { Exhibits } from '../domain/exhibits.ts';
import type { RunFiles } from '../vault/run-files.ts';
import type { Vault } from '../vault/types.ts';

/** A run keeps a log and a few small pictures: reading them for their size costs less than a second way to ask. */
export const runsOf = (runFiles: RunFiles): WebParts['runs'] => ({
  open: runFiles.read,
  files: async (attemptId) =>
    await Promise.all(
      (await runFiles.files(attemptId)).map(async (name) => ({
        name,
        bytes: (await runFiles.read(attemptId, name))?.length ?? 0,
      })),
    ),
});

export const exhibitsOf = (
  vault: Pick<Vault, 'readMedia'>,
  runFiles: RunFiles,
  mask: (text: string) => string,
): Exhibits => ({
  media: vault.readMedia,
  kept: ({ attempt, name }) => runFiles.read(attempt, name),
  pictures: async (attempt) => (await runFiles.files(attempt)).filter((name) => /\.(?:png|jpe?g|webp)$/.test(name)),
  async log(attempt) {
    const bytes = await runFiles.read(attempt, 'log.txt');
    // Masked as it was written, and once more: a secret that was set later may stand there in the open.
    return bytes === undefined ? undefined : mask(Buffer.from(bytes).toString('utf8'));
  },
});
