/**
 * Where a file lies that a draft names as people do: from the vault, from the draft's folder, with `..`, with signs
 * written as `%20`, or by its name alone, as Obsidian finds it. Only names are looked at here; nothing is opened, and no
 * link is followed.
 */
import { basename, join, posix } from 'node:path';
import type { Root } from '../lib/root.ts';
import { folders } from './folders.ts';

/** Where a file named in a draft is looked for, below the vault, after the vault itself and the draft's own folder. */
const places: readonly string[] = [
  'Pending_Approval',
  'Media',
  'media',
  'Attachments',
  'attachments',
  'assets',
  'images',
];

/**
 * Paths below the vault at which the file may be, the likeliest first.
 *
 * @param root the vault, absolute
 * @param beside path of the draft's folder below the vault
 */
export function pathsOf(name: string, root: string, beside: string): readonly string[] {
  const written = name.replaceAll('\\', '/');
  const forms = [...new Set([written, decoded(written)])].flatMap((form) => {
    const own = `${basename(root)}/`;
    return form.startsWith(own) ? [form, form.slice(own.length)] : [form];
  });
  const found = forms.flatMap((form) => {
    if (form.startsWith('/')) return [posix.normalize(form.slice(1))];
    return ['', beside, ...places].map((place) => posix.normalize(posix.join(place, form)));
  });
  return [...new Set(found)];
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

const mostEntries = 20_000;
const mostFolders = 2_000;
/** Where finished and unread things lie: there may be a hundred thousand of them, and no picture of a draft. */
const passedOver: readonly string[] = folders.filter((folder) => !['Pending_Approval', 'Approved'].includes(folder));

/** Paths of the files a name alone may mean. The vault is looked through when they are first asked for, and once. */
export function lookThrough(root: Root): () => Promise<readonly string[]> {
  let files: Promise<readonly string[]> | undefined;
  return () => (files ??= filesBelow(root));
}

async function filesBelow(root: Root): Promise<readonly string[]> {
  const found: string[] = [];
  const waiting = [''];
  let entries = 0;
  for (let folder = 0; folder < waiting.length && folder < mostFolders && entries < mostEntries; folder += 1) {
    const inside = waiting[folder] ?? '';
    for (const entry of await root.entries(join(root.path, inside)).catch(() => [])) {
      entries += 1;
      const name = entry.name.toString('utf8');
      if (/^[._~]/.test(name)) continue;
      const path = inside === '' ? name : `${inside}/${name}`;
      if (entry.isDirectory() && !passedOver.includes(path)) waiting.push(path);
      else if (entry.isFile()) found.push(path);
    }
  }
  return found;
}

/** Those whose path ends with this one, whatever its case. */
export function endingWith(paths: readonly string[], name: string): readonly string[] {
  const wanted = comparable(decoded(name.replaceAll('\\', '/')).replace(/^(?:\.?\/)+/, ''));
  // A way up is meant as it is written.
  if (wanted === '' || wanted.split('/').includes('..')) return [];
  return paths.filter((path) => `/${comparable(path)}`.endsWith(`/${wanted}`));
}

const comparable = (path: string): string => path.normalize('NFC').toLowerCase();
