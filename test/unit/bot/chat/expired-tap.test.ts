import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tooLate } from '../../../../src/bot/chat/buttons/expired-tap.ts';
import type { Wish } from '../../../../src/bot/chat/buttons/action.ts';

const now = new Date(2026, 4, 1, 12, 0);
const mark = { key: 'k3y0000001', revision: 'abcdef0123' };
const received = (minutesAgo: number) => ({
  receivedAt: new Date(now.getTime() - minutesAgo * 60_000),
});

const lettingOut: readonly Wish[] = [
  { kind: 'draft', verb: 'approve', ...mark },
  { kind: 'draft', verb: 'retry', ...mark },
  { kind: 'sure', at: undefined, sure: 'yes', ...mark },
  { kind: 'slot', at: now, ...mark },
  { kind: 'batch_yes', ...mark },
  { kind: 'set_approve', ...mark },
  { kind: 'time', what: 'approve', time: 'hour', ...mark },
  { kind: 'resume' },
];
const others: readonly Wish[] = [
  { kind: 'draft', verb: 'reject', ...mark },
  { kind: 'take_back', ...mark },
  { kind: 'set_reject', ...mark },
  { kind: 'set_undo', ...mark },
  { kind: 'batch', ...mark },
  { kind: 'batch_no' },
  { kind: 'time', what: 'postpone', time: 'hour', ...mark },
  { kind: 'pause' },
];

void test('what lets something out grows old on record after 15 minutes, nothing else does', () => {
  for (const wish of lettingOut) {
    assert.equal(tooLate(received(15), wish, now), '', `${wish.kind} in time`);
    assert.match(tooLate(received(16), wish, now), /^Your tap reached me 16 minutes ago/, wish.kind);
  }
  for (const wish of others) assert.equal(tooLate(received(600), wish, now), '', wish.kind);
});
