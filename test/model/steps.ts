/** What can happen in a walk, as data: drawn from a seed, printed as it is, played again and shrunk by leaving out. */
import { array, boolean, constant, constantFrom, integer, nat, oneof, record, tuple } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type { DraftVerb } from '../../src/domain/decision.ts';

export const people = ['Sara', 'Bob', 'Desk', 'Stranger'] as const;
export const places = [
  'Pending_Approval',
  'Approved',
  'In_Progress',
  'Done',
  'Rejected',
  'Failed',
  'Needs_Action',
] as const;

/** How the next attempt goes; the point of no return is passed in all from `loses` on. */
export const moods = ['sends', 'retries', 'refuses', 'logs out', 'waits', 'loses', 'forgets', 'dies', 'hangs'] as const;
export type Mood = (typeof moods)[number];

export const farSides = ['posts', 'mail'] as const;
export type FarSide = (typeof farSides)[number];

/** What a tap asks for; `offered`: one of the buttons its card has. */
export type Wish = DraftVerb | 'offered';

type Person = (typeof people)[number];
type Place = (typeof places)[number];

/** How somebody lets a draft out. */
export type LetOut = 'tapped' | 'moved' | 'copied';

/** `said` draws the button and the words that go with it. */
type Tapped = { readonly card: number; readonly said: number };

export type Step =
  | { readonly do: 'write'; readonly in: Place; readonly name: number; readonly text: number; readonly kind: string }
  | { readonly do: 'edit'; readonly file: number; readonly text: number }
  | { readonly do: 'move' | 'copy'; readonly file: number; readonly to: Place; readonly as: string }
  | { readonly do: 'conflict' | 'delete'; readonly file: number }
  | (Tapped & { readonly do: 'tap'; readonly verb: Wish; readonly who: Person; readonly old: boolean })
  /** Two at the same instant. */
  | (Tapped & { readonly do: 'race'; readonly verbs: readonly [Wish, Wish] })
  /** Two drafts that would do the same, and each is let out in its own way; `later`: so much later the second one. */
  | {
      readonly do: 'twins';
      readonly text: number;
      readonly kind: string;
      readonly ways: readonly [LetOut, LetOut];
      readonly said: number;
      readonly later: number;
    }
  /** A tap at the same instant as a move by hand and the look that finds it. */
  | (Tapped & { readonly do: 'collide'; readonly verb: Wish; readonly to: Place })
  | { readonly do: 'pass' | 'jump'; readonly ms: number }
  | { readonly do: 'rescan' | 'restart' | 'kill' | 'pause' | 'resume' | 'go on' }
  /** The process dies at this durable write after its next start. */
  | { readonly do: 'mortal'; readonly write: number; readonly side: 'before' | 'after' }
  | { readonly do: 'down' | 'up'; readonly what: 'chat' | 'desk' | FarSide }
  | { readonly do: 'fault'; readonly what: 'none' | 'disk full' | 'locked' | 'one write' }
  /** The disk is full after so many writes, and stays so for the processes after this one. */
  | { readonly do: 'fill'; readonly room: number }
  | { readonly do: 'next'; readonly side: FarSide; readonly mood: Mood }
  | { readonly do: 'confirms'; readonly honestly: boolean };

const file = nat(11);
const card = nat(11);
const place = constantFrom(...places);
const said = nat(11);
const way: Arbitrary<LetOut> = constantFrom('tapped', 'tapped', 'moved', 'copied');
const verb: Arbitrary<Wish> = constantFrom(
  'offered',
  'offered',
  'offered',
  'offered',
  'approve',
  'approve',
  'approve',
  'reject',
  'edit',
  'undo',
  'retry',
  'happened',
  'not_happened',
  'leave',
  'postpone',
  'reason',
  'plain',
  'choose',
);
const second = 1_000;
const hour = 3_600 * second;
const makes = (kind: Step['do'], fields: object): Arbitrary<Step> =>
  record({ do: constant(kind), ...fields }) as Arbitrary<Step>;

