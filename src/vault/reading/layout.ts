import { readFrontMatter } from '../front-matter.ts';
import type { FrontMatter } from '../front-matter.ts';
import { linesOf } from '../lines.ts';
import type { Lines } from '../lines.ts';
import { bodyFields } from './body-fields.ts';
import { commentsIn } from './comments.ts';
import type { Comments } from './comments.ts';
import { cutsIn } from './cuts.ts';
import type { Header } from './header-lines.ts';
import { headerLines } from './header-lines.ts';
import type { Heading, HeadingRole } from './headings.ts';
import { headingsOf, labelLevel } from './headings.ts';
import type { Field } from './line-kinds.ts';
import { nestedBlocks } from './nested.ts';
import type { Nested } from './nested.ts';
import { createFields } from './keys.ts';
import type { Fields } from './keys.ts';
import { quoteHeader } from './quote-header.ts';
import { wrapperOf } from './wrapper.ts';

/** The parts of a file: what its keys say and where its headings are. */
export type Layout = {
  /** Without comments, and without a fence around the whole. */
  readonly lines: Lines;
  readonly matter: FrontMatter;
  readonly header: Header;
  readonly fields: Fields;
  readonly headings: readonly Heading[];
  /** Fields written as text anywhere in the body, but in somebody else's message. */
  readonly written: readonly Field[];
  /** Second blocks of keys in the body. */
  readonly nested: readonly Nested[];
  /** What headers below the first one say of this draft, where the first one says otherwise as well. */
  readonly below: readonly ReadonlyMap<string, readonly string[]>[];
  /** Lines where a message of somebody else begins that was copied in with its keys. */
  readonly messages: readonly number[];
  /** Lines, from 0, at which no text goes on. */
  readonly cuts: readonly number[];
  /** Lines, from 0, of which a comment takes a part or the whole. */
  readonly comments: readonly number[];
  /** Lines, from 0, on which a comment begins that does not end. */
  readonly openComments: readonly number[];
  /** First line behind front matter and header, from 0. */
  readonly bodyLine: number;
};

export function layoutOf(text: string): Layout {
  const raw = linesOf(text);
  const asWritten = readFrontMatter(raw);
  const wrapper = wrapperOf(raw, asWritten.bodyLine);
  const bare = wrapper.size === 0 ? raw : linesOf(text, wrapper);
  const matter = wrapper.size === 0 ? asWritten : readFrontMatter(bare);
  const comments = /<!--|%%/.test(text) ? ourComments(bare, matter.bodyLine) : { changed: new Map(), open: [] };
  const lines = comments.changed.size === 0 ? bare : linesOf(text, new Map([...wrapper, ...comments.changed]));
  const header = headerLines(lines, matter.bodyLine);
  const nested = nestedBlocks(lines, header.end);
  const messages = nested.filter(({ sent }) => sent).map(({ line }) => line);
  const first = messages[0] ?? Infinity;
  const headings = headingsOf(lines, matter.bodyLine).map((heading) =>
    heading.line > first && isTheirs(heading.role) ? { ...heading, quoted: true } : heading,
  );
  const quoted = quoteHeader(lines, header.end);
  const isOurs = (line: number) => {
    const above = headings.findLast((heading) => heading.line < line && heading.level < labelLevel)?.role;
    return line < first && above !== 'original' && above !== 'strong_stop' && above !== 'aside';
  };
  const inner = nested.filter(({ sent, line }) => !sent && isOurs(line)).map(({ fields }) => fields);
  return {
    lines,
    matter,
    header,
    // What stands between the `---` counts before what only looks like a header, and that before a header further down.
    fields: createFields(new Map([...inner.toReversed(), header.fields, matter.fields].flatMap((one) => [...one]))),
    headings,
    written: [...quoted.fields, ...bodyFields(lines, Math.max(header.end, quoted.end), headings)],
    nested,
    below: [header.fields, ...inner],
    messages,
    cuts: cutsIn(lines, header.end),
    comments: [...comments.changed.keys()],
    openComments: comments.open,
    bodyLine: header.end,
  };
}

/** What stands in the message that is answered is nobody's comment on ours. */
function ourComments(lines: Lines, from: number): Comments {
  const sections = headingsOf(lines, from).filter(({ level }) => level < labelLevel);
  return commentsIn(lines, from, (line) => {
    const above = sections.findLast((heading) => heading.line < line);
    return above !== undefined && (above.quoted || above.role === 'original');
  });
}

/** Headings that a message copied in has itself; a draft of ours below it is called one. */
const isTheirs = (role: HeadingRole): boolean => ['generic', 'preview', 'own_preview'].includes(role);
