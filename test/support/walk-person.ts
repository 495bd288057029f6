/** What people do to a vault and to cards, at random but from a seed: files written, edited, moved, copied, deleted; taps. */
import { closeSync, copyFileSync, existsSync, ftruncateSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { readdirSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Actor } from '../../src/domain/actor.ts';
import type { DraftVerb } from '../../src/domain/decision.ts';
import type { World } from './workflow-world.ts';

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function createDice(seed: number) {
  let state = seed >>> 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    fraction,
    below: (count: number) => Math.floor(fraction() * count),
    oneOf: <T>(list: readonly T[]): T | undefined => list[Math.floor(fraction() * list.length)],
  };
}
export type Dice = ReturnType<typeof createDice>;

export const draftFolders = ['Pending_Approval', 'Approved', 'In_Progress', 'Done', 'Rejected', 'Failed'] as const;

/** Every draft file there is, as `Folder/name.md` or `Folder/sub/name.md`. */
export const filesIn = (vaultPath: string): readonly string[] =>
  draftFolders.flatMap((folder) =>
    readdirSync(join(vaultPath, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md') && !basename(name).startsWith('.'))
      .map((name) => `${folder}/${name}`),
  );

export const tagOf = (content: string): string => /^tag: (\w+)$/m.exec(content)?.[1] ?? '';

const people: readonly Actor[] = [
  { source: 'chat', id: '7', name: 'Sara' },
  { source: 'chat', id: '8', name: 'Bob' },
];
const verbs: readonly DraftVerb[] = ['approve', 'approve', 'reject', 'edit', 'undo', 'retry', 'reason', 'postpone'];
const answers: readonly DraftVerb[] = ['happened', 'not_happened', 'leave'];

/** @param say gets each step in words, for the report of a failure */
export function createPerson(world: World, dice: Dice, say: (step: string) => void) {
  /** How often each tag lies in the vault at least and at most: a deletion may come too late to count. */
  const copies = new Map<string, { least: number; most: number }>();
  const path = (place: string) => join(world.vaultPath, place);
  let number = 0;
  const post = (tag: string, text: string) =>
    `---\ntype: linkedin_post\ntag: ${tag}\n---\n\n## LinkedIn Post\n\n${text}\n`;
  const text = () => `Text ${dice.below(4)}.`;
  const wordsFor = (verb: DraftVerb): string | undefined => {
    if (verb === 'edit') return text();
    if (verb === 'reason') return `Reason ${dice.below(3)}`;
    return verb === 'postpone' ? new Date(world.clock.now().getTime() + 60_000).toISOString() : undefined;
  };

  /** Files move under our hands; a step that comes too late is no step. */
  const tryTo = (words: string, step: () => void) => {
    try {
      step();
      say(words);
    } catch (thrown) {
      if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')) throw thrown;
    }
  };
  // A file that has two names is being moved this very instant: nobody is that fast.
  const isStill = (place: string) => statSync(path(place), { throwIfNoEntry: false })?.nlink === 1;
  const anyFile = () => dice.oneOf(filesIn(world.vaultPath).filter(isStill));
  const freePlace = (name: string) => {
    const folder = dice.oneOf(draftFolders) ?? 'Approved';
    const sub = dice.below(6) === 0 ? 'social/' : '';
    const renamed = dice.below(4) === 0 ? `r${(number += 1)}.md` : name;
    const place = `${folder}/${sub}${renamed}`;
    mkdirSync(dirname(path(place)), { recursive: true });
    return existsSync(path(place)) ? undefined : place;
  };

  const steps: readonly (() => Promise<void> | void)[] = [
    function write() {
      const tag = `t${(number += 1)}`;
      const place = `${dice.oneOf(['Pending_Approval', 'Pending_Approval', 'Approved']) ?? ''}/n${dice.below(4)}.md`;
      if (existsSync(path(place))) return;
      copies.set(tag, { least: 1, most: 1 });
      world.write(place, post(tag, text()));
      say(`write ${place} (${tag})`);
    },
    function edit() {
      const place = anyFile();
      if (place === undefined) return;
      tryTo(`edit ${place}`, () => {
        const tag = tagOf(readFileSync(path(place), 'utf8'));
        const file = openSync(path(place), 'r+');
        ftruncateSync(file);
        writeSync(file, post(tag, text()));
        closeSync(file);
      });
    },
    ...Array.from(
      { length: 3 },
      () =>
        function move() {
          const from = anyFile();
          const to = from === undefined ? undefined : freePlace(basename(from));
          if (from === undefined || to === undefined) return;
          tryTo(`move ${from} to ${to}`, () => renameSync(path(from), path(to)));
        },
    ),
    function copy() {
      const from = anyFile();
      const to = from === undefined ? undefined : freePlace(basename(from));
      if (from === undefined || to === undefined) return;
      tryTo(`copy ${from} to ${to}`, () => {
        const tag = tagOf(readFileSync(path(from), 'utf8'));
        copyFileSync(path(from), path(to));
        const { least, most } = copies.get(tag) ?? { least: 0, most: 0 };
        copies.set(tag, { least: least + 1, most: most + 1 });
      });
    },
    function remove() {
      const place = anyFile();
      if (place === undefined || dice.below(3) > 0) return;
      tryTo(`delete ${place}`, () => {
        const tag = tagOf(readFileSync(path(place), 'utf8'));
        const { least, most } = copies.get(tag) ?? { least: 0, most: 0 };
        rmSync(path(place));
        copies.set(tag, { least: least - 1, most });
      });
    },
    ...Array.from(
      { length: 5 },
      () =>
        async function tap() {
          const card = dice.oneOf([...world.chat.cards.values()]);
          if (card === undefined) return;
          const verb = dice.oneOf(card.mood === 'unknown' ? answers : verbs) ?? 'approve';
          const actor = dice.oneOf(people);
          const verdict = await world.tap(card, verb, actor, wordsFor(verb));
          say(`${actor?.name} taps ${verb} on ${card.file} ${card.key} (${card.mood}): ${verdict.say}`);
        },
    ),
  ];
  return { copies, step: async () => await dice.oneOf(steps)?.() };
}
