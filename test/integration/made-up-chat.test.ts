/** Adding a chat is its folder and a line in the list: the rest works for one that nobody knows. */
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { createApp } from '../../src/app/index.ts';
import { withPaired } from '../../src/app/people.ts';
import { chat } from '../../src/bot/chat/settings.ts';
import type { Chat, ChatParts } from '../../src/bot/chat/settings.ts';
import { examine } from '../../src/cli/doctor.ts';
import { readConfig } from '../../src/config/index.ts';
import { openDoors } from '../../src/config/open-doors.ts';
import { everyAdapter } from '../../src/config/table.ts';
import { baseOf, flag, secret, setting, text, url } from '../../src/domain/setting.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { createFakeChannel } from '../support/fake-channel.ts';
import { createOddWorld } from '../support/odd-files.ts';
import { createPaper, post } from '../support/stopped-world.ts';
import { until } from '../support/until.ts';

type Made = ChatParts & { readonly config: { readonly key: string; readonly url: string } };

/** A chat that carries its messages by pigeons, and what its channel was made with. */
function createPigeons() {
  const made: Made[] = [];
  const channel = createFakeChannel('pigeons');
  const pigeons: Chat = chat(
    {
      name: 'pigeons',
      label: 'Pigeons',
      rows: [
        setting('PIGEON_KEY', secret, '', 'Opens the loft'),
        setting(
          'PIGEON_LOFT',
          { kind: 'matching', pattern: /^L\d+$/, wanted: 'a loft like L7' },
          '',
          'Where they fly to',
        ),
        setting('PIGEON_APPROVERS', text, '', ''),
        setting('PIGEON_EDITORS', text, '', ''),
        setting('PIGEON_VIEWERS', text, '', ''),
        setting('PIGEON_RINGS', flag, 'false', ''),
        setting('PIGEON_URL', url, 'http://127.0.0.1:1', ''),
      ],
      setUpBy: 'PIGEON_KEY',
      people: { approver: 'PIGEON_APPROVERS', editor: 'PIGEON_EDITORS', viewer: 'PIGEON_VIEWERS' },
      personId: /^\w+$/,
      remedy: 'Set PIGEON_KEY.',
      needs: () => [{ when: 'PIGEON_KEY', name: 'PIGEON_LOFT', wanted: 'a loft' }],
      wrong: (value) =>
        value('PIGEON_LOFT') === 'L13' ? [{ name: 'PIGEON_LOFT', found: '"L13"', wanted: 'a lucky one' }] : [],
      read(value) {
        const address = new URL(value('PIGEON_URL'));
        return {
          config: { key: value('PIGEON_KEY'), url: baseOf(value('PIGEON_URL')) },
          server: { host: address.hostname, port: Number(address.port) },
          addresses: [{ name: 'PIGEON_URL', url: address.href, why: 'Hawks.', remedy: 'Write https://.' }],
        };
      },
    },
    async (parts) => {
      made.push(parts);
      return channel;
    },
  );
  const adapters = { ...everyAdapter, chats: [...everyAdapter.chats, pigeons] };
  const read = (set: Readonly<Record<string, string>>, folder = '/home/someone') => readConfig(set, folder, adapters);
  return { read, made, channel };
}

const set = { PIGEON_KEY: 'coo-coo-secret', PIGEON_LOFT: 'L7', PIGEON_APPROVERS: 'ada, bo', PIGEON_EDITORS: 'cy' };

function settingsOf(set: Readonly<Record<string, string>>, folder?: string) {
  const config = createPigeons().read(set, folder);
  return config.kind === 'settings' ? config.settings : assert.fail(JSON.stringify(config.mistakes));
}

