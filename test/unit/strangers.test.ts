/** Sentences of ours that repeat what a stranger chose: his words stand apart in each of them. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';
import { GrammyError } from 'grammy';

import { historyLines } from '../../src/bot/chat/text/history-words.ts';
import { statusLines } from '../../src/bot/chat/text/status-words.ts';
import { troubleOf } from '../../src/bot/telegram/errors.ts';
import type { Decision } from '../../src/domain/decision.ts';
import { emptyEffect } from '../../src/domain/effect.ts';
import type { Effect } from '../../src/domain/effect.ts';
import type { Problem } from '../../src/domain/problem.ts';
import { endedByError } from '../../src/executors/browser-errors.ts';
import { judge } from '../../src/executors/linkedin/answer.ts';
import { checkMail } from '../../src/executors/mail/check.ts';
import { outcomeOf } from '../../src/executors/mail/outcomes.ts';
import { platforms } from '../../src/executors/platforms.ts';
import { createRoot } from '../../src/lib/root.ts';
import { createMediaFinder } from '../../src/vault/media.ts';
import { readDraft } from '../../src/vault/reading/read-draft.ts';
import { whatWentWrong } from '../../src/watchers/gmail/connection.ts';
import { createEntries } from '../../src/watchers/schedule/entries.ts';
import { by } from '../../src/workflow/decided-by.ts';
import { twinProblems } from '../../src/workflow/twins.ts';
import { createFakeDoor } from '../support/fake-door.ts';
import { assertOurs, hostileName, hostileWords } from '../support/hostile.ts';
import { cardOfEffect } from '../support/odd-effects.ts';

const now = new Date('2026-03-02T09:00:00Z');

const assertProblems = (problems: readonly Problem[]): void => {
  for (const { what, remedy } of problems) for (const words of [what, remedy]) assertOurs(words);
};

const property = (title: string, check: (words: string) => void | Promise<void>): void => {
  it(title, () =>
    fc.assert(
      fc.asyncProperty(hostileWords, async (words) => check(words)),
      { numRuns: 60 },
    ),
  );
};

/** What leaves with these words in every place. */
const effectOf = (words: string): Effect => ({
  ...emptyEffect,
  platform: 'mail',
  action: words,
  account: words,
  text: words,
  subject: `${words}\n`,
  to: [words, `x@${words}`, `${words}  <ann@example.com>`, `=?${words} <ann@example.com>`, 'no-reply@evil.example'],
  cc: ['ann@еvil.example', 'ann@müllevil.example', `${words.replaceAll(/[<>"@,:;()\\]/g, '')}\u200b <bob@example.com>`],
  target: words,
  media: [
    {
      path: words,
      name: `=?${words}`,
      sha256: '',
      bytes: 30_000_000,
      type: 'video/mp4',
      shape: { width: 1, height: 99 },
    },
    { path: words, name: words, sha256: '', bytes: 30_000_000, type: 'image/png', shape: { width: 1, height: 99 } },
  ],
});

const decision = (words: string): Decision => ({
  id: 'e1',
  draftId: 'd1',
  revision: 'r1',
  verb: 'approve',
  actor: { source: 'telegram', id: '1', name: words },
  at: now,
  reason: words,
  knew: [],
});

