/** The program was updated: what an earlier version put on record still stands, and no chat hears of the update. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import Database from 'better-sqlite3';
import { quiet } from '../../support/walk-checks.ts';
import { createWorld } from '../../support/workflow-world.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A card as it was before it had a noun and ids: what came since, and the title was all that named it. */
const later = ['noun', 'account', 'action', 'headline'];
function before(card: Readonly<Record<string, unknown>>): string {
  const fields = card['fields'] as readonly { readonly label: string; readonly value: string }[];
  const kept = Object.entries(card).filter(([name]) => !later.includes(name));
  return JSON.stringify({
    ...Object.fromEntries(kept),
    fields: fields.map(({ label, value }) => ({ label, value })),
  });
}

/** Puts the cards on record as an earlier version had them there, drawn. @returns how many */
function age(ledgerFile: string): number {
  const db = new Database(ledgerFile);
  const rows = db
    .prepare<{ draft_id: string; channel: string; wanted: string }>('SELECT draft_id, channel, wanted FROM cards')
    .all();
  const put = db.prepare(
    'UPDATE cards SET wanted = @old, wanted_hash = @hash, shown_hash = @hash WHERE draft_id = @id AND channel = @channel',
  );
  for (const { draft_id: id, channel, wanted } of rows) {
    const old = before(JSON.parse(wanted) as Record<string, unknown>);
    put.run({ old, hash: sha256(old), id, channel });
  }
  db.close();
  return rows.length;
}

describe('after an update', () => {
  it('no card is drawn anew because cards say more of themselves than before', async (t) => {
    const drawn: string[] = [];
    const world = await createWorld(t, {}, { watch: (channel, card) => void drawn.push(`${channel} ${card.file}`) });
    world.write('Pending_Approval/a.md', '---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nWe are hiring.\n');
    world.write(
      'Pending_Approval/EMAIL_b.md',
      '---\nto: a@example.com\nsubject: Offer\n---\n\nDear Anna, here it is.\n',
    );
    await world.rescan();
    await world.card('a.md', 'asks');
    assert.deepEqual((await world.card('EMAIL_b.md', 'asks')).fields.map(({ id }) => id).slice(0, 2), [
      'to',
      'subject',
    ]);
    await quiet(world);
    await world.stop();
    assert.equal(age(world.ledgerFile), 4);
    drawn.length = 0;

    await world.start();
    await world.pass(3_600_000);
    await world.rescan();
    await quiet(world);
    assert.deepEqual([...drawn], []);

    await world.tap(await world.card('a.md', 'asks'), 'reject');
    await world.card('a.md', 'rejected');
    assert.ok(
      drawn.some((it) => it.startsWith('chat ')),
      'what changes is drawn as ever',
    );
  });

  it('a card from before that is wanted anew comes with what it has', async (t) => {
    const world = await createWorld(t);
    world.write(
      'Pending_Approval/EMAIL_b.md',
      '---\nto: a@example.com\nsubject: Offer\n---\n\nDear Anna, here it is.\n',
    );
    await world.rescan();
    const { title } = await world.card('EMAIL_b.md', 'asks');
    await quiet(world);
    await world.stop();
    assert.equal(age(world.ledgerFile), 2);
    await world.start();
    const draft = (await world.parts().ledger.drafts.open())[0];
    const kept = (await world.parts().ledger.cards.find(draft?.id ?? '', 'chat'))?.wanted;
    assert.deepEqual([kept?.noun, kept?.headline, kept?.account, kept?.action], [title, '', undefined, undefined]);
    assert.deepEqual(kept?.fields.map(({ id, label }) => [id, label]).slice(0, 2), [
      ['other', 'To'],
      ['other', 'Subject'],
    ]);
  });
});
