/** The promises, asked of everything that can be seen after a storm. */
import type { Person, SeenMessage } from '../../sandbox/telegram/index.ts';
import { decodeWish } from '../../src/bot/chat/buttons/action.ts';
import type { LedgerRecord } from '../../src/ledger/record.ts';
import { createRoot } from '../../src/lib/root.ts';
import { readRecordLog } from '../../src/vault/record-log.ts';
import { surveyVault } from '../../src/vault/survey.ts';
import { audit } from '../../src/workflow/audit/index.ts';
import type { Breach } from '../../src/workflow/audit/index.ts';
import { auditLog } from '../../src/workflow/audit/log.ts';
import type { AcceptedTap } from '../../src/workflow/audit/seen.ts';
import type { Lives } from '../crash/lives.ts';
import type { Outside } from '../crash/outside.ts';
import { groupId } from './crowd.ts';

export async function breachesOf(parts: {
  readonly lives: Lives;
  readonly outside: Outside;
  readonly written: readonly { readonly mark: string; readonly files: number }[];
  readonly people: readonly Person[];
  readonly accepted: readonly AcceptedTap[];
}): Promise<readonly Breach[]> {
  const { lives, outside, written, people, accepted } = parts;
  const record = lives.record();
  const words = new Map(outside.owner.messages().map(({ id, text }) => [`${groupId}:${id}`, text]));
  const keys = new Map(record.drafts.map(({ id, key }) => [id, key]));
  const log = await readRecordLog(createRoot(lives.vaultPath));
  return [
    ...audit({
      settled: true,
      files: await surveyVault(lives.vaultPath),
      record,
      approvers: new Map([['telegram', new Set(people.map(({ id }) => String(id)))]]),
      received: outside.received(),
      accepted,
      written: written.map(({ mark, files }) => ({ mark, least: files, most: files })),
      shown: record.cards
        .filter(({ channel, ref }) => channel === 'telegram' && ref !== undefined)
        .map(({ channel, draftId, ref }) => ({
          channel,
          key: keys.get(draftId) ?? '',
          card: {},
          words: words.get(ref ?? '') ?? '(deleted)',
        })),
    }),
    ...auditLog(log, record).map((said) => ({ promise: 'P3' as const, code: 'log', words: said })),
  ];
}

/** Messages that still ask about a draft whose card is another message. */
export function orphansOf(record: LedgerRecord, messages: readonly SeenMessage[]): readonly SeenMessage[] {
  const keys = new Map(record.drafts.map(({ id, key }) => [id, key]));
  const cards = new Map(
    record.cards.flatMap(({ channel, draftId, ref }) => (channel === 'telegram' ? [[keys.get(draftId), ref]] : [])),
  );
  return messages.filter(({ id, from, buttons }) => {
    if (from !== 'bot') return false;
    const wishes = buttons.flat().map(({ data }) => decodeWish(data ?? ''));
    const wish = wishes.find((one) => one?.kind === 'draft');
    return wish?.kind === 'draft' && cards.get(wish.key) !== `${groupId}:${id}`;
  });
}
