/** What must hold for record, folders and cards once nothing moves any more. */
import assert from 'node:assert/strict';
import { setTimeout as rest } from 'node:timers/promises';
import type { Card } from '../../src/domain/card.ts';
import { readRecord } from '../../src/ledger/record.ts';
import { surveyVault } from '../../src/vault/survey.ts';
import { audit } from '../../src/workflow/audit/index.ts';
import type { Breach, Seen } from '../../src/workflow/audit/index.ts';
import { cardOf } from '../../src/workflow/present.ts';
import { needsMessage } from './fake-channel.ts';
import { filesIn } from './walk-person.ts';
import type { World } from './workflow-world.ts';

/** Lets time pass until no draft is on its way any more and every channel shows what the record says. */
export async function quiet(world: World): Promise<void> {
  const { ledger } = world.parts();
  let open: readonly string[] = [];
  let calm = 0;
  for (let round = 0; round < 60; round += 1) {
    await world.rescan();
    await world.pass(round < 10 ? 11_000 : 1_000_000);
    await rest(5);
    open = (await ledger.drafts.open())
      .filter((draft) => draft.state !== 'pending')
      .map((draft) => JSON.stringify(draft));
    const due = [...(await ledger.cards.due('chat', 9)), ...(await ledger.cards.due('desk', 9))];
    // A step that is under way is not over yet.
    for (const { id } of await ledger.drafts.settled(500)) await world.parts().lock(id, async () => undefined);
    calm = open.length === 0 && due.length === 0 ? calm + 1 : 0;
    if (calm === 3) return;
  }
  assert.deepEqual(open, [], 'nothing is stuck');
  assert.fail('a card is never shown');
}

/** The promises over everything this world can see. */
export async function breachesOf(world: World, more: Partial<Seen> = {}): Promise<readonly Breach[]> {
  return audit({
    settled: true,
    files: await surveyVault(world.vaultPath),
    record: readRecord(world.ledgerFile),
    approvers: world.parts().approvers,
    received: [...world.executor.received, ...world.mailer.received],
    shown: [world.chat, world.second].flatMap((channel) =>
      [...channel.cards.values()].map((card) => ({ channel: channel.name, key: card.key, card })),
    ),
    ...more,
  });
}

/** Every file ever written lies in exactly one place, and none is left where something should still happen. */
export async function checkFiles(
  world: World,
  copies: ReadonlyMap<string, { least: number; most: number }>,
): Promise<void> {
  const written = [...copies].map(([tag, counts]) => ({ mark: `tag: ${tag}\n`, ...counts }));
  assert.deepEqual(await breachesOf(world, { written }), []);
  assert.deepEqual(
    filesIn(world.vaultPath).filter((place) => /^(?:Approved|In_Progress)\//.test(place)),
    [],
  );
}

/** Every channel shows what the record says, and the record names the place where the file is. */
export async function checkCards(world: World): Promise<void> {
  const { ledger } = world.parts();
  const seen = ({ key, mood, text, verbs, problems, file }: Card) => ({ key, mood, text, verbs, problems, file });
  for (const draft of [...(await ledger.drafts.open()), ...(await ledger.drafts.settled(500))]) {
    const card = await cardOf(world.parts(), draft);
    for (const channel of [world.chat, world.second]) {
      const shown = channel.card(draft.key);
      assert.ok(shown, `no card for ${card.file}`);
      assert.deepEqual(seen(shown), seen(card));
      const row = await ledger.cards.find(draft.id, channel.name);
      // A list of what waits is no place for what a person must see at once.
      if (needsMessage(card)) assert.match(row?.ref ?? '', /^message-/, `no message for ${card.file}`);
    }
  }
}
