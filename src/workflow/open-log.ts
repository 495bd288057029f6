import { messageOf } from '../lib/words.ts';
import type { RunLog } from '../vault/run-files.ts';
import type { Parts } from './parts.ts';

/** Evidence is worth having, but no approval is lost, and no proof left unlooked for, for want of a log. */
export async function openLog(parts: Parts, attemptId: string): Promise<RunLog> {
  try {
    return await parts.runFiles.open(attemptId);
  } catch (thrown) {
    parts.logger.error(`The log of an attempt could not be made: ${messageOf(thrown)}`, thrown);
    return { log: () => undefined, keep: async () => undefined, close: async () => undefined };
  }
}
