import { normaliseText } from '../../domain/effect.ts';
import type { Platform } from '../../domain/platform.ts';
import type { ReadFile } from './each.ts';
import { blockingCodes, readingOf } from './each.ts';
import type { Label, Labels } from './labels.ts';
import { isLabelledKind, withoutFiles } from './labels.ts';

/** How a reading stands beside its label. They add up to the labelled files. */
export type ReadingVerdict =
  /** Exactly the labelled text would be offered, for what it is. */
  | 'exact'
  /** A question to the person, with the possible texts. */
  | 'asked'
  /** Nothing is offered. */
  | 'refused'
  /** Another text would be offered without a question, or a text where there is none. */
  | 'wrong'
  /** The labelled text, for another platform or as something else than it is: a message as a post. */
  | 'wrongKind';

export type Tally = Record<ReadingVerdict, number> & { labelled: number };

/** A file worth a look: what was read is not what the label says. */
export type Odd = { readonly path: string; readonly verdict: ReadingVerdict; readonly words: string };

export type Comparison = {
  readonly files: number;
  readonly hasLabels: boolean;
  readonly publishable: number;
  readonly all: Tally;
  /** Of these, the ones that could be approved, after an answer where one is asked for, and the others. */
  readonly approvable: Tally;
  readonly blocked: Tally;
  /** Of these, the files with a text to publish. */
  readonly texts: Tally;
  readonly byPlatform: ReadonlyMap<string, Tally>;
  readonly byFlag: ReadonlyMap<string, Tally>;
  /** Platform and kind of reading → files, of all files. */
  readonly readings: ReadonlyMap<string, number>;
  readonly odd: readonly Odd[];
  readonly unreadable: readonly string[];
  /** Labelled, but not in the folder. */
  readonly missing: readonly string[];
};

export type Report = {
  add(path: string, file: ReadFile): void;
  unreadable(path: string): void;
  result(): Comparison;
};

export const emptyTally = (): Tally => ({ labelled: 0, exact: 0, asked: 0, refused: 0, wrong: 0, wrongKind: 0 });

/** Collects readings one by one, so that a large folder need not be in memory. */
export function createReport(labels: Labels | undefined, platforms: readonly Platform[]): Report {
  const [all, approvable, blocked, texts] = [emptyTally(), emptyTally(), emptyTally(), emptyTally()];
  const byPlatform = new Map<string, Tally>();
  const byFlag = new Map<string, Tally>();
  const readings = new Map<string, number>();
  const odd: Odd[] = [];
  const unreadable: string[] = [];
  const missing = new Set(labels?.keys());
  let files = 0;
  let publishable = 0;

  const judge = (path: string, label: Label, verdict: ReadingVerdict, words: string, isBlocked: boolean) => {
    missing.delete(path);
    if (label.publish) publishable += 1;
    const tallies = [all, tallyIn(byPlatform, label.channel === '' ? 'nothing to publish' : label.channel)];
    tallies.push(isBlocked ? blocked : approvable);
    if (label.publish) tallies.push(texts);
    for (const flag of label.flags) tallies.push(tallyIn(byFlag, flag));
    for (const tally of tallies) {
      tally.labelled += 1;
      tally[verdict] += 1;
    }
    if (!isFine(label, verdict)) odd.push({ path, verdict, words });
  };

  return {
    add(path, file) {
      files += 1;
      const { reading } = file;
      const key = `${reading.effect.platform === '' ? 'no platform' : reading.effect.platform}: ${kindOf(file)}`;
      readings.set(key, (readings.get(key) ?? 0) + 1);
      const name = withoutFiles(path);
      const label = labels?.get(name);
      if (label === undefined) return;
      // An answer settles which text it is; what else blocks stays.
      const isBlocked = blockingCodes(file, platforms).some((code) => code !== 'unclear_text');
      judge(name, label, verdictOf(label, file, platforms), wordsOf(file), isBlocked);
    },
    unreadable(path) {
      files += 1;
      unreadable.push(path);
      const name = withoutFiles(path);
      const label = labels?.get(name);
      if (label !== undefined) judge(name, label, 'refused', 'unreadable', true);
    },
    result: () => ({
      files,
      hasLabels: labels !== undefined,
      publishable,
      all,
      approvable,
      blocked,
      texts,
      byPlatform,
      byFlag,
      readings,
      odd,
      unreadable,
      missing: [...missing],
    }),
  };
}

function tallyIn(tallies: Map<string, Tally>, key: string): Tally {
  const tally = tallies.get(key) ?? emptyTally();
  tallies.set(key, tally);
  return tally;
}

function verdictOf(label: Label, file: ReadFile, platforms: readonly Platform[]): ReadingVerdict {
  switch (readingOf(file, platforms)) {
    case 'asks':
      return 'asked';
    case 'refused':
      return 'refused';
    case 'publishable': {
      const { effect } = file.reading;
      if (label.text === undefined || compared(label.text) !== compared(effect.text)) return 'wrong';
      return isLabelledKind(label, effect, platforms) ? 'exact' : 'wrongKind';
    }
  }
}

/** As it would leave, without blank lines at its ends. */
const compared = (text: string): string => normaliseText(text).replace(/^(?:[ \t]*\n)+/, '');

const isFine = (label: Label, verdict: ReadingVerdict): boolean =>
  verdict === 'exact' ||
  (!label.publish && verdict === 'refused') ||
  (label.publish && label.text === undefined && verdict === 'asked');

const kindOf = ({ reading }: ReadFile): string =>
  reading.kind === 'not_publishable' ? `not publishable, ${reading.why}` : reading.kind;

function wordsOf({ reading }: ReadFile): string {
  switch (reading.kind) {
    case 'draft':
      return `lines ${reading.span.firstLine} to ${reading.span.lastLine}, ${reading.effect.platform} ${reading.effect.action}`;
    case 'unclear':
      return reading.candidates.map(({ span, why }) => `${span.firstLine} to ${span.lastLine}: ${why}`).join(' · ');
    case 'not_publishable':
      return reading.why;
  }
}
