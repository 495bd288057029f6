/**
 * How requests reach Telegram: time limits, the end of all requests at a stop, and a mark on errors of requests that never
 * left.
 */
import type { ApiClientOptions } from 'grammy';

export type { Api, Transformer } from 'grammy';

/** The code of our own error for a request that was not even tried. */
export const neverSentCode = 'COUNTERSIGN_STOPPED';

/** Settings for grammY's clients: our fetch, our time limits, and a way to end every request at once. */
export function clientOptions(parts: {
  apiRoot: string;
  fetch: typeof fetch;
  timeoutSeconds: number;
  stopped: AbortSignal;
}): ApiClientOptions {
  return {
    ...(parts.apiRoot === '' ? {} : { apiRoot: parts.apiRoot }),
    timeoutSeconds: parts.timeoutSeconds,
    fetch: createFetch(parts.fetch, parts.stopped),
  };
}

/**
 * grammY hands over a look-alike of AbortSignal that Node's own fetch refuses, so it is turned into a real one, joined
 * with ours. The body is read here too: a line that dies in the middle of an answer must not outlive the stop.
 */
function createFetch(realFetch: typeof fetch, stopped: AbortSignal) {
  return async (url: string, init: RequestInit & { signal: Pick<AbortSignal, 'aborted' | 'addEventListener'> }) => {
    if (stopped.aborted) throw Object.assign(new Error('stopped'), { code: neverSentCode });
    const request = new AbortController();
    const abort = () => {
      request.abort();
    };
    if (init.signal.aborted) abort();
    init.signal.addEventListener('abort', abort);
    stopped.addEventListener('abort', abort);
    try {
      const response = await realFetch(url, { ...init, signal: request.signal });
      const body = await response.text();
      return Response.json(JSON.parse(body));
    } finally {
      stopped.removeEventListener('abort', abort);
    }
  };
}
