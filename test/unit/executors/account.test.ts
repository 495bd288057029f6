/** The account of a site is read, checked and warned about the same way, whichever site it is. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readConfig } from '../../../src/config/index.ts';
import { openDoors } from '../../../src/config/open-doors.ts';
import { everyAdapter } from '../../../src/config/table.ts';
import { account } from '../../../src/executors/account.ts';
import { x } from '../../../src/executors/platforms.ts';

const pond = { ...x, id: 'pond', label: 'Pond' };
const read = (set: Readonly<Record<string, string>>, isBuilt = true) =>
  readConfig(set, '/home/someone', { ...everyAdapter, accounts: [account(pond, '7', isBuilt)] });

it('brings its login, its base address and how often it may be used', () => {
  const config = read({ POND_EMAIL: 'a@b.c', POND_PASSWORD: 'hush', POND_URL: 'http://far.example/', LIMIT_POND: '' });
  assert.ok(config.kind === 'settings');
  const { accounts, limits, secrets } = config.settings;
  const { email, password, url } = accounts.get('pond') ?? assert.fail();
  assert.deepEqual([email, password, url], ['a@b.c', 'hush', 'http://far.example']);
  assert.deepEqual([limits.get('pond'), secrets], [7, ['hush']]);
  const doors = openDoors(config.settings, { folder: '/home/someone', environment: {}, uid: 0 });
  assert.deepEqual(
    doors.map(({ what }) => what),
    [
      'POND_URL is not encrypted: http://far.example',
      'Countersign runs as root',
      'The browser runs without its sandbox: Chromium has none for root',
    ],
  );
});

it('has its mistakes told in the words of every other', () => {
  const config = read({ POND_PASSWORD: 'hush', LIMIT_POND: 'often', POND_URL: 'pond' });
  assert.deepEqual(config.kind === 'mistakes' && config.mistakes.map((one) => Object.values(one).join(' | ')), [
    'POND_URL | "pond" | an address like https://example.com',
    'LIMIT_POND | "often" | a whole number from 1 to 1000',
    'POND_EMAIL | nothing | the login of the Pond account, because POND_PASSWORD is set',
  ]);
});

it('says that nothing uses it while it is not built', () => {
  const config = read({ POND_EMAIL: 'a@b.c' }, false);
  assert.ok(config.kind === 'settings');
  assert.deepEqual(config.warnings, ['POND_EMAIL is set, but Pond is not built yet: it is ignored.']);
  assert.equal(config.settings.accounts.size, 0);
});
