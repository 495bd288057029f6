import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Database from 'better-sqlite3';
import { warns } from '../../../src/domain/problem.ts';
import { until } from '../../support/until.ts';
import { createWorld } from '../../support/workflow-world.ts';

const post = (text: string) => `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n${text}\n`;

describe('a start', () => {
  it('looks at every draft that waits, and writes nothing for those that are as they should be', async (t) => {
    const world = await createWorld(t);
    world.write('Pending_Approval/LINKEDIN_right.md', post('One.'));
    world.write('Pending_Approval/LINKEDIN_cut.md', post('Two.'));
    await world.rescan();
    await world.card('LINKEDIN_right.md', 'asks');
    const { key } = await world.card('LINKEDIN_cut.md', 'asks');
    const draft = (await world.parts().ledger.drafts.byKey(key)) ?? assert.fail();
    // Died between the record and the card.
    const trouble = warns('undone_move', 'Taken back by hand.', 'Approve it.');
    await world.parts().ledger.drafts.change(draft.id, { from: ['pending'] }, { trouble }, world.clock.now());
    await world.stop();
    const db = new Database(world.ledgerFile);
    db.exec(`CREATE TRIGGER no_jobs BEFORE INSERT ON jobs BEGIN SELECT RAISE(ABORT, 'a job'); END`);
    db.close();
    await world.start();
    await until(
      () => world.chat.card(key)?.problems.some(({ what }) => what === 'Taken back by hand.'),
      'the card says what is on record',
    );
  });
});
