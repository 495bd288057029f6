/** The three tables. */
import type { Bare } from './bare-node.ts';
import { spreadOf, table, time } from './figures.ts';
import type { Samples } from './samples.ts';

type Row = { readonly name: string; readonly aim: string };

const events: readonly Row[] = [
  { name: 'file moved in → card', aim: '10 ms' },
  { name: 'file written in place → card', aim: '' },
  { name: 'mail delivered → card', aim: '' },
  { name: 'tap → answered', aim: '' },
  { name: 'tap → executor started', aim: '10 ms' },
  { name: 'tap → connected to the mail server', aim: '' },
  { name: 'tap → mail accepted there', aim: '' },
  { name: 'hand move → executor started', aim: '' },
  { name: 'hand move → connected to the mail server', aim: '' },
  { name: 'hand move → mail accepted there', aim: '' },
];

export const eventRows = events.map(({ name }) => name);
export const startRows = [
  'start → ready, chat and web',
  'start → ready, chat, mail and web',
  'start → ready after a kill -9, chat, mail and web',
] as const;
export const memoryRows = [
  'at rest, chat and web',
  'at rest, chat, mail and web',
  'at rest after the events above',
] as const;

const starts: readonly Row[] = [
  { name: startRows[0], aim: '1 s' },
  { name: startRows[1], aim: '1 s' },
  { name: startRows[2], aim: '' },
];

const memories: readonly Row[] = [
  { name: memoryRows[0], aim: '75 MB' },
  { name: memoryRows[1], aim: '100 MB' },
  { name: memoryRows[2], aim: '' },
];

type Pasts = readonly number[];

const inDone = (pasts: Pasts): string[] => pasts.map((count) => `${count.toLocaleString('en')} in Done`);
const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** p50 / p95 of each event; the last column says how many times longer the poller took at p50. */
export function eventTable(pasts: Pasts, measured: readonly Samples[], polled: Samples): string {
  const rows = events.map(({ name, aim }) => {
    const spreads = measured.map((samples) => spreadOf(samples.of(name)));
    const slow = polled.of(name);
    const ours = spreads.at(-1)?.p50 ?? Number.NaN;
    return [
      name,
      aim,
      String(spreads[0]?.count ?? 0),
      ...spreads.map(({ p50, p95 }) => `${time(p50)} / ${time(p95)}`),
      ...(slow.length === 0 ? ['', ''] : [time(spreadOf(slow).p50), `× ${Math.round(spreadOf(slow).p50 / ours)}`]),
    ];
  });
  const columns = inDone(pasts).map((words) => `${words}: p50 / p95`);
  return table(['event', 'aim p50', 'times', ...columns, 'polling every 10 s: p50', 'longer'], rows);
}

export function startTable(pasts: Pasts, measured: readonly Samples[], bare: Bare): string {
  const rows = starts.map(({ name, aim }) => [
    name,
    aim,
    ...measured.map((samples) => {
      const { count, p50, max } = spreadOf(samples.of(name));
      return count === 1 ? time(p50) : `${time(p50)} / ${time(max)}`;
    }),
  ]);
  const floor = ['a Node that does nothing', '', ...pasts.map(() => time(bare.startMs))];
  return table(['start', 'aim', ...inDone(pasts).map((words) => `${words}: p50 / longest`)], [...rows, floor]);
}

export function memoryTable(pasts: Pasts, measured: readonly Samples[], bare: Bare): string {
  const rows = memories.map(({ name, aim }) => [
    name,
    aim,
    ...measured.map((samples) => `${average(samples.of(name)).toFixed(0)} MB`),
  ]);
  const floor = ['a Node that does nothing', '', ...pasts.map(() => `${bare.megabytes.toFixed(0)} MB`)];
  return table(['resident memory', 'aim', ...inDone(pasts)], [...rows, floor]);
}
