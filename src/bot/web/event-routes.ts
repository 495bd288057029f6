/** `/events`: tells an open page when to ask again. */
import { Hono } from 'hono';
import { streamSSE, type SSEStreamingApi } from 'hono/streaming';
import type { Guards, Seat } from './guards.ts';
import type { SiteParts } from './parts.ts';

/** A sign of life this often, so that proxies keep the line and a dead one is noticed. */
const pulseMs = 25_000;

export const createEvents = (parts: SiteParts, { letIn }: Guards): Hono<Seat> =>
  new Hono<Seat>().get('/events', letIn, (c) => {
    const cookie = c.get('cookie');
    return streamSSE(c, (stream) => tellChanges(stream, parts, () => parts.sessions.holds(cookie)));
  });

/** One write at a time: many changes while a slow line is busy become one. */
async function tellChanges(
  stream: SSEStreamingApi,
  { changes, clock, closing }: SiteParts,
  isLetIn: () => boolean,
): Promise<void> {
  let changed = false;
  let wake = (): void => undefined;
  const rouse = (): void => {
    wake();
  };
  const deafen = changes.listen(() => {
    changed = true;
    rouse();
  });
  stream.onAbort(rouse);
  closing.addEventListener('abort', rouse);
  try {
    await stream.write('retry: 2000\n\n');
    while (!closing.aborted && !stream.aborted) {
      if (!changed) {
        const idle = Promise.withResolvers<void>();
        wake = idle.resolve;
        const cancel = clock.after(pulseMs, idle.resolve);
        await idle.promise;
        cancel();
      }
      if (closing.aborted || stream.aborted) return;
      const message = changed || !isLetIn() ? 'data: changed\n\n' : ': still here\n\n';
      changed = false;
      await stream.write(message);
      // The session was ended: the page asks once more and finds itself locked.
      if (!isLetIn()) return;
    }
  } finally {
    deafen();
    closing.removeEventListener('abort', rouse);
  }
}
