/** Nobody can tell whether it went out: it is asked in every channel, and each answer means what it says. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createProductWorld } from '../support/product-world.ts';
import type { ProductWorld } from '../support/product-world.ts';
import { until } from '../support/until.ts';

const name = 'EMAIL_offer.md';
const mail = '---\ntype: email\nto: sara@client.example\nsubject: An offer\n---\n\nDear Sara, here it is.\n';

/** Nobody sent her one before, so it is asked about twice. */
async function approve(world: ProductWorld, cardId: number): Promise<void> {
  world.owner.tap(cardId, { label: 'Approve' });
  const { id } = await world.message('An offer', 'Yes, approve');
  world.owner.tap(id, { label: 'Yes, approve' });
}

/** The connection dies around the final dot, before the server took the mail. */
async function unknown(world: ProductWorld): Promise<number> {
  world.mail.refuse([{ at: 'dot', does: 'cut' }]);
  world.drop(`Pending_Approval/${name}`, mail);
  const card = await world.message('An offer', 'Approve');
  await approve(world, card.id);
  const asks = await world.message('It may have gone out', 'It went out');
  world.mail.refuse([]);
  return asks.id;
}

const onThePage = async (world: ProductWorld): Promise<readonly string[]> => {
  const { url, token } = world.note();
  const answer = await fetch(`${url}/api/cards`, { headers: { authorization: `Bearer ${token}` } });
  const { cards } = (await answer.json()) as { cards: { verbs: string[] }[] };
  return cards[0]?.verbs ?? [];
};

const runLogs = ({ vaultPath }: ProductWorld): string => {
  const runs = join(vaultPath, 'Logs', 'runs');
  const logs = readdirSync(runs, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('log.txt'));
  return logs.map((path) => readFileSync(join(runs, path), 'utf8')).join('\n');
};

describe('an outcome nobody knows', () => {
  it('is asked on the phone and on the page, and never repeated by itself', async (t) => {
    const world = await createProductWorld(t, { holdSeconds: 0 });
    const id = await unknown(world);
    const labels = world.owner
      .messages()
      .find((message) => message.id === id)
      ?.buttons.flat()
      .map(({ label }) => label);
    for (const label of ['It went out', 'It did not', 'Leave it']) {
      assert.ok(
        labels?.some((one) => one.includes(label)),
        `${label} in ${labels?.join()}`,
      );
    }
    await until(async () => (await onThePage(world)).length === 3, 'the page asks too');
    assert.deepEqual(await onThePage(world), ['happened', 'not_happened', 'leave']);
    await world.message(/looking for proof/);
    assert.equal(world.mail.sent().length, 0);
    world.owner.tap(id, { label: 'Leave it' });
    await world.file('Failed', name);
    await world.message('Left as it is');
    assert.equal(world.mail.sent().length, 0);
  });

  it('goes out again only after somebody said that it did not, and approved it anew', async (t) => {
    const world = await createProductWorld(t, { holdSeconds: 0 });
    world.owner.tap(await unknown(world), { label: 'It did not' });
    await world.file('Pending_Approval', name);
    const again = await world.message('Waiting for you', 'Approve');
    assert.equal(world.mail.sent().length, 0);
    await approve(world, again.id);
    await world.file('Done', name);
    assert.equal(world.mail.sent().length, 1);
  });

  it('is answered by a move by hand as well', async (t) => {
    const world = await createProductWorld(t, { holdSeconds: 0 });
    await unknown(world);
    world.move(`In_Progress/${name}`, `Done/${name}`);
    await world.message(/Went out at/);
    assert.equal(world.mail.sent().length, 0);
  });

  it('is asked about, and not sent again, where the server said 250 to DATA, took the mail and was gone', async (t) => {
    const world = await createProductWorld(t, { holdSeconds: 0 });
    world.mail.refuse([
      { at: 'data', does: { says: ['250 2.0.0 go ahead\r\n'], after: 'go_on' } },
      { at: 'accepted', does: 'cut' },
    ]);
    // No look into Sent, which would find it: what is not known is asked.
    world.mail.refuseConnections(true);
    world.drop(`Pending_Approval/${name}`, mail);
    await approve(world, (await world.message('An offer', 'Approve')).id);
    const asks = await world.message('It may have gone out', 'It went out');
    await until(() => runLogs(world).includes('Looked for proof: cannot_tell'), 'it looked for proof', 30_000);
    assert.deepEqual(
      world.mail.sent().map(({ to }) => to),
      [['sara@client.example']],
    );
    world.owner.tap(asks.id, { label: 'It went out' });
    await world.file('Done', name);
    await world.message(/Went out at/);
    assert.equal(world.mail.sent().length, 1);
  });

  it('is not sent again where we were stopped while the server kept silent about a mail it had', async (t) => {
    const world = await createProductWorld(t, { holdSeconds: 0 });
    world.mail.refuse([{ at: 'accepted', does: 'hang' }]);
    world.drop(`Pending_Approval/${name}`, mail);
    await approve(world, (await world.message('An offer', 'Approve')).id);
    await until(() => world.mail.sent().length === 1, 'the server has the mail', 30_000);
    await world.stop();
    world.mail.refuse([]);
    await world.start();
    await world.file('Done', name);
    assert.equal(world.mail.sent().length, 1);
  });

  it('is found by its Message-ID where the server took it and only its answer was lost', async (t) => {
    const world = await createProductWorld(t, { holdSeconds: 0 });
    world.mail.refuse([{ at: 'accepted', does: 'cut' }]);
    world.drop(`Pending_Approval/${name}`, mail);
    const card = await world.message('An offer', 'Approve');
    await approve(world, card.id);
    await world.message(/looking for proof/);
    await world.file('Done', name);
    await world.message('Proof found');
    const text = () => world.owner.messages().find(({ id }) => id === card.id)?.text ?? '';
    await until(() => text().includes('Went out at'), 'its card says so');
    assert.equal(world.mail.sent().length, 1);
  });
});
