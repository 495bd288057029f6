import { normaliseText } from '../../domain/effect.ts';
import type { Reading } from '../../domain/reading.ts';
import type { Label, Labels } from './labels.ts';
import { withoutFiles } from './labels.ts';

/** How a reading stands beside its label. The four add up to the labelled files. */
export type Verdict =
  /** Exactly the labelled text would be offered. */
  | 'exact'
  /** A question to the person, with the possible texts. */
  | 'asked'
  /** Nothing is offered. */
  | 'refused'
  /** Another text would be offered without a question, or a text where there is none. */
  | 'wrong';

export type Tally = Record<Verdict, number> & { labelled: number };

/** A file worth a look: what was read is not what the label says. */
export type Odd = { readonly path: string; readonly verdict: Verdict; readonly words: string };

export type Result = {
  readonly files: number;
  readonly hasLabels: boolean;
  readonly publishable: number;
  readonly all: Tally;
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
  add(path: string, reading: Reading): void;
  unreadable(path: string): void;
  result(): Result;
};

const emptyTally = (): Tally => ({ labelled: 0, exact: 0, asked: 0, refused: 0, wrong: 0 });

/** Collects readings one by one, so that a large folder need not be in memory. */
export function createReport(labels: Labels | undefined): Report {
  const all = emptyTally();
  const texts = emptyTally();
  const byPlatform = new Map<string, Tally>();
  const byFlag = new Map<string, Tally>();
  const readings = new Map<string, number>();
  const odd: Odd[] = [];
  const unreadable: string[] = [];
  const missing = new Set(labels?.keys());
  let files = 0;
  let publishable = 0;

  const judge = (path: string, label: Label, verdict: Verdict, words: string) => {
    missing.delete(path);
    if (label.publish) publishable += 1;
    const tallies = [all, tallyIn(byPlatform, label.channel === '' ? 'nothing to publish' : label.channel)];
    if (label.publish) tallies.push(texts);
    for (const flag of label.flags) tallies.push(tallyIn(byFlag, flag));
    for (const tally of tallies) {
      tally.labelled += 1;
      tally[verdict] += 1;
    }
    if (!isFine(label, verdict)) odd.push({ path, verdict, words });
  };

  return {
    add(path, reading) {
      files += 1;
      const key = `${reading.effect.platform === '' ? 'no platform' : reading.effect.platform}: ${kindOf(reading)}`;
      readings.set(key, (readings.get(key) ?? 0) + 1);
      const name = withoutFiles(path);
      const label = labels?.get(name);
      if (label !== undefined) judge(name, label, verdictOf(label, reading), wordsOf(reading));
    },
    unreadable(path) {
      files += 1;
      unreadable.push(path);
      const name = withoutFiles(path);
      const label = labels?.get(name);
      if (label !== undefined) judge(name, label, 'refused', 'unreadable');
    },
    result: () => ({
      files,
      hasLabels: labels !== undefined,
      publishable,
      all,
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

export function verdictOf(label: Label, reading: Reading): Verdict {
  switch (reading.kind) {
    case 'unclear':
      return 'asked';
    case 'not_publishable':
      return 'refused';
    case 'draft':
      return label.text !== undefined && compared(label.text) === compared(reading.effect.text) ? 'exact' : 'wrong';
  }
}

/** As it would leave, without blank lines at its ends. */
const compared = (text: string): string => normaliseText(text).replace(/^(?:[ \t]*\n)+/, '');

const isFine = (label: Label, verdict: Verdict): boolean =>
  verdict === 'exact' ||
  (!label.publish && verdict === 'refused') ||
  (label.publish && label.text === undefined && verdict === 'asked');

const kindOf = (reading: Reading): string =>
  reading.kind === 'not_publishable' ? `not publishable, ${reading.why}` : reading.kind;

function wordsOf(reading: Reading): string {
  switch (reading.kind) {
    case 'draft':
      return `lines ${reading.span.firstLine} to ${reading.span.lastLine}`;
    case 'unclear':
      return reading.candidates.map(({ span, why }) => `${span.firstLine} to ${span.lastLine}: ${why}`).join(' · ');
    case 'not_publishable':
      return reading.why;
  }
}