describe('a chat that nothing but the list knows', () => {
  it('has its settings read and its secrets kept', () => {
    const settings = settingsOf({ ...set, TELEGRAM_BOT_TOKEN: '1:x', TELEGRAM_APPROVERS: '7' });
    assert.deepEqual(
      settings.chats.map(({ name, people }) => [name, people.approvers]),
      [
        ['telegram', ['7']],
        ['pigeons', ['ada', 'bo']],
      ],
    );
    assert.ok(settings.secrets.includes('coo-coo-secret'));
    assert.deepEqual(settingsOf({}).chats, [], 'it is not there unless it is set up');
  });

  it('has its mistakes told with all others, in the words of every other', () => {
    const { read } = createPigeons();
    const mistakes = (set: Readonly<Record<string, string>>) => {
      const config = read(set);
      return config.kind === 'mistakes' ? config.mistakes.map((one) => Object.values(one).join(' | ')) : [];
    };
    assert.deepEqual(
      mistakes({
        MAX_RETRIES: 'x',
        PIGEON_KEY: 'hush\nhush',
        PIGEON_LOFT: 'seven',
        PIGEON_RINGS: 'loud',
        PIGEON_URL: 'ftp://x',
      }),
      [
        'MAX_RETRIES | "x" | a whole number from 0 to 20',
        'PIGEON_KEY | a secret of 9 characters | one line',
        'PIGEON_LOFT | "seven" | a loft like L7',
        'PIGEON_RINGS | "loud" | true or false',
        'PIGEON_URL | "ftp://x" | an address like https://example.com',
      ],
    );
    assert.deepEqual(mistakes({ PIGEON_KEY: 'k' }), ['PIGEON_LOFT | nothing | a loft, because PIGEON_KEY is set']);
    assert.deepEqual(mistakes({ ...set, PIGEON_LOFT: 'L13' }), ['PIGEON_LOFT | "L13" | a lucky one']);
    const many = 'at most 3: so many people may approve (0 in Telegram, 2 in Pigeons, and you at this machine)';
    assert.deepEqual(mistakes({ ...set, APPROVALS_NEEDED: '4' }), [`APPROVALS_NEEDED | "4" | ${many}`]);
    assert.deepEqual(mistakes({ ...set, APPROVALS_NEEDED: '3' }), []);
  });

  it('has its people told when they stand in two lists, apart from those of other chats', () => {
    const config = createPigeons().read({ ...set, PIGEON_VIEWERS: 'cy', TELEGRAM_VIEWERS: '7' });
    assert.deepEqual(config.kind === 'settings' ? config.warnings : [], [
      'cy is in PIGEON_EDITORS and in PIGEON_VIEWERS: the stronger role counts, editor.',
    ]);
  });

  it('has its doors watched, and counts whoever was paired', () => {
    const place = { folder: '/home/someone', environment: {}, uid: undefined };
    const doors = openDoors(settingsOf({ ...set, PIGEON_URL: 'http://loft.example' }), place);
    assert.deepEqual(doors, [
      { what: 'PIGEON_URL is not encrypted: http://loft.example', why: 'Hawks.', remedy: 'Write https://.' },
    ]);
    const flags = new Map([['paired:pigeons', 'ada']]);
    const { PIGEON_APPROVERS: _, ...nobody } = set;
    assert.deepEqual(withPaired(settingsOf(nobody), flags).get('pigeons'), new Set(['ada']));
    assert.deepEqual(withPaired(settingsOf({ ...set, PIGEON_APPROVERS: 'bo' }), flags).get('pigeons'), new Set(['bo']));
  });

  it('is examined by the doctor', async (t) => {
    const { home } = createOddWorld(t);
    const server = createServer().listen(0, '127.0.0.1');
    t.after(() => server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const more = { VAULT_PATH: 'vault', DATA_DIR: 'state', PIGEON_URL: `http://127.0.0.1:${port}` };
    const paper = createPaper();
    await examine(createPigeons().read({ ...set, ...more }, home), home, {}, paper.print);
    assert.match(paper.text(), /✓ Pigeons: May decide: ada, bo\n✓ Pigeons: May edit: cy\n/);
    assert.match(paper.text(), new RegExp(`✓ Pigeons 127\\.0\\.0\\.1:${port} can be reached`));
    assert.doesNotMatch(paper.text(), /No chat is set up/);
  });

  it('is opened at the start with its own part of everything, shows cards, and its approvers decide', async (t) => {
    const { channel, made, door } = await startWithPigeons(t);
    const [parts] = made;
    assert.ok(parts !== undefined && made.length === 1);
    assert.deepEqual(parts.config, { key: 'coo-coo-secret', url: 'http://127.0.0.1:1' });
    assert.deepEqual(parts.rules.people, { approvers: ['ada', 'bo'], editors: ['cy'], viewers: [] });
    const card = await until(() => [...channel.cards.values()][0], 'the draft is shown');
    const tapBy = (id: string) =>
      parts.door.decide({
        actor: { source: 'pigeons', id, name: id },
        verb: 'reject',
        key: card.key,
        revision: card.revision,
      });
    assert.equal(parts.door.may({ source: 'pigeons', id: 'cy', name: 'Cy' }, 'edit').kind, 'allowed');
    assert.equal((await tapBy('cy')).kind, 'refused');
    assert.equal((await tapBy('ada')).kind, 'accepted');
    assert.equal(door, parts.door);
  });
});

async function startWithPigeons(t: TestContext) {
  const { home, path } = createOddWorld(t);
  mkdirSync(join(path, 'Pending_Approval'), { recursive: true });
  writeFileSync(join(path, 'Pending_Approval', 'asks.md'), post('Coo.'));
  const { read, made, channel } = createPigeons();
  const config = read({ ...set, VAULT_PATH: 'vault', DATA_DIR: 'state', WEB_PORT: '0' }, home);
  assert.ok(config.kind === 'settings');
  const started = await createApp(config.settings, {
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
  assert.ok(started.kind === 'app', JSON.stringify(started));
  t.after(() => started.app.stop());
  await started.app.start();
  return { made, channel, door: started.app.door };
}
