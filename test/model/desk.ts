/** What a person, a sync tool or another program does to the files, one thing at a time. */
import { closeSync, copyFileSync, existsSync, ftruncateSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Written } from '../../src/workflow/audit/index.ts';
import { filesIn, tagOf } from '../support/walk-person.ts';
import type { World } from '../support/workflow-world.ts';
import type { Step } from './steps.ts';

type FileStep = Extract<Step, { do: 'write' | 'edit' | 'move' | 'copy' | 'conflict' | 'delete' }>;

const texts = ['One.', 'Two.', 'Three, longer.', '- first\n- second'];

function content(kind: string, tag: string, text: number, schedule: string): string {
  const words = texts[text] ?? '';
  if (kind === 'mail') {
    return `---\ntype: email\nto: sara@client.example\nsubject: Budget\ntag: ${tag}\n---\n\n${words}\n`;
  }
  const when = kind === 'later' ? `schedule: ${schedule}\n` : '';
  const marks = kind === 'marks' ? '**Bold** and `plain`: ' : '';
  const other = kind === 'two' ? `\n## Draft Reply\n\nOr ${words}\n` : '';
  return `---\ntype: linkedin_post\n${when}tag: ${tag}\n---\n\n## LinkedIn Post\n\n${marks}${words}\n${other}`;
}

/** @param schedule what the drafts that are to leave later say */
export function createDesk(world: World, schedule: string, tell: (line: string) => void) {
  const copies = new Map<string, { least: number; most: number; kind: string }>();
  const path = (place: string) => join(world.vaultPath, place);
  let number = 0;
  const fileAt = (index: number): string | undefined => {
    // A copy a sync tool made stays as it is; renamed, it would be a draft like any other.
    const files = filesIn(world.vaultPath)
      .filter((place) => !place.includes('.sync-conflict-'))
      .toSorted();
    return files[index % Math.max(files.length, 1)];
  };
  const tagAt = (place: string) => tagOf(readFileSync(path(place), 'utf8'));
  const count = (tag: string, least: number, most: number) => {
    const now = copies.get(tag) ?? { least: 0, most: 0, kind: 'post' };
    copies.set(tag, { ...now, least: now.least + least, most: now.most + most });
  };
  /** Undefined when something lies there: people are not allowed to write over files either. */
  const free = (place: string): string | undefined => {
    if (existsSync(path(place))) return undefined;
    mkdirSync(dirname(path(place)), { recursive: true });
    return place;
  };
  const target = (from: string, to: string, as: string): string | undefined => {
    if (as === 'sub' && to !== 'Needs_Action') return free(`${to}/social/${basename(from)}`);
    // What was put into Needs_Action by mistake is found again by its name.
    return free(`${to}/${as === 'renamed' && to !== 'Needs_Action' ? `r${(number += 1)}.md` : basename(from)}`);
  };
  const write = (wanted: string, kind: string, text: number): string | undefined => {
    const place = free(wanted);
    if (place === undefined) return undefined;
    const tag = `t${(number += 1)}`;
    copies.set(tag, { least: 1, most: 1, kind });
    world.write(place, content(kind, tag, text, schedule));
    tell(`  ${place} (${tag})`);
    return place;
  };
  const act = (step: FileStep): void => {
    if (step.do === 'write') return void write(`${step.in}/n${step.name}.md`, step.kind, step.text);
    const from = fileAt(step.file);
    if (from === undefined) return;
    const tag = tagAt(from);
    tell(`  ${from} (${tag})`);
    switch (step.do) {
      case 'edit': {
        // In place, as Obsidian writes: the same inode.
        const handle = openSync(path(from), 'r+');
        ftruncateSync(handle);
        writeSync(handle, content(copies.get(tag)?.kind ?? 'post', tag, step.text, schedule));
        return closeSync(handle);
      }
      case 'move': {
        const to = target(from, step.to, step.as);
        if (to !== undefined) renameSync(path(from), path(to));
        return undefined;
      }
      case 'copy': {
        const to = target(from, step.to, step.as);
        if (to === undefined) return undefined;
        copyFileSync(path(from), path(to));
        return count(tag, 1, 1);
      }
      case 'conflict': {
        const to = free(`${from.slice(0, -3)}.sync-conflict-20310101-120000-ABCDEFG.md`);
        // Nobody's draft: neither counted nor touched.
        if (to !== undefined) copyFileSync(path(from), path(to));
        return undefined;
      }
      case 'delete':
        rmSync(path(from));
        return count(tag, -1, -1);
    }
  };
  return {
    act,
    /** A new draft that waits, under a name of its own. @returns where it lies */
    write: (kind: string, text: number) => write(`Pending_Approval/w${(number += 1)}.md`, kind, text),
    /** What people do with a file they approve. */
    letOut(place: string, how: 'moved' | 'copied'): void {
      const to = existsSync(path(place)) ? free(`Approved/${basename(place)}`) : undefined;
      if (to === undefined) return;
      if (how === 'moved') return renameSync(path(place), path(to));
      count(tagAt(place), 1, 1);
      copyFileSync(path(place), path(to));
    },
    moveTo(from: string, to: string): void {
      const place = existsSync(path(from)) ? free(`${to}/${basename(from)}`) : undefined;
      if (place !== undefined) renameSync(path(from), path(place));
    },
    written: (): readonly Written[] =>
      [...copies].map(([tag, { least, most }]) => ({ mark: `tag: ${tag}\n`, least, most })),
  };
}
