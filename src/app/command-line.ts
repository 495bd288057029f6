/** What the command line is handed of the other folders, so that it need not know them. */
import { chats } from '../bot/index.ts';
import type { Settings } from '../config/index.ts';
import { rootAt } from '../lib/root.ts';
import { inspectRoot } from '../vault/inspection.ts';

export { dataInVault } from './vault-folder.ts';
export { roleLines } from '../domain/role-words.ts';
export type { Explained } from '../workflow/audit/real.ts';
export type { ApiCards, ApiMail, ApiMails, ApiProof, ApiStatus, ApiVerdict } from '../bot/web/api.ts';
export { proofOf, signatureOf } from '../bot/web/control.ts';
export type { ControlNote } from '../bot/web/control.ts';

/** What keeps a part of the vault from being used. Reads, never writes. */
export const inspectVault = async ({ vaultPath }: Settings) => await inspectRoot(await rootAt(vaultPath));

/** What to set to be asked in a chat. */
export const waysToAChat: string = chats.map(({ remedy }) => remedy).join(' ');
