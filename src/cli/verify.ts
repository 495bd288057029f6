import { verifyLog } from '../app/audit.ts';
import type { Settings } from '../config/index.ts';
import { oneLine } from '../lib/words.ts';
import type { Print } from './print.ts';
import { isRunning } from './running.ts';

/** `npm run verify`. @returns 0 when the log in the vault is whole and says what the ledger says */
export async function verify(settings: Settings, print: Print): Promise<number> {
  const running = await isRunning(settings);
  const found = await verifyLog(settings, running ? (settings.approvalCheckIntervalSeconds + 2) * 1_000 : 0);
  if (found === undefined) {
    print.problem('There is no ledger to compare the log with.', 'Start Countersign once, or set DATA_DIR.');
    return 1;
  }
  for (const words of found.wrong) print.line(`✗ ${oneLine(words, 2_000)}`);
  print.line(
    found.wrong.length === 0
      ? `✓ Logs/record.log: ${found.lines} lines, the chain is whole and the ledger says the same.`
      : `\n${found.wrong.length} thing(s) don’t agree. docs/proof.md says what that means.`,
  );
  return found.wrong.length === 0 ? 0 : 1;
}
