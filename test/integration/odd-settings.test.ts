/** Folders and files that the settings name, and that are not what they seem. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { createApp } from '../../src/app/index.ts';
import type { Made } from '../../src/app/index.ts';
import { readConfig } from '../../src/config/index.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { createOddWorld, makePipe, onPosix } from '../support/odd-files.ts';
import { until } from '../support/until.ts';

async function start(t: TestContext, home: string, more: Readonly<Record<string, string>>): Promise<Made> {
  const settings = { VAULT_PATH: 'vault', DATA_DIR: 'state', WEB_PORT: '0', APPROVAL_CHECK_INTERVAL: '2', ...more };
  const config = readConfig(settings, home);
  assert.ok(config.kind === 'settings', JSON.stringify(config));
  const made = await createApp(config.settings, {
    clock: systemClock,
    random: systemRandom,
    pid: process.pid,
    version: 'test',
    environment: {},
    echo: () => undefined,
    show: () => undefined,
    memoryBytes: () => 0,
    uptimeMs: () => performance.now(),
    executors: async () => [],
  });
  if (made.kind === 'app') t.after(() => made.app.stop());
  return made;
}

describe('a data folder that lies in the vault', onPosix, () => {
  const ways: Readonly<Record<string, (home: string) => void>> = {
    'through a link to a folder of the vault': (home) => symlinkSync(join(home, 'vault', 'Logs'), join(home, 'state')),
    'through a link to the vault itself': (home) => symlinkSync(join(home, 'vault'), join(home, 'state')),
    'through a link to what is not there yet': (home) => symlinkSync('vault/.state', join(home, 'state')),
    'through two links': (home) => {
      symlinkSync(join(home, 'vault', 'Logs'), join(home, 'further'));
      symlinkSync('further', join(home, 'state'));
    },
    'through a link on the way to it': (home) => {
      symlinkSync(join(home, 'vault'), join(home, 'way'));
      symlinkSync('way/Logs/deep/state', join(home, 'state'));
    },
    'because the vault is reached through a link': (home) => {
      rmSync(join(home, 'vault'), { recursive: true });
      mkdirSync(join(home, 'real', 'state'), { recursive: true });
      symlinkSync('real', join(home, 'vault'));
      symlinkSync('real/state', join(home, 'state'));
    },
  };
  for (const [way, make] of Object.entries(ways)) {
    it(`is refused ${way}, in the words of the settings, and nothing is touched`, async (t) => {
      const { home, path } = createOddWorld(t);
      mkdirSync(join(path, 'Logs'));
      make(home);
      const listed = () => readdirSync(home, { recursive: true }).map(String).toSorted();
      const before = listed();
      const made = await start(t, home, {});
      assert.ok(made.kind === 'refused');
      const wanted = 'wanted a folder outside the vault: it must not be synced';
      assert.match(
        made.what,
        new RegExp(`one setting is wrong\\.\\n  DATA_DIR: found "${home}/state", which leads to .*, ${wanted}$`),
      );
      assert.equal(made.remedy, 'Mend it in .env (or the environment) and start again. Nothing was touched.');
      assert.deepEqual(listed(), before);
    });
  }

  it('may lie beside it, reached through any link, and may hold the vault', async (t) => {
    const { home, outside } = createOddWorld(t);
    symlinkSync(outside, join(home, 'state'));
    const made = await start(t, home, {});
    assert.equal(made.kind, 'app');
    assert.equal(
      (await start(t, home, { DATA_DIR: join(home, 'all'), VAULT_PATH: join(home, 'all', 'v') })).kind,
      'app',
    );
  });
});

describe('a log that lies elsewhere because the settings say so', onPosix, () => {
  const today = (name: string) => readdirSync(name).filter((file) => /^day_\d{8}\.log$/.test(file));

  it('may be reached through links', async (t) => {
    const { home, outside } = createOddWorld(t);
    symlinkSync(outside, join(home, 'way'));
    const made = await start(t, home, { LOG_FILE: join(home, 'way', 'inner', 'day.log') });
    assert.ok(made.kind === 'app');
    await made.app.start();
    await until(() => today(join(outside, 'inner')).length === 1, 'the log is there');
  });

  it('holds nothing up when it is a pipe, and says so', async (t) => {
    const { home, outside, path } = createOddWorld(t);
    const file = join(outside, 'day.log');
    for (const offset of [0, 1]) {
      const day = new Date(Date.now() + offset * 86_400_000);
      const stamp = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((one) => String(one).padStart(2, '0'));
      makePipe(join(outside, `day_${stamp.join('')}.log`));
    }
    const made = await start(t, home, { LOG_FILE: file });
    assert.ok(made.kind === 'app');
    await made.app.start();
    writeFileSync(
      join(path, 'Pending_Approval', 'LINKEDIN_a.md'),
      '---\ntype: linkedin_post\n---\n\n## Post\n\nHello.\n',
    );
    await until(async () => (await made.app.door.cards()).length === 1, 'the draft has its card');
    const vaultNow = async () => (await made.app.door.status()).parts.find(({ part }) => part === 'vault');
    const words = await until(async () => {
      const part = await vaultNow();
      return part?.standing === 'troubled' ? part.words : undefined;
    }, 'the health tells it');
    assert.match(
      words,
      /^The log of the day can’t be written: .*day_\d{8}\.log is a pipe; a plain file is wanted there/,
    );
    for (const name of today(outside)) rmSync(join(outside, name));
    await until(async () => (await vaultNow())?.standing === 'well', 'it goes on by itself');
    const [log = ''] = today(outside);
    assert.match(readFileSync(join(outside, log), 'utf8'), /INFO - .*\n/);
  });

  it('is in the vault when links lead there, and then follows none any more', async (t) => {
    const { home, path, outside } = createOddWorld(t);
    mkdirSync(join(path, 'Logs'));
    symlinkSync(join(path, 'Logs'), join(home, 'way'));
    const made = await start(t, home, { LOG_FILE: join(home, 'way', 'day.log') });
    assert.ok(made.kind === 'app');
    rmSync(join(path, 'Logs'), { recursive: true });
    symlinkSync(outside, join(path, 'Logs'));
    await made.app.start();
    const part = await until(async () => {
      const found = (await made.app.door.status()).parts.find((one) => one.part === 'vault');
      return found?.standing === 'troubled' ? found : undefined;
    }, 'the health tells it');
    assert.match(part.words, /Logs is a link to another place/);
    assert.deepEqual(readdirSync(outside), ['theirs.txt']);
    assert.equal(existsSync(join(outside, 'runs')), false);
  });
});
