import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { everyAdapter, tableOf } from '../../../src/config/table.ts';
import { isConfigured, readConfig, readEnvironment } from '../../../src/config/index.ts';

const read = (environment: Record<string, string>) => readConfig(environment, '/home/someone/countersign');

const settingsOf = (environment: Record<string, string>) => {
  const config = read(environment);
  assert.equal(config.kind, 'settings', JSON.stringify(config));
  return config.kind === 'settings' ? config.settings : assert.fail();
};

const mistakesOf = (environment: Record<string, string>) => {
  const config = read(environment);
  return config.kind === 'mistakes' ? config.mistakes : [];
};

const table = tableOf(everyAdapter);

describe('settings', () => {
  it('has every setting in .env.example, with its default, and no other', () => {
    const lines = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8').split('\n');
    const example = lines.filter((line) => /^[A-Z_]+=/.test(line)).toSorted();
    assert.deepEqual(
      example,
      table.map(({ name, fallback }) => `${name}=${name === 'LOG_FILE' ? '' : fallback}`).toSorted(),
    );
  });

  it('says in docs/settings.md what every setting is', () => {
    const text = readFileSync(new URL('../../../docs/settings.md', import.meta.url), 'utf8');
    assert.deepEqual(
      table.map(({ name }) => name).filter((name) => !text.includes(`\`${name}\``)),
      [],
    );
  });

  it('runs without any: everything has a default', () => {
    const settings = settingsOf({});
    assert.equal(settings.vaultPath, resolve('/home/someone/countersign/data/AI_Employee_Vault'));
    assert.equal(settings.checkIntervalSeconds, 120);
    assert.equal(settings.approvalCheckIntervalSeconds, 10);
    assert.equal(settings.holdSeconds, 10);
    assert.equal(settings.mail, undefined);
    assert.equal(settings.limits.get('instagram'), 3);
  });

  it('takes the .env.example as it is', () => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-'));
    try {
      writeFileSync(join(folder, '.env'), readFileSync(new URL('../../../.env.example', import.meta.url)));
      const config = readConfig(readEnvironment({}, folder), folder);
      assert.equal(config.kind, 'settings', JSON.stringify(config));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('reports all mistakes together, with what was found and what is wanted', () => {
    const mistakes = mistakesOf({
      CHECK_INTERVAL: 'soon',
      WEB_PORT: '70000',
      LOG_LEVEL: 'LOUD',
      PUBLIC_URL: 'javascript:alert(1)',
      TELEGRAM_APPROVERS: '@sara',
      IMAP_SECURE: 'maybe',
      QUIET_HOURS: 'night',
      MAILS_AT: '24:00',
    });
    assert.deepEqual(mistakes.map(({ name }) => name).toSorted(), [
      'CHECK_INTERVAL',
      'IMAP_SECURE',
      'LOG_LEVEL',
      'MAILS_AT',
      'PUBLIC_URL',
      'QUIET_HOURS',
      'TELEGRAM_APPROVERS',
      'WEB_PORT',
    ]);
    assert.ok(mistakes.every(({ found, wanted }) => found !== '' && wanted !== ''));
  });

  it('tells of mails without a draft at a time of day, outside of the quiet hours, or never', () => {
    const rows: readonly (readonly [
      at: string,
      quiet: string,
      hour: number | undefined,
      minute: number | undefined,
    ])[] = [
      ['', '', 18, 0],
      ['7:05', '', 7, 5],
      ['OFF', '', undefined, undefined],
      ['23:30', '22-7', 7, 0],
      ['07:00', '22-7', 7, 0],
      ['6:59', '22-7', 7, 0],
      ['21:59', '22-7', 21, 59],
      ['12:30', '12-14', 14, 0],
      ['14:00', '12-14', 14, 0],
      ['0:00', '18-0', 0, 0],
      ['off', '22-7', undefined, undefined],
    ];
    for (const [at, quiet, hour, minute] of rows) {
      const { mailsAt } = settingsOf({ MAILS_AT: at, QUIET_HOURS: quiet });
      assert.deepEqual([mailsAt?.hour, mailsAt?.minute], [hour, minute], `${at} ${quiet}`);
    }
    for (const at of ['18', '25:00', '18:60', 'six', '-1:00'])
      assert.deepEqual(
        mistakesOf({ MAILS_AT: at }).map(({ name }) => name),
        ['MAILS_AT'],
        at,
      );
  });

  it('never shows a secret in a mistake', () => {
    const [mistake] = mistakesOf({
      TELEGRAM_BOT_TOKEN: '123:verysecret\nsecond line',
      TELEGRAM_APPROVERS: '1',
      TELEGRAM_CHAT_ID: '1',
    });
    assert.equal(mistake?.name, 'TELEGRAM_BOT_TOKEN');
    assert.doesNotMatch(JSON.stringify(mistake), /verysecret/);
  });

  it('lets nobody use a bot without approvers until somebody pairs, and asks for the chat of several', () => {
    const approvers = (more: Record<string, string>) =>
      settingsOf({ TELEGRAM_BOT_TOKEN: '123:abc', ...more }).chats.map(({ people }) => people.approvers);
    assert.deepEqual(approvers({}), [[]]);
    assert.deepEqual(approvers({ TELEGRAM_APPROVERS: '77' }), [['77']]);
    const names = mistakesOf({ TELEGRAM_BOT_TOKEN: '123:abc', TELEGRAM_APPROVERS: '77, 78' }).map(({ name }) => name);
    assert.deepEqual(names, ['TELEGRAM_CHAT_ID']);
  });

  it('takes editors and viewers by id, and says who stands in two lists', () => {
    const group = { TELEGRAM_BOT_TOKEN: '123:abc', TELEGRAM_APPROVERS: '1,2', TELEGRAM_CHAT_ID: '-1001' };
    const config = read({ ...group, TELEGRAM_EDITORS: '3, 2', TELEGRAM_VIEWERS: '4,4' });
    assert(config.kind === 'settings');
    const [chat] = config.settings.chats;
    assert.deepEqual(chat?.people, { approvers: ['1', '2'], editors: ['3', '2'], viewers: ['4'] });
    assert.deepEqual(config.warnings, [
      '2 is in TELEGRAM_APPROVERS and in TELEGRAM_EDITORS: the stronger role counts, approver.',
    ]);
    assert.deepEqual(
      mistakesOf({ ...group, TELEGRAM_EDITORS: '@sara', TELEGRAM_VIEWERS: 'x' }).map(({ name }) => name),
      ['TELEGRAM_EDITORS', 'TELEGRAM_VIEWERS'],
    );
    // Somebody else is to see the cards, so it must be said where.
    assert.deepEqual(
      mistakesOf({ TELEGRAM_BOT_TOKEN: '123:abc', TELEGRAM_APPROVERS: '1', TELEGRAM_VIEWERS: '4' }).map(
        ({ name }) => name,
      ),
      ['TELEGRAM_CHAT_ID'],
    );
  });

  it('wants no more approvals than there are people', () => {
    const bot = { TELEGRAM_BOT_TOKEN: '123:abc' };
    assert.equal(settingsOf({}).approvalsNeeded, 1);
    assert.equal(settingsOf({ ...bot, APPROVALS_NEEDED: '2' }).approvalsNeeded, 2);
    const names = (more: Record<string, string>) => mistakesOf({ ...bot, ...more }).map(({ name }) => name);
    assert.deepEqual(names({ APPROVALS_NEEDED: '3' }), ['APPROVALS_NEEDED']);
    assert.deepEqual(names({ APPROVALS_NEEDED: '3', TELEGRAM_APPROVERS: '1,1', TELEGRAM_CHAT_ID: '5' }), [
      'APPROVALS_NEEDED',
    ]);
    assert.deepEqual(
      mistakesOf({ APPROVALS_NEEDED: '2' }).map(({ name }) => name),
      ['APPROVALS_NEEDED'],
    );
    for (const wrong of ['0', '10', 'two']) assert.deepEqual(names({ APPROVALS_NEEDED: wrong })[0], 'APPROVALS_NEEDED');
  });

  it('takes ids of one person together, and says what is wrong with them and what to write instead', () => {
    const bot = { TELEGRAM_BOT_TOKEN: 'x', TELEGRAM_APPROVERS: '7,8', TELEGRAM_CHAT_ID: '5' };
    const people = (PEOPLE: string, more: Record<string, string> = {}) => ({ ...bot, ...more, PEOPLE });
    assert.deepEqual(settingsOf(bot).identities, new Map());
    assert.deepEqual(
      settingsOf(people(' Sara M. = telegram:7, owner ;Ben=telegram:8;')).identities,
      new Map([
        ['telegram:7', 'Sara M.'],
        ['owner', 'Sara M.'],
        ['telegram:8', 'Ben'],
      ]),
    );
    for (const [wrong, wanted] of [
      ['Sara', /^people with their ids, like Sara=telegram:7/],
      ['=telegram:7', /^people with their ids/],
      ['Sara=', /^people with their ids/],
      ['Sara=telegram:7=owner', /^people with their ids/],
      ['Sara=telgram:7', /^instead of "telgram:7" an id like telegram:ID, or owner/],
      ['Sara=telegram:@sara', /^instead of "telegram:@sara" an id like/],
      ['Sara=7', /^instead of "7" an id like/],
      ['Sara=telegram:7;Ben=telegram:7', /^"telegram:7" with one person: it stands with "Sara" and with "Ben"/],
      ['Sara=telegram:7;sara=owner', /^each person once.*"sara" stands there twice/],
    ] as const) {
      const [mistake, ...others] = mistakesOf(people(wrong));
      assert.deepEqual([mistake?.name, mistake?.found, others], ['PEOPLE', `"${wrong}"`, []]);
      assert.match(mistake?.wanted ?? '', wanted);
    }
  });

  it('warns of an id of a person that approves nothing, unless somebody may pair as it', () => {
    const bot = { TELEGRAM_BOT_TOKEN: 'x', TELEGRAM_CHAT_ID: '5', PEOPLE: 'Sara=telegram:9,telegram:10,owner' };
    const warnings = (more: Record<string, string>) => {
      const config = read({ ...bot, ...more });
      return config.kind === 'settings' ? config.warnings : assert.fail();
    };
    assert.deepEqual(warnings({ TELEGRAM_APPROVERS: '7,8' }), [
      'PEOPLE gives Sara the id telegram:9, which is not in TELEGRAM_APPROVERS: nothing can be approved with it.',
      'PEOPLE gives Sara the id telegram:10, which is not in TELEGRAM_APPROVERS: nothing can be approved with it.',
    ]);
    assert.deepEqual(warnings({ TELEGRAM_APPROVERS: '7,9' }).length, 1);
    assert.deepEqual(warnings({}), []);
  });

  it('counts people and not ids, when it asks whether enough of them may approve', () => {
    const bot = { TELEGRAM_BOT_TOKEN: 'x', TELEGRAM_APPROVERS: '7,8', TELEGRAM_CHAT_ID: '5', APPROVALS_NEEDED: '3' };
    assert.equal(settingsOf(bot).approvalsNeeded, 3);
    const [mistake] = mistakesOf({ ...bot, PEOPLE: 'Sara=telegram:7,owner' });
    assert.equal(mistake?.name, 'APPROVALS_NEEDED');
    assert.match(mistake?.wanted ?? '', /^at most 2: .*PEOPLE says who of them is the same person/);
  });

  it('refuses half a mail account', () => {
    assert.deepEqual(
      mistakesOf({ GMAIL_EMAIL: 'a@example.com' }).map(({ name }) => name),
      ['GMAIL_PASSWORD'],
    );
    assert.deepEqual(
      mistakesOf({ GMAIL_PASSWORD: 'x' }).map(({ name }) => name),
      ['GMAIL_EMAIL'],
    );
  });

  it('refuses a data folder inside the vault, because it would be synced', () => {
    assert.deepEqual(
      mistakesOf({ VAULT_PATH: 'v', DATA_DIR: 'v/private' }).map(({ name }) => name),
      ['DATA_DIR'],
    );
  });

  it('takes an app password with the spaces Google shows', () => {
    assert.equal(
      settingsOf({ GMAIL_EMAIL: 'a@b.c', GMAIL_PASSWORD: 'abcd efgh ijkl mnop' }).mail?.password,
      'abcdefghijklmnop',
    );
  });

  it('lets the environment win over .env, and an empty value count as none', () => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-'));
    try {
      writeFileSync(join(folder, '.env'), 'CHECK_INTERVAL=60\nMAX_RETRIES=1\n');
      const environment = readEnvironment({ CHECK_INTERVAL: '30', MAX_RETRIES: '' }, folder);
      assert.equal(environment['CHECK_INTERVAL'], '30');
      assert.equal(environment['MAX_RETRIES'], '1');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('knows whether there is anything real to run on', () => {
    assert.equal(isConfigured({}), false);
    assert.equal(isConfigured({ LOG_LEVEL: 'DEBUG', TELEGRAM_BOT_TOKEN: ' ' }), false);
    assert.equal(isConfigured({ GMAIL_EMAIL: 'a@b.c' }), true);
  });

  it('says which settings do nothing yet', () => {
    const config = read({ SLACK_BOT_TOKEN: 'xoxb-1' });
    assert.match(config.kind === 'settings' ? config.warnings.join() : '', /Slack is not built yet/);
  });
});
