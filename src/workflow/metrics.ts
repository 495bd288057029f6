import type { Status } from '../domain/ports.ts';

/** The status in the text form Prometheus reads. Names and labels are ours, so nothing needs escaping. */
export function renderMetrics(status: Status, now: Date, memoryBytes: number): string {
  const lines: string[] = [];
  const metric = (
    name: string,
    kind: 'gauge' | 'counter',
    help: string,
    rows: readonly (readonly [string, number])[],
  ) => {
    lines.push(`# HELP countersign_${name} ${help}`, `# TYPE countersign_${name} ${kind}`);
    for (const [labels, value] of rows) lines.push(`countersign_${name}${labels} ${value}`);
  };
  metric(
    'drafts',
    'gauge',
    'Drafts by state.',
    Object.entries(status.counts).map(([state, count]) => [`{state="${state}"}`, count]),
  );
  metric('paused', 'gauge', '1 while everything is paused.', [['', status.paused ? 1 : 0]]);
  metric('uptime_seconds', 'gauge', 'Since the start.', [
    ['', Math.round((now.getTime() - status.startedAt.getTime()) / 1_000)],
  ]);
  metric('resident_memory_bytes', 'gauge', 'Memory of this process.', [['', memoryBytes]]);
  metric(
    'part_well',
    'gauge',
    '1 when the part does its work.',
    status.parts.map((part) => [`{part="${part.part}"}`, part.standing === 'well' ? 1 : 0]),
  );
  metric(
    'part_last_success_seconds',
    'gauge',
    'Seconds since the part last did its work.',
    status.parts.flatMap((part) =>
      part.lastSuccess === undefined
        ? []
        : [[`{part="${part.part}"}`, Math.round((now.getTime() - part.lastSuccess.getTime()) / 1_000)] as const],
    ),
  );
  metric(
    'limit_used',
    'gauge',
    'Actions in the last hour.',
    status.limits.map((limit) => [`{platform="${limit.platform}"}`, limit.used]),
  );
  metric(
    'limit_per_hour',
    'gauge',
    'Actions allowed per hour.',
    status.limits.map((limit) => [`{platform="${limit.platform}"}`, limit.perHour]),
  );
  metric(
    'knocks_total',
    'counter',
    'Tries of strangers since the start.',
    status.knocks.map(({ source, count }) => [`{source="${source}"}`, count]),
  );
  return `${lines.join('\n')}\n`;
}
