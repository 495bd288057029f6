import type { Item } from '../../domain/item.ts';
import { sha256 } from '../../lib/hash.ts';
import { inertWords } from '../../lib/inert.ts';
import { oneLine } from '../../lib/words.ts';
import type { Entry } from './entry.ts';
import { filledIn, wallTime } from './entry.ts';

/** What a tick makes: an item, and the draft as the entry gives it. */
export function itemOf(name: string, entry: Entry, due: Date): Item {
  const wall = wallTime(due, entry.timezone);
  const stem = name.slice(0, -'.md'.length);
  const short = stem.length > 100 ? sha256(stem).slice(0, 40) : stem;
  return {
    // By the clock on the wall: an hour that occurs twice in autumn is one tick.
    key: `schedule:${short}:${wall.date}T${wall.time}`,
    watcher: 'schedule',
    at: due,
    fileStem: `SCHEDULE_${oneLine(stem, 80)}_${wall.date}`,
    title: `Scheduled: ${oneLine(stem, 100)}`,
    fields: [
      ['type', 'schedule_tick'],
      ['entry', oneLine(`Schedule/${name}`, 250)],
      ['due', due.toISOString()],
    ],
    body: `The schedule ${inertWords(name, 200)} (${inertWords(entry.cron, 100)}) ticked on ${wall.weekday}, ${wall.date} at ${wall.time}.`,
    draftable: {
      kind: 'ready',
      fileStem: `${oneLine(stem, 80)}_${wall.date.replaceAll('-', '')}`,
      content: filledIn(entry.template, wall),
    },
  };
}
