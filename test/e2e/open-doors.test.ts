/** What leaves a door open is said at the start of the real program, and by the doctor. */
import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { commandIn } from '../support/command.ts';
import { createProductWorld } from '../support/product-world.ts';

const unless = { skip: process.platform === 'win32' ? 'Windows has no such permissions' : false };

describe('open doors', () => {
  it('are said at the start and by the doctor, each with the reason and the remedy', unless, async (t) => {
    const world = await createProductWorld(t, { more: () => ({ PUBLIC_URL: 'http://phone.example' }) });
    const path = join(world.home, '.env');
    const permissions = /\.env can be read by others/;
    assert.doesNotMatch(world.output(), permissions);
    assert.match(
      world.output(),
      /! PUBLIC_URL is not encrypted: http:\/\/phone\.example\. The page’s link.+\n {4}→ Give it a certificate/,
    );
    assert.doesNotMatch(world.output(), /! (?:TELEGRAM_API_ROOT|LINKEDIN_URL|WEB_HOST|DATA_DIR|APPROVAL_POLICY)/);
    await world.stop();
    writeFileSync(path, 'APPROVAL_POLICY=any\n');
    chmodSync(path, 0o644);
    await world.start();
    const doctor = await commandIn(world, 'doctor');
    assert.equal(doctor.code, 0, 'nothing of it stops anything');
    for (const said of [world.output(), doctor.out]) {
      assert.match(said, permissions);
      assert.match(said, /! APPROVAL_POLICY=any: a file nobody was asked about leaves/);
      assert.match(said, new RegExp(`→ Run: chmod 600 ${path}`));
    }
    chmodSync(path, 0o600);
    assert.match((await commandIn(world, 'doctor')).out, /✓ \.env is yours alone/);
  });
});