const step: Arbitrary<Step> = oneof(
  {
    weight: 8,
    arbitrary: makes('write', {
      in: constantFrom('Pending_Approval', 'Pending_Approval', 'Pending_Approval', 'Approved', 'In_Progress'),
      name: nat(4),
      text: nat(3),
      kind: constantFrom('post', 'post', 'mail', 'mail', 'later', 'marks', 'two'),
    }),
  },
  { weight: 3, arbitrary: makes('edit', { file, text: nat(3) }) },
  { weight: 8, arbitrary: makes('move', { file, to: place, as: constantFrom('', '', '', 'renamed', 'sub') }) },
  { weight: 2, arbitrary: makes('copy', { file, to: place, as: constantFrom('', 'renamed', 'sub') }) },
  { weight: 1, arbitrary: makes('conflict', { file }) },
  { weight: 1, arbitrary: makes('delete', { file }) },
  {
    weight: 16,
    arbitrary: makes('tap', {
      card,
      said,
      verb,
      who: constantFrom('Sara', 'Sara', 'Bob', 'Desk', 'Stranger'),
      old: boolean(),
    }),
  },
  { weight: 3, arbitrary: makes('race', { card, said, verbs: tuple(verb, verb) }) },
  {
    weight: 4,
    arbitrary: makes('twins', {
      text: nat(3),
      kind: constantFrom('post', 'mail'),
      ways: tuple(way, way),
      said,
      later: constantFrom(0, 0, 3 * second, 11 * second, hour),
    }),
  },
  { weight: 3, arbitrary: makes('collide', { card, said, verb, to: place }) },
  {
    weight: 10,
    arbitrary: makes('pass', { ms: constantFrom(0, 500, 3 * second, 11 * second, 130 * second, hour) }),
  },
  {
    weight: 2,
    arbitrary: makes('jump', { ms: constantFrom(-25 * hour, -hour, -30 * second, hour, 25 * hour, 8_800 * hour) }),
  },
  { weight: 10, arbitrary: makes('rescan', {}) },
  { weight: 2, arbitrary: makes('restart', {}) },
  { weight: 2, arbitrary: makes('kill', {}) },
  {
    weight: 2,
    arbitrary: makes('mortal', { write: integer({ min: 1, max: 40 }), side: constantFrom('before', 'after') }),
  },
  { weight: 1, arbitrary: makes('pause', {}) },
  { weight: 2, arbitrary: makes('resume', {}) },
  { weight: 3, arbitrary: makes('go on', {}) },
  { weight: 2, arbitrary: makes('down', { what: constantFrom('chat', 'desk', ...farSides) }) },
  { weight: 4, arbitrary: makes('up', { what: constantFrom('chat', 'desk', ...farSides) }) },
  { weight: 2, arbitrary: makes('fault', { what: constantFrom('none', 'disk full', 'locked', 'one write') }) },
  { weight: 2, arbitrary: makes('fill', { room: nat(30) }) },
  { weight: 5, arbitrary: makes('next', { side: constantFrom(...farSides), mood: constantFrom(...moods) }) },
  { weight: 1, arbitrary: makes('confirms', { honestly: boolean() }) },
);

/**
 * Where a walk begins in the time zone the runner sets, and the time its scheduled drafts name: before the hour that does
 * not exist; before the one that exists twice, and between its two; and on a day long after.
 */
export const scheduleFrom: ReadonlyMap<string, string> = new Map([
  ['2031-03-30T00:40:00Z', '2031-03-30T02:30'],
  ['2031-10-25T23:40:00Z', '2031-10-26T02:30'],
  ['2031-10-26T00:40:00Z', '2031-10-26T02:30'],
  ['2031-07-01T08:00:00Z', '2031-03-30T02:30'],
]);

/** `needed`: how many people must approve; `policy`: what a move into Approved counts for. */
export type Walk = {
  readonly from: string;
  readonly needed: number;
  readonly policy: 'seen' | 'any' | 'chat';
  readonly steps: readonly Step[];
};

export const walks: Arbitrary<Walk> = record({
  from: constantFrom(...scheduleFrom.keys()),
  needed: constantFrom(1, 2),
  policy: constantFrom('seen', 'seen', 'seen', 'any', 'chat'),
  steps: array(step, { minLength: 10, maxLength: 60, size: 'max' }),
});
