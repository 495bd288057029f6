import { sha256 } from '../lib/hash.ts';

/**
 * The key of a run: the same for every attempt under one approval, so that two sendings of one approval look alike
 * outside (same Message-ID) and a second one can be found and dropped. [0-9a-f]{20}
 */
export const runKey = (draftId: string, decisionId: string, revision: string): string =>
  sha256(`${draftId}:${decisionId}:${revision}`).slice(0, 20);
