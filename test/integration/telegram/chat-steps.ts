/** What tests of the whole way share: a draft that asks, time that goes on while the bot listens, what is on record. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { SeenMessage } from '../../../sandbox/telegram/index.ts';
import { folderOf } from '../../../src/domain/lifecycle.ts';
import { readRecord } from '../../../src/ledger/record.ts';
import type { Rules } from '../../../src/workflow/parts.ts';
import { createChatWorld } from '../../support/chat-world.ts';
import type { ChatWorld } from '../../support/chat-world.ts';
import { until } from '../../support/until.ts';
import { breachesOf } from '../../support/walk-checks.ts';
import type { World } from '../../support/workflow-world.ts';

export const postName = 'LINKEDIN_news.md';
export const pending = `Pending_Approval/${postName}`;
export const postOf = (text: string): string => `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n${text}\n`;
const mailOf = (to: string, text: string): string =>
  `---\ntype: email\nto: ${to}\nsubject: Sunday\n---\n\n## Email Body\n\n${text}\n`;

type Start = {
  readonly rules?: Partial<Rules>;
  readonly text?: string;
  /** Local time of day at which the draft asks; any when left out. */
  readonly time?: string;
};

export async function createAsking(
  t: TestContext,
  { rules, time, ...draft }: Start = {},
): Promise<{ world: ChatWorld; card: SeenMessage }> {
  const world = await createChatWorld(t, rules);
  await world.listens();
  if (time !== undefined) await jumpTo(world, time);
  return { world, card: await ask(world, draft) };
}

type Draft = {
  readonly name?: string;
  /** Makes it a mail; else it is a post. */
  readonly to?: string;
  readonly text?: string;
  /** What is on the card instead of a text that is too long for it. */
  readonly shows?: string;
};

/** Lays a draft into the vault, and waits for its card: a new message that asks, and shows the text. */
export async function ask(world: ChatWorld, draft: Draft = {}): Promise<SeenMessage> {
  const { name = postName, to, text = 'We are open on Sunday.', shows = text } = draft;
  await world.listens();
  const known = new Set(world.said().map(({ id }) => id));
  world.write(`Pending_Approval/${name}`, to === undefined ? postOf(text) : mailOf(to, text));
  await world.rescan();
  return await once(
    world,
    `the card of ${name}`,
    (message) => !known.has(message.id) && hasButton(message, 'Approve') && message.text.includes(shows),
  );
}

export const hasButton = ({ buttons }: Pick<SeenMessage, 'buttons'>, label: string): boolean =>
  buttons.flat().some((button) => button.label.includes(label));

/** Every message of the bot with this button, as a person finds them. */
export const withButton = (world: ChatWorld, label: string): readonly SeenMessage[] =>
  world.said().filter((message) => hasButton(message, label));

/** What a button of a message sends. */
export const dataOf = ({ buttons }: SeenMessage, label: string): string =>
  buttons.flat().find((button) => button.label.includes(label))?.data ?? '';

/** The newest message of the bot that is as wanted. A card changes once a second, so time goes on meanwhile. */
export const once = (
  world: ChatWorld,
  what: string,
  isWanted: (message: SeenMessage) => boolean,
): Promise<SeenMessage> =>
  until(async () => {
    const found = world.said().findLast(isWanted);
    if (found === undefined) await world.pass(100);
    return found ?? assert.fail(`it reads ${JSON.stringify(world.said().map(({ text }) => text.slice(0, 120)))}`);
  }, `the chat shows ${what}`);

/** The newest message of the bot with these words. */
export const says = (world: ChatWorld, words: RegExp): Promise<SeenMessage> =>
  once(world, words.source, ({ text }) => words.test(text));

/** The instant a local time of day comes next. */
export function nextAt(now: Date, time: string): Date {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const at = new Date(now.getFullYear(), now.getMonth(), now.getDate(), hours, minutes);
  return at > now ? at : new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, hours, minutes);
}

/** As long as Telegram holds a poll. */
const pollMs = 25_000;

/** Sets the clock to a time of day, and lets the bot say that it was away before anything is asked. */
async function jumpTo(world: ChatWorld, time: string): Promise<void> {
  const now = world.clock.now();
  world.clock.jump(nextAt(now, time).getTime() - now.getTime());
  await goOn(world, pollMs);
}

/** Lets `ms` pass as an ordinary day does: with a poll at every moment, so that nothing looks like a gap. */
export async function goOn(world: ChatWorld, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= pollMs) {
    const polls = world.telegram.calls('getUpdates').length;
    await world.pass(Math.min(left, pollMs));
    // A poll may outlive what is shorter.
    if (left < pollMs) return;
    await until(() => {
      const now = world.telegram.calls('getUpdates');
      return now.length > polls && now.at(-1)?.answer === undefined;
    }, 'the bot asks for more');
  }
}

export const goOnTo = (world: ChatWorld, at: Date): Promise<void> =>
  goOn(world, at.getTime() - world.clock.now().getTime());

/** Who decided what, and with which words, as it is on record. */
export const decisionsOf = (world: World): readonly string[] =>
  readRecord(world.ledgerFile).decisions.map(({ verb, actor, reason }) =>
    [verb, actor.name, reason].filter((words) => words !== '').join(' '),
  );

/** Once every file, card and note is where the record has it, nothing is against the promises. */
export async function keepsPromises(world: World): Promise<void> {
  const { cards, outbox } = world.parts().ledger;
  await until(async () => {
    await world.pass(100);
    for (const channel of ['chat', 'desk', 'telegram']) {
      const due = [...(await cards.due(channel, 9)), ...(await outbox.due(channel, 9))];
      assert.equal(due.length, 0, `${channel} does not show everything yet`);
    }
    const astray = readRecord(world.ledgerFile).drafts.filter(
      ({ state, file }) => state === 'vanished' || file.folder !== folderOf(state),
    );
    assert.deepEqual(
      astray.map(({ state, file }) => `${state} in ${file.folder}/${file.path}`),
      [],
    );
    assert.deepEqual(await breachesOf(world), []);
    return true;
  }, 'all is shown as it is on record');
}

/** Lets the hold pass, and waits until the card says that it went out, the note below it too, and all is as promised. */
export async function goesOut(world: ChatWorld, cardId: number): Promise<void> {
  await world.pass(10_500);
  await once(world, 'that it went out', ({ id, text }) => id === cardId && text.includes('Went out at'));
  await once(world, 'its note', ({ replyTo, text }) => replyTo === cardId && /^(?:Posted|Sent) /.test(text));
  await keepsPromises(world);
}
