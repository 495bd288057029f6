/** A past: finished drafts as files in Done/ and as rows in the ledger, written through the ledger's own tables. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Card } from '../src/domain/card.ts';
import { markLength, plainLayout, shortLength } from '../src/domain/draft.ts';
import { canonicalEffect, emptyEffect } from '../src/domain/effect.ts';
import type { Tables } from '../src/domain/ledger-port.ts';
import { openLedger } from '../src/ledger/ledger.ts';
import { systemClock } from '../src/lib/clock.ts';
import { likenessHash } from '../src/ledger/likeness.ts';
import { sha256 } from '../src/lib/hash.ts';
import { silentLogger } from '../src/lib/logger.ts';
import { createId, systemRandom } from '../src/lib/random.ts';
import { addressOf, draftText, fileName } from './drafts.ts';

/** Written between two looks at the event loop. */
const atOnce = 500;

export async function writeHistory(parts: {
  readonly vaultPath: string;
  readonly stateDir: string;
  readonly email: string;
  readonly count: number;
}): Promise<void> {
  const { vaultPath, stateDir, email, count } = parts;
  const done = join(vaultPath, 'Done');
  await mkdir(done, { recursive: true });
  const marks = Array.from({ length: count }, (_, index) => `past${index}`);
  const opened = await openLedger({ file: join(stateDir, 'ledger.db'), clock: systemClock, logger: silentLogger });
  if (opened.kind === 'refused') throw new Error(opened.what);
  for (let from = 0; from < count; from += atOnce) {
    const some = marks.slice(from, from + atOnce);
    await Promise.all(some.map((mark) => writeFile(join(done, fileName(mark)), draftText(mark, addressOf(mark)))));
    await opened.ledger.tx(async (tables) => {
      for (const mark of some) await finish(tables, mark, email);
    });
  }
  await opened.ledger.close();
}

/** The rows of a mail that was drafted, approved by a tap and sent, a day ago. */
async function finish(tables: Tables, mark: string, account: string): Promise<void> {
  const at = new Date(systemClock.now().getTime() - 86_400_000);
  const to = addressOf(mark);
  const text = draftText(mark, to);
  const effect = { ...emptyEffect, platform: 'mail', action: 'send', account, to: [to], text };
  const revision = sha256(canonicalEffect(effect));
  const [id, decisionId, attemptId] = [newId(at), newId(at), newId(at)];
  const key = systemRandom.key(shortLength);
  const file = { folder: 'Done', path: fileName(mark), contentHash: sha256(text), inode: `0:${mark}` } as const;
  await tables.drafts.insert({
    id,
    key,
    state: 'done',
    file: { ...file, size: text.length, mtimeMs: at.getTime() },
    revision,
    platform: 'mail',
    account,
    choice: '',
    notBefore: undefined,
    askedFrom: 0,
    trouble: undefined,
    createdAt: at,
    updatedAt: at,
  });
  const seen = { problems: [], original: '', layout: plainLayout, at };
  const revisionMark = systemRandom.key(markLength);
  const likeness = likenessHash(effect);
  await tables.revisions.put({ draftId: id, hash: revision, mark: revisionMark, likeness, effect, ...seen });
  const actor = { source: 'telegram', id: '4711', name: 'Sara' };
  const decision = { id: decisionId, draftId: id, revision, actor, at, reason: '', knew: [] };
  await tables.decisions.append({ ...decision, verb: 'approve' });
  await tables.attempts.start({ id: attemptId, draftId: id, decisionId, revision, startedAt: at });
  await tables.attempts.commit(attemptId, at, 'mail', account);
  await tables.attempts.end(attemptId, at, 'posted', { link: '', messageId: `<${id}@bench.example>`, note: '' }, '');
  const card = cardOf(key, revisionMark, text, mark);
  for (const channel of ['web', 'telegram']) {
    await tables.cards.want(id, channel, card, revision);
    await tables.cards.shown(id, channel, revision, `4711:${id}`);
  }
}

const newId = (at: Date): string => createId(at, systemRandom);

const cardOf = (key: string, revision: string, text: string, mark: string): Card => ({
  key,
  revision,
  mood: 'done',
  noun: 'Mail',
  headline: mark,
  title: 'Mail',
  standing: 'Sent',
  fields: [{ id: 'to', label: 'To', value: addressOf(mark) }],
  text,
  changes: [],
  candidates: [],
  leftOut: [],
  original: '',
  media: [],
  problems: [],
  risks: [],
  sure: '',
  verbs: [],
  links: [],
  file: `Done/${fileName(mark)}`,
});
