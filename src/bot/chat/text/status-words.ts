import type { Health } from '../../../domain/health.ts';
import type { Status } from '../../../domain/ports.ts';
import { strange } from '../../../lib/words.ts';

/** How everything stands, as lines of plain text, the most important first. */
export function statusLines(status: Status, now: Date): readonly string[] {
  const { counts } = status;
  const unclear = counts.unknown > 0 ? [`❓ ${counts.unknown} unclear: please look and tell me`] : [];
  return [
    status.paused ? '⏸ Paused: nothing leaves until you resume' : `▶️ Running, started ${ago(status.startedAt, now)}`,
    '',
    `${counts.pending} waiting · ${counts.approved} approved · ${counts.inProgress} on the way`,
    `${counts.done} done · ${counts.rejected} rejected · ${counts.failed} failed`,
    ...unclear,
    ...section(status.last.map(({ label, file, at }) => `📤 ${label}: ${strange(file, 60)} (${ago(at, now)})`)),
    ...section(status.parts.map((part) => partLine(part, now))),
    ...section(status.limits.map(({ label, used, perHour }) => `${label}: ${used} of ${perHour} this hour`)),
    ...section(status.knocks.map((knock) => `🚪 ${knockWords(knock)}, the last ${ago(knock.last, now)}`)),
  ];
}

/** "3 tries by strangers (web)". */
export const knockWords = ({ source, count }: Pick<Status['knocks'][number], 'source' | 'count'>): string =>
  `${count} ${count === 1 ? 'try' : 'tries'} by strangers (${source})`;

const section = (lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : ['', ...lines]);

function partLine(part: Health, now: Date): string {
  const last = part.lastSuccess === undefined ? '' : ` (last success ${ago(part.lastSuccess, now)})`;
  return `${standingSigns[part.standing]} ${part.part}: ${part.words}${last}`;
}

const standingSigns: Readonly<Record<Health['standing'], string>> = {
  well: '✅',
  starting: '⏳',
  troubled: '⚠️',
  off: '⚪',
};

/** "just now", "5 min ago", "3 h ago", "2 days ago". A time to come counts as now. */
export function ago(at: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return `${Math.floor(minutes / (24 * 60))} days ago`;
}
