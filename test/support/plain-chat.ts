/**
 * The conversation in front of the plainest of drivers: what one chat can and another can't is set by the test.
 */
import assert from 'node:assert/strict';
import type { Button } from '../../src/bot/chat/buttons/button.ts';
import { createStanding } from '../../src/bot/chat/channel-health.ts';
import { createConversation } from '../../src/bot/chat/inbound/router.ts';
import { createRemembered } from '../../src/bot/chat/memory/memory.ts';
import type { Heard, Press, Said } from '../../src/bot/chat/messenger.ts';
import { createTraffic } from '../../src/bot/chat/traffic.ts';
import { createScreen } from '../../src/bot/chat/screen.ts';
import { createQuiet } from '../../src/bot/chat/sound/quiet.ts';
import type { QuietHours } from '../../src/bot/chat/sound/quiet-hours.ts';
import { mayAct } from '../../src/domain/approver.ts';
import type { Actor } from '../../src/domain/actor.ts';
import type { Card } from '../../src/domain/card.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { createFakeDoor } from './fake-door.ts';
import { createFakeExhibits } from './fake-exhibits.ts';
import { createFakeMemory, createKeepingLogger } from './fake-stores.ts';
import { chatId, createPlainDriver } from './plain-driver.ts';
import type { Call, DriverOptions, PlainMessage } from './plain-driver.ts';

export const ada: Actor = { source: 'plain', id: '1', name: 'Ada' };
/** May only look. */
export const vera: Actor = { source: 'plain', id: '2', name: 'Vera' };

export type PlainOptions = DriverOptions & {
  readonly clock?: Clock;
  readonly quietHours?: QuietHours;
  readonly digestFrom?: number;
};

export type PlainChat = ReturnType<typeof createPlainChat>;

export function createPlainChat(options: PlainOptions = {}) {
  const { clock = systemClock } = options;
  const driver = createPlainDriver(options);
  const { messages, calls, questions, messenger } = driver;
  const door = createFakeDoor((actor, verb) => mayAct(people, actor, verb).kind === 'allowed');
  const memory = createFakeMemory();
  const remembered = createRemembered(memory, async () => chatId);
  const logger = createKeepingLogger();
  const shared = { door, messenger, remembered, clock, logger, memory };
  const quiet = createQuiet({ ...shared, hours: options.quietHours });
  const rules = {
    holdSeconds: 10,
    policy: 'any' as const,
    dryRun: false,
    quietHours: options.quietHours,
    mailsAt: undefined,
    digestFrom: options.digestFrom ?? 0,
  };
  const exhibits = createFakeExhibits(new Map());
  const renewed: string[] = [];
  const anew = async (keys: readonly string[]): Promise<void> => void renewed.push(...keys);
  const traffic = createTraffic();
  const screen = createScreen({ ...shared, traffic, rules, quiet, exhibits, anew });
  const conversation = createConversation({
    ...shared,
    ...screen,
    traffic,
    standing: createStanding({ part: 'plain', clock }),
    reachable: () => undefined,
    anew,
    exhibits,
    rules,
  });

  let came = 0;
  const here = (actor: Actor, shares: boolean) => ({
    id: `${(came += 1)}`,
    actor,
    receivedAt: clock.now(),
    chat: chatId,
    place: chatId,
    shared: shares,
  });
  const hear = async (heard: Heard): Promise<readonly Call[]> => {
    const before = calls.length;
    await conversation.hear(heard);
    return calls.slice(before);
  };
  const written = <Kind extends 'said' | 'corrected'>(
    kind: Kind,
    text: string,
    actor: Actor,
    change: Partial<Said>,
  ): Omit<Said, 'kind'> & { readonly kind: Kind } => {
    const messageId = driver.nextId();
    return {
      ...here(actor, false),
      messageId,
      text,
      isPassedOn: false,
      sentAt: Math.floor(clock.now().getTime() / 1_000),
      about: undefined,
      quote: undefined,
      pieces: [{ messageId, text }],
      isCut: false,
      isLong: false,
      file: undefined,
      album: undefined,
      ...change,
      kind,
    };
  };
  return {
    calls,
    questions,
    messages,
    memory,
    remembered,
    door,
    renewed,
    review: conversation.review,
    quiet,
    screen,
    hear,
    async show(card: Card, ref?: string): Promise<PlainMessage> {
      door.put(card);
      const result = await screen.cards.show(card, ref);
      assert.equal(result.kind, 'shown', JSON.stringify(result));
      const message = messages.get(result.ref);
      assert.ok(message !== undefined, 'the card stands in the chat');
      return message;
    },
    /** Presses the button whose label has these words. */
    press(on: PlainMessage, label: string, actor = ada, change: Partial<Press> = {}): Promise<readonly Call[]> {
      const found = buttonsOf(on).find(({ words }) => words.includes(label));
      const does = found?.does;
      assert.ok(does !== undefined && 'act' in does, `${label} among ${labelsOf(on).join(', ')}`);
      const below = { below: undefined, ...here(actor, false) };
      return hear({ kind: 'press', messageId: on.id, act: does.act, ...below, ...change });
    },
    /** Sends the newest form off. */
    fill(text: string, actor = ada): Promise<readonly Call[]> {
      const { token = '', fields = [] } = questions.at(-1) ?? {};
      const values = Object.fromEntries(fields.map(({ id }) => [id, text]));
      return hear({ kind: 'filled', messageId: undefined, token, values, ...here(actor, false) });
    },
    /** A person writes. */
    say: (text: string, change: Partial<Said> = {}, actor = ada) => hear(written('said', text, actor, change)),
    /** A person changes a message. */
    correct: (text: string, change: Partial<Said> = {}, actor = ada) => hear(written('corrected', text, actor, change)),
    close() {
      quiet.stop();
      screen.digest.stop();
      conversation.review.stop();
      return screen.sets.stop();
    },
  };
}

export const aboutMessage = ({ id, text }: PlainMessage): NonNullable<Said['about']> => ({
  messageId: id,
  text,
  ours: true,
  isHead: false,
});

const buttonsOf = ({ rows }: PlainMessage): readonly Button[] => rows.flatMap(({ buttons }) => buttons);
export const labelsOf = (message: PlainMessage): readonly string[] => buttonsOf(message).map(({ words }) => words);

const people = {
  approvers: new Map([['plain', new Set([ada.id])]]),
  viewers: new Map([['plain', new Set([vera.id])]]),
};
