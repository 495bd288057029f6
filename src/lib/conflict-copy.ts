/**
 * Names that sync tools give to the second version of a file that was changed in two places at once. Such a file is
 * nobody's new work: whoever takes it for a draft may send almost the same thing twice. Only names that tools make are
 * known here; what people call a file, "conflict" among their words, must not be hit.
 */
export type ConflictCopy = {
  /** For people. */
  readonly tool: string;
  /** Name of the file it is a copy of. */
  readonly of: string;
};

/** What tools write for the day, by country, and for the time behind it. */
const day = String.raw`(?:\d{4}[-._]\d\d?[-._]\d\d?|\d\d?[-._]\d\d?[-._]\d{4}|\d{8})`;
const time = String.raw`\d\d?(?:[-._:h]?\d\d){1,2}(?:\.\d+)?Z?`;
const moment = String.raw`${day}(?:[T _-]+${time})?`;

/** "Conflicted copy" as Dropbox and its neighbours say it; in most languages before or behind somebody's name. */
const phrases = [
  'conflict(?:ed|ing)? copy',
  '(?:in konflikt stehende|konfliktbehaftete|widersprüchliche) kopie',
  'konfliktkopi[ea]?',
  'copie (?:en conflit|conflictuelle)',
  'copia (?:en conflicto|conflictiva|in conflitto)',
  'c[oó]pia (?:em conflito|conflitante)',
  'conflict(?:erende |-?)kopie',
  'kopia (?:powodująca konflikt|w konflikcie|konfliktowa)',
  'konfliktn[íáa] k[oó]pi[ea]',
  'motstridiga? kopia',
  'ristiriitainen kopio',
  'ütköző (?:példány|másolat)',
  'copi[ea] (?:în|in|aflată în) conflict',
  'çakışan kopya',
  'salinan (?:konflik|yang berkonflik|bercanggah)',
  'bản sao (?:bị )?xung đột',
  'конфликтующая копия',
  'конфліктна копія',
  '(?:冲突|衝突)的?(?:副本|複本|文件|檔案)',
  '(?:競合|問題のある)コピー',
  '충돌된? 사본',
  'สำเนาที่ขัดแย้งกัน',
  'نسخة متعارضة',
].join('|');

/** How other languages say it in a name that has a moment behind it. */
const word = '(?:conflict|konflikt|conflit|conflicto|conflito|conflitto|конфликт|конфлікт|冲突|衝突|競合|충돌)';

/** What stands in the name whatever comes behind it; the first that fits counts. */
const marks: readonly (readonly [tool: string, mark: string])[] = [
  ['Syncthing', String.raw`\.sync-conflict-`],
  ['Seafile', String.raw` ?\(SFConflict `],
  ['Proton Drive', String.raw` ?\(# (?:name clash|edit conflict)\b`],
  ['Unison', String.raw`\.? ?\(copy: conflict`],
  ['Nextcloud or ownCloud', String.raw` ?\(case clash from `],
  ['Nextcloud or ownCloud', String.raw` ?\(conflicted copy (?:[^()]* )?${day} \d{6}\)`],
  ['Obsidian Sync', String.raw` ?\(conflicted copy (?:[^()]* )?\d{12}\)`],
  ['Maestral', String.raw` ?\([^()]*conflicting copy`],
  ['Dropbox', String.raw` ?\((?:case|unicode encoding|white ?space|selective sync) conflict(?: \d+)?\)`],
  ['Dropbox or a tool like it', String.raw` ?[(（][^()（）]*?(?:${phrases})(?!\p{L})`],
  ['Dropbox or a tool like it', String.raw`(?:[_-] ?(?:${phrases})$| ?[ _-] ?(?:${phrases})(?!\p{L}).* ${day}\b)`],
  ['Obsidian Sync', String.raw` ?\(conflict ${moment}\)`],
  ['a sync tool', String.raw` ?[([][^()[\]]*${word} ${moment}[)\]]`],
  ['a sync tool', String.raw` ?[([][^()[\]]*${word}[^()[\]]* ${day}[ _-]${time}[)\]]`],
];

/** What says it only at the very end; a number, of one more copy, may stand behind it. */
const ends: readonly (readonly [tool: string, end: string])[] = [
  ['Nextcloud or ownCloud', String.raw`_conflict(?:[-_][^-]+)?-\d{8}-\d{4,6}`],
  ['Synology Drive', String.raw`_[^_]*_\p{L}{3,5}\.?-\d\d-\d{4,6}-\d{4}_\p{L}*conflict(?:_\d+)?`],
  ['Obsidian Sync or Cozy', String.raw`-conflict-${moment}`],
  ['pCloud', String.raw`(?: ?\(conflicted(?: \d+)?\)| ?\[conflicted(?: \d+)?\]|\.conflicted)`],
  ['Google Drive', String.raw`(?: ?\(\d+\)_conflict| ?\[conflict(?: \d+)?\]|_conf\(\d+\))`],
  ['Resilio Sync or rclone', String.raw`(?:\.conflict\d*)+`],
  ['rclone', String.raw`\.\.path[12]`],
  ['Remotely Save', String.raw`(?:\.dup\d*)+`],
  ['a sync tool', String.raw` ?\(conflict(?: \d+)?\)`],
];

const known: readonly (readonly [tool: string, pattern: RegExp])[] = [
  ...marks.map(([tool, mark]) => [tool, new RegExp(`^(?<of>.+?)${mark}`, 'iu')] as const),
  ...ends.map(([tool, end]) => [tool, new RegExp(`^(?<of>.+?)${end}(?: ?\\(\\d+\\)| \\d+|-\\d+)?$`, 'iu')] as const),
];

/** Every tool that is known, some more than once. */
export const conflictTools: readonly string[] = known.map(([tool]) => tool);

/** Undefined for any other name. */
export function conflictCopy(name: string): ConflictCopy | undefined {
  const dot = name.lastIndexOf('.');
  const [stem, end] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  // Some systems take letters apart.
  const plain = stem.normalize('NFC');
  for (const [tool, pattern] of known) {
    const of = pattern.exec(plain)?.groups?.['of'];
    if (of !== undefined) return { tool, of: of.trimEnd() + end };
  }
  return undefined;
}
