/** Many cards at once, many edits, and what is left in memory after many cards. */
import { mkdirSync } from 'node:fs';
import { readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChatSide } from './chat-side.ts';
import { spreadOf, time } from './figures.ts';
import { residentMb } from './memory.ts';
import { pause, until } from './until.ts';

type Scene = {
  readonly chat: ChatSide;
  readonly vault: string;
  /** On the same file system as the vault, not in it. */
  readonly folder: string;
  readonly pid: number;
  readonly nameOf: (mark: string) => string;
  readonly draft: (mark: string) => string;
};

type Plan = {
  readonly atOnce: number;
  readonly edits: number;
  /** In all, for the memory. */
  readonly cards: number;
};

const limitMs = 600_000;
const batch = 500;

/** @returns rows of a table */
export async function measureMany(scene: Scene & Plan): Promise<readonly (readonly string[])[]> {
  const memories: string[] = [];
  const note = (words: string) => memories.push(`${words}: ${residentMb(scene.pid).toFixed(0)} MB`);
  note('before');
  const atOnce = await cardsAtOnce(scene);
  const edits = await editOften(scene);
  note(`after ${scene.edits} edits`);
  await showMany(scene, note);
  return [...atOnce, ...edits, ['resident memory', memories.join(' · ')]];
}

/** Complete files come in by renames, all in one breath. */
async function moveIn({ folder, vault, nameOf, draft }: Scene, marks: readonly string[]): Promise<void> {
  const outside = join(folder, 'outside');
  mkdirSync(outside, { recursive: true });
  for (const mark of marks) await writeFile(join(outside, nameOf(mark)), draft(mark));
  await pause(50);
  for (const mark of marks) {
    await rename(join(outside, nameOf(mark)), join(vault, 'Pending_Approval', nameOf(mark)));
  }
}

/** The most that fell into any stretch of this length. */
function busiest(instants: readonly number[], ms: number): number {
  const sorted = instants.toSorted((a, b) => a - b);
  let [from, most] = [0, 0];
  for (const [to, at] of sorted.entries()) {
    while (at - (sorted[from] ?? at) > ms) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

async function cardsAtOnce(scene: Scene & Plan): Promise<readonly (readonly string[])[]> {
  const { chat, atOnce } = scene;
  const marks = Array.from({ length: atOnce }, (_, at) => `o${at}x`);
  const from = performance.now();
  await moveIn(scene, marks);
  const moved = performance.now();
  const cameAt = await Promise.all(marks.map(async (mark) => (await chat.message(mark)).at - moved));
  const { p50, max } = spreadOf(cameAt);
  const busy = chat.busy(from);
  return [
    [`${atOnce} files moved in → cards in the chat`, `half after ${time(p50)}, all after ${time(max)}`],
    ['busiest second · minute', `${busiest(busy, 1_000)} · ${busiest(busy, 60_000)} messages and changes`],
    ['told to wait (429)', String(chat.refusals())],
  ];
}

/** A new text as a reply, to all cards in turn, because one card changes at most once a second; each waits for the card that shows it. */
async function editOften({ chat, edits, atOnce }: Scene & Plan): Promise<readonly (readonly string[])[]> {
  const cards = await Promise.all(Array.from({ length: atOnce }, async (_, at) => (await chat.message(`o${at}x`)).id));
  const times: number[] = [];
  const from = performance.now();
  for (let edit = 0; edit < edits; edit += 1) {
    const words = `Better words, number ${edit}.`;
    const since = performance.now();
    chat.person.reply(cards[edit % cards.length] ?? 0, words);
    times.push((await chat.call('editMessageText', words)) - since);
  }
  const { p50, p95, max } = spreadOf(times);
  const perMinute = Math.round((edits * 60_000) / (performance.now() - from));
  return [
    [
      `${edits} edits by reply → changed card, p50 / p95 / longest`,
      `${time(p50)} / ${time(p95)} / ${time(max)}, ${perMinute} a minute`,
    ],
  ];
}

async function showMany(scene: Scene & Plan, note: (words: string) => void): Promise<void> {
  const { vault, cards, nameOf, chat } = scene;
  const pending = join(vault, 'Pending_Approval');
  let shown = 0;
  for (let from = 0; from < cards; from += batch) {
    // What waits goes, so that it is cards in all and not cards at once that count.
    for (const name of await readdir(pending)) {
      if (name.endsWith('.md')) await rename(join(pending, name), join(vault, 'Rejected', name));
    }
    const marks = Array.from({ length: Math.min(batch, cards - from) }, (_, at) => `n${from + at}x`);
    await moveIn(scene, marks);
    await chat.message(marks.at(-1) ?? '');
    shown += marks.length;
    if (shown % Math.max(batch, cards / 5) === 0) note(`after ${shown} cards`);
  }
  await until(
    async () => (await readdir(pending)).includes(nameOf(`n${cards - 1}x`)) || undefined,
    'they lie there',
    limitMs,
  );
}
