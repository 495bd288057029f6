/** Many cards at once, many edits, and what is left in memory after many cards. */
import { mkdirSync } from 'node:fs';
import { readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { draft, nameOf } from './chat-events.ts';
import type { ChatScene } from './chat-events.ts';
import { spreadOf, time } from './figures.ts';
import { residentMb } from './memory.ts';
import { pause, until } from './until.ts';

type Plan = {
  readonly atOnce: number;
  readonly edits: number;
  /** In all, for the memory. */
  readonly cards: number;
};

const limitMs = 600_000;
const batch = 500;

/** @returns rows of a table */
export async function measureMany(scene: ChatScene, plan: Plan): Promise<readonly (readonly string[])[]> {
  const memories: string[] = [];
  const note = (words: string) => memories.push(`${words}: ${residentMb(scene.running.pid).toFixed(0)} MB`);
  note('before');
  const from = performance.now();
  const cameAt = spreadOf(await cardsAtOnce(scene, plan.atOnce));
  const busy = scene.chat.busy(from);
  const atOnce = [
    [
      `${plan.atOnce} files moved in → cards in the chat`,
      `half after ${time(cameAt.p50)}, all after ${time(cameAt.max)}`,
    ],
    ['busiest second · minute', `${busiest(busy, 1_000)} · ${busiest(busy, 60_000)} messages and changes`],
    ['told to wait (429)', String(scene.chat.refusals())],
  ];
  const editing = performance.now();
  const { p50, p95, max } = spreadOf(await editOften(scene, plan));
  const perMinute = Math.round((plan.edits * 60_000) / (performance.now() - editing));
  const edits = [
    `${plan.edits} edits by reply → changed card, p50 / p95 / longest`,
    `${time(p50)} / ${time(p95)} / ${time(max)}, ${perMinute} a minute`,
  ];
  note(`after ${plan.edits} edits`);
  await showMany(scene, plan.cards, note);
  return [...atOnce, edits, ['resident memory', memories.join(' · ')]];
}

/** Complete files come in by renames, all in one breath. */
async function moveIn({ folder, vault }: ChatScene, marks: readonly string[]): Promise<void> {
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

/** @returns for each card the milliseconds from the last file's move until it was in the chat */
export async function cardsAtOnce(scene: ChatScene, atOnce: number): Promise<readonly number[]> {
  const marks = Array.from({ length: atOnce }, (_, at) => `o${at}x`);
  await moveIn(scene, marks);
  const moved = performance.now();
  return await Promise.all(marks.map(async (mark) => (await scene.chat.message(mark)).at - moved));
}

/**
 * A new text as a reply, to all cards in turn, because one card changes at most once a second; each waits for the card
 * that shows it. @returns for each the milliseconds until then
 */
export async function editOften(
  { chat }: ChatScene,
  { edits, atOnce }: Omit<Plan, 'cards'>,
): Promise<readonly number[]> {
  const cards = await Promise.all(Array.from({ length: atOnce }, async (_, at) => (await chat.message(`o${at}x`)).id));
  const times: number[] = [];
  for (let edit = 0; edit < edits; edit += 1) {
    const words = `Better words, number ${edit}.`;
    const since = performance.now();
    chat.person.reply(cards[edit % cards.length] ?? 0, words);
    times.push((await chat.call('editMessageText', words)) - since);
  }
  return times;
}

async function showMany(scene: ChatScene, cards: number, note: (words: string) => void): Promise<void> {
  const { vault, chat } = scene;
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
