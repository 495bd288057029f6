/** What leaves a door open is said with the reason and the way to shut it; what stays on this machine is not. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { readConfig } from '../../../src/config/index.ts';
import { openDoors } from '../../../src/config/open-doors.ts';

/** A person's own machine with nothing open on it. */
function createPlace(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-doors-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const [vaultPath, dataDir] = [join(folder, 'vault'), join(folder, 'state')];
  for (const path of [vaultPath, join(vaultPath, 'Approved'), dataDir]) mkdirSync(path);
  chmodSync(dataDir, 0o700);
  writeFileSync(join(folder, '.env'), '', { mode: 0o600 });
  return {
    folder,
    vaultPath,
    dataDir,
    doors: (set: Readonly<Record<string, string>> = {}, uid: number | undefined = 1000) => {
      const environment = { VAULT_PATH: vaultPath, DATA_DIR: dataDir, ...set };
      const config = readConfig(environment, folder);
      assert.ok(config.kind === 'settings', JSON.stringify(config));
      const found = openDoors(config.settings, { folder, environment, uid });
      for (const { what, why, remedy } of found) {
        assert.ok(why.endsWith('.') && remedy.length > 10 && !what.endsWith('.'), what);
      }
      return found.map(({ what }) => what);
    },
  };
}

const telegram = { TELEGRAM_BOT_TOKEN: '1:x', TELEGRAM_APPROVERS: '1' };
const mail = { GMAIL_EMAIL: 'a@example.org', GMAIL_PASSWORD: 'secret', IMAP_SECURE: 'false', SMTP_SECURE: 'false' };

describe('open doors', () => {
  it('are none with no settings, and none on this machine', (t) => {
    const { doors } = createPlace(t);
    assert.deepEqual(doors(), []);
    for (const host of ['127.0.0.1', '127.8.9.1', 'localhost', 'LOCALHOST', '::1']) {
      const url = `http://${host.includes(':') ? `[${host}]` : host}:8484`;
      const all = { ...telegram, WEB_HOST: host, PUBLIC_URL: url, TELEGRAM_API_ROOT: url, LINKEDIN_URL: url };
      assert.deepEqual(doors(all), [], host);
    }
  });

  it('are a page on the network', (t) => {
    const { doors } = createPlace(t);
    for (const host of ['0.0.0.0', '::', '[::]']) {
      assert.match(doors({ WEB_HOST: host }).join(), /^WEB_HOST=.+ can be reached from every network of this machine$/);
    }
    for (const host of ['192.168.1.5', 'fe80::1', 'my-machine', '1.127.0.0']) {
      assert.deepEqual(doors({ WEB_HOST: host }), [`WEB_HOST=${host}: the web page can be reached from the network`]);
    }
  });

  it('are addresses without encryption, named without what else stands in them', (t) => {
    const { doors } = createPlace(t);
    const url = 'http://ann:hush-hush@elsewhere.example:81/path';
    assert.deepEqual(doors({ ...telegram, PUBLIC_URL: url, TELEGRAM_API_ROOT: url, LINKEDIN_URL: url }), [
      'PUBLIC_URL is not encrypted: http://elsewhere.example:81',
      'TELEGRAM_API_ROOT is not encrypted: http://elsewhere.example:81',
      'LINKEDIN_URL is not encrypted: http://elsewhere.example:81',
    ]);
    const safe = 'https://elsewhere.example';
    assert.deepEqual(doors({ ...telegram, PUBLIC_URL: safe, TELEGRAM_API_ROOT: safe, LINKEDIN_URL: safe }), []);
  });

  it('are not in mail without TLS from the first byte: STARTTLS is demanded then', (t) => {
    const { doors } = createPlace(t);
    assert.deepEqual(doors({ ...mail, IMAP_HOST: 'imap.example.org', SMTP_HOST: 'smtp.example.org' }), []);
  });

  it(
    'are files that others can read, and a vault that all may write into',
    { skip: process.platform === 'win32' },
    (t) => {
      const { doors, folder, vaultPath, dataDir } = createPlace(t);
      chmodSync(join(folder, '.env'), 0o640);
      chmodSync(dataDir, 0o705);
      assert.deepEqual(doors(), [
        '.env can be read by others on this machine',
        `DATA_DIR ${dataDir} can be read by others on this machine`,
      ]);
      chmodSync(join(folder, '.env'), 0o600);
      chmodSync(dataDir, 0o700);
      for (const path of [vaultPath, join(vaultPath, 'Approved')]) {
        chmodSync(path, 0o777);
        assert.deepEqual(doors(), [`Everybody on this machine may write into the vault ${vaultPath}`]);
        assert.deepEqual(doors({ APPROVAL_POLICY: 'chat' }), [], 'a move approves nothing there');
        chmodSync(path, 0o755);
      }
      rmSync(dataDir, { recursive: true });
      rmSync(join(folder, '.env'));
      assert.deepEqual(doors(), [], 'what is not there yet is made for its owner alone');
    },
  );

  it('are an approval policy that lets unseen files out', (t) => {
    const { doors } = createPlace(t);
    assert.match(
      doors({ APPROVAL_POLICY: 'any' }).join(),
      /^APPROVAL_POLICY=any: a file nobody was asked about leaves/,
    );
    assert.deepEqual(doors({ APPROVAL_POLICY: 'chat' }), []);
  });

  it('are root, and for root the browser, where there is something to browse', (t) => {
    const { doors, dataDir } = createPlace(t);
    const browser = 'The browser runs without its sandbox: Chromium has none for root';
    assert.deepEqual(doors({}, 0), ['Countersign runs as root']);
    assert.deepEqual(doors({ LINKEDIN_EMAIL: 'a@example.org' }, 0), ['Countersign runs as root', browser]);
    assert.deepEqual(doors({ LINKEDIN_URL: 'http://127.0.0.1:1' }, 0), ['Countersign runs as root']);
    mkdirSync(join(dataDir, 'browser'));
    assert.deepEqual(doors({}, 0), ['Countersign runs as root', browser], 'a login by hand needs no settings');
  });

  it('are not looked for in permissions where there are none', (t) => {
    const { doors, folder, dataDir } = createPlace(t);
    for (const path of [join(folder, '.env'), dataDir]) chmodSync(path, 0o777);
    const config = readConfig({ DATA_DIR: dataDir, VAULT_PATH: join(folder, 'vault') }, folder);
    assert.ok(config.kind === 'settings' && doors().length > 0);
    assert.deepEqual(openDoors(config.settings, { folder, environment: {}, uid: undefined }), []);
  });
});
