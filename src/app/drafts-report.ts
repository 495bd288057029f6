/** What `npm run drafts:report` is made of: every draft of a folder read as the vault would read it, beside labels. */
import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { platforms } from '../executors/platforms.ts';
import { anywhere } from '../lib/plain-file.ts';
import { readRegular } from '../lib/regular-file.ts';
import { decodeFile } from '../vault/file-text.ts';
import { largestDraft } from '../vault/largest.ts';
import { readDraft } from '../vault/reading/read-draft.ts';
import { createReport } from '../vault/report/compare.ts';
import { eachLine, unreadableLine } from '../vault/report/each.ts';
import { parseLabels } from '../vault/report/labels.ts';
import { jsonLine, printedReport } from '../vault/report/print.ts';

export type ReportResult =
  /** `each` is a JSON line a file. */
  | { readonly kind: 'done'; readonly json: string; readonly text: string; readonly each: readonly string[] }
  /** Words for the person: a folder or a file that can't be used. */
  | { readonly kind: 'unusable'; readonly what: string; readonly remedy: string };

/** @param labels a file of labels, one JSON object per line; without it the readings are only counted */
export async function reportDrafts(folder: string, labels: string | undefined, now: Date): Promise<ReportResult> {
  // A corpus keeps its files in a folder of their own, beside papers that are no drafts.
  const inner = join(folder, 'files');
  const base = (await isFolder(inner)) ? inner : folder;
  const names = await textFilesBelow(base);
  if (names === undefined) {
    return { kind: 'unusable', what: `The folder ${folder} can’t be read.`, remedy: 'Give a folder that exists.' };
  }
  const told = labels === undefined ? undefined : await readText(labels);
  const parsed = told === undefined ? undefined : parseLabels(told);
  if (labels !== undefined && parsed?.kind !== 'labels') {
    const what = parsed?.kind === 'bad' ? `Line ${parsed.line} of ${labels} is no label.` : `${labels} can’t be read.`;
    return { kind: 'unusable', what, remedy: 'Give a file with one JSON object per line: path, label, text.' };
  }
  const report = createReport(parsed?.kind === 'labels' ? parsed.labels : undefined, platforms);
  const each: string[] = [];
  for (const name of names) {
    const bytes = await readRegular({ place: anywhere, path: join(base, name) }, largestDraft);
    const text = bytes === undefined ? undefined : decodeFile(bytes);
    const path = name.split(sep).join('/');
    if (text === undefined) {
      report.unreadable(path);
      each.push(unreadableLine(path));
      continue;
    }
    const file = readDraft(text.text, basename(name), platforms, now);
    report.add(path, file);
    each.push(eachLine(path, file, platforms));
  }
  const result = report.result();
  return { kind: 'done', json: jsonLine(result), text: printedReport(result), each };
}

/** Real folders hold drafts as plain text too. The vault takes Markdown only, but the reading is the same. */
async function textFilesBelow(folder: string): Promise<readonly string[] | undefined> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && /\.(?:md|markdown|txt)$/i.test(entry.name))
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
      .toSorted();
  } catch {
    return undefined;
  }
}

const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isDirectory() === true;

const largestLabels = 100 * 1024 * 1024;

const readText = async (path: string): Promise<string | undefined> => {
  const bytes = await readRegular({ place: anywhere, path }, largestLabels);
  return bytes === undefined ? undefined : decodeFile(bytes)?.text;
};
