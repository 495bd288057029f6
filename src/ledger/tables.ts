import type { Database } from 'better-sqlite3';
import type { Tables } from '../domain/ledger-port.ts';
import type { Clock } from '../lib/clock.ts';
import { createAttemptTable } from './attempts.ts';
import { createCardTable } from './cards.ts';
import { createCommentTable } from './comments.ts';
import { createDecisionTable } from './decisions.ts';
import { createDraftTable } from './drafts.ts';
import { createInboxes } from './inbox.ts';
import { createIncomingTable } from './incoming.ts';
import { createItemTable } from './items.ts';
import { createJobQueue } from './job-queue.ts';
import { createNamedValues } from './named-values.ts';
import { createNewsTable } from './news.ts';
import { createOutboxTable } from './outbox.ts';
import { createRevisionTable } from './revisions.ts';
import { promised, type RunInTurn } from './turn.ts';
import { createUndraftedTable } from './undrafted.ts';

/** Every table on one connection, its statements prepared once. */
export function createTables({ db, clock }: { readonly db: Database; readonly clock: Clock }) {
  const { table: jobs, queue } = createJobQueue(db);
  const { flags, cursor, memory } = createNamedValues(db);
  const items = createItemTable(db);
  const incoming = createIncomingTable(db);
  const undrafted = createUndraftedTable(db);
  const news = createNewsTable(db);
  const drafts = createDraftTable(db);
  const revisions = createRevisionTable(db);
  const decisions = createDecisionTable(db);
  const comments = createCommentTable(db);
  const attempts = createAttemptTable(db);
  const cards = createCardTable(db, clock);
  const outbox = createOutboxTable(db);

  /** The port's tables, each call carried out by `run`. */
  const tables = (run: RunInTurn): Tables => ({
    items: promised(items, run),
    incoming: promised(incoming, run),
    undrafted: promised(undrafted, run),
    news: promised(news, run),
    drafts: promised(drafts, run),
    revisions: promised(revisions, run),
    decisions: promised(decisions, run),
    comments: promised(comments, run),
    attempts: promised(attempts, run),
    cards: promised(cards, run),
    outbox: promised(outbox, run),
    flags: promised(flags, run),
    jobs: promised(jobs, run),
  });
  return { tables, inbox: createInboxes(db, clock), cursor, memory, queue };
}
