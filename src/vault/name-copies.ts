import { canonicalEffect } from '../domain/effect.ts';
import type { Platform } from '../domain/platform.ts';
import type { Source } from '../domain/reading.ts';
import { readFrontMatter } from './front-matter.ts';
import { linesOf } from './lines.ts';
import { readDraft } from './reading/read-draft.ts';
import type { Read } from './reading/read-draft.ts';
import { quoted, setEntry } from './stamp.ts';

const key = 'cc';

/**
 * The file's text with more people in copy; undefined when it can't be written so that reading it gives exactly those
 * who were there and these, and changes nothing else.
 *
 * @param addresses plain ones
 */
export function withCopies(
  text: string,
  addresses: readonly string[],
  fileName: string,
  platforms: readonly Platform[],
  now: Date,
  picked = '',
): string | undefined {
  const before = readDraft(text, fileName, platforms, now, picked);
  if (before.reading.kind !== 'draft') return undefined;
  const { effect, sources } = before.reading;
  const copies = [...effect.cc, ...addresses];
  const wanted = saidBy({ ...before, reading: { ...before.reading, effect: { ...effect, cc: copies } } });
  for (const changed of waysToWrite(text, copies, addresses, sources)) {
    if (saidBy(readDraft(changed, fileName, platforms, now, picked)) === wanted) return changed;
  }
  return undefined;
}

/** All that is read out of a file but where it stands. */
function saidBy({ reading, form, media }: Read): string {
  if (reading.kind !== 'draft') return '';
  const { effect, problems, expires, hashtags, set, original } = reading;
  return JSON.stringify([canonicalEffect(effect), problems, expires, hashtags, set, original, form, media]);
}

/** From the one that keeps most of what people wrote: their names, and the place where they named somebody. */
function* waysToWrite(
  text: string,
  copies: readonly string[],
  addresses: readonly string[],
  sources: readonly Source[],
): Iterable<string> {
  const { fields, bodyLine } = readFrontMatter(linesOf(text));
  const told = (fields.get(key) ?? []).filter((value) => value !== '');
  const inBody = withMoreBehind(text, addresses, sources, bodyLine);
  const inFront = (body: string, values: readonly string[]) => setEntry(body, key, `${key}: ${valueOf(values)}`);
  if (fields.has(key)) yield inFront(inBody, [...told, ...addresses]);
  yield withMoreBehind(text, addresses, sources, 0);
  yield inFront(inBody, copies);
  yield inFront(text, copies);
}

/** The addresses behind those in every line, from `from` on, that names somebody in copy. */
function withMoreBehind(text: string, addresses: readonly string[], sources: readonly Source[], from: number): string {
  const lines = linesOf(text);
  const named = sources.filter(({ name, firstLine }) => name === 'cc' && firstLine > from);
  return named.toReversed().reduce((changed, { lastLine }) => {
    const line = lines.text(lastLine - 1);
    const end = /\s*(?:\|\s*)?$/.exec(line)?.index ?? line.length;
    const more = `${line.slice(0, end)}, ${addresses.join(', ')}${line.slice(end)}`;
    return changed.slice(0, lines.start(lastLine - 1)) + more + changed.slice(lines.end(lastLine - 1));
  }, text);
}

/** Names may hold commas, so several values stay a list. */
const valueOf = (values: readonly string[]): string =>
  values.some((value) => /["\\[\]{}]/.test(value)) || values.length > 6
    ? `[${values.map((value) => JSON.stringify(value)).join(', ')}]`
    : quoted(values.join(', '));
