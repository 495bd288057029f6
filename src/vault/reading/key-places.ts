import type { FrontMatter } from '../front-matter.ts';
import { keyName } from '../front-matter.ts';
import type { Lines } from '../lines.ts';

/** Lines of the file, from 1, both included. */
export type KeyPlace = { readonly firstLine: number; readonly lastLine: number };

const mostKeys = 500;
/** As deep as front matter is read; deeper keys belong to the value above them. */
const deepest = 6;

/** Where each key of the front matter stands, nested ones with dots, together with its value. */
export function placesOfKeys(lines: Lines, matter: FrontMatter): ReadonlyMap<string, KeyPlace> {
  const places = new Map<string, KeyPlace>();
  if (matter.kind === 'none') return places;
  const end = matter.closingLine ?? matter.bodyLine;
  const open: { readonly name: string; readonly indent: number; readonly line: number }[] = [];
  const close = (indent: number, line: number) => {
    while ((open.at(-1)?.indent ?? -1) >= indent) {
      const last = open.pop();
      if (last !== undefined && !places.has(last.name))
        places.set(last.name, { firstLine: last.line + 1, lastLine: line });
    }
  };
  let filled = 0;
  for (let at = 0; at < end && places.size < mostKeys; at += 1) {
    const line = lines.text(at).slice(0, 200);
    if (line.trim() === '') continue;
    const found = /^( *)(?:- )?([A-Za-z_][\w .-]{0,60}?)\s*:(?:\s|$)/.exec(line);
    const indent = found?.[1]?.length ?? /^ */.exec(line)?.[0].length ?? 0;
    if (found !== null) {
      close(indent, filled);
      const above = open.at(-1)?.name;
      const name = keyName(found[2] ?? '');
      if (open.length < deepest) open.push({ name: above === undefined ? name : `${above}.${name}`, indent, line: at });
    }
    filled = at + 1;
  }
  close(0, filled);
  return places;
}
