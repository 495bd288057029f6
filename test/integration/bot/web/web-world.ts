import type { Attempt } from '../../../../src/domain/attempt.ts';
import { createWebChannel, type WebChannel, type WebParts } from '../../../../src/bot/web/index.ts';
import { systemClock, type Clock } from '../../../../src/lib/clock.ts';
import { createFakeDoor, type FakeDoor } from '../../../support/fake-door.ts';
import { createKeepingLogger } from '../../../support/fake-stores.ts';

export const token = 'a-token-of-the-test-0123456789';
export const linkSecret = 'a-link-secret-of-the-test';
export const controlKey = 'a-control-key-of-the-test';

export const sampleAttempt = (change: Partial<Attempt> = {}): Attempt => ({
  id: 'attempt1',
  draftId: 'draft1',
  number: 1,
  decisionId: 'decision1',
  revision: 'abcdef0123456789',
  needed: 1,
  phase: 'ended',
  startedAt: new Date('2026-03-02T09:00:00Z'),
  committedAt: new Date('2026-03-02T09:00:07Z'),
  endedAt: new Date('2026-03-02T09:00:09Z'),
  outcome: 'posted',
  evidence: { link: 'https://example.org/posts/1', messageId: '', note: 'Post successful' },
  words: '',
  held: false,
  ...change,
});

export type WebWorld = {
  readonly web: WebChannel;
  readonly door: FakeDoor & { attemptList: readonly Attempt[] };
  readonly port: number;
  readonly base: string;
  readonly logs: readonly string[];
  /** Files of attempt `attempt1`. */
  readonly files: Map<string, Uint8Array>;
  close(): Promise<void>;
};

/** A web page on a free port, in front of a scripted door. */
export async function openWeb(
  change: Partial<WebParts['config']> & {
    readonly token?: string;
    readonly linkSecret?: string;
    /** What ends all sessions gives; it fails where this throws. */
    readonly renew?: () => string;
    readonly door?: FakeDoor;
    readonly clock?: Clock;
    readonly healthz?: WebParts['healthz'];
  } = {},
): Promise<WebWorld> {
  const scripted = change.door ?? createFakeDoor(({ source }) => source === 'web' || source === 'cli');
  const door = {
    ...scripted,
    attemptList: [] as readonly Attempt[],
    attempts: async () => door.attemptList,
    attempt: async (id: string) => door.attemptList.find((attempt) => attempt.id === id),
  };
  const files = new Map<string, Uint8Array>();
  const logger = createKeepingLogger();
  const { door: _door, clock, healthz, token: first, linkSecret: secret, renew, ...config } = change;
  let opens = first ?? token;
  const web = createWebChannel({
    config: { host: '127.0.0.1', port: 0, publicUrl: '', ...config },
    keys: {
      token: () => opens,
      linkSecret: secret ?? linkSecret,
      controlKey,
      pid: process.pid,
      renew: () => (opens = renew?.() ?? 'another-token-of-the-test-012345'),
    },
    door,
    runs: {
      files: async () => [...files].map(([name, bytes]) => ({ name, bytes: bytes.length, type: '' })),
      open: async (id, name) => (id === 'attempt1' ? files.get(name) : undefined),
    },
    metrics: async () => 'countersign_drafts 3\n',
    healthz: healthz ?? (async () => ({ ok: true, words: 'All well.' })),
    clock: clock ?? systemClock,
    logger,
  });
  const opened = await web.listen();
  if ('problem' in opened) throw new Error(opened.problem);
  return {
    web,
    door,
    port: opened.port,
    base: `http://127.0.0.1:${opened.port}`,
    logs: logger.lines,
    files,
    close: () => web.stop(),
  };
}
