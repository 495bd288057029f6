/** Which system call of which story comes next. Drawn from the seed; what a story turned out not to reach is not asked for again. */
import type { Dice } from '../support/walk-person.ts';
import { stories } from './stories.ts';
import type { Story } from './stories.ts';

/** How many calls one thread makes at most, as strace counts them: in the order of `stories`. */
type Counts = readonly [
  mail: number,
  post: number,
  handMove: number,
  reject: number,
  edit: number,
  arrival: number,
  equal: number,
];

type Table = Readonly<Record<string, Counts>>;

/**
 * Every name that a running process calls in these stories, measured three times each: right after a start, when it still
 * loads parts of itself, and twice later. Left out is what only a start does (clone3, ioctl, prlimit64, fstat, access,
 * getuid and the like, bind, listen, eventfd2, pipe2, epoll_create1, io_uring_setup, inotify_init1, chmod, fchown, exit):
 * the part “first start” is there for it. It makes no fdatasync, sendto, sendmsg, unlinkat, linkat or renameat2 at all.
 */
const calls: Readonly<Record<'changing' | 'reading' | 'own', Table>> = {
  /** Something is different afterwards: a file, or at the far side. */
  changing: {
    fsync: [34, 32, 31, 13, 13, 13, 55],
    pwrite64: [266, 262, 264, 92, 86, 80, 415],
    // Files, sockets, and the word from one thread to another.
    write: [307, 311, 305, 117, 139, 82, 400],
    writev: [8, 9, 8, 8, 6, 7, 13],
    link: [3, 3, 2, 1, 0, 0, 3],
    unlink: [7, 7, 5, 2, 1, 0, 7],
    rename: [8, 8, 5, 3, 4, 2, 8],
    mkdir: [2, 1, 1, 0, 0, 4, 1],
    utimensat: [1, 1, 1, 0, 1, 0, 1],
    // When the ledger is brought up to date with its write-ahead log, which is seldom.
    ftruncate: [1, 1, 1, 1, 1, 1, 1],
    socket: [3, 2, 2, 1, 3, 4, 1],
    connect: [3, 2, 2, 1, 3, 4, 1],
    shutdown: [1, 0, 0, 0, 0, 0, 0],
  },
  reading: {
    openat: [398, 344, 317, 248, 344, 1658, 62],
    read: [555, 535, 552, 309, 420, 887, 405],
    pread64: [576, 554, 520, 410, 562, 3130, 58],
    statx: [1100, 980, 776, 620, 834, 2803, 336],
    newfstatat: [18, 18, 18, 10, 11, 56, 14],
    readlink: [45, 38, 35, 12, 20, 19, 41],
    getdents64: [36, 36, 36, 20, 21, 22, 28],
    close: [352, 327, 301, 237, 330, 1582, 62],
    fcntl: [812, 723, 702, 358, 393, 441, 1349],
    epoll_pwait: [542, 569, 582, 240, 242, 153, 739],
    epoll_ctl: [3, 1, 2, 1, 3, 1, 2],
    io_uring_enter: [9, 6, 6, 4, 9, 9, 3],
    inotify_add_watch: [1, 1, 1, 1, 1, 3, 1],
    setsockopt: [19, 20, 20, 10, 24, 37, 10],
    getsockopt: [3, 2, 2, 2, 3, 12, 1],
    getsockname: [7, 5, 5, 1, 1, 15, 5],
    getpeername: [3, 1, 1, 1, 1, 1, 1],
    futex: [662, 725, 797, 282, 399, 817, 769],
  },
  /** Its memory and its threads: seldom the same twice. */
  own: {
    mprotect: [50, 26, 27, 18, 82, 154, 2],
    mmap: [9, 8, 9, 7, 9, 158, 8],
    munmap: [8, 7, 8, 8, 8, 153, 8],
    madvise: [8, 7, 7, 6, 8, 152, 8],
    brk: [15, 10, 10, 8, 10, 67, 10],
    getpid: [8, 6, 6, 3, 4, 21, 5],
    getcwd: [7, 7, 6, 0, 7, 7, 7],
    uname: [1, 1, 1, 1, 1, 2, 1],
    rt_sigprocmask: [2, 2, 2, 2, 2, 4, 2],
    rt_sigaction: [1, 1, 1, 1, 1, 1, 1],
    sched_getscheduler: [1, 1, 1, 1, 1, 1, 1],
    sched_getparam: [1, 1, 1, 1, 1, 1, 1],
    sched_getaffinity: [1, 1, 1, 1, 1, 1, 1],
  },
};

/** How many calls of a name one thread of a story makes at most. */
export function usualCount(story: Story, call: string): number {
  const counts = Object.values(calls).find((group) => call in group)?.[call];
  return counts?.[stories.indexOf(story)] ?? 0;
}

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
  const limitOf = (story: Story, call: string) => limits.get(`${story.name} ${call}`) ?? usualCount(story, call);
  const groupOf = (chance: number) => {
    if (chance < 14) return calls.changing;
    return chance < 19 ? calls.reading : calls.own;
  };
  return {
    next() {
      for (let tries = 0; tries < 10_000; tries += 1) {
        const story = stories[turn % stories.length];
        turn += 1;
        const call = dice.oneOf(Object.keys(groupOf(dice.below(20))));
        if (story === undefined || call === undefined) return undefined;
        // Early ones more often: a process that has run for a while makes fewer than one that has just started.
        const when = 1 + Math.floor(limitOf(story, call) * dice.fraction() ** 2);
        const name = `${story.name} ${call} ${when}`;
        if (limitOf(story, call) < 1 || played.has(name)) continue;
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
