/**
 * The log of what was decided and what left, as plain lines in the vault. Each line ends with a hash over itself and the
 * line before: a line that was changed, put in or taken out breaks the chain from there on.
 */
import { appendFile, mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from '../lib/file-errors.ts';
import { sha256 } from '../lib/hash.ts';
import { syncFolder, syncMade } from '../lib/sync-folder.ts';

/** One line: `2026-11-25 14:02:10 | approve | LINKEDIN_x.md | by Olive (telegram:42) | text 8d7bc7a569 | id 0mw…`. */
export type LogEntry = {
  readonly at: string;
  readonly what: string;
  readonly file: string;
  readonly who: string;
  readonly text: string;
  readonly id: string;
};

export type RecordLog = {
  /** The newest entry; undefined when there is none. Reads the end of the file only. */
  last(): Promise<LogEntry | undefined>;
  /** The newest entries, oldest first: as many, or more, or all there are. */
  latest(count: number): Promise<readonly LogEntry[]>;
  /** Adds entries in order, synced. Throws file system errors. */
  append(entries: readonly LogEntry[]): Promise<void>;
};

export type ReadLog = {
  readonly entries: readonly LogEntry[];
  /** Number of the first line whose hash does not fit, from 1; undefined when the chain holds. */
  readonly brokenAt: number | undefined;
};

const first = '0'.repeat(32);
const hashLength = 32;
const longestTail = 8_192;

/**
 * @param file absolute path of the log
 * @param syncNames makes the names in a folder survive a power cut
 */
export function createRecordLog(file: string, syncNames: typeof syncFolder = syncFolder): RecordLog {
  const tail = async (longest = longestTail): Promise<string> => {
    const handle = await open(file, 'r').catch((thrown: unknown) => {
      if (codeOf(thrown) === 'ENOENT') return undefined;
      throw thrown;
    });
    if (handle === undefined) return '';
    try {
      const { size } = await handle.stat();
      const length = Math.min(size, longest);
      const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
      return buffer.toString('utf8');
    } finally {
      await handle.close();
    }
  };
  return {
    async last() {
      const line = completeLines(await tail()).at(-1);
      return line === undefined ? undefined : parse(line)?.entry;
    },
    async latest(count) {
      for (let longest = longestTail; ; longest *= 4) {
        const end = await tail(longest);
        const entries = completeLines(end).flatMap((line) => parse(line)?.entry ?? []);
        if (entries.length >= count || Buffer.byteLength(end) < longest) return entries;
      }
    },
    async append(entries) {
      const end = await tail();
      const line = completeLines(end).at(-1);
      let hash = line === undefined ? first : (parse(line)?.hash ?? first);
      let text = end === '' || end.endsWith('\n') ? '' : '\n';
      for (const entry of entries) {
        const words = wordsOf(entry);
        hash = chained(hash, words);
        text += `${words} | ${hash}\n`;
      }
      const folder = dirname(file);
      await syncMade(await mkdir(folder, { recursive: true }), folder);
      // Its name first: in a power cut a new file may lose it, and with it lines that count as written.
      if (end === '') {
        await appendFile(file, '');
        await syncNames(folder);
      }
      await appendFile(file, text, { flush: true });
    },
  };
}

/** The whole log, its chain checked. */
export async function readRecordLog(file: string): Promise<ReadLog> {
  const content = await readFile(file, 'utf8').catch((thrown: unknown) => {
    if (codeOf(thrown) === 'ENOENT') return '';
    throw thrown;
  });
  const entries: LogEntry[] = [];
  let hash = first;
  let brokenAt: number | undefined;
  for (const [index, line] of content.split('\n').entries()) {
    const parsed = parse(line);
    // What the process died in the middle of. In the place of a real line it breaks the chain of the next one.
    if (parsed === undefined) continue;
    if (chained(hash, parsed.words) !== parsed.hash) brokenAt ??= index + 1;
    hash = parsed.hash;
    entries.push(parsed.entry);
  }
  return { entries, brokenAt };
}

const chained = (before: string, words: string): string => sha256(`${before}\n${words}`).slice(0, hashLength);

/** A line the process died in is no line; the next one begins anew. */
const completeLines = (text: string): readonly string[] =>
  text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => parse(line) !== undefined);

const plain = (text: string): string => text.replaceAll('|', '¦');

const wordsOf = ({ at, what, file, who, text, id }: LogEntry): string =>
  [at, what, file, who, `text ${text}`, `id ${id}`].map(plain).join(' | ');

function parse(line: string): { readonly entry: LogEntry; readonly words: string; readonly hash: string } | undefined {
  const parts = line.split(' | ');
  const [at = '', what = '', file = '', who = '', text = '', id = '', hash = ''] = parts;
  if (parts.length !== 7 || !/^[0-9a-f]{32}$/.test(hash)) return undefined;
  const entry = { at, what, file, who, text: text.slice('text '.length), id: id.slice('id '.length) };
  return { entry, words: parts.slice(0, -1).join(' | '), hash };
}
