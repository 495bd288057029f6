import { blocks } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';
import { keyName } from '../front-matter.ts';
import type { Lines } from '../lines.ts';
import { addressesOf } from './addresses.ts';
import { fenceReader } from './headings.ts';
import type { Heading } from './headings.ts';
import { momentOf } from './instant.ts';
import { fieldTitles } from './heading-words.ts';
import { isScheduleKey, says } from './keys.ts';
import type { Field } from './line-kinds.ts';
import { fieldOf, isCounted } from './line-kinds.ts';
import { keyAliases, tellingKeys } from './line-words.ts';

/**
 * Fields written as text: `**To:** a@example.com`, a table row, a section `## To`. Never in the message that is
 * answered, where the same words mean somebody else's mail. Which of them count depends on where the text stands.
 *
 * @param from first line of the body
 */
export function bodyFields(lines: Lines, from: number, headings: readonly Heading[]): readonly Field[] {
  const found: Field[] = [];
  const inFence = fenceReader();
  const byLine = new Map(headings.map((heading) => [heading.line, heading]));
  let open: string | undefined;
  let quoted = false;
  for (let at = from; at < lines.length; at += 1) {
    const line = lines.text(at);
    const heading = byLine.get(at);
    if (heading !== undefined) {
      quoted = heading.quoted || heading.role === 'original';
      open = undefined;
      if (quoted) continue;
      const [, key = '', value = ''] = /^([A-Za-z ]+?)\s*(?::\s*(.*))?$/.exec(heading.title) ?? [];
      const name = fieldTitles[key.toLowerCase()] ?? nameOf({ key: key.toLowerCase(), value });
      // A section about the schedule is a field only where it names a day.
      if (name === undefined || (heading.role !== 'field' && name !== 'schedule')) continue;
      if (value === '') open = name;
      else found.push({ key: name, value, line: at });
      continue;
    }
    if (inFence(line) || quoted || line.trim() === '' || line.startsWith('>')) continue;
    const field = line.startsWith('|') ? rowOf(line) : fieldOf(line);
    if (field === undefined && open === undefined) continue;
    const below = line.trim().replace(/^[-*]\s+/, '');
    if (open === 'schedule' && momentOf(below)?.day === undefined) open = undefined;
    if (open !== undefined) found.push({ key: open, value: below, line: at });
    else if (field !== undefined && says(field.value)) {
      const name = nameOf(field);
      if (name !== undefined) found.push({ key: name, value: field.value, line: at });
    }
    open = undefined;
  }
  return found;
}

/** The name under which a written field counts here; undefined when it only describes the draft. */
export const nameOf = ({ key }: Field): string | undefined => {
  if (isCounted(key)) return key;
  return tellingKeys[key] ?? (isScheduleKey(keyName(key)) ? 'schedule' : undefined);
};

/** `| **To** | a@example.com |` */
function rowOf(line: string): Field | undefined {
  if (line.length > 1_000) return undefined;
  const [, key = '', value = '', ...rest] = line.split('|').map((cell) => cell.replaceAll('**', '').trim());
  const name = key.toLowerCase();
  return rest.length > 1 ? undefined : { key: keyAliases[name] ?? name, value };
}

/** A field from front matter and body: one of them when they agree, the front matter and a problem when they don't. */
export function agreed(
  name: string,
  told: readonly string[],
  written: readonly string[],
): { readonly values: readonly string[]; readonly problems: readonly Problem[] } {
  const sets = [told, ...written.map((value) => [value])].filter((values) => values.length > 0);
  const first = sets[0] ?? [];
  const same =
    name === 'subject'
      ? subjectOf
      : (values: readonly string[]) => addressesOf(values).toSorted().join(',').toLowerCase();
  const differs = sets.some((values) => same(values) !== same(first));
  const problem = blocks(
    'contradiction',
    `The file names “${name}” twice, and not the same.`,
    'Leave one of them, or make them equal.',
  );
  return { values: first, problems: differs ? [problem] : [] };
}

/** `Re: Budget` and `Budget` are the same subject. */
const subjectOf = (values: readonly string[]): string =>
  values
    .join(' ')
    .replace(/^(?:\s*(?:re|aw|fwd?)\s*:)+/i, '')
    .trim()
    .toLowerCase();
