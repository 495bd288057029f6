/**
 * Cuts a text into pieces of at most `limit` UTF-16 units, between paragraphs when it can, else between lines, else
 * between words, never inside a surrogate pair or the name of a sign (`spelledOut`). Nothing is lost: the pieces joined
 * are the text.
 */
export function cutText(text: string, limit: number): readonly string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const end = cutAt(rest, limit);
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return rest === '' ? pieces : [...pieces, rest];
}

function cutAt(text: string, limit: number): number {
  for (const border of ['\n\n', '\n', ' ']) {
    const at = text.lastIndexOf(border, limit - border.length);
    // A border near the start would make many tiny pieces.
    if (at >= limit / 4) return at + border.length;
  }
  const name = text.lastIndexOf('‹', limit - 1);
  const [spelled = ''] = /^‹U\+[0-9A-F]{4,6}›/.exec(text.slice(name, name + 12)) ?? [];
  if (name > 0 && name + spelled.length > limit) return name;
  const last = text.charCodeAt(limit - 1);
  const insidePair = last >= 0xd800 && last <= 0xdbff;
  return insidePair && limit > 1 ? limit - 1 : limit;
}
