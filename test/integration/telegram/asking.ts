/** What tests of the whole way share: a draft whose card asks in the chat, and time that goes on while the chat listens. */
import assert from 'node:assert/strict';
import type { SeenMessage } from '../../../sandbox/telegram/index.ts';
import type { ChatWorld } from '../../support/chat-world.ts';
import { until } from '../../support/until.ts';
import { breachesOf } from '../../support/walk-checks.ts';
import type { World } from '../../support/workflow-world.ts';

export const name = 'LINKEDIN_news.md';
export const pending = `Pending_Approval/${name}`;
export const post = (text: string) => `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n${text}\n`;

/** @returns the card */
export async function ask(world: ChatWorld, text = 'We are open on Sunday.'): Promise<SeenMessage> {
  await world.listens();
  world.write(pending, post(text));
  await world.rescan();
  return await world.message('Approve', text);
}

/** The newest message of the bot with these words. */
export const says = (world: ChatWorld, words: RegExp): Promise<SeenMessage> =>
  until(
    async () => {
      const found = world.said().findLast(({ text }) => words.test(text));
      // A card changes once a second.
      if (found === undefined) await world.pass(100);
      return found;
    },
    `the chat reads ${words.source} (it reads ${JSON.stringify(world.said().map(({ text }) => text.slice(0, 120)))})`,
  );

/** So long as Telegram holds a poll. */
const pollMs = 25_000;

/** Lets at least `ms` pass as an ordinary day does: with a poll at every moment, so that nothing looks like a gap. */
export async function goOn(world: ChatWorld, ms: number): Promise<void> {
  const polls = () => world.telegram.calls('getUpdates').length;
  for (let passed = 0; passed < ms; passed += pollMs) {
    const before = polls();
    await world.pass(pollMs);
    await until(() => polls() > before, 'the next poll begins');
  }
}

/** Whether the message with these words came without a sound, as the call itself says. */
export function wasSilent(world: ChatWorld, words: RegExp): unknown {
  const calls = world.telegram.calls('sendMessage').filter(({ parameters }) => words.test(String(parameters['text'])));
  assert.equal(calls.length, 1, `${calls.length} messages with ${words.source}`);
  return calls[0]?.parameters['disable_notification'];
}

/** Everything the draft has in the chat, as a person finds it. */
export const withButton = (world: ChatWorld, label: string): readonly SeenMessage[] =>
  world.said().filter(({ buttons }) => buttons.flat().some((button) => button.label.includes(label)));

/** Once everything is shown, nothing is against the promises. */
export async function keepsPromises(world: World): Promise<void> {
  await until(async () => {
    await world.pass(100);
    const { cards, outbox } = world.parts().ledger;
    for (const channel of ['chat', 'desk', 'telegram']) {
      const due = [...(await cards.due(channel, 9)), ...(await outbox.due(channel, 9))];
      assert.equal(due.length, 0, `${channel} does not show everything yet`);
    }
    assert.deepEqual(await breachesOf(world), []);
    return true;
  }, 'all is shown as it is on record');
}
