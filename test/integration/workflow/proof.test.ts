import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exhibitsOf } from '../../../src/app/exhibits.ts';
import { createMask } from '../../../src/lib/mask.ts';
import type { Script } from '../../support/fake-executor.ts';
import { sends } from '../../support/fake-executor.ts';
import { png } from '../../support/pictures.ts';
import { until } from '../../support/until.ts';
import { createWorld } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const name = 'LINKEDIN_news.md';
const keeping =
  (...names: readonly string[]): Script =>
  async (effect, run, send) => {
    run.log('using the token hunter2-secret');
    for (const kept of names) await run.keep(kept, png(60, 40));
    return await sends(effect, run, send);
  };

async function result(world: World, script: Script) {
  world.executor.next(script);
  world.write(`Pending_Approval/${name}`, 'Hello, world, this is the news.\n');
  await world.rescan();
  await world.tap(await world.card(name, 'asks'), 'approve');
  await world.pass(10_000);
  return await until(() => world.chat.notes.find(({ text }) => text.startsWith('Posted')), 'the result is told');
}

describe('the proof of a result', () => {
  it('is the picture the executor kept as proof, told with the result', async (t) => {
    const world = await createWorld(t);
    const note = await result(world, keeping('before.png', 'proof.png', 'after.png'));
    const attempt = note.links.find(({ label }) => label === 'Log')?.attempt ?? '';
    assert.deepEqual(note.proof, { attempt, name: 'proof.png' });
    const { vault, runFiles } = world.parts();
    const exhibits = exhibitsOf(vault, runFiles, createMask(['hunter2-secret']));
    assert.deepEqual(Buffer.from((await exhibits.kept(note.proof)) ?? []), png(60, 40));
    assert.deepEqual(await exhibits.pictures(attempt), ['after.png', 'before.png', 'proof.png']);
    const log = (await exhibits.log(attempt)) ?? '';
    assert.match(log, /using the token/);
    assert.doesNotMatch(log, /hunter2/, 'a secret that became one later stays out');
    assert.equal(await exhibits.log('0000'), undefined);
    assert.equal(await exhibits.kept({ attempt: '../../..', name: 'proof.png' }), undefined);
    const card = await world.card(name, 'done');
    assert.equal(card.links.find(({ label }) => label === 'Log')?.attempt, attempt);
  });

  it('is left out when the executor kept none', async (t) => {
    const world = await createWorld(t);
    assert.equal((await result(world, keeping('after.png', 'proof.txt'))).proof, undefined);
  });
});
