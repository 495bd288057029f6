import type { Cursor, TakeIn } from '../../domain/ports.ts';
import type { Entries } from './entries.ts';
import { itemOf } from './item.ts';
import { readMarks, writeMarks } from './marks.ts';

/**
 * Hands in what is due. The mark of an entry moves on only after its item is safe, so a crash in between repeats the
 * item under the same key. Throws when an item can't be taken in, after all others were.
 */
export async function tick(parts: {
  entries: Entries;
  cursor: Cursor;
  takeIn: TakeIn;
  now: Date;
  goOn: () => boolean;
}): Promise<void> {
  const { entries, cursor, takeIn, now } = parts;
  let saved = (await cursor.read()) ?? '';
  const marks = new Map(readMarks(saved));
  const save = async () => {
    const next = writeMarks(marks);
    if (next !== saved) await cursor.write(next);
    saved = next;
  };
  const failures: unknown[] = [];
  // An entry that can't be used for the moment keeps its mark; one that is gone loses it.
  for (const name of marks.keys()) if (!entries.has(name)) marks.delete(name);
  for (const [name, { entry, rule, ticks }] of entries.usable()) {
    const mark = marks.get(name);
    // New or changed: it begins now.
    if (mark?.rule !== rule) marks.set(name, { rule, since: now });
    const due = mark?.rule === rule ? ticks.latest(mark.since, now) : undefined;
    if (due === undefined || !parts.goOn()) continue;
    try {
      await takeIn(itemOf(name, entry, due));
      marks.set(name, { rule, since: due });
      await save();
    } catch (thrown) {
      failures.push(thrown);
    }
  }
  await save();
  if (failures.length > 0) throw failures[0];
}
