/** Holds the lock of the vault below the folder named in the arguments until it is killed. */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { acquireVaultLock } from '../../../src/ledger/vault-lock.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';

const [root = ''] = process.argv.slice(2);
const lock = acquireVaultLock({
  dir: join(root, 'data'),
  vaultPath: join(root, 'vault'),
  pid: process.pid,
  clock: systemClock,
  logger: silentLogger,
  userDir: join(root, 'home'),
});
writeSync(1, `${lock.kind}\n`);
// Also keeps the lock reachable: a database nobody can reach is closed when memory is tidied up, and the lock with it.
setInterval(() => lock.kind, 1000);
