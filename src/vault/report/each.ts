/** What is told about one file: for programs as a line, for the totals beside its label. */
import type { Platform } from '../../domain/platform.ts';
import type { ProblemCode } from '../../domain/problem.ts';
import type { Reading } from '../../domain/reading.ts';

export type ReadFile = {
  readonly reading: Reading;
  /** Files the draft names. They are not looked for here. */
  readonly media: readonly string[];
};

/** `refused` also for a thread that its platform can't be given: nothing of it is offered. */
export function readingOf({ reading }: ReadFile, platforms: readonly Platform[]): 'publishable' | 'asks' | 'refused' {
  switch (reading.kind) {
    case 'draft': {
      const { parts, action } = reading.effect;
      const threaded = platformOf(reading, platforms)?.threaded?.includes(action) === true;
      return parts === undefined || threaded ? 'publishable' : 'refused';
    }
    case 'unclear':
      return 'asks';
    case 'not_publishable':
      return 'refused';
  }
}

const platformOf = ({ effect }: Reading, platforms: readonly Platform[]): Platform | undefined =>
  platforms.find(({ id }) => id === effect.platform);

/** Codes of what takes the Approve button away, as far as the file itself and its platform's rules tell. */
export function blockingCodes({ reading, media }: ReadFile, platforms: readonly Platform[]): readonly ProblemCode[] {
  const rules = reading.kind === 'draft' ? (platformOf(reading, platforms)?.check(reading.effect) ?? []) : [];
  // A file that is named may be in the vault.
  const known = rules.filter(({ code }) => code !== 'media_missing' || media.length === 0);
  const codes = [...reading.problems, ...known].filter(({ severity }) => severity === 'blocks').map(({ code }) => code);
  return [...new Set(codes)];
}

/** One JSON line: what a program needs to hold a reading against what it should be. */
export function eachLine(path: string, file: ReadFile, platforms: readonly Platform[]): string {
  const { reading } = file;
  const { effect } = reading;
  return JSON.stringify({
    path,
    reading: readingOf(file, platforms),
    platform: effect.platform,
    action: effect.action,
    text: effect.text,
    ...(effect.parts === undefined ? {} : { parts: effect.parts }),
    offered: reading.kind === 'unclear' ? reading.candidates.map(({ text }) => text) : [],
    to: effect.to,
    subject: effect.subject,
    ...(effect.schedule === '' ? {} : { schedule: effect.schedule }),
    problems: blockingCodes(file, platforms),
  });
}

/** The line of a file that is no text. */
export const unreadableLine = (path: string): string =>
  JSON.stringify({
    path,
    reading: 'refused',
    platform: '',
    action: '',
    text: '',
    offered: [],
    to: [],
    subject: '',
    problems: ['unreadable_file'],
  });
