/** A closer look at one draft, for people who want to know more than its card says. Changes nothing. */
import type { HistoryEvent } from '../domain/history.ts';
import type { Draft } from '../domain/draft.ts';
import { nextRoom } from '../domain/posting-limit.ts';
import type { Door } from '../domain/ports.ts';
import { partOf } from './build-card.ts';
import { newerTexts, newsFor } from './conversations.ts';
import type { Parts } from './parts.ts';
import { currentRevision } from './present.ts';
import { ownsPlace } from './whose-file.ts';

type Look = Pick<Door, 'history' | 'whole' | 'file' | 'nextSlot'>;

export function createLook(parts: Parts): Look {
  const known = (key: string): Promise<Draft | undefined> => parts.ledger.drafts.byKey(key);
  return {
    async history(key) {
      const draft = await known(key);
      return draft === undefined ? [] : await historyOf(parts, draft);
    },
    async whole(key) {
      const draft = await known(key);
      const revision = draft === undefined ? undefined : await currentRevision(parts, draft);
      if (revision === undefined) return undefined;
      const newer = await newerTexts(parts.ledger, await newsFor(parts.ledger, revision.effect));
      return {
        revision: revision.mark,
        text: revision.effect.text,
        leftOut: revision.layout.leftOut.map(partOf),
        original: `${newer}${revision.original}`.trimEnd(),
      };
    },
    async file(key, mostBytes) {
      const draft = await known(key);
      if (draft === undefined || !(await ownsPlace(parts, draft))) return undefined;
      const { folder, path } = draft.file;
      const bytes = await parts.vault.readBytes(folder, path, mostBytes);
      return bytes === undefined ? undefined : { name: path.split('/').at(-1) ?? path, bytes };
    },
    async nextSlot(key) {
      const draft = await known(key);
      return draft === undefined ? undefined : await slotOf(parts, draft);
    },
  };
}

/**
 * In the order in which things came about, not by their times, which lie when clocks are set: a text comes before the
 * first decision on it, a try after the decision under which it was made, a comment after the decisions that it knew.
 */
async function historyOf(parts: Parts, { id }: Draft): Promise<readonly HistoryEvent[]> {
  const texts = await parts.ledger.revisions.of(id);
  const attempts = await parts.ledger.attempts.of(id);
  const versionOf = (hash: string) => texts.findIndex((text) => text.hash === hash) + 1;
  const events: HistoryEvent[] = [];
  let seen = 0;
  const addTexts = (until: (text: (typeof texts)[number], version: number) => boolean) => {
    for (let text = texts[seen]; text !== undefined && until(text, seen + 1); text = texts[seen]) {
      seen += 1;
      events.push({ kind: 'version', at: text.at, version: seen, signs: text.signs });
    }
  };
  const comments = await parts.ledger.comments.of(id);
  const addComments = (decisions: number) => {
    for (const comment of comments.filter(({ after }) => after === decisions)) {
      const version = versionOf(comment.revision);
      addTexts((_, seenVersion) => seenVersion <= version);
      events.push({ kind: 'comment', at: comment.at, version, comment });
    }
  };
  const decisions = await parts.ledger.decisions.of(id);
  for (const [at, decision] of decisions.entries()) {
    addComments(at);
    const decided = versionOf(decision.revision);
    addTexts((text, version) => version <= decided || text.at < decision.at);
    events.push({ kind: 'decision', at: decision.at, version: decided, decision });
    const tried = attempts.filter(({ decisionId }) => decisionId === decision.id);
    for (const attempt of tried) {
      events.push({ kind: 'attempt', at: attempt.startedAt, version: versionOf(attempt.revision), attempt });
    }
  }
  addComments(decisions.length);
  addTexts(() => true);
  return events;
}

async function slotOf(parts: Parts, { id, platform, account }: Draft): Promise<Date | undefined> {
  const perHour = parts.rules.limits.get(platform);
  if (perHour === undefined) return undefined;
  const now = parts.clock.now();
  const since = new Date(now.getTime() - 3_600_000);
  const commits = await parts.ledger.attempts.commitsSince(platform, account, since);
  const others = (await parts.ledger.drafts.open()).filter(
    (other) => other.id !== id && other.platform === platform && other.account === account,
  );
  const planned: Date[] = [];
  for (const other of others) {
    if (other.state === 'approved') planned.push(other.notBefore ?? now);
    // One that is being prepared has taken no room yet, but is about to.
    const prepares =
      other.state === 'in_progress' && (await parts.ledger.attempts.of(other.id)).at(-1)?.phase === 'started';
    if (prepares) planned.push(now);
  }
  const room = nextRoom(commits, planned, perHour, now);
  return room > now ? room : undefined;
}
