import { join } from 'node:path';
import type { TakeIn } from '../../domain/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { moveTo } from '../../lib/move-file.ts';
import type { Root } from '../../lib/root.ts';
import { messageOf, oneLine, strange } from '../../lib/words.ts';
import type { Drop } from './drop.ts';
import { isDropName, keptName, lookAtDrop } from './drop.ts';
import { itemOf } from './item.ts';

/** Goes through the drop folder once. */
export type DropFolder = {
  /**
   * Takes in what is complete. Throws when the folder can't be read.
   * @param goOn asked before each file
   */
  look(goOn: () => boolean): Promise<{
    /** When something still being written should be looked at again; undefined when nothing is. */
    readonly againMs: number | undefined;
    /** What could not be taken in, in words; empty when all is well. */
    readonly trouble: string;
  }>;
};

/** @param kept where a file goes after its item is safe */
export function createInbox(parts: {
  root: Root;
  folder: string;
  kept: string;
  takeIn: TakeIn;
  clock: Clock;
  logger: Logger;
}): DropFolder {
  const { root, folder, kept, takeIn, clock, logger } = parts;

  const take = async (drop: Drop): Promise<void> => {
    await root.make(kept);
    const name = await keptName(kept, drop);
    await takeIn(itemOf(drop, name));
    // Gone is fine: the item is safe; the file was taken elsewhere, or its newer version will be a drop of its own.
    if ((await moveTo(root, drop.path, join(kept, name))) === 'taken')
      throw new Error('its place among the items was taken');
    logger.info(`Taken in: ${oneLine(drop.name, 80)}`);
  };

  return {
    async look(goOn) {
      let againMs: number | undefined;
      let trouble = '';
      for (const name of (await root.names(folder)).filter(isDropName).toSorted()) {
        if (!goOn()) break;
        try {
          const look = await lookAtDrop(root, folder, name, clock.now().getTime());
          if (look.kind === 'wait') againMs = Math.min(againMs ?? look.afterMs, look.afterMs);
          if (look.kind === 'drop') await take(look.drop);
        } catch (thrown) {
          trouble = `${strange(name, 60)} could not be taken in: ${strange(messageOf(thrown).replace(/\.$/, ''), 150)}. It stays in Inbox and is tried again.`;
        }
      }
      return { againMs, trouble };
    },
  };
}
