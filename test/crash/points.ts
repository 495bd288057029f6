/** Which system call of which story comes next. Drawn from the seed; what a story turned out not to reach is not asked for again. */
import type { Dice } from '../support/walk-person.ts';
import { stories } from './stories.ts';
import type { Story } from './stories.ts';

/**
 * The calls of one mail and of one reject, measured: what changes something, and the rest. They are counted per thread
 * and there are two, so a call is drawn from the first two thirds.
 */
const calls: Readonly<Record<'changing' | 'other', Readonly<Record<string, readonly [mail: number, reject: number]>>>> =
  {
    changing: {
      fsync: [35, 13],
      pwrite64: [252, 94],
      write: [221, 47],
      writev: [9, 4],
      link: [3, 1],
      unlink: [7, 2],
      rename: [5, 3],
      mkdir: [6, 1],
    },
    other: {
      openat: [93, 11],
      statx: [168, 12],
      newfstatat: [18, 6],
      readlink: [200, 52],
      read: [265, 49],
      fcntl: [535, 209],
      close: [65, 11],
      getdents64: [36, 12],
      epoll_pwait: [315, 72],
      futex: [800, 200],
    },
  };

const isLong = ({ ends }: Story): boolean => ends.includes('done');

export type Point = { readonly story: Story; readonly call: string; readonly when: number };

export type Points = {
  /** Undefined when every one was played. */
  next(): Point | undefined;
  areLeft(): boolean;
  /** The story was over before its n-th call of that name. */
  beyond(point: Point): void;
};

export function createPoints(dice: Dice): Points {
  const limits = new Map<string, number>();
  const played = new Set<string>();
  let turn = 0;
  let areLeft = true;
  const limitOf = (story: Story, call: string, [mail, reject]: readonly [number, number]) =>
    limits.get(`${story.name} ${call}`) ?? Math.ceil((isLong(story) ? mail : reject) * 0.66);
  return {
    next() {
      for (let tries = 0; tries < 10_000; tries += 1) {
        const story = stories[turn % stories.length];
        turn += 1;
        const group = dice.below(10) < 7 ? calls.changing : calls.other;
        const [call, usual] = dice.oneOf(Object.entries(group)) ?? [];
        if (story === undefined || call === undefined || usual === undefined) return undefined;
        // Early ones more often: a run with fewer calls than the longest one is over before the late ones.
        const when = 1 + Math.floor(limitOf(story, call, usual) * dice.fraction() ** 1.5);
        const name = `${story.name} ${call} ${when}`;
        if (limitOf(story, call, usual) < 1 || played.has(name)) continue;
        played.add(name);
        return { story, call, when };
      }
      areLeft = false;
      return undefined;
    },
    areLeft: () => areLeft,
    beyond({ story, call, when }) {
      limits.set(`${story.name} ${call}`, when - 1);
    },
  };
}
