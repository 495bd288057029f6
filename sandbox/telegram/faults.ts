/** Faults on demand, for tests of what the product does when the network or the server misbehaves. */
import type { Fault } from './types.ts';

export type Faults = {
  add(fault: Fault): void;
  /** The fault for this call, if any; uses up one of its `times`. */
  next(method: string): Fault | undefined;
  /** Resolves at the next `clear`, or when the caller hung up. */
  hang(gone: AbortSignal): Promise<void>;
  clear(): void;
  /** How many calls they still apply to. */
  left(): number;
};

export function createFaults(): Faults {
  let waiting: { fault: Fault; skip: number; left: number }[] = [];
  let ends: (() => void)[] = [];
  return {
    add(fault) {
      waiting.push({ fault, skip: fault.skip ?? 0, left: fault.times ?? Number.POSITIVE_INFINITY });
    },
    next(method) {
      const found = waiting.find(
        ({ fault }) => fault.method === '*' || fault.method.toLowerCase() === method.toLowerCase(),
      );
      if (found === undefined) return undefined;
      if (found.skip > 0) {
        found.skip -= 1;
        return undefined;
      }
      found.left -= 1;
      waiting = waiting.filter((one) => one.left > 0);
      return found.fault;
    },
    hang: (gone) =>
      new Promise((resolve) => {
        if (gone.aborted) return resolve();
        ends.push(resolve);
        gone.addEventListener('abort', () => resolve(), { once: true });
      }),
    left: () => waiting.reduce((sum, one) => sum + one.left, 0),
    clear() {
      waiting = [];
      for (const end of ends) end();
      ends = [];
    },
  };
}

/** Code and wording of a `status` fault. */
export function statusOf(fault: Fault): {
  readonly code: number;
  readonly description: string;
  readonly html: boolean;
} {
  const moved = fault.migrateTo === undefined ? 500 : 400;
  const code = fault.code ?? (fault.retryAfter === undefined ? moved : 429);
  const html = fault.description === undefined && [502, 503, 504].includes(code);
  return { code, html, description: fault.description ?? usual(code, fault) };
}

function usual(code: number, { retryAfter = 1, migrateTo }: Fault): string {
  if (migrateTo !== undefined) return 'Bad Request: group chat was upgraded to a supergroup chat';
  switch (code) {
    case 401:
      return 'Unauthorized';
    case 403:
      return 'Forbidden: bot was blocked by the user';
    case 404:
      return 'Not Found';
    case 409:
      return 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';
    case 429:
      return `Too Many Requests: retry after ${retryAfter}`;
    case 500:
      return 'Internal Server Error: restart';
    default:
      return code < 500 ? 'Bad Request' : 'Bad Gateway';
  }
}
