/**
 * The last barrier before the world: requests that publish are stopped unless the gate is armed, and it is armed for
 * exactly one. So a page that presses its own button, a second click and a script that tries again can't publish.
 * What the browser itself sends again below the page is the wire's business.
 */
import type { BrowserContext, Request, Route } from 'playwright';
import type { Wire } from './browser-wire.ts';

export type IsPublish = (method: string, url: URL) => boolean;

export type GateAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfter: string; readonly body: string }
  /** The request left the browser, its answer never came: nobody can tell. */
  | { readonly kind: 'lost' }
  /** No such request was seen. */
  | { readonly kind: 'none' };

export type PublishGate = {
  /** Lets one publish request through. */
  arm(): void;
  /** How the one request ended; closes the gate when time is up. */
  answer(limitMs: number): Promise<GateAnswer>;
  /** How many publish requests were stopped. */
  stopped(): number;
};

/** Must be opened before the first page loads. */
export async function openGate(context: BrowserContext, wire: Wire, isPublish: IsPublish): Promise<PublishGate> {
  let armed = false;
  let stopped = 0;
  let settle: (answer: GateAnswer) => void = () => undefined;
  const ended = new Promise<GateAnswer>((resolve) => {
    settle = resolve;
  });

  await context.route(
    (url) => isPublish('POST', url),
    async (route: Route) => {
      const request = route.request();
      if (!isPublish(request.method(), new URL(request.url()))) return route.continue();
      if (!armed) {
        stopped += 1;
        return route.abort('blockedbyclient');
      }
      armed = false;
      // Not awaited: the answer may take long and the route must not hold it up.
      void read(request).then(settle);
      return route.continue();
    },
  );

  return {
    arm() {
      armed = true;
      wire.guard();
    },
    async answer(limitMs) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<GateAnswer>((resolve) => {
        timer = setTimeout(() => {
          resolve(armed ? { kind: 'none' } : { kind: 'lost' });
          armed = false;
        }, limitMs);
      });
      const answer = await Promise.race([ended, late]);
      clearTimeout(timer);
      // Without an answer the wire stays guarded until the browser is closed: it may still try again.
      if (answer.kind === 'answered') wire.release();
      return answer;
    },
    stopped: () => stopped,
  };
}

async function read(request: Request): Promise<GateAnswer> {
  try {
    const response = await request.response();
    if (response === null) return { kind: 'lost' };
    const retryAfter = (await response.headerValue('retry-after')) ?? '';
    return { kind: 'answered', status: response.status(), retryAfter, body: await response.text() };
  } catch {
    // The page moved on or closed before the body could be read: saved or not, nobody can tell.
    return { kind: 'lost' };
  }
}
