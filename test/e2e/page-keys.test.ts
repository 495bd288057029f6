/** Who may open the page after a crash, after a restart, and after everybody was logged out. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { commandIn } from '../support/command.ts';
import { createProductWorld } from '../support/product-world.ts';
import type { ProductWorld } from '../support/product-world.ts';

/** Opens the link. @returns asks with the cookie that came; resolves to the status */
async function letIn(world: ProductWorld) {
  const { url, token } = world.note();
  const entered = await fetch(`${url}/?token=${token}`, { redirect: 'manual' });
  const [cookie = ''] = (entered.headers.get('set-cookie') ?? '').split(';');
  // Free ports differ from start to start, and the cookie is named after the port.
  const [, value = ''] = cookie.split('=');
  return async () => {
    const at = world.note().url;
    const named = `countersign-${new URL(at).port}=${value}`;
    return (await fetch(`${at}/status`, { headers: { cookie: named } })).status;
  };
}

const cutOffLines = (world: ProductWorld) =>
  world
    .logs()
    .join('')
    .match(/The last run was cut off/g)?.length ?? 0;

describe('the page’s keys', () => {
  it('outlive a stop in good order; a run that was cut off ends sessions and link, which the log says once', async (t) => {
    const world = await createProductWorld(t);
    const mine = await letIn(world);
    const first = world.note();
    assert.equal(await mine(), 200);
    await world.stop();
    await world.start();
    assert.equal(await mine(), 200);
    assert.deepEqual([world.note().token, cutOffLines(world)], [first.token, 0]);

    await world.kill();
    assert.ok(existsSync(join(world.home, 'state', 'control.json')), 'the note of the dead stays');
    await world.start();
    assert.equal(await mine(), 401);
    assert.notEqual(world.note().token, first.token);
    assert.equal((await fetch(`${world.note().url}/?token=${first.token}`, { redirect: 'manual' })).status, 401);
    assert.equal(cutOffLines(world), 1);
    const later = await letIn(world);
    await world.stop();
    await world.start();
    assert.deepEqual([await later(), cutOffLines(world)], [200, 1]);
    assert.equal(statSync(join(world.home, 'state', 'control.json')).mode & 0o077, 0);
    const said = world.output() + world.logs().join('');
    for (const secret of [first.token, world.note().token]) assert.ok(!said.includes(secret));
  });

  it('are told to nobody who took the port of one that died', async (t) => {
    const world = await createProductWorld(t);
    const { url, token, key } = world.note();
    await world.kill();
    const heard: string[] = [];
    const stranger = createServer((request, response) => {
      heard.push(`${request.url} ${JSON.stringify(request.headers)}`);
      response.end('{"proof":"x"}');
    });
    await new Promise<void>((resolve) => stranger.listen(Number(new URL(url).port), '127.0.0.1', resolve));
    t.after(() => stranger.close());
    for (const words of [['status'], ['pending'], ['pause'], ['reject', 'a.md', 'because'], ['logout'], ['doctor']]) {
      const { code, said } = await commandIn(world, ...words);
      assert.equal(code, 1, said);
      assert.match(said, /can’t prove that it is the Countersign of/);
      assert.ok(!said.includes(token));
    }
    assert.equal(heard.length, 6);
    for (const secret of [token, key, 'because', 'authorization']) assert.ok(!heard.join('').includes(secret), secret);
    // Not running, so nothing lags behind and nothing is waited for.
    assert.match((await commandIn(world, 'verify')).said, /✓ Logs\/record\.log: 0 lines/);
  });

  it('are ended from the command line, and shown on a screen only', async (t) => {
    const world = await createProductWorld(t);
    const mine = await letIn(world);
    const before = await commandIn(world, 'status');
    assert.ok(before.out.includes(`Page: ${world.note().url}/ (npm run status in a terminal`), before.out);
    assert.equal((await commandIn(world, 'logout', 'linkedin')).code, 2);
    assert.equal(await mine(), 200);
    const old = world.note().token;
    const ended = await commandIn(world, 'logout');
    assert.equal(ended.code, 0, ended.said);
    assert.match(ended.out, /^Every browser is logged out, and the old link opens nothing any more\.\nPage: /);
    assert.equal(await mine(), 401);
    const fresh = world.note().token;
    assert.notEqual(fresh, old);
    assert.equal((await commandIn(world, 'status')).code, 0, 'the command line needs no session');
    await world.stop();
    await world.start();
    assert.equal(world.note().token, fresh);
    assert.equal(await mine(), 401, 'also after a restart');
    const kept = readFileSync(join(world.home, 'state', 'web-token'), 'utf8').trim();
    assert.equal(kept, fresh);
    const said = [before, ended].map((one) => one.said).join('') + world.output() + world.logs().join('');
    for (const secret of [old, fresh]) assert.ok(!said.includes(secret));
  });
});
