/**
 * How the first approver of a chat is found when the settings name nobody: whoever sends the one-time code that was
 * shown where Countersign runs. Until then nobody may do anything there (promise P5). The id is on record before it
 * counts, so a restart knows it. The code itself is never stored and never logged.
 */
import type { Actor, ApproverList } from '../domain/approver.ts';
import type { Verdict } from '../domain/decision.ts';
import type { Ledger } from '../domain/ledger-port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Random } from '../lib/random.ts';
import { messageOf, oneLine } from '../lib/words.ts';
import { refused } from './decide/words.ts';

export type Pairing = {
  /** Those of the settings, and those paired before or from now on. */
  readonly approvers: ApproverList;
  /** Shows a code for each source that still has nobody. */
  start(): void;
  /** Makes `actor` the approver of its source when the code is right. */
  pair(actor: Actor, code: string): Promise<Verdict>;
};

type PairingParts = {
  readonly listed: ApproverList;
  /** Sources that may be paired: set up, but without anybody on the list. */
  readonly sources: readonly string[];
  readonly flags: Ledger['flags'];
  /** To the person in front of the machine, and nowhere else. */
  readonly show: (line: string) => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
};

type Code = { readonly value: string; readonly until: Date; guessesLeft: number };

const codeLength = 8;
const lifeMs = 30 * 60_000;
const guesses = 5;
/** After so many wrong ones nothing is tried for a while: 5 guesses in 10 minutes at 2^40 codes find nothing. */
const restMs = 10 * 60_000;

export async function createPairing(parts: PairingParts): Promise<Pairing> {
  const { sources, flags, show, clock, logger } = parts;
  const approvers = new Map(parts.listed);
  const codes = new Map<string, Code>();
  const restUntil = new Map<string, Date>();
  for (const source of sources) {
    const id = await flags.get(pairedFlag(source));
    if (id !== undefined) approvers.set(source, new Set([id]));
  }
  const isOpen = (source: string) => sources.includes(source) && (approvers.get(source)?.size ?? 0) === 0;

  const renew = (source: string): void => {
    const until = new Date(clock.now().getTime() + lifeMs);
    const code = { value: parts.random.key(codeLength), until, guessesLeft: guesses };
    codes.set(source, code);
    show(`Nobody may decide in ${source} yet. To make yourself the approver, send your bot in private:`);
    show(`    /start ${code.value}`);
    show('The code works once, within 30 minutes.');
  };

  /** The code that can be guessed at now; when there is none, why, in words. */
  const valid = (source: string): Code | string => {
    const now = clock.now();
    if ((restUntil.get(source) ?? now) > now) return 'Too many wrong codes. Wait ten minutes and try again.';
    const code = codes.get(source);
    if (code !== undefined && code.until > now) return code;
    renew(source);
    return 'That code is no longer valid. A new one is shown where Countersign runs.';
  };

  const accept = async (actor: Actor): Promise<Verdict> => {
    // Taken away before the write: of two people with the same code, one is first.
    codes.delete(actor.source);
    try {
      await flags.set(pairedFlag(actor.source), actor.id);
    } catch (thrown) {
      logger.error(`A pairing could not be recorded: ${messageOf(thrown)}`, thrown);
      renew(actor.source);
      return refused('trouble', 'That could not be recorded. A new code is shown where Countersign runs.');
    }
    approvers.set(actor.source, new Set([actor.id]));
    logger.info(`Paired: ${actor.source}:${actor.id} (${oneLine(actor.name, 40)}) may decide from now on.`);
    return { kind: 'accepted', say: 'Paired. You decide here from now on. /help says how.' };
  };

  return {
    approvers,
    start() {
      for (const source of sources) if (isOpen(source)) renew(source);
    },
    async pair(actor, given) {
      if (!isOpen(actor.source)) return refused('not_allowed', 'This bot works for somebody else.');
      const code = valid(actor.source);
      if (typeof code === 'string') return refused('bad_text', code);
      const wanted = given.trim().toLowerCase();
      if (wanted === '') return refused('bad_text', 'Send /start and the code that is shown where Countersign runs.');
      if (wanted === code.value) return await accept(actor);
      code.guessesLeft -= 1;
      logger.warn(`A wrong pairing code from ${actor.source}:${oneLine(actor.id, 40)}`);
      if (code.guessesLeft > 0) return refused('bad_text', 'That is not the code. Look once more.');
      codes.delete(actor.source);
      restUntil.set(actor.source, new Date(clock.now().getTime() + restMs));
      return refused('bad_text', 'That is not the code, and it was tried too often. Wait ten minutes and try again.');
    },
  };
}

/** Where it is on record who was paired. */
export const pairedFlag = (source: string): string => `paired:${source}`;
