import { oneLine, unmarked } from '../../lib/words.ts';
import type { Comparison, Tally, ReadingVerdict } from './compare.ts';

/** One line for programs. */
export const jsonLine = ({ files, publishable, all, approvable, blocked }: Comparison): string =>
  JSON.stringify({
    files,
    labelled: all.labelled,
    publishable,
    ...verdicts(all),
    approvable: verdicts(approvable),
    blocked: verdicts(blocked),
  });

const verdicts = ({ exact, asked, refused, wrong, wrongKind }: Tally) => ({ exact, asked, refused, wrong, wrongKind });

/** The report for a person. */
export function printedReport(result: Comparison): string {
  const { files, hasLabels, publishable, all, odd, unreadable, missing } = result;
  const lines = [`${files} files read.`, ''];
  if (hasLabels) {
    lines.push(
      `${all.labelled} of them are labelled; ${publishable} hold a text to publish.`,
      '',
      ...totals(result),
      '',
      ...tallies('by platform', result.byPlatform),
      ...tallies('by construct', result.byFlag),
    );
    if (odd.length > 0)
      lines.push('not as labelled', ...odd.map(({ path, verdict, words }) => about(verdict, path, words)), '');
  }
  const readings = [...result.readings].toSorted(([a], [b]) => (a < b ? -1 : 1));
  lines.push('all readings', ...readings.map(([kind, number]) => `${count(number)}  ${kind}`));
  if (unreadable.length > 0) lines.push('', 'unreadable', ...unreadable.map((path) => `  ${shown(path)}`));
  if (missing.length > 0) lines.push('', 'labelled, but not there', ...missing.map((path) => `  ${shown(path)}`));
  return lines.join('\n');
}

/** Blocked ones are held up by something else than the question which text it is: no platform, a time without an hour. */
function totals({ all, approvable, blocked, texts, publishable }: Comparison): readonly string[] {
  const row = (name: string, verdict: ReadingVerdict, words: string) =>
    `${name.padEnd(11)}${[all, approvable, blocked].map((tally) => String(tally[verdict]).padStart(11)).join('')}   ${words}`;
  return [
    `${''.padEnd(11)}${['all', 'approvable', 'blocked'].map((head) => head.padStart(11)).join('')}`,
    row('exact', 'exact', `exactly the labelled text is offered (${share(all.exact, publishable)} of the publishable)`),
    row('asked', 'asked', `a question, with the possible texts (${texts.asked} of them hold a text)`),
    row('refused', 'refused', `nothing is offered (${texts.refused} of them hold a text)`),
    row('WRONG', 'wrong', 'another text is offered, or one where there is none'),
    row('WRONG KIND', 'wrongKind', 'the text, but for another platform or as something else than it is'),
  ];
}

const about = (verdict: string, path: string, words: string): string =>
  `  ${verdict === 'wrong' ? 'WRONG' : verdict === 'wrongKind' ? 'WRONG KIND' : verdict}  ${shown(path)}\n         ${oneLine(unmarked(words), 300)}`;

/** Paths and headings are strangers' words. */
const shown = (path: string): string => oneLine(path, 300);

const count = (number: number): string => String(number).padStart(5);

const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);

function tallies(title: string, rows: ReadonlyMap<string, Tally>): readonly string[] {
  if (rows.size === 0) return [];
  const names = [...rows.keys()].toSorted();
  const width = Math.max(title.length, ...names.map((name) => shown(name).length));
  const cells = (name: string, values: readonly (string | number)[]) =>
    name.padEnd(width) + values.map((value) => String(value).padStart(9)).join('');
  const line = (name: string) => {
    const tally = rows.get(name);
    return cells(shown(name), [
      tally?.labelled ?? 0,
      tally?.exact ?? 0,
      tally?.asked ?? 0,
      tally?.refused ?? 0,
      (tally?.wrong ?? 0) + (tally?.wrongKind ?? 0),
    ]);
  };
  return [cells(title, ['files', 'exact', 'asked', 'refused', 'WRONG']), ...names.map(line), ''];
}
