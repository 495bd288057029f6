import { conflictCopy } from '../lib/conflict-copy.ts';
import type { ConflictCopy } from '../lib/conflict-copy.ts';

/**
 * What names in the vault are taken for drafts, and how names of our own are made. A name decides nothing about what a
 * file is; it only keeps half-written files and copies made by sync tools from being taken for drafts.
 */

const readable = '.md';

/** Names that editors, browsers and sync tools use for files that aren't finished or aren't anybody's. */
const passedOver: readonly RegExp[] = [
  /^[._~]/,
  /^readme\.md$/i,
  /\.(?:tmp|swp|swx|crdownload|part|partial|icloud)(?:\.md)?$/i,
  /~$/,
  /^sed[A-Za-z0-9]{6}$/,
];

const isReadable = (name: string): boolean =>
  name.toLowerCase().endsWith(readable) && !passedOver.some((pattern) => pattern.test(name));

/** Whether a directory entry of this name can be a draft. */
export const isDraftName = (name: string): boolean => isReadable(name) && conflictCopy(name) === undefined;

/** What it is a copy of, where it would be a draft if a sync tool had not made it. */
export const copyOfDraft = (name: string): ConflictCopy | undefined =>
  isReadable(name) ? conflictCopy(name) : undefined;

/** Whether a sub-folder is looked into. */
export const isDomainName = (name: string): boolean => !/^[._~]/.test(name);

/** Longest name we make, in bytes: leaves room for what sync tools add. */
const longestName = 200;
const longestStem = 100;
const behind = '_item';
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * A stem for a file of our own from any text: letters, digits, `-` and `_`, at most 100 bytes, valid on every system,
 * and never one that would be passed over.
 */
export function safeStem(text: string): string {
  const plain = text
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N}_-]+/gu, '_')
    .replaceAll(/_{2,}/g, '_')
    .replaceAll(/^[_-]+|[_-]+$/g, '');
  const stem = cutBytes(plain, longestStem);
  if (stem === '') return 'item';
  const named = deviceName.test(stem) || !isDraftName(stem + readable) ? `item_${stem}` : stem;
  // What sync tools put at the end of a name may be anybody's subject.
  return isDraftName(named + readable) ? named : `${cutBytes(named, longestStem - behind.length)}${behind}`;
}

/** A safe stem that ends with `mark`, whatever the length of the text: for names that must be found again. */
export const markedStem = (text: string, mark: string): string =>
  safeStem(`${cutBytes(safeStem(text), longestStem - mark.length - 1)}_${mark}`);

/** The n-th try for a name: `a.md`, `a-2.md`, `a-3.md` …, never longer than 200 bytes. */
export function numbered(name: string, n: number): string {
  const dot = name.lastIndexOf('.');
  const [stem, end] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  const suffix = n === 1 ? end : `-${n}${end}`;
  return cutBytes(stem, longestName - Buffer.byteLength(suffix)) + suffix;
}

/** Cuts to at most `limit` UTF-8 bytes, never inside a character. */
function cutBytes(text: string, limit: number): string {
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > limit) break;
    kept += character;
  }
  return kept;
}

/**
 * A path below a folder as we hand it around: one name, or a sub-folder and a name. Anything that could lead elsewhere
 * is refused: `..`, empty parts, backslashes, NUL, hidden parts.
 */
export function isInnerPath(path: string): boolean {
  if (path.includes('\0') || path.includes('\\')) return false;
  const parts = path.split('/');
  return parts.length <= 2 && parts.every((part) => part !== '' && !part.startsWith('.'));
}
