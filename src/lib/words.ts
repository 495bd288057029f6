/** The message of anything thrown, one line, bounded. For logs; never for deciding. */
export function messageOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return oneLine(text, 300);
}

/**
 * A stranger's text made safe to show on one line: control signs, line breaks and signs that turn the writing
 * direction become spaces, then it is cut to `limit` UTF-16 units (never inside a pair), with an ellipsis.
 */
export function oneLine(text: string, limit: number): string {
  const flat = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\u200e\u200f]+/gu, ' ').trim();
  return cut(flat, limit);
}

/** Cuts to at most `limit` UTF-16 units, ellipsis included, never inside a surrogate pair. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = limit - 1;
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end -= 1;
  return `${text.slice(0, end)}…`;
}
