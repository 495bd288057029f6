import { dirname, extname } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import { codeOf } from '../lib/file-errors.ts';
import type { Logger } from '../lib/logger.ts';
import type { Opener } from '../lib/plain-file.ts';
import { messageOf } from '../lib/words.ts';
import { localDate, localSeconds } from '../lib/local-time.ts';

const levels = ['DEBUG', 'INFO', 'WARNING', 'ERROR'] as const;

export type Level = (typeof levels)[number];

/** The log people and other programs read, one file a day. */
export type DayLog = Logger & {
  /** Resolves when everything said so far is written, or could not be. */
  flush(): Promise<void>;
  /** Tries once more what could not be written. Why it can’t, in words; empty when everything is written. */
  trouble(): Promise<string>;
  close(): Promise<void>;
};

/** Lines kept while the disk is full or something is in the way; the oldest go first. */
const mostWaiting = 2_000;

/**
 * @param place where the file lies: below the vault's root, or anywhere
 * @param file absolute: `…/orchestrator.log` becomes `…/orchestrator_YYYYMMDD.log`, by the day of each line
 * @param mask takes secrets out of a text; every line passes through it
 * @param echo gets every written line, e.g. for the terminal
 */
export function createDayLog(parts: {
  place: Opener;
  file: string;
  level: Level;
  clock: Clock;
  mask: (text: string) => string;
  echo?: (line: string) => void;
}): DayLog {
  const { place, file, level, clock, mask, echo } = parts;
  const end = extname(file);
  const stem = file.slice(0, file.length - end.length);
  const waiting: { readonly path: string; readonly line: string }[] = [];
  let writing: Promise<void> | undefined;
  let why = '';

  const writeWaiting = async (): Promise<void> => {
    // Lets lines said in the same instant go out in one write.
    await Promise.resolve();
    for (let first = waiting[0]; first !== undefined; first = waiting[0]) {
      const { path } = first;
      const other = waiting.findIndex((entry) => entry.path !== path);
      const count = other === -1 ? waiting.length : other;
      const text = waiting.slice(0, count).map(({ line }) => `${line}\n`);
      why = await append(place, path, text.join(''));
      if (why !== '') break;
      waiting.splice(0, count);
    }
    // In the same turn as the last look, so that no line said meanwhile is left behind.
    writing = undefined;
  };

  const say = (lineLevel: Level, message: string) => {
    if (levels.indexOf(lineLevel) < levels.indexOf(level)) return;
    const now = clock.now();
    const line = `${localDate(now)} ${localSeconds(now)} - MasterOrchestrator - ${lineLevel} - ${oneEntry(mask(message))}`;
    echo?.(line);
    waiting.push({ path: `${stem}_${localDate(now).replaceAll('-', '')}${end === '' ? '.log' : end}`, line });
    if (waiting.length > mostWaiting && writing === undefined) waiting.splice(0, waiting.length - mostWaiting);
    writing ??= writeWaiting();
  };

  const flush = async () => {
    while (writing !== undefined) await writing;
  };

  return {
    debug: (message) => say('DEBUG', message),
    info: (message) => say('INFO', message),
    warn: (message) => say('WARNING', message),
    error: (message, cause) => say('ERROR', cause === undefined ? message : `${message} (${messageOf(cause)})`),
    flush,
    async trouble() {
      if (waiting.length > 0) writing ??= writeWaiting();
      await flush();
      return waiting.length === 0 ? '' : why;
    },
    close: flush,
  };
}

/** A line break in a message would let a stranger's text forge an entry. Words set apart are plain here. */
const oneEntry = (text: string): string =>
  text
    .replaceAll(/[\u2066-\u2069]/g, '')
    .replaceAll(/\r\n|[\r\n\u2028\u2029]/g, '\\n')
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/g, ' ');

/** Why not, in words; then the lines stay for the next time. Empty when it is written. Logging never throws. */
async function append(place: Opener, path: string, text: string): Promise<string> {
  const write = async () => {
    const { file } = await place.open(path, 'append');
    try {
      await file.appendFile(text);
    } finally {
      await file.close();
    }
  };
  try {
    await write().catch(async (thrown: unknown) => {
      if (codeOf(thrown) !== 'ENOENT') throw thrown;
      await place.make(dirname(path));
      await write();
    });
    return '';
  } catch (thrown) {
    return `The log of the day can’t be written: ${messageOf(thrown)}`;
  }
}
