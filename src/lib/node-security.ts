/**
 * Which security fixes a Node has: a table of its security releases, from the change logs that come with it, and the
 * words for what lacks some. A new release comes first here, and package.json gets the packages that have it.
 */

type Release = {
  readonly day: string;
  /** The first version with the fixes, for each line that got them. */
  readonly versions: readonly string[];
  /** What they mend that a program like this one meets. */
  readonly mended: string;
};

const newest: Release = {
  day: '11 November 2026',
  versions: ['24.22.3', '26.13.1'],
  mended: 'TLS settings mixed up between connections, crashes of servers',
};

/** Newest first. Lines this program can't run on are left out. */
const older: readonly Release[] = [
  {
    day: '21 October 2026',
    versions: ['24.22.1', '26.12.1'],
    mended: 'a write out of bounds in Brotli, host names in TLS and DNS, roots of a lost authority',
  },
  {
    day: '29 July 2026',
    versions: ['24.18.1', '26.5.1'],
    mended: 'TLS sessions taken for another host, answers of DNS, headers of HTTP',
  },
  {
    day: '18 June 2026',
    versions: ['24.17.0', '26.3.1'],
    mended: 'host names in TLS, answers of HTTP in the wrong order',
  },
];

type Numbers = readonly [major: number, minor: number, patch: number];

/** Undefined for anything but a plain release, such as `24.22.3` or `v24.22.3`. */
export function numbersOf(version: string): Numbers | undefined {
  const [, major, minor, patch] = /^v?(\d{1,4})\.(\d{1,4})\.(\d{1,4})$/.exec(version) ?? [];
  return patch === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

/** Positive when `a` is newer than `b`. */
export const compareNumbers = (a: Numbers, b: Numbers): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

export type NodeStanding =
  | { readonly kind: 'current'; readonly day: string }
  /** Newer than the table: nothing is known against it. */
  | { readonly kind: 'unknown' }
  /** Oldest first. */
  | { readonly kind: 'behind'; readonly lacks: readonly Release[] }
  /** Its line gets no fixes any more. */
  | { readonly kind: 'ended' };

export function standingOf(version: string): NodeStanding {
  const numbers = numbersOf(version);
  if (numbers === undefined) return { kind: 'unknown' };
  const lines = newest.versions.flatMap((one) => numbersOf(one)?.[0] ?? []);
  if (numbers[0] > Math.max(...lines)) return { kind: 'unknown' };
  if (!lines.includes(numbers[0])) return { kind: 'ended' };
  const lacks = [newest, ...older].filter((release) => isOlder(numbers, inLine(release, numbers[0]))).toReversed();
  return lacks.length === 0 ? { kind: 'current', day: newest.day } : { kind: 'behind', lacks };
}

const inLine = ({ versions }: Release, major: number): string | undefined =>
  versions.find((version) => numbersOf(version)?.[0] === major);

function isOlder(numbers: Numbers, version: string | undefined): boolean {
  const other = version === undefined ? undefined : numbersOf(version);
  return other !== undefined && compareNumbers(numbers, other) < 0;
}

/** What is wrong with this Node and what to do about it; undefined when nothing is known against it. */
export function nodeRemark(version: string): { readonly what: string; readonly remedy: string } | undefined {
  const standing = standingOf(version);
  if (standing.kind === 'current' || standing.kind === 'unknown') return undefined;
  const remedy = `Install Node ${newest.versions.join(' or ')} or newer from https://nodejs.org and start again with it: the best Node found is used.`;
  if (standing.kind === 'ended') return { what: `Node ${version} gets no security fixes any more`, remedy };
  const days = new Intl.ListFormat('en').format(standing.lacks.map(({ day }) => day));
  const mended = standing.lacks.map((release) => release.mended).join('; ');
  return { what: `Node ${version} lacks the security fixes of ${days} (${mended})`, remedy };
}
