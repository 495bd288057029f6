/**
 * The log of what was decided and what left, as plain lines in the vault. Each line ends with a hash over itself and the
 * line before: a line that was changed, put in or taken out breaks the chain from there on.
 */
import { dirname, join } from 'node:path';
import { sha256 } from '../lib/hash.ts';
import { absent } from '../lib/plain-file.ts';
import { readPieces } from '../lib/regular-file.ts';
import type { Root } from '../lib/root.ts';
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

/** Where it lies below the vault. */
const recordLogOf = ({ path }: Root): string => join(path, 'Logs', 'record.log');

/** @param syncNames makes the names in a folder survive a power cut */
export function createRecordLog(root: Root, syncNames: typeof syncFolder = syncFolder): RecordLog {
  const path = recordLogOf(root);
  const tail = async (longest = longestTail): Promise<string> => {
    const opened = await root.open(path, 'read').catch(absent);
    if (opened === undefined) return '';
    const { file, stats } = opened;
    try {
      const size = Number(stats.size);
      const length = Math.min(size, longest);
      const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
      return buffer.toString('utf8');
    } finally {
      await file.close();
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
      const folder = dirname(path);
      await syncMade(await root.make(folder), folder);
      const { file } = await root.open(path, 'append');
      try {
        // Its name first: in a power cut a new file may lose it, and with it lines that count as written.
        if (end === '') await syncNames(folder);
        await file.appendFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
    },
  };
}

/** The whole log, its chain checked. */
export async function readRecordLog(root: Root): Promise<ReadLog> {
  const opened = await root.open(recordLogOf(root), 'read').catch(absent);
  const pieces: Buffer[] = [];
  if (opened !== undefined) {
    try {
      await readPieces(opened, Number.POSITIVE_INFINITY, (piece) => pieces.push(Buffer.from(piece)));
    } finally {
      await opened.file.close();
    }
  }
  const content = Buffer.concat(pieces).toString('utf8');
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
