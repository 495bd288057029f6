import type { Effect } from '../../domain/effect.ts';
import { cut } from '../../lib/words.ts';
import type { LeftOut, LineRange, Source, SourceName, Span } from '../../domain/reading.ts';
import type { Lines } from '../lines.ts';
import { placesOfKeys } from './key-places.ts';
import type { FieldName } from './keys.ts';
import type { Layout } from './layout.ts';
import type { Plan } from './plan.ts';
import type { Route } from './route.ts';
import type { Field } from './line-kinds.ts';
import { isRule } from './line-kinds.ts';

/** Which keys a value comes from. */
const named: readonly (readonly [name: SourceName, field: FieldName])[] = [
  ['to', 'to'],
  ['cc', 'cc'],
  ['bcc', 'bcc'],
  ['subject', 'subject'],
  ['thread', 'inReplyTo'],
  ['thread', 'references'],
  ['target', 'target'],
  ['target', 'answers'],
  ['media', 'media'],
  ['expires', 'expires'],
  ['hashtags', 'hashtags'],
];

/** More is not worth keeping beside every revision. */
const mostLeftOut = 12;
const longestLeftOut = 1_500;

/** Sources that say something that leaves; the others only steer. */
const leaving: readonly SourceName[] = ['text', 'to', 'cc', 'bcc', 'subject', 'thread', 'media'];

type Parts = {
  readonly layout: Layout;
  readonly written: readonly Field[];
  readonly effect: Effect;
  readonly route: Route;
  readonly plan: Plan;
  readonly span: Span | undefined;
};

/** Where in the file each value comes from, in the order of the file. */
export function sourcesOf(parts: Parts): readonly Source[] {
  const { effect, layout, route, plan, written, span } = parts;
  const { fields, header, lines, matter } = layout;
  const places = new Map([...header.places, ...placesOfKeys(lines, matter)]);
  const found: Source[] = [];
  const add = (name: SourceName, place: LineRange | undefined) => {
    if (place !== undefined) found.push({ name, firstLine: place.firstLine, lastLine: place.lastLine });
  };
  const at = (key: string | undefined) => (key === undefined ? undefined : places.get(key));
  add('platform', at(route.from));
  add('action', at(route.actionFrom));
  for (const [name, field] of named) if (isUsed(name, effect)) add(name, at(fields.keyOf(field)));
  for (const key of plan.from) add('schedule', at(key));
  for (const { key, line } of written) {
    const name = (['to', 'cc', 'bcc', 'subject'] as const).find((one) => one === key);
    if (name === undefined || line === undefined || !isUsed(name, effect)) continue;
    add(name, { firstLine: line + 1, lastLine: line + 1 });
  }
  if (span !== undefined) add('text', span);
  return found.toSorted((a, b) => a.firstLine - b.firstLine || a.lastLine - b.lastLine);
}

/** A recipient in the file of a post is not a recipient of the post. */
function isUsed(name: SourceName, effect: Effect): boolean {
  switch (name) {
    case 'to':
    case 'cc':
    case 'bcc':
      return effect[name].length > 0;
    case 'subject':
    case 'target':
      return effect[name] !== '';
    case 'thread':
      return effect.thread !== undefined;
    default:
      return true;
  }
}

/**
 * Lines below the front matter that say nothing that leaves; blank lines and rules between them don't divide them, and
 * headings alone are nothing that anybody would miss.
 *
 * @param bodyLine first line of the body, from 0
 */
export function leftOutOf(
  lines: Lines,
  bodyLine: number,
  used: readonly LineRange[],
  sources: readonly Source[],
): readonly LeftOut[] {
  const taken = [...used, ...sources.filter(({ name }) => leaving.includes(name))].toSorted(
    (a, b) => a.firstLine - b.firstLine,
  );
  const found: LeftOut[] = [];
  let next = bodyLine + 1;
  for (const { firstLine, lastLine } of [...taken, { firstLine: lines.length + 1, lastLine: lines.length + 1 }]) {
    const gap = filled(lines, next, firstLine - 1);
    if (gap !== undefined && found.length < mostLeftOut) {
      found.push({ ...gap, text: cut(lines.slice(gap.firstLine - 1, gap.lastLine), longestLeftOut) });
    }
    next = Math.max(next, lastLine + 1);
  }
  return found;
}

/** The range without what says nothing at its ends; undefined when it says nothing at all. */
function filled(lines: Lines, first: number, last: number): LineRange | undefined {
  const isEmpty = (line: number) => {
    const text = lines.raw(line - 1);
    return (
      text.length < 100 &&
      (text.trim() === '' || isRule(text) || /^ {0,3}#{1,6}\s/.test(text) || /^\s*(?:`{3,}|~{3,})\w*\s*$/.test(text))
    );
  };
  let [firstLine, lastLine] = [first, last];
  while (firstLine <= lastLine && isEmpty(firstLine)) firstLine += 1;
  while (lastLine >= firstLine && isEmpty(lastLine)) lastLine -= 1;
  return firstLine > lastLine ? undefined : { firstLine, lastLine };
}
