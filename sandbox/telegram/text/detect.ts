/**
 * Finds what apps make tappable in plain text: addresses, mentions, hashtags, commands. A stranger's text can hold all of
 * them, which is why the product must not trust a bare command. Endings of files are countries too: `.md`, `.py`, `.rs`.
 */
import type { Entity } from './entity.ts';

const domains =
  'com|net|org|io|dev|app|ai|co|me|info|biz|edu|gov|eu|uk|de|at|ch|fr|es|it|nl|pl|ru|us|ca|in|pk|cn|jp|tv|md|sh|py|rs|zip|mov|shop|online|site|xyz|store|blog|news|pro|link';
const host = `(?:[\\p{L}\\d](?:[\\p{L}\\d_-]*[\\p{L}\\d])?\\.)+`;
const tail = `(?::\\d{1,5})?(?:[/?#](?:[^\\s<>"«»]*[^\\s<>"«».,:;!?'()])?)?`;

const patterns: readonly (readonly [type: string, pattern: string, flags: string])[] = [
  ['email', `(?<![\\p{L}\\d_.+-])[a-z\\d_.+-]{1,64}@${host}(?:${domains})(?![\\p{L}\\d_])`, 'giu'],
  [
    'url',
    `(?<![\\p{L}\\d_@])(?:https?|ftp|tonsite)://(?:${host}[\\p{L}]{2,}|localhost|\\d+(?:\\.\\d+){3})${tail}`,
    'giu',
  ],
  ['url', `(?<![\\p{L}\\d_])tg://[^\\s<>"]+`, 'giu'],
  ['url', `(?<![\\p{L}\\d_@/.-])${host}(?:${domains})(?![\\p{L}\\d_-])${tail}`, 'giu'],
  ['mention', `(?<![\\w@])@[a-z\\d_]{4,32}(?!\\w)`, 'gi'],
  ['bot_command', `(?<![\\w/<>])/[a-z\\d_]{1,64}(?:@[a-z\\d_]{3,32})?(?![\\w/<>])`, 'gi'],
  ['hashtag', `(?<![\\p{L}\\d_])#(?=[\\p{L}\\d_]*[\\p{L}_])[\\p{L}\\d_]{1,256}(?![\\p{L}\\d_#])`, 'gu'],
  ['cashtag', `(?<![\\p{L}\\d_$])\\$[A-Z]{1,8}(?![\\p{L}\\d_$])`, 'gu'],
];

/** Never overlapping; the earlier kind of the list above wins. */
export function detected(text: string): readonly Entity[] {
  const entities: Entity[] = [];
  for (const [type, pattern, flags] of patterns) {
    for (const match of text.matchAll(new RegExp(pattern, flags))) {
      const entity = { type, offset: match.index, length: match[0].length };
      const taken = entities.some(
        (other) => entity.offset < other.offset + other.length && other.offset < entity.offset + entity.length,
      );
      if (!taken) entities.push(entity);
    }
  }
  return entities.sort((a, b) => a.offset - b.offset);
}
