/** What must hold for record, folders and cards once nothing moves any more. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import type { Card } from '../../src/domain/card.ts';
import { folderOf } from '../../src/domain/lifecycle.ts';
import { cardOf } from '../../src/workflow/present.ts';
import { filesIn, tagOf } from './walk-person.ts';
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

/** Every file ever written lies in exactly one place, and none is left where something should still happen. */
export function checkFiles(world: World, copies: ReadonlyMap<string, { least: number; most: number }>): void {
  const found = new Map<string, string[]>();
  for (const place of filesIn(world.vaultPath)) {
    const tag = tagOf(readFileSync(join(world.vaultPath, place), 'utf8'));
    found.set(tag, [...(found.get(tag) ?? []), place]);
  }
  for (const [tag, { least, most }] of copies) {
    const places = found.get(tag) ?? [];
    assert.ok(
      places.length >= least && places.length <= most,
      `${tag}: ${least}–${most} files, found ${places.join()}`,
    );
  }
  assert.deepEqual(
    filesIn(world.vaultPath).filter((place) => /^(?:Approved|In_Progress)\//.test(place)),
    [],
  );
}

/** Every channel shows what the record says, and the record names the place where the file is. */
export async function checkCards(world: World): Promise<void> {
  const { ledger } = world.parts();
  const seen = ({ key, mood, text, verbs, problems, file }: Card) => ({ key, mood, text, verbs, problems, file });
  const places = new Set<string>();
  for (const draft of [...(await ledger.drafts.open()), ...(await ledger.drafts.settled(500))]) {
    const card = await cardOf(world.parts(), draft);
    for (const channel of [world.chat, world.second]) {
      const shown = channel.card(draft.key);
      assert.ok(shown, `no card for ${card.file}`);
      assert.deepEqual(seen(shown), seen(card));
    }
    if (draft.state === 'vanished') continue;
    // A finished file may be moved and renamed among finished folders, which are never listed.
    const owner = await ledger.drafts.byPlace(draft.file.folder, draft.file.path);
    if (world.exists(card.file) && owner?.id === draft.id)
      assert.equal(draft.file.folder, folderOf(draft.state), `${draft.state}: ${card.file}`);
    if (draft.state !== 'pending') continue;
    assert.equal(draft.file.folder, folderOf(draft.state));
    assert.ok(world.exists(card.file), `${card.file} is not there`);
    assert.ok(!places.has(card.file), `two drafts in ${card.file}`);
    places.add(card.file);
  }
}
