import type { FrontMatter } from '../front-matter.ts';
import type { Lines } from '../lines.ts';
import type { Header } from './header-lines.ts';
import { headerLines } from './header-lines.ts';
import type { Heading, Role } from './headings.ts';
import { headingsOf } from './headings.ts';
import { nestedMessages } from './nested.ts';
import { createFields } from './keys.ts';
import type { Fields } from './keys.ts';

/** The parts of a file: what its keys say and where its headings are. */
export type Layout = {
  readonly lines: Lines;
  readonly matter: FrontMatter;
  readonly header: Header;
  readonly fields: Fields;
  readonly headings: readonly Heading[];
  /** Lines where a message of somebody else begins that was copied in with its keys. */
  readonly messages: readonly number[];
  /** First line behind front matter and header, from 0. */
  readonly bodyLine: number;
};

export function layoutOf(lines: Lines, matter: FrontMatter): Layout {
  const header = headerLines(lines, matter.bodyLine);
  const messages = nestedMessages(lines, header.end);
  const first = messages[0] ?? Infinity;
  const headings = headingsOf(lines, matter.bodyLine).map((heading) =>
    heading.line > first && isTheirs(heading.role) ? { ...heading, quoted: true } : heading,
  );
  return {
    lines,
    matter,
    header,
    // What stands between the `---` counts before what only looks like a header.
    fields: createFields(new Map([...header.fields, ...matter.fields])),
    headings,
    messages,
    bodyLine: header.end,
  };
}

/** Headings that a message copied in has itself; a draft of ours below it is called one. */
const isTheirs = (role: Role): boolean => ['generic', 'preview', 'own_preview'].includes(role);
