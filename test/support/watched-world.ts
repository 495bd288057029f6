/** A world in which every card is held against the record at the very moment it is shown. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Card } from '../../src/domain/card.ts';
import { readRecord } from '../../src/ledger/record.ts';
import { unsupported } from '../../src/workflow/audit/chat.ts';
import type { Rules } from '../../src/workflow/parts.ts';
import { createWorld } from './workflow-world.ts';
import type { World } from './workflow-world.ts';

export type WatchedWorld = World & {
  /** Throws when a card said what was not on record yet, and when none was looked at. */
  readonly checkOrder: () => void;
};

export async function createWatchedWorld(t: TestContext, rules: Partial<Rules> = {}): Promise<WatchedWorld> {
  const ahead: string[] = [];
  let ledgerFile: string | undefined;
  let looked = 0;
  const watch = (channel: string, card: Card) => {
    // Nothing is shown before the world is there: its vault is empty.
    assert.ok(ledgerFile !== undefined, 'a card out of nowhere');
    looked += 1;
    const missing = unsupported(card, readRecord(ledgerFile));
    if (missing !== undefined)
      ahead.push(`${channel} shows ${card.mood} for ${card.file}, but on record is ${missing}`);
  };
  const world = await createWorld(t, rules, { watch });
  ledgerFile = world.ledgerFile;
  return {
    ...world,
    checkOrder() {
      assert.ok(looked > 0, 'cards are looked at');
      assert.deepEqual(ahead, [], 'on record first, then on the card');
    },
  };
}
