/** The Telegram channel in front of the stand-in, with an approver and a stranger at their phones. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as rest } from 'node:timers/promises';

import { createTelegramStandIn } from '../../sandbox/telegram/index.ts';
import type { Person, SeenMessage, TelegramStandIn } from '../../sandbox/telegram/index.ts';
import { createTelegramChannel } from '../../src/bot/telegram/index.ts';
import { decodeWish, encodeWish } from '../../src/bot/chat/buttons/action.ts';
import type { ChatRules } from '../../src/bot/chat/text/list-text.ts';
import { mayAct } from '../../src/domain/approver.ts';
import type { People } from '../../src/domain/approver.ts';
import type { Card } from '../../src/domain/card.ts';
import type { DraftVerb } from '../../src/domain/decision.ts';
import type { Channel, Memory } from '../../src/domain/ports.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { createFakeDoor, sampleCard } from '../support/fake-door.ts';
import { createFakeExhibits } from '../support/fake-exhibits.ts';
import { createFakeInbox, createFakeMemory, createKeepingLogger } from '../support/fake-stores.ts';
import type { FakeInbox } from '../support/fake-stores.ts';
import { until } from '../support/until.ts';
import { lapsesOf } from '../support/telegram-lapses.ts';
import type { ChannelPerson, ChannelWorld } from './channel.contract.ts';

export const ownerId = 700_100;
export const strangerId = 700_200;

export type TelegramWorld = ChannelWorld & {
  readonly telegram: TelegramStandIn;
  readonly owner: Person;
  readonly inbox: FakeInbox;
  readonly memory: Memory;
  /** Path → bytes: what lies in the vault. */
  readonly files: Map<string, Uint8Array>;
  /** Lets so many messages through and then cuts. */
  cutAfterSends(count: number): void;
  /** How often the channel said that it can be reached again. */
  reached(): number;
  /** Keys of the drafts whose cards the channel asked to be sent anew, in order. */
  readonly renewed: readonly string[];
  /** The newest message of the bot in the owner's chat. */
  newest(): SeenMessage;
  /** What came back for a tap. */
  toast(person: Person, callbackId: string): Promise<{ readonly text: string; readonly alert: boolean }>;
};

export type WorldOptions = {
  /** The channel's; the stand-in keeps the real one. */
  readonly clock?: Clock;
  readonly prepare?: (telegram: TelegramStandIn) => void;
  readonly quietHours?: { readonly from: number; readonly to: number };
  /** So many cards before the digest begins; 3 when left out. */
  readonly digestFrom?: number;
  readonly token?: string;
  readonly pollLimitSeconds?: number;
  /** The owner's when left out; empty: nobody is paired yet. */
  readonly chatId?: string;
  readonly topics?: boolean;
  /** Who may what, besides the owner who may everything. */
  readonly people?: Omit<People, 'approvers'>;
  readonly approvers?: readonly number[];
  readonly standInClock?: Clock;
  readonly rules?: Partial<ChatRules>;
  /** Nothing was ever said in the chat; the bot says hello before the first card. */
  readonly isNew?: boolean;
};

export async function createTelegramWorld(options: WorldOptions = {}): Promise<TelegramWorld> {
  const telegram = await createTelegramStandIn({ clock: options.standInClock ?? systemClock, random: systemRandom });
  const owner = telegram.addPerson({ id: ownerId, firstName: 'Ada' });
  const stranger = telegram.addPerson({ id: strangerId, firstName: 'Mallory' });
  options.prepare?.(telegram);
  const approvers = new Set([ownerId, ...(options.approvers ?? [])].map(String));
  const people = { ...options.people, approvers: new Map([['telegram', approvers]]) };
  const door = createFakeDoor((actor, verb) => mayAct(people, actor, verb).kind === 'allowed');
  const inbox = createFakeInbox();
  const memory = createFakeMemory();
  if (options.isNew !== true) await memory.set(`known:${options.chatId ?? ownerId}`, '1');
  const files = new Map<string, Uint8Array>();
  const logger = createKeepingLogger();
  let up = true;
  let reached = 0;
  const renewed: string[] = [];
  let sendsLeft = Number.POSITIVE_INFINITY;
  const cuttable: typeof fetch = (input, init) => {
    if (typeof input === 'string' && input.endsWith('/sendMessage')) sendsLeft -= 1;
    if (up && sendsLeft >= 0) return fetch(input, init);
    return Promise.reject(new TypeError('fetch failed', { cause: refusedConnection() }));
  };
  const make = () =>
    createTelegramChannel({
      config: {
        token: options.token ?? telegram.token,
        chatId: options.chatId ?? String(ownerId),
        topics: options.topics ?? false,
        apiRoot: telegram.apiRoot,
      },
      rules: {
        holdSeconds: 10,
        policy: 'any',
        dryRun: false,
        quietHours: options.quietHours,
        digestFrom: options.digestFrom ?? 3,
        mailsAt: { hour: 18, minute: 0 },
        ...options.rules,
      },
      door,
      inbox,
      memory,
      exhibits: createFakeExhibits(files),
      reachable: () => (reached += 1),
      anew: async (keys) => void renewed.push(...keys),
      clock: options.clock ?? systemClock,
      random: systemRandom,
      logger,
      fetch: cuttable,
      ...(options.pollLimitSeconds === undefined ? {} : { pollLimitSeconds: options.pollLimitSeconds }),
    });
  let channel: Channel = make();
  await channel.start();
  const toast = (person: Person, callbackId: string) => until(() => person.toast(callbackId), 'the tap is answered');
  return {
    telegram,
    owner,
    inbox,
    memory,
    files,
    toast,
    newest: () => newestOf(owner),
    reached: () => reached,
    renewed,
    get channel() {
      return channel;
    },
    door,
    actor: { source: 'telegram', id: String(ownerId) },
    person: phoneOf(owner, toast, (draft) => draft),
    stranger: phoneOf(stranger, toast, () => encodeWish({ kind: 'draft', verb: 'approve', ...keyOf(sampleCard()) })),
    async restart() {
      await channel.stop();
      channel = make();
      await channel.start();
      return channel;
    },
    network: {
      cut: () => (up = false),
      mend: () => {
        up = true;
        sendsLeft = Number.POSITIVE_INFINITY;
      },
    },
    cutAfterSends: (count) => (sendsLeft = count),
    logs: () => logger.lines,
    secrets: [telegram.token, telegram.token.slice(telegram.token.indexOf(':') + 1)],
    async close() {
      await channel.stop();
      const lapses = lapsesOf(telegram);
      await telegram.stop();
      assert.deepEqual(lapses, []);
    },
  };
}

