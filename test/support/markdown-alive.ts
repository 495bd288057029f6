/**
 * What in a Markdown file would come alive in a program that shows it, by a few strict rules. Front matter, fences and
 * code are taken out as CommonMark says; what is left must be words and headings of ours.
 */

/** Reasons why something in the file may come alive; none for a file that is only text. */
export function alive(file: string): readonly string[] {
  const lines = file.split('\n');
  const closing = lines[0] === '---' ? lines.indexOf('---', 1) : -1;
  const values = lines.slice(1, Math.max(closing, 1)).filter((line) => !/^[a-z_]+: "(?:[^"\\]|\\.)*"$/.test(line));
  const { outside, codes } = taken(lines.slice(closing + 1));
  return [
    ...values.map((line) => `not a quoted value: ${line}`),
    ...outside.flatMap((line) => rules.filter(([, rule]) => rule.test(line)).map(([name]) => `${name}: ${line}`)),
    ...codes.filter((code) => /^\s*[=$]/.test(code)).map((code) => `a formula: ${code}`),
    ...(file.includes('<%') ? ['a command of a template program'] : []),
  ];
}

const rules: readonly (readonly [name: string, rule: RegExp])[] = [
  ['a picture or an embed', /!\[/],
  ['a link', /\]\(|\[\[|\]:|:\/\/|www\./],
  ['HTML', /<[a-z!/?]/i],
  ['an address', /\S@\S/],
  ['a tag', /(?:^|\s)#\p{L}/u],
  ['a template', /\{\{|%%/],
  ['mathematics', /\$/],
  ['a line across', /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/],
  ['a heading of somebody else', /^ {0,3}#{1,6}\s+(?!(?:Text|Attachments|Email Body|Original message)$|\s*$)/],
  ['a fence that never ends', /^ {0,3}(?:`{3}|~{3})/],
];

/** What lies outside of fences and code, line by line, and what is code within a line. */
function taken(lines: readonly string[]) {
  const outside: string[] = [];
  const codes: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const open = /^ {0,3}(`{3,})[^`]*$/.exec(line)?.[1]?.length;
    const close = open === undefined ? -1 : lines.findIndex((one, index) => index > at && closes(one, open));
    if (close !== -1) at = close;
    else outside.push(withoutCode(line, codes));
  }
  return { outside, codes };
}

const closes = (line: string, least: number): boolean => /^ {0,3}`+[ \t]*$/.test(line) && line.trim().length >= least;

/** Code is what stands from a run of marks to the next run that is as long. */
function withoutCode(line: string, codes: string[]): string {
  let rest = line;
  let kept = '';
  for (let open = /`+/.exec(rest); open !== null; open = /`+/.exec(rest)) {
    const [marks] = open;
    const behind = rest.slice(open.index + marks.length);
    const close = new RegExp(`(?<!\`)\`{${marks.length}}(?!\`)`).exec(behind);
    kept += rest.slice(0, open.index);
    if (close !== null) codes.push(behind.slice(0, close.index));
    else kept += marks;
    rest = close === null ? behind : behind.slice(close.index + marks.length);
  }
  return kept + rest;
}
