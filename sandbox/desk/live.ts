/** Keeps open pages up to date: looks while somebody looks on, and sends only what changed. */
import type { ServerResponse } from 'node:http';
import type { Clock } from '../../src/lib/clock.ts';
import type { View } from './view.ts';

export type Live = { open(response: ServerResponse): void; stop(): void };

const pause = 400;

export function createLive(view: () => Promise<View>, clock: Clock): Live {
  /** Open page → what it shows. */
  const pages = new Map<ServerResponse, string>();
  let looking = false;

  const look = async (): Promise<void> => {
    const now = JSON.stringify(await view());
    for (const [page, shown] of pages) {
      if (shown === now) continue;
      pages.set(page, now);
      page.write(`data: ${now}\n\n`);
    }
  };
  const goOn = (): void => {
    looking = pages.size > 0;
    if (!looking) return;
    const again = () => clock.after(pause, goOn);
    // A folder that is just being moved can't be read; the next look will do.
    look().then(again, again);
  };

  return {
    open(response) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('retry: 1000\n\n');
      pages.set(response, '');
      response.once('close', () => pages.delete(response));
      if (!looking) goOn();
    },
    stop() {
      for (const page of pages.keys()) page.destroy();
      pages.clear();
    },
  };
}
