/** Strangers at the running program: one note a day for each way in, a few lines in the log, and the counts. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { commandIn } from '../support/command.ts';
import { createProductWorld } from '../support/product-world.ts';
import { until } from '../support/until.ts';

describe('strangers', () => {
  it('are told to the owner once, named in the log, counted, and fill nothing', async (t) => {
    const world = await createProductWorld(t);
    const mallory = world.telegram.addPerson({ id: 666, firstName: 'Mallory' });
    for (let n = 0; n < 12; n += 1) mallory.send(`Let me in, ${n}`);
    for (let n = 0; n < 13; n += 1) mallory.forge(1, '1:p');
    const { url } = world.note();
    const tries = Array.from({ length: 6 }, () => fetch(`${url}/?token=wrong`));
    assert.deepEqual(new Set((await Promise.all(tries)).map(({ status }) => status)), new Set([401]));
    await world.message('tried to get in: telegram:666');
    await world.message('tried to get in: web:127.0.0.1 showed a wrong key');
    const metrics = await until(async () => {
      const text = await (await fetch(`${url}/metrics`)).text();
      return text.includes('knocks_total{source="telegram"} 25') ? text : undefined;
    }, 'all are counted');
    assert.match(metrics, /countersign_knocks_total\{source="web"\} 6\n/);
    const status = await commandIn(world, 'status');
    assert.match(status.out, /strangers {2}telegram: 25 since the start, the last at \d{4}-/);
    assert.match((await commandIn(world, 'doctor')).out, /! Strangers tried to get in 6 times \(web\)/);
    await world.stop();
    await world.start();
    mallory.send('And now?');
    await until(
      () =>
        world
          .logs()
          .join('')
          .match(/A stranger knocked: telegram:666 wrote \(1 today/g)?.length === 2,
      'counted anew',
    );
    world.drop('Pending_Approval/LINKEDIN_last.md', '---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nThe last.\n');
    await world.message('The last.', 'Approve');
    const notes = world.owner.messages().filter(({ text }) => text.includes('tried to get in'));
    assert.equal(notes.length, 2, 'once a day, also over a restart');
    assert.ok(!notes.some(({ text }) => text.includes('Mallory')));
    assert.equal(mallory.messages().filter(({ from }) => from === 'bot').length, 1);
    const lines =
      world
        .logs()
        .join('')
        .match(/A stranger knocked/g)?.length ?? 0;
    assert.ok(lines <= 6, `${lines} lines`);
  });
});
