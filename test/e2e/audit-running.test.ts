/** `npm run verify` and `npm run doctor -- --audit` beside the running program: what was forged is found, and said. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import Database from 'better-sqlite3';
import { commandIn } from '../support/command.ts';
import { createProductWorld } from '../support/product-world.ts';
import type { ProductWorld } from '../support/product-world.ts';
import { until } from '../support/until.ts';

const post = (words: string) => `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n${words}\n`;

/** One post went out; the program goes on. */
async function createBusyWorld(t: TestContext): Promise<ProductWorld> {
  const world = await createProductWorld(t, { holdSeconds: 0 });
  world.drop('Pending_Approval/LINKEDIN_out.md', post('Out it goes.'));
  const card = await world.message('Out it goes.', 'Approve');
  world.owner.tap(card.id, { label: 'Approve' });
  await world.message('Posted on LinkedIn');
  await until(() => linesOf(world).length >= 2, 'the log in the vault has the approval and the attempt');
  return world;
}

const logOf = ({ vaultPath }: ProductWorld): string => join(vaultPath, 'Logs', 'record.log');
const linesOf = (world: ProductWorld): string[] => readFileSync(logOf(world), 'utf8').trimEnd().split('\n');

describe('beside the running program', () => {
  it('verify finds a line that was changed, taken out or put in, and ends with 1', async (t) => {
    const world = await createBusyWorld(t);
    const whole = linesOf(world);
    const well = await commandIn(world, 'verify');
    assert.deepEqual(
      [well.code, well.said.trim()],
      [0, `✓ Logs/record.log: ${whole.length} lines, the chain is whole and the ledger says the same.`],
    );
    const [first = '', second = '', ...rest] = whole;
    const forgeries = [
      {
        lines: [first.replace('Olive', 'Mallory'), second, ...rest],
        found: /The log says “.+Mallory.+”; the ledger says/,
      },
      { lines: [first, ...rest], found: /The ledger says “.+”; the log does not have it/ },
      {
        lines: [first, first.replace('| approve |', '| reject |').replace(/id \w+/, 'id f0rged'), second, ...rest],
        found: /The log says “.+ reject LINKEDIN_out\.md .+”; the ledger knows nothing of it/,
      },
    ];
    for (const { lines, found } of forgeries) {
      writeFileSync(logOf(world), `${lines.join('\n')}\n`);
      const { code, said } = await commandIn(world, 'verify');
      assert.equal(code, 1, said);
      assert.match(said, found);
      assert.match(said, /\d+ thing\(s\) don’t agree\. docs\/proof\.md says what that means\.\n$/);
    }
  });

  it('the audit finds an attempt that no approval stands behind, and ends with 1', async (t) => {
    const world = await createBusyWorld(t);
    const well = await commandIn(world, 'doctor', '--audit');
    assert.equal(well.code, 0, well.said);
    assert.match(well.said, /✓ Audit of 1 drafts, 1 files and 1 attempts: every promise holds/);
    const db = new Database(join(world.home, 'state', 'ledger.db'));
    db.exec(`DROP TRIGGER decisions_hold; UPDATE decisions SET verb = 'reject'`);
    db.close();
    const { code, said } = await commandIn(world, 'doctor', '--audit');
    assert.equal(code, 1, said);
    assert.match(said, /✗ P1: Attempt 1 of draft \w+ has no approval on record\n +→ /);
    assert.match(said, /\d+ thing\(s\) to mend\.\n$/);
  });
});
