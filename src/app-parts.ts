/** Small pieces of the composition root. */
import { join } from 'node:path';
import type { WebParts } from './bot/web/index.ts';
import type { Settings } from './config.ts';
import type { ApproverList } from './domain/approver.ts';
import type { Exhibits } from './domain/exhibits.ts';
import type { RunFiles } from './vault/run-files.ts';
import type { Vault } from './vault/types.ts';

/** Who may decide, per source. Whoever holds the page's token is the owner, and so is whoever may write into the vault. */
export const approversOf = (settings: Settings): ApproverList =>
  new Map([
    ['telegram', new Set(settings.telegram?.approvers)],
    ['web', new Set(['owner'])],
    ['cli', new Set(['owner'])],
    ['vault', new Set(settings.policy === 'chat' ? [] : ['owner'])],
  ]);

/** Those who may do less, per source. */
export const helpersOf = ({
  telegram,
}: Settings): { readonly editors: ApproverList; readonly viewers: ApproverList } => ({
  editors: new Map([['telegram', new Set(telegram?.editors)]]),
  viewers: new Map([['telegram', new Set(telegram?.viewers)]]),
});

export const vaultTaken = (vaultPath: string, pid: number, since: string) => ({
  kind: 'refused' as const,
  what: `Another Countersign (process ${pid}, since ${since}) works on ${vaultPath}.`,
  remedy: `Use that one, or stop it first: kill ${pid}`,
});

/** Said once, at the start after a run that could not clean up. */
export const cutOff =
  'The last run was cut off: somebody else may have had its port, and with it the keys of browsers that were open. So the page has a new link, and every browser has to enter anew: npm run status shows the link in a terminal.';

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

/** What channels may show of the vault. */
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

/** Where the log of decisions and results lies. */
export const recordLogOf = (vaultPath: string): string => join(vaultPath, 'Logs', 'record.log');