/** One test in a world of its own; afterwards no secret may have been logged and no rule of the API bent. */
export function telegramTest(
  title: string,
  check: (world: TelegramWorld) => Promise<void>,
  options: WorldOptions = {},
): void {
  void test(`telegram ${title}`, async () => {
    const world = await createTelegramWorld(options);
    try {
      await check(world);
      const logged = world.logs().join('\n');
      for (const secret of world.secrets) assert.ok(!logged.includes(secret), 'a secret reached the log');
    } finally {
      await world.close();
    }
  });
}

/** Shows the sample card with some changes; it must work at once, or a moment after a change just before. */
export async function showCard(world: TelegramWorld, change: Partial<Card> = {}, ref?: string) {
  const card = sampleCard(change);
  world.door.put(card);
  let result = await world.channel.show(card, ref);
  while (result.kind === 'later' && result.paced === 'card') {
    await rest(result.afterSeconds * 1_000);
    result = await world.channel.show(card, ref);
  }
  assert.equal(result.kind, 'shown', JSON.stringify(result));
  return { ref: result.ref, messageId: Number(result.ref.split(':')[1]) };
}

export const botTexts = (world: TelegramWorld): string[] =>
  world.owner.messages().flatMap(({ from, text }) => (from === 'bot' ? [text] : []));

/** What the bot said in reply to this message of the owner. */
export const answerTo = (world: TelegramWorld, messageId: number): Promise<SeenMessage> =>
  until(() => world.owner.messages().find(({ from, replyTo }) => from === 'bot' && replyTo === messageId), 'an answer');

type Toast = TelegramWorld['toast'];

function phoneOf(person: Person, toast: Toast, forged: (data: string) => string): ChannelPerson {
  const cardWith = (verb: DraftVerb): SeenMessage | undefined =>
    person.messages().findLast((message) => verbsOn(message).includes(verb));
  const press = async (verb: DraftVerb): Promise<string> => {
    const card = cardWith(verb);
    const data = card?.buttons.flat().find((button) => verbOf(button.data) === verb)?.data;
    const callbackId =
      card === undefined || data === undefined ? person.forge(1, forged('')) : person.tap(card.id, { data });
    return (await toast(person, callbackId)).text;
  };
  return {
    see: async () =>
      person
        .messages()
        .filter(({ from }) => from === 'bot')
        .map((message) => ({ text: message.text, buttons: verbsOn(message) })),
    async seeLeftOut() {
      const card = person.messages().findLast(({ buttons }) => buttons.flat().length > 0);
      const button = card?.buttons.flat().find(({ label }) => label.includes('stays behind'));
      assert.ok(card !== undefined && button?.data !== undefined, 'no button for what stays behind');
      const before = person.messages().length;
      person.tap(card.id, { data: button.data });
      await until(() => person.messages().length > before, 'the parts are shown');
      return person
        .messages()
        .map(({ text }) => text)
        .join('\n');
    },
    tap: press,
    async editTo(text) {
      const known = new Set(person.messages().map(({ id }) => id));
      await press('edit');
      const prompt = await until(
        () => person.messages().find((message) => message.forceReply && !known.has(message.id)),
        'the question for a new text',
      );
      const sentId = person.reply(prompt.id, text);
      // Either the words come as a message, or the question goes away and a reaction says it.
      const answer = await until(() => {
        const said = person.messages().find(({ from, replyTo }) => from === 'bot' && replyTo === sentId);
        if (said !== undefined) return { text: said.text };
        return person.messages().some(({ id }) => id === prompt.id) ? undefined : { text: '' };
      }, 'the edit is answered');
      return answer.text;
    },
  };
}

function newestOf(person: Person): SeenMessage {
  const last = person.messages().findLast(({ from }) => from === 'bot');
  assert.ok(last !== undefined, 'the bot said nothing');
  return last;
}

const verbsOn = (message: SeenMessage): DraftVerb[] =>
  message.buttons.flat().flatMap(({ data }) => {
    const verb = verbOf(data);
    return verb === undefined ? [] : [verb];
  });

function verbOf(data: string | undefined): DraftVerb | undefined {
  const wish = data === undefined ? undefined : decodeWish(data);
  if (wish?.kind === 'choose') return 'choose';
  return wish?.kind === 'draft' ? wish.verb : undefined;
}

const keyOf = ({ key, revision }: { key: string; revision: string }) => ({ key, revision });

const refusedConnection = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
