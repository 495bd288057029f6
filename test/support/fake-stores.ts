import type { Inbox, Memory } from '../../src/domain/ports.ts';
import type { Logger } from '../../src/lib/logger.ts';

export type FakeInbox = Inbox & {
  /** Every row ever stored, with what became of it. */
  readonly rows: readonly FakeInboxRow[];
};

export type FakeInboxRow = {
  readonly id: string;
  readonly payload: string;
  readonly receivedAt: Date | undefined;
  tries: number;
  state: 'waiting' | 'done' | 'given_up';
  words: string;
};

/** An inbox in memory. It outlives the channel, so that a test can restart one over it. */
export function createFakeInbox(): FakeInbox {
  const rows: FakeInboxRow[] = [];
  let kept: string | undefined;
  const row = (id: string): FakeInboxRow => {
    const found = rows.find((candidate) => candidate.id === id);
    if (found === undefined) throw new Error(`no update ${id} in the inbox`);
    return found;
  };
  return {
    rows,
    cursor: async () => kept,
    async store(added, cursor) {
      for (const { id, payload, receivedAt } of added) {
        if (rows.some((known) => known.id === id)) continue;
        rows.push({ id, payload, receivedAt, tries: 0, state: 'waiting', words: '' });
      }
      kept = cursor ?? kept;
    },
    waiting: async () => rows.filter(({ state }) => state === 'waiting').map((waiting) => ({ ...waiting })),
    async done(...ids) {
      for (const id of ids) row(id).state = 'done';
    },
    async failed(id, words, giveUp) {
      const failed = row(id);
      failed.tries += 1;
      failed.words = words;
      if (giveUp) failed.state = 'given_up';
    },
  };
}

/** A memory in memory. */
export function createFakeMemory(): Memory {
  const values = new Map<string, string>();
  return {
    get: async (key) => values.get(key),
    async set(key, value) {
      values.set(key, value);
    },
  };
}

/** A logger that keeps every line, causes included, so that a test can look for secrets in them. */
export function createKeepingLogger(): Logger & { readonly lines: readonly string[] } {
  const lines: string[] = [];
  const keep = (message: string, cause?: unknown) => {
    lines.push(cause === undefined ? message : `${message} ${describe(cause)}`);
  };
  return { lines, debug: keep, info: keep, warn: keep, error: keep };
}

function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const inner = 'error' in cause ? cause.error : cause.cause;
  return `${cause.stack ?? cause.message}${inner === undefined ? '' : ` ← ${describe(inner)}`}`;
}
