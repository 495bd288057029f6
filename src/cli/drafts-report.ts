/** `npm run drafts:report`: how well the drafts of a folder are read, beside labels when there are some. */
import { reportDrafts } from '../app/drafts-report.ts';
import type { Print } from './print.ts';

const usage = 'Use: npm run drafts:report -- <folder> [--labels FILE] [--json [--each]]';

/** @returns the exit code: 2 for arguments that can't be used */
export async function reportOnDrafts(words: readonly string[], print: Print, now: Date): Promise<number> {
  const asked = argumentsOf(words);
  if (typeof asked === 'string') {
    print.problem(asked, usage);
    return 2;
  }
  const report = await reportDrafts(asked.folder, asked.labels, now);
  if (report.kind === 'unusable') {
    print.problem(report.what, `${report.remedy} ${usage}`);
    return 2;
  }
  if (asked.each) for (const line of report.each) print.line(line);
  else print.line(asked.json ? report.json : report.text);
  return 0;
}

type Asked = {
  readonly folder: string;
  readonly labels: string | undefined;
  readonly json: boolean;
  readonly each: boolean;
};

/** @returns words about what is wrong when they can't be used */
function argumentsOf(words: readonly string[]): Asked | string {
  let folder: string | undefined;
  let labels: string | undefined;
  let json = false;
  let each = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--json') json = true;
    else if (word === '--each') each = true;
    else if (word === '--labels') {
      at += 1;
      labels = words[at];
      if (labels === undefined || labels.startsWith('--')) return '--labels needs a file behind it.';
    } else if (word.startsWith('-')) return `There is no option called ${word}.`;
    else if (folder !== undefined) return 'Only one folder can be read at a time.';
    else folder = word;
  }
  if (each && !json) return '--each is for programs: it needs --json.';
  return folder === undefined ? 'It is not said which folder to read.' : { folder, labels, json, each };
}
