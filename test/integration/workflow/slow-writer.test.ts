/** A program that writes straight into Approved, in pieces, with pauses longer than any settling: half a text never leaves. */
import assert from 'node:assert/strict';
import { appendFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { until } from '../../support/until.ts';
import { createWorld } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const half = '---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nWe are open on Monday';
const rest = ' from nine to noon only.\n';
const place = 'Approved/a.md';

/** The time the disk says is that of the held clock. */
const touch = (world: World) => utimesSync(join(world.vaultPath, place), world.clock.now(), world.clock.now());

/** Looks twice a second, and lets what is due then be done. */
async function pass(world: World, ms: number) {
  for (let left = ms; left > 0; left -= 500) {
    await world.pass(500);
    await world.rescan();
    await world.parts().jobs.calm();
  }
}

const texts = (world: World): readonly string[] => world.executor.effects.map(({ text }) => text);

for (const pauseMs of [1_000, 3_000, 8_000]) {
  it(`HOLD_SECONDS=0 and a pause of ${pauseMs / 1_000} s: nothing leaves before the whole was asked about`, async (t) => {
    const world = await createWorld(t, { policy: 'any', holdSeconds: 0 });
    world.write(place, half);
    touch(world);
    await pass(world, pauseMs);
    assert.deepEqual(texts(world), []);
    appendFileSync(join(world.vaultPath, place), rest);
    touch(world);
    await pass(world, 30_000);
    assert.ok(!texts(world).some((text) => text.endsWith('Monday')), JSON.stringify(texts(world)));
    const { text } = await world.card('a.md', 'asks');
    assert.match(text, /noon only/);
  });
}

it('HOLD_SECONDS=0: what was written whole leaves after ten quiet seconds, once', async (t) => {
  const world = await createWorld(t, { policy: 'any', holdSeconds: 0 });
  world.write(place, half + rest);
  touch(world);
  await pass(world, 5_000);
  assert.deepEqual(texts(world), []);
  await pass(world, 10_000);
  await until(() => world.exists('Done/a.md'), 'it went out');
  assert.equal(texts(world).length, 1);
});

it('HOLD_SECONDS=0: what waited as it is leaves at once when it is moved', async (t) => {
  const world = await createWorld(t, { policy: 'any', holdSeconds: 0 });
  world.write('Pending_Approval/a.md', half + rest);
  utimesSync(join(world.vaultPath, 'Pending_Approval/a.md'), world.clock.now(), world.clock.now());
  await pass(world, 1_000);
  world.move('Pending_Approval/a.md', place);
  await pass(world, 1_000);
  await until(() => world.exists('Done/a.md'), 'it went out');
  assert.equal(texts(world).length, 1);
});
