import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ago, statusLines } from '../../../../src/bot/chat/text/status-words.ts';

const now = new Date('2026-03-02T12:00:00Z');
const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

void test('how long ago, in words', () => {
  assert.deepEqual(
    [-5, 0, 5, 60, 47 * 60, 48 * 60].map((minutes) => ago(before(minutes), now)),
    ['just now', 'just now', '5 min ago', '1 h ago', '47 h ago', '2 days ago'],
  );
});

void test('the status says what is paused, how much waits, which part is troubled and what limits are left', () => {
  const lines = statusLines(
    {
      startedAt: before(90),
      paused: true,
      counts: { pending: 2, approved: 1, inProgress: 0, unknown: 1, done: 7, rejected: 3, failed: 4 },
      parts: [
        { part: 'gmail', standing: 'troubled', since: before(9), lastSuccess: before(12), words: 'Log in again.' },
        { part: 'folder', standing: 'off', since: before(9), lastSuccess: undefined, words: 'Not set up.' },
      ],
      last: [{ label: 'LinkedIn', file: 'LINKEDIN_news.md', at: before(3) }],
      limits: [{ platform: 'linkedin', label: 'LinkedIn', used: 2, perHour: 5 }],
      knocks: [
        { source: 'web', count: 1, last: before(70) },
        { source: 'chat', count: 12, last: before(2) },
      ],
    },
    now,
  );
  assert.deepEqual(lines, [
    '⏸ Paused: nothing leaves until you resume',
    '',
    '2 waiting · 1 approved · 0 on the way',
    '7 done · 3 rejected · 4 failed',
    '❓ 1 unclear: please look and tell me',
    '',
    '📤 LinkedIn: \u2068LINKEDIN_news.md\u2069 (3 min ago)',
    '',
    '⚠️ gmail: Log in again. (last success 12 min ago)',
    '⚪ folder: Not set up.',
    '',
    'LinkedIn: 2 of 5 this hour',
    '',
    '🚪 1 try by strangers (web), the last 1 h ago',
    '🚪 12 tries by strangers (chat), the last 2 min ago',
  ]);
});
