/**
 * How the first approver of a chat is found when the settings name nobody: whoever sends the one-time code that was
 * shown where Countersign runs. Until then nobody may do anything there (promise P5). The id is on record before it
 * counts, so a restart knows it. The code itself is never stored and never logged.
 *
 * Guesses count for the one who makes them: nobody can use up those of the owner. Many strangers together get a
 * thousand, one in a billion of all codes; from then on codes are so long that guesses no longer matter.
 */
import type { Actor } from '../domain/actor.ts';
import type { ApproverList } from '../domain/approver.ts';
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

type Code = { readonly value: string; readonly until: Date };

/** Of 32 signs each: 2^40 codes that a person types, and 2^80 when too many were guessed. */
const codeLength = 8;
const longCodeLength = 16;
const lifeMs = 30 * 60_000;
const mostGuesses = 1_000;

export async function createPairing(parts: PairingParts): Promise<Pairing> {
  const { sources, flags, show, clock, logger } = parts;
  const approvers = new Map(parts.listed);
  const codes = new Map<string, Code>();
  const guesses = createGuesses(clock);
  for (const source of sources) {
    const id = await flags.get(pairedFlag(source));
    if (id !== undefined) approvers.set(source, new Set([id]));
  }
  const isOpen = (source: string) => sources.includes(source) && (approvers.get(source)?.size ?? 0) === 0;

  const renew = (source: string): void => {
    const until = new Date(clock.now().getTime() + lifeMs);
    const isLong = guesses.all() >= mostGuesses;
    const code = { value: parts.random.key(isLong ? longCodeLength : codeLength), until };
    codes.set(source, code);
    show(`Nobody may decide in ${source} yet. To make yourself the approver, send your bot in private:`);
    show(`    /start ${code.value}`);
    show('The code works once, within 30 minutes.');
    if (isLong) show('It is a long one, because strangers tried very many.');
  };

  /** The code that can be guessed at now; undefined when there is none, and a new one is shown. */
  const valid = (source: string): Code | undefined => {
    const code = codes.get(source);
    if (code !== undefined && code.until > clock.now()) return code;
    renew(source);
    return undefined;
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
      if (guesses.rests(actor)) return refused('bad_text', 'Too many wrong codes. Wait ten minutes and try again.');
      const code = valid(actor.source);
      if (code === undefined) return refused('bad_text', noLongerValid);
      const wanted = given.trim().toLowerCase();
      if (wanted === '') return refused('bad_text', 'Send /start and the code that is shown where Countersign runs.');
      if (wanted === code.value) return await accept(actor);
      const left = guesses.wrong(actor);
      if (guesses.all() === mostGuesses) renew(actor.source);
      if (left > 0) return refused('bad_text', 'That is not the code. Look once more.');
      return refused('bad_text', 'That is not the code, and it was tried too often. Wait ten minutes and try again.');
    },
  };
}

const noLongerValid = 'That code is no longer valid. A new one is shown where Countersign runs.';

type Guesses = {
  /** Wrong ones since the start, by everybody. */
  all(): number;
  rests(actor: Actor): boolean;
  /** Counts one. @returns how many this one has left */
  wrong(actor: Actor): number;
};

const eachMay = 5;
const restMs = 10 * 60_000;
/** Strangers must not fill the memory; whoever is forgotten has five more, and they count for all. */
const mostKnown = 1_000;

function createGuesses(clock: Clock): Guesses {
  let all = 0;
  const known = new Map<string, { readonly count: number; readonly until: number }>();
  const nameOf = ({ source, id }: Actor) => `${source}:${id}`;
  const countOf = (actor: Actor): number => {
    const guessed = known.get(nameOf(actor));
    return guessed === undefined || guessed.until <= clock.now().getTime() ? 0 : guessed.count;
  };
  return {
    all: () => all,
    rests: (actor) => countOf(actor) >= eachMay,
    wrong(actor) {
      all += 1;
      const count = countOf(actor) + 1;
      known.delete(nameOf(actor));
      known.set(nameOf(actor), { count, until: clock.now().getTime() + restMs });
      const [oldest = ''] = known.keys();
      if (known.size > mostKnown) known.delete(oldest);
      return eachMay - count;
    },
  };
}

/** Where it is on record who was paired. */
export const pairedFlag = (source: string): string => `paired:${source}`;
