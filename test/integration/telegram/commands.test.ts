/** The commands of the chat, on a record with something sent, something rejected and something that waits. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import type { BotCommand } from 'grammy/types';
import { readRecord } from '../../../src/ledger/record.ts';
import { surveyVault } from '../../../src/vault/survey.ts';
import type { ChatWorld } from '../../support/chat-world.ts';
import { until } from '../../support/until.ts';
import { ask, createAsking, goesOut, keepsPromises, once } from './chat-steps.ts';

/** One post was sent, then a mail rejected; another mail waits. */
async function createUsed(t: TestContext): Promise<ChatWorld> {
  // Not around midnight, when times are said with their day.
  const { world, card } = await createAsking(t, { time: '10:07' });
  await world.press(card, 'Approve');
  await goesOut(world, card.id);
  // The one settled last stands first, so they must not be settled in the same instant.
  await world.pass(2_000);
  const mail = await ask(world, { name: 'EMAIL_no.md', to: 'sara@customer.example', text: 'No, we are closed.' });
  await world.press(mail, 'Reject');
  await once(world, 'the rejection', ({ id, text }) => id === mail.id && text.includes('Rejected by'));
  await ask(world, { name: 'EMAIL_yes.md', to: 'bob@customer.example', text: 'Yes, we are open.' });
  await keepsPromises(world);
  assert.deepEqual(world.list('Rejected'), ['EMAIL_no.md']);
  return world;
}

/** Sends a command, and waits for what is said to it. */
async function say(world: ChatWorld, command: string): Promise<string> {
  const known = new Set(world.said().map(({ id }) => id));
  world.owner.send(command);
  return (await once(world, `an answer to ${command}`, ({ id }) => !known.has(id))).text;
}

/** The menu as the bot gave it to Telegram for private chats. */
function menuOf(world: ChatWorld): readonly BotCommand[] {
  const menus = world.telegram.calls('setMyCommands').map(({ parameters }) => parameters);
  const menu = menus.find(({ scope }) => scope === undefined) ?? assert.fail('there is no menu');
  return menu['commands'] as readonly BotCommand[];
}

/** All that commands must leave alone: record, folders, what left, and whether everything is held. */
async function stateOf(world: ChatWorld) {
  const { drafts, revisions, decisions, attempts } = readRecord(world.ledgerFile);
  const files = (await surveyVault(world.vaultPath)).map(({ folder, path, text }) => ({ folder, path, text }));
  const left = [...world.executor.effects, ...world.mailer.effects];
  return { drafts, revisions, decisions, attempts, files, left, paused: (await world.door().status()).paused };
}

describe('a command', () => {
  it('/recent names what was sent and what was rejected, the newest first, and nothing that waits', async (t) => {
    const world = await createUsed(t);
    const lines = (await say(world, '/recent')).split('\n');
    assert.equal(lines.length, 2);
    assert.match(lines[0] ?? '', /^1\. Mail · .+: Rejected by .?Ada.? at \d\d:\d\d$/);
    assert.match(lines[1] ?? '', /^2\. LinkedIn post · .+: Went out at .+ · approved by .?Ada.? at /);
  });

  it('/pending names what waits, and nothing that is settled', async (t) => {
    const world = await createUsed(t);
    assert.match(await say(world, '/pending'), /^1\. Mail · .+: Waiting for you$/);
    await world.press(await world.message('Reject'), 'Reject');
    await until(() => world.exists('Rejected/EMAIL_yes.md'), 'the file lies in Rejected');
    assert.equal(await say(world, '/pending'), 'Nothing waits for you.');
  });

  it('/help names every command of the menu with what it does', async (t) => {
    const { world } = await createAsking(t);
    const lines = (await say(world, '/help')).split('\n');
    const menu = menuOf(world).map(({ command, description }) => `/${command}: ${description}`);
    assert.ok(menu.length >= 9, `${menu.length} commands`);
    assert.deepEqual(
      lines.filter((line) => line.startsWith('/')),
      menu,
    );
  });

  it('of the menu changes nothing by itself, not even /pause', async (t) => {
    const world = await createUsed(t);
    const before = await stateOf(world);
    for (const { command } of menuOf(world)) {
      assert.notEqual(await say(world, `/${command}`), '', command);
      assert.deepEqual(await stateOf(world), before, command);
    }
    await world.pass(60_000);
    await world.rescan();
    assert.deepEqual(await stateOf(world), before);
  });
});
