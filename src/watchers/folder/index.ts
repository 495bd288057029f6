import { join } from 'node:path';
import type { FSWatcher } from 'chokidar';
import type { TakeIn, Watcher } from '../../domain/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Root } from '../../lib/root.ts';
import { messageOf, strange } from '../../lib/words.ts';
import { createStanding } from '../standing.ts';
import { createInbox } from './inbox.ts';

/** Events are hints; this finds what they missed. */
const rescanMs = 30_000;

/**
 * Takes in what is dropped into `Inbox/`. A dropped file stays there until its item is safe, then it is moved beside
 * the items, to `Needs_Action/files/`; so a crash in between repeats the item under the same key and loses nothing.
 */
export function createFolderWatcher(parts: {
  /** The vault's. */
  root: Root;
  takeIn: TakeIn;
  clock: Clock;
  logger: Logger;
}): Watcher {
  const { root, clock, logger } = parts;
  const folder = join(root.path, 'Inbox');
  const inbox = createInbox({ ...parts, folder, kept: join(root.path, 'Needs_Action', 'files') });
  const standing = createStanding({ part: 'folder', clock, logger, silentMs: 10 * rescanMs });
  let events: FSWatcher | undefined;
  let running = false;
  let looking: Promise<void> | undefined;
  let again = false;
  let cancel = () => {};

  const look = async (): Promise<void> => {
    do {
      again = false;
      const { againMs, trouble } = await inbox
        .look(() => running)
        .catch((thrown: unknown) => ({
          againMs: undefined,
          trouble: `The folder Inbox can’t be read: ${strange(messageOf(thrown), 200)}`,
        }));
      if (trouble === '') standing.well('Watching Inbox/.');
      else standing.troubled(trouble);
      cancel();
      if (running) cancel = clock.after(againMs ?? rescanMs, () => void check());
    } while (again && running);
  };

  const check = async (): Promise<void> => {
    if (!running) return;
    // A hint that comes while we look may be about what we passed already.
    again = looking !== undefined;
    looking ??= look().finally(() => {
      looking = undefined;
    });
    await looking;
  };

  return {
    name: 'folder',
    async start() {
      running = true;
      standing.starting('Looking into Inbox/.');
      // What is in the way is told by the first look.
      await root.make(folder).catch(() => undefined);
      events = await watchInbox(folder, () => void check(), logger);
      await check();
    },
    check,
    async stop() {
      running = false;
      cancel();
      await Promise.all([events?.close(), looking]);
      events = undefined;
      standing.stopped();
    },
    health: standing.health,
  };
}

async function watchInbox(folder: string, hint: () => void, logger: Logger): Promise<FSWatcher> {
  const { watch } = await import('chokidar');
  const events = watch(folder, { depth: 0, ignoreInitial: true, followSymlinks: false, atomic: false });
  events.on('all', hint);
  events.on('error', (thrown) => logger.warn(`Watching Inbox: ${messageOf(thrown)}. It is looked at twice a minute.`));
  return events;
}
