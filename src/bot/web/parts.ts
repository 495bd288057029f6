/** What the page is made of: each route picks from here. */
import type { Door } from '../../domain/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Changes } from './changes.ts';
import type { Hosts } from './hosts.ts';
import type { PageKeys } from './keys.ts';
import type { PageAnswers, Notes } from './notes.ts';
import type { RunLinks } from './run-links.ts';
import type { Sessions } from './session.ts';

/** Files kept for attempts. */
export type Runs = {
  files(attemptId: string): Promise<readonly { readonly name: string; readonly bytes: number }[]>;
  open(attemptId: string, name: string): Promise<Uint8Array | undefined>;
};

export type SiteParts = {
  readonly door: Door;
  readonly runs: Runs;
  readonly metrics: () => Promise<string>;
  readonly healthz: () => Promise<{ readonly ok: boolean; readonly words: string }>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly sessions: Sessions;
  readonly keys: Pick<PageKeys, 'controlKey' | 'pid'>;
  readonly runLinks: RunLinks;
  readonly hosts: Hosts;
  readonly notes: Notes;
  readonly answers: PageAnswers;
  readonly changes: Changes;
  /** Aborts when the page closes: ends what would stay open by itself. */
  readonly closing: AbortSignal;
  readonly cookieName: () => string;
};
