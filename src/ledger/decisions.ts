import type { Database } from 'better-sqlite3';
import type { Decision } from '../domain/decision.ts';
import type { DecisionTable } from '../domain/ledger-port.ts';
import { json } from './columns.ts';
import type { Direct } from './turn.ts';

export type DecisionRow = {
  readonly id: string;
  readonly draft_id: string;
  readonly revision: string;
  readonly verb: Decision['verb'];
  readonly actor_source: string;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly at: number;
  readonly reason: string;
  readonly knew: string | null;
};

/** Who decided what, when, on which revision. Only added to. */
export function createDecisionTable(db: Database): Direct<DecisionTable> {
  const append = db.prepare(`
    INSERT INTO decisions (id, draft_id, revision, verb, actor_source, actor_id, actor_name, at, reason, knew, tap)
    VALUES (@id, @draftId, @revision, @verb, @source, @actorId, @name, @at, @reason, @knew, @tap)`);
  const byTap = db.prepare<DecisionRow>('SELECT * FROM decisions WHERE tap = ?');
  const byId = db.prepare<DecisionRow>('SELECT * FROM decisions WHERE id = ?');
  const ofDraft = db.prepare<DecisionRow>('SELECT * FROM decisions WHERE draft_id = ? ORDER BY seq');

  return {
    append({ at, actor, knew, ...decision }, tap) {
      append.run({
        ...decision,
        source: actor.source,
        actorId: actor.id,
        name: actor.name,
        at: at.getTime(),
        knew: json(knew),
        tap: tap ?? null,
      });
    },
    byTap(tap) {
      const row = byTap.get(tap);
      return row && toDecision(row);
    },
    byId(id) {
      const row = byId.get(id);
      return row && toDecision(row);
    },
    of: (draftId) => ofDraft.all(draftId).map(toDecision),
  };
}

export const toDecision = (row: DecisionRow): Decision => ({
  id: row.id,
  draftId: row.draft_id,
  revision: row.revision,
  verb: row.verb,
  actor: { source: row.actor_source, id: row.actor_id, name: row.actor_name },
  at: new Date(row.at),
  reason: row.reason,
  knew: row.knew === null ? undefined : (JSON.parse(row.knew) as string[]),
});
