/** Writes to the ledger named in the arguments until it is killed, and says each number after it was acknowledged. */
import { writeSync } from 'node:fs';
import { openLedger } from '../../../src/ledger/ledger.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { decisionOf, draftOf } from '../../contract/ledger/samples.ts';

const [file = ''] = process.argv.slice(2);
const opened = await openLedger({ file, clock: systemClock, logger: silentLogger });
if (opened.kind === 'refused') throw new Error(opened.what);
const { ledger } = opened;
for (let number = 0; ; number += 1) {
  const id = `n${number}`;
  await ledger.tx(async ({ drafts, decisions }) => {
    await drafts.insert(draftOf(id));
    await decisions.append(decisionOf(`yes-${id}`, id));
    await drafts.change(id, { from: ['pending'] }, { state: 'approved' }, new Date());
  });
  writeSync(1, `${number}\n`);
}
