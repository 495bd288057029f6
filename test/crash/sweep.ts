/** Kills and faults at chosen instants; after each one a new life, which has to come to rest with every promise kept. */
import assert from 'node:assert/strict';
import { until } from '../support/until.ts';
import type { Lives } from './lives.ts';
import type { Outside } from './outside.ts';
import type { Story } from './stories.ts';
import { attach } from './strace.ts';
import type { Injection, Tracer } from './strace.ts';

let number = 0;
export const nextMark = () => `m${String((number += 1)).padStart(5, '0')}x`;

/** Begins a story, and sees to it that the injection counts from then on. */
export type Start = (
  lives: Lives,
  injection: Injection,
  begin: () => Promise<() => boolean>,
) => Promise<{ readonly tracer: Tracer | undefined; readonly answered: () => boolean }>;

const attachFirst: Start = async (lives, injection, begin) => {
  const tracer = await attach(lives.pid(), injection);
  return { tracer, answered: await begin() };
};

/**
 * Plays a story with something happening at one system call.
 *
 * @returns whether the process died of it
 */
export async function playWith(
  lives: Lives,
  outside: Outside,
  story: Story,
  injection: Injection,
  start: Start = attachFirst,
): Promise<boolean> {
  if (lives.isDead()) lives.start();
  const mark = nextMark();
  const words = () => `${story.name} ${mark}, ${JSON.stringify(injection)}`;
  await story.prepare(lives, mark);
  await until(() => lives.isSettled(), `it rests before ${words()}`, lives.patienceMs);
  const { tracer, answered } = await start(lives, injection, () => story.begin(lives, mark));
  // What comes after the record counts as well: the file that moves, the log, the card.
  const rests = async () => isOver(lives, story, mark, answered) && (await lives.breaches()).length === 0;
  await until(async () => lives.isDead() || (await rests()), `${words()} ends`, lives.patienceMs).catch(
    () => undefined,
  );
  await tracer?.stop();
  const died = lives.isDead();
  if (died) await lives.died();
  await comeToRest(lives, outside, story, mark, answered).catch((cause: unknown) => {
    throw new Error(`${words()}: ${statesOf(lives, mark)}, answered: ${answered()}\n${lives.output()}`, { cause });
  });
  return died;
}

/** Of all drafts with this mark, for people. */
export const statesOf = (lives: Lives, mark: string): string =>
  lives
    .draftsOf(mark)
    .map(({ state }) => state)
    .join(' and ');

export const isOver = (lives: Lives, story: Story, mark: string, answered: () => boolean): boolean => {
  const drafts = lives.draftsOf(mark);
  // A disk that fails may make it refuse, in words: then the person taps again.
  const ends = lives.wasRefused(mark) ? [...story.ends, 'pending'] : story.ends;
  const isAll = drafts.length === (story.files ?? 1);
  return isAll && answered() && drafts.every(({ state }) => ends.includes(state)) && lives.isSettled();
};

/** A new life when the old one is over; then everything must rest, tell the truth, and be asked about if nobody can tell. */
export async function comeToRest(
  lives: Lives,
  outside: Outside,
  story: Story,
  mark: string,
  answered: () => boolean,
): Promise<void> {
  if (lives.isDead()) lives.start();
  await until(
    () => {
      assert.ok(!lives.isDead(), 'it died again');
      return isOver(lives, story, mark, answered);
    },
    'it comes to rest',
    lives.patienceMs,
  );
  const unsure = lives.draftsOf(mark).find(({ state }) => state === 'unknown');
  if (unsure !== undefined) await answerQuestion(lives, outside, mark, unsure.key);
  await keepsPromises(lives.breaches);
}

/** The chat asks; the person looks at the account and tells the truth. */
async function answerQuestion(lives: Lives, outside: Outside, mark: string, key: string): Promise<void> {
  const stateNow = () => lives.draftsOf(mark).find((one) => one.key === key)?.state;
  const arrived = outside.received().some(({ effect }) => `${effect.text}${effect.subject}`.includes(mark));
  const [label, verb, state] = arrived
    ? (['went out', 'happened', 'done'] as const)
    : (['Leave', 'leave', 'failed'] as const);
  // Proof may be found first.
  const isAsked = () => stateNow() === 'unknown';
  const { id } = await lives.card(mark, label).catch(() => ({ id: 0 }));
  const answered = id === 0 || !isAsked() ? () => true : lives.tap(mark, id, label, verb, key);
  await until(
    () => stateNow() === state && answered() && lives.isSettled(),
    `the answer “${label}” counts`,
    lives.patienceMs,
  );
}

/** Between a fact on record and what people see of it there is an instant; what was sent wrongly stays a breach. */
export async function keepsPromises(look: Lives['breaches']): Promise<void> {
  let last: Awaited<ReturnType<typeof look>> = [];
  let looks = 0;
  const holds = async () => {
    looks += 1;
    last = await look();
    return last.length === 0;
  };
  // On a machine with much to do one look takes seconds, and so does what it waits for.
  for (const began = performance.now(); looks < 5 || performance.now() < began + 10_000;) {
    if (await until(holds, 'every promise holds', 10_000).catch(() => false)) return;
  }
  assert.deepEqual(last, []);
}
