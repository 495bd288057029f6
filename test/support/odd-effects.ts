/** Effects as strangers make them, and the real cards of them. */
import * as fc from 'fast-check';

import type { Card } from '../../src/domain/card.ts';
import { plainLayout } from '../../src/domain/draft.ts';
import type { Draft, Revision } from '../../src/domain/draft.ts';
import { emptyEffect, normaliseText } from '../../src/domain/effect.ts';
import type { Effect, Media } from '../../src/domain/effect.ts';
import { warns } from '../../src/domain/problem.ts';
import type { Problem } from '../../src/domain/problem.ts';
import { linkedin, mail } from '../../src/executors/platforms.ts';
import { sha256 } from '../../src/lib/hash.ts';
import { strange } from '../../src/lib/words.ts';
import { noAnswer } from '../../src/workflow/answer-words.ts';
import { buildCard } from '../../src/workflow/build-card.ts';
import { hiddenProblems } from '../../src/workflow/read-revision.ts';

const oddSigns = [
  '\u0000',
  '\u0007',
  '\u001b[2K',
  '\u0085',
  '\u00a0',
  '\u00ad',
  '\u200b',
  '\u200d',
  '\u200f',
  '\u2028',
  '\u2029',
  '\u202e',
  '\u202c',
  '\u2066',
  '\u2067',
  '\u2068',
  '\u2069',
  '\ufeff',
  '\u{e0041}',
  '\u030a',
  '\u0333',
  '\u033f',
  '👩‍👩‍👧',
  '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
  'שלום',
  'مرحبا',
  'e\u0301',
  '日本',
  '<b>',
  '&amp;',
  '"',
  '`',
  '@evil_bot',
  '/stop',
  '#tag',
  'https://evil.example/x',
  '[link](x)',
  '   ',
  '│ ',
  '‹›',
];
const words = ['we', 'are', 'open', 'on', 'Sunday', 'garden', 'Ω', 'Straße', '12:30', 'ok?', '–'];

const oddWord = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...words) }, fc.constantFrom(...oddSigns));

/** About so many signs; a long one is a short one many times, or finding what is wrong would take for ever. */
const oddText = (most: number, breaks: boolean): fc.Arbitrary<string> =>
  fc
    .record({
      pieces: fc.array(fc.tuple(oddWord, fc.constantFrom(...(breaks ? [' ', '\n', '\n\n', '\t'] : [' ', ' ', '']))), {
        maxLength: 30,
      }),
      length: fc.oneof(fc.nat(Math.min(most, 200)), fc.nat(most)),
    })
    .map(({ pieces, length }) => {
      const once = pieces.map(([word, gap]) => word + gap).join('');
      const whole = once === '' ? '' : once.repeat(Math.ceil(length / once.length));
      // Not in the middle of a sign: what leaves is well-formed.
      return Array.from(whole.slice(0, length))
        .filter((sign) => sign.isWellFormed())
        .join('');
    });

const addresses = (most: number): fc.Arbitrary<readonly string[]> =>
  fc.array(fc.tuple(oddText(40, false), fc.boolean()), { maxLength: most }).map((people) =>
    people.map(([name, named], at) => {
      const address = `person.${at}+${name.length}@customer-${at}.example`;
      return named ? `${name.trim()} <${address}>` : address;
    }),
  );

const types = ['image/png', 'application/pdf', 'text/plain', 'application/vnd.oasis.opendocument.text'] as const;

/** The bytes of a file are its place in the list, so that it can be shown. */
export const bytesOf = (at: number): Uint8Array => Buffer.from(`file number ${at}`);

const media: fc.Arbitrary<readonly Media[]> = fc
  .array(fc.tuple(oddText(250, false), fc.constantFrom(...types)), { maxLength: 20 })
  .map((files) =>
    files.map(([name, type], at) => ({
      path: `Media/${at}`,
      name: `${at}${name}.pdf`,
      type,
      bytes: bytesOf(at).length,
      sha256: sha256(Buffer.from(bytesOf(at)).toString()),
    })),
  );

const problems: fc.Arbitrary<readonly Problem[]> = fc.array(
  oddText(90, false).map((name) => warns('duplicate', `Something is odd about “${strange(name, 80)}”.`, 'Look twice.')),
  { maxLength: 14 },
);

const shape = fc.record({
  isMail: fc.boolean(),
  to: fc.oneof(addresses(6), addresses(120)),
  cc: addresses(12),
  bcc: addresses(12),
  subject: oddText(900, false),
  target: oddText(300, false),
  text: fc.oneof(oddText(900, true), oddText(9_000, true), oddText(60_000, true)),
  schedule: fc.constantFrom('', '2031-05-06T07:08:09.000Z'),
  media,
});

/** Anything from a word to more than any chat can show. */
export const oddEffects: fc.Arbitrary<Effect> = shape.map(({ isMail, text, ...rest }) => ({
  ...emptyEffect,
  ...rest,
  platform: isMail ? 'mail' : 'linkedin',
  account: 'you@example.com',
  text: normaliseText(text) || 'Nothing else.',
}));

export const oddCards: fc.Arbitrary<{ readonly effect: Effect; readonly problems: readonly Problem[] }> = fc.record({
  effect: oddEffects,
  problems: fc.oneof(fc.constant([]), problems),
});

/** What the real core shows of it while it waits for a decision. */
export function cardOfEffect(effect: Effect, also: readonly Problem[] = [], change: Partial<Draft> = {}): Card {
  const now = new Date('2026-03-02T09:00:00Z');
  const hash = sha256(JSON.stringify(effect));
  const draft: Draft = {
    id: 'd1',
    key: 'k3y0000001',
    state: 'pending',
    file: { folder: 'Pending_Approval', path: 'EMAIL_odd.md', contentHash: hash, inode: '1:1', size: 1, mtimeMs: 1 },
    revision: hash,
    platform: effect.platform,
    account: effect.account,
    choice: '',
    notBefore: undefined,
    askedFrom: 0,
    trouble: undefined,
    createdAt: now,
    updatedAt: now,
    ...change,
  };
  const revision: Revision = {
    draftId: draft.id,
    hash,
    mark: hash.slice(0, 20),
    likeness: '',
    effect,
    problems: [...hiddenProblems(effect), ...also],
    original: '',
    layout: plainLayout,
    at: now,
  };
  return buildCard({
    draft,
    revision,
    before: undefined,
    mayRestore: false,
    comments: [],
    risks: { words: [], sure: '' },
    twins: [],
    answer: noAnswer,
    decision: undefined,
    approvals: [],
    needed: 1,
    approval: undefined,
    reason: '',
    attempt: undefined,
    platform: effect.platform === 'mail' ? mail : linkedin,
    logUrl: undefined,
    paused: false,
    now,
  });
}