describe('a stranger’s words stand apart', () => {
  property('in what is wrong with a mail or a post', (words) => {
    assertProblems(checkMail(effectOf(words), words));
    for (const platform of platforms) {
      for (const action of Object.keys(platform.actions))
        assertProblems(platform.check({ ...effectOf(words), action }));
    }
  });

  property('in what a file says and does not say', (words) => {
    const quoted = JSON.stringify(words);
    const keys = [
      'platform',
      'action',
      'type',
      'to',
      'subject',
      'scheduled',
      'expires',
      'hashtags',
      'source_file',
      'attachments',
      'content_type',
      'status',
      'timezone',
      'publish_date',
      'reply_to',
      'recipient',
    ];
    const matter = keys.map((key) => `${key}: ${quoted}`).join('\n');
    const line = words.replaceAll('\n', ' ');
    const bodies = [
      `# ${line}\n\n**Platform:** ${line}\n**Status:** posted ${line}\n**Answering:** ${line}\n\n## Reply ${line}\n\nOne.\n`,
      `## Draft\n\nOne ![[${line}]] and ![[${line}.png]] two.\n\n[attach: ${line}]\n\nFirst comment: ${line}\n%%${line}%%\n`,
      `## Draft\n\nAs it says【1†${line}】, <think>${line}</think> :contentReference[oaicite:${line}] ${line}\\n${line}.\n`,
      `## Thread\n\n1/3 ${line}\n\n2/3 ${line}\n`,
      `<<<<<<< ${line}\nOne.\n=======\nTwo.\n>>>>>>> ${line}\n`,
      `## Draft ${line}\n\nOne.\n\n## Post ${line}\n\nTwo {{${line}}} [insert ${line}].\n`,
      `**Post ${line}:** text\n\n${line}`,
    ];
    for (const body of bodies) {
      for (const head of [
        `---\n${matter}\n---\n`,
        `---\nplatform: linkedin\nsubject: a # ${line}\nstatus: posted ${line}\n---\n`,
        `---\nplatform: x\ntype: "${line.replaceAll('"', '')} message"\nto: ${quoted}\n"publish ${line.replaceAll('"', '')}": 2031-01-01\n---\n`,
        `---\nplatform: mail\nscheduled_for: ${quoted}\npublish_at: 2031-01-01 ${line}\ntimezone: ${quoted}\n---\n`,
        `---\nplatform: linkedin\nscheduled_for: 2031-01-01 10:00\ntimezone: ${quoted}\n---\n`,
        `---\n"${line}": 1\n"${line}": 2\n---\n`,
        `---\ntype: email\ncontent_file: ${quoted}\n---\n`,
      ]) {
        const { reading } = readDraft(`${head}\n${body}`, `${hostileName(words)}.md`, platforms, now);
        assertProblems(reading.problems);
        if (reading.kind === 'unclear') for (const { why } of reading.candidates) assertOurs(why);
      }
    }
  });

  property('in a file that is missing, or named as an address', async (words) => {
    const root = mkdtempSync(join(tmpdir(), 'countersign-strangers-'));
    try {
      assertProblems(
        (await createMediaFinder(createRoot(root)).find([words, `${words}.png`, `https://${words}`], '')).problems,
      );
      assertProblems(await createMediaFinder(createRoot(root)).check(effectOf(words)));
      const name = `a ${hostileName(words).replaceAll(':', '_')}.png`;
      for (const folder of ['one', 'two']) {
        mkdirSync(join(root, folder));
        writeFileSync(join(root, folder, name), 'x');
      }
      const { problems } = await createMediaFinder(createRoot(root)).find([name], '');
      assert.match(problems[0]?.what ?? '', /^More than one file/);
      assertProblems(problems);
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  property('in what far sides answer', async (words) => {
    for (const code of [421, 450, 535, 550, 554]) {
      for (const step of ['connect', 'login', 'send'] as const) {
        for (const left of ['nothing', 'part', 'whole'] as const) {
          const thrown = Object.assign(new Error(words), { responseCode: code, response: `${code} 5.4.5 ${words}` });
          for (const one of [thrown, new Error(words)]) {
            const outcome = outcomeOf(one, step, left);
            if (outcome.kind !== 'posted') assertProblems([outcome.problem]);
          }
        }
      }
    }
    const body = JSON.stringify({ errors: [{ message: words }], message: words });
    for (const status of [200, 400, 403, 422]) {
      const outcome = judge({ kind: 'answered', status, body, retryAfter: '' }, 'https://site.example');
      if (outcome.kind !== 'posted') assertProblems([outcome.problem]);
    }
    const ended = endedByError(new Error(words), false, false);
    if (ended.kind !== 'posted') assertProblems([ended.problem]);
    assertOurs(whatWentWrong(new Error(words)).words);
    for (const code of [400, 403]) {
      const trouble = troubleOf(
        new GrammyError('no', { ok: false, error_code: code, description: words }, 'sendMessage', {}),
      );
      if (trouble !== undefined) assertOurs(trouble.words);
    }
  });

  property('in who decided, what is the same, and on the card', (words) => {
    assertOurs(by(decision(words), now));
    const fates = [
      { kind: 'left', at: now, decisionId: 'e1' },
      { kind: 'goes', decision: decision(words) },
      { kind: 'rejected', decision: decision(words) },
      { kind: 'waits' },
    ] as const;
    assertProblems(
      twinProblems(
        fates.map((fate) => ({ draftId: 'd2', file: words, fate })),
        'd1',
      ),
    );
    const path = `${hostileName(words)}/${hostileName(words)}.md`;
    for (const effect of [effectOf(words), { ...effectOf(words), account: '', platform: 'linkedin' }]) {
      const card = cardOfEffect(effect, [], { file: { ...anyFile, path } });
      assertOurs(card.title);
      assertOurs(card.standing);
    }
    for (const event of [
      { kind: 'decision', at: now, version: 1, decision: decision(words) },
      { kind: 'decision', at: now, version: 2, decision: { ...decision(words), verb: 'reject' } },
    ] as const) {
      for (const line of historyLines([event], now)) assertOurs(line.words);
    }
  });

  property('in how everything stands', async (words) => {
    const door = createFakeDoor(() => true);
    door.setStatus({ last: [{ label: 'Mail', file: words, at: now }] });
    for (const line of statusLines(await door.status(), now)) assertOurs(line);
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-strangers-')));
    try {
      writeFileSync(
        join(folder, `a ${hostileName(words)}.md`),
        `---\ncron: ${JSON.stringify(`${words} a b c d`)}\n---\n`,
      );
      writeFileSync(
        join(folder, `b ${hostileName(words)}.md`),
        `---\ncron: 61 1 1 1 ${hostileName(words).replaceAll(/\s/g, '')}\n---\n`,
      );
      const entries = createEntries(createRoot(folder), folder);
      await entries.reload();
      assertOurs(entries.trouble());
      await entries.clear();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

const anyFile = { folder: 'Pending_Approval', contentHash: '', inode: '1:1', size: 1, mtimeMs: 1 } as const;
