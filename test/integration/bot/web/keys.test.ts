/** The keys of the page on disk: what a restart keeps, and what a run that was cut off costs. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import type { ControlNote } from '../../../../src/bot/web/control.ts';
import { createPageKeys } from '../../../../src/bot/web/keys.ts';
import { systemRandom } from '../../../../src/lib/random.ts';

function createDataDir(t: TestContext) {
  const dataDir = join(mkdtempSync(join(tmpdir(), 'countersign-keys-')), 'state');
  t.after(() => rmSync(join(dataDir, '..'), { recursive: true }));
  const learned: string[] = [];
  const control = join(dataDir, 'control.json');
  return {
    dataDir,
    control,
    learned,
    note: () => JSON.parse(readFileSync(control, 'utf8')) as ControlNote,
    start: () => createPageKeys({ dataDir, pid: 7, random: systemRandom, learn: (secret) => learned.push(secret) }),
  };
}

describe('the keys of the page', () => {
  it('outlive a stop in good order, except the one that is of this run alone', (t) => {
    const { start, note, control, learned } = createDataDir(t);
    const first = start();
    first.announce('http://127.0.0.1:8484');
    assert.deepEqual(note(), { url: 'http://127.0.0.1:8484', token: first.token(), pid: 7, key: first.controlKey });
    first.withdraw();
    assert.ok(!existsSync(control));
    const second = start();
    assert.equal(second.wasCutOff, false);
    assert.deepEqual([second.token(), second.linkSecret], [first.token(), first.linkSecret]);
    assert.notEqual(second.controlKey, first.controlKey);
    for (const secret of [first.token(), first.linkSecret, first.controlKey, second.controlKey]) {
      assert.ok(secret.length >= 40 && learned.includes(secret));
    }
  });

  it('are renewed after a run that was cut off, once, and links to logs go on', (t) => {
    const { start, control } = createDataDir(t);
    const first = start();
    first.announce('http://127.0.0.1:8484');
    const second = start();
    assert.equal(second.wasCutOff, true);
    assert.notEqual(second.token(), first.token());
    assert.equal(second.linkSecret, first.linkSecret);
    assert.ok(!existsSync(control), 'nobody finds the old address any more');
    assert.deepEqual([start().wasCutOff, start().token()], [false, second.token()]);
  });

  it('count when they are on disk: renewed, they are in the note too, and where that fails the old one counts', (t) => {
    const { start, note, dataDir, learned } = createDataDir(t);
    const keys = start();
    keys.announce('http://127.0.0.1:8484');
    const old = keys.token();
    const fresh = keys.renew();
    assert.notEqual(fresh, old);
    assert.deepEqual([keys.token(), note().token], [fresh, fresh]);
    assert.ok(learned.includes(fresh));
    // A folder stands where the file would be written.
    mkdirSync(join(dataDir, 'web-token.part'));
    assert.throws(() => keys.renew());
    assert.deepEqual([keys.token(), note().token], [fresh, fresh]);
    rmSync(join(dataDir, 'web-token.part'), { recursive: true });
    keys.withdraw();
    assert.equal(start().token(), fresh);
  });

  it('can be read by their owner alone', { skip: process.platform === 'win32' }, (t) => {
    const { start, dataDir } = createDataDir(t);
    const keys = start();
    keys.announce('http://127.0.0.1:8484');
    keys.renew();
    const modes = readdirSync(dataDir).map((name) => [name, statSync(join(dataDir, name)).mode & 0o777]);
    assert.deepEqual(
      modes,
      ['control.json', 'link-secret', 'web-token'].map((name) => [name, 0o600]),
    );
    assert.equal(statSync(dataDir).mode & 0o777, 0o700);
  });
});
