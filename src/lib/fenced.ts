/**
 * A text as a Markdown code block that nothing in it can end: its links stay unfetched and its marks mean nothing.
 *
 * @param label what stands behind the opening fence
 */
export function fenced(text: string, label = ''): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${label}\n${text}\n${fence}`;
}
