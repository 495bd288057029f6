import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJobs } from '../../src/ledger/jobs.ts';
import { openLedger } from '../../src/ledger/ledger.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { ledgerContract } from './ledger.contract.ts';

ledgerContract('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-'));
  return {
    async open(clock) {
      const opened = await openLedger({ file: join(folder, 'ledger.db'), clock, logger: silentLogger });
      assert(opened.kind === 'open', JSON.stringify(opened));
      return {
        ledger: opened.ledger,
        createJobs: ({ clock, concurrency, onError }) =>
          createJobs({
            queue: opened.jobQueue,
            clock,
            random: { key: (length) => 'a'.repeat(length), fraction: () => 0 },
            logger: { ...silentLogger, error: () => onError?.() },
            ...(concurrency === undefined ? {} : { concurrency }),
          }),
      };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
});
