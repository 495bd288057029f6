/** What tests of the whole way share: a draft that asks, time that passes while the bot listens, what is on record. */
import type { TestContext } from 'node:test';
import type { SeenMessage } from '../../../sandbox/telegram/index.ts';
import { folderOf } from '../../../src/domain/lifecycle.ts';
import { readRecord } from '../../../src/ledger/record.ts';
import type { Rules } from '../../../src/workflow/parts.ts';
import { createChatWorld } from '../../support/chat-world.ts';
import type { ChatWorld } from '../../support/chat-world.ts';
import { until } from '../../support/until.ts';

export const postName = 'LINKEDIN_news.md';
export const postOf = (text: string): string => `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n${text}\n`;
export const mailOf = (to: string, text: string): string =>
  `---\ntype: email\nto: ${to}\nsubject: Sunday\n---\n\n## Email Body\n\n${text}\n`;

type Start = { readonly rules?: Partial<Rules>; readonly text?: string; readonly time?: string };

/** @param start.time local time of day at which the draft asks; any when left out */
export async function createAsking(
  t: TestContext,
  start: Start = {},
): Promise<{ world: ChatWorld; card: SeenMessage }> {
  const world = await createChatWorld(t, start.rules);
  await world.listens();
  if (start.time !== undefined) await jumpTo(world, start.time);
  return { world, card: await ask(world, postName, postOf(start.text ?? 'We are open on Sunday.')) };
}

/** Lays a draft into the vault, and waits for its card. */
export async function ask(world: ChatWorld, name: string, content: string): Promise<SeenMessage> {
  const known = new Set(world.said().map(({ id }) => id));
  world.write(`Pending_Approval/${name}`, content);
  await world.rescan();
  return await until(async () => {
    const card = world.said().findLast(({ id, buttons }) => !known.has(id) && hasButton({ buttons }, 'Approve'));
    if (card === undefined) await world.pass(50);
    return card;
  }, `the card of ${name}`);
}

export const hasButton = ({ buttons }: Pick<SeenMessage, 'buttons'>, label: string): boolean =>
  buttons.flat().some((button) => button.label.includes(label));

/** What a button of a message sends. */
export const dataOf = ({ buttons }: SeenMessage, label: string): string =>
  buttons.flat().find((button) => button.label.includes(label))?.data ?? '';

/** A message of the chat, once it is as wanted. A card changes once a second, so time goes on meanwhile. */
export const once = (
  world: ChatWorld,
  what: string,
  isWanted: (message: SeenMessage) => boolean,
): Promise<SeenMessage> =>
  until(async () => {
    const found = world.said().findLast(isWanted);
    if (found === undefined) await world.pass(100);
    return found;
  }, `the chat shows ${what}`);

/** The instant a local time of day comes next. */
export function nextAt(now: Date, time: string): Date {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const at = new Date(now.getFullYear(), now.getMonth(), now.getDate(), hours, minutes);
  return at > now ? at : new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, hours, minutes);
}

/** With what is left of a poll less than 150 seconds: from then on the bot says that it was away. */
const stepMs = 120_000;
/** As long as a poll is held. */
const pollMs = 25_000;

/** Sets the clock to a time of day, and lets the bot say that it was away before anything is asked. */
async function jumpTo(world: ChatWorld, time: string): Promise<void> {
  const now = world.clock.now();
  world.clock.jump(nextAt(now, time).getTime() - now.getTime());
  await passTo(world, new Date(world.clock.now().getTime() + pollMs));
}

/** Time goes on while the bot listens, as it does in life: no gap is long enough for it to think that it was away. */
export async function passTo(world: ChatWorld, at: Date): Promise<void> {
  const left = () => at.getTime() - world.clock.now().getTime();
  for (let step = Math.min(left(), stepMs); step > 0; step = Math.min(left(), stepMs)) {
    const polls = world.telegram.calls('getUpdates').length;
    await world.pass(step);
    if (step < pollMs) continue;
    await until(() => {
      const now = world.telegram.calls('getUpdates');
      return now.length > polls && now.at(-1)?.answer === undefined;
    }, 'the bot asks for more');
  }
}

/** Who decided what, and with which words, as it is on record. */
export const decisionsOf = (world: ChatWorld): readonly string[] =>
  readRecord(world.ledgerFile).decisions.map(({ verb, actor, reason }) =>
    [verb, actor.name, reason].filter((words) => words !== '').join(' '),
  );

/** Waits until every file and every card is where the record has it. */
export async function atRest(world: ChatWorld): Promise<void> {
  const { cards } = world.parts().ledger;
  await until(async () => {
    const due = await Promise.all(['telegram', 'chat', 'desk'].map((name) => cards.due(name, 1)));
    const astray = readRecord(world.ledgerFile).drafts.filter(
      ({ state, file }) => state === 'vanished' || file.folder !== folderOf(state),
    );
    if (due.flat().length + astray.length === 0) return true;
    await world.pass(100);
    return false;
  }, 'everything is at rest');
}

/** Lets the hold pass, and waits until the card says that it went out, the note below it too, and all is at rest. */
export async function goesOut(world: ChatWorld, cardId: number): Promise<void> {
  await world.pass(10_500);
  await once(world, 'that it went out', ({ id, text }) => id === cardId && text.includes('Went out at'));
  await once(world, 'its note', ({ replyTo, text }) => replyTo === cardId && /^(?:Posted|Sent) /.test(text));
  await atRest(world);
}
