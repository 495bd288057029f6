/**
 * The conversation in front of the plainest of drivers, in memory: what one chat can and another can't is set by the test.
 * It notes every call in order, and never draws a message of which it was not given all.
 */
import assert from 'node:assert/strict';
import type { Button, Row } from '../../src/bot/chat/buttons/button.ts';
import { createStanding } from '../../src/bot/chat/channel-health.ts';
import { createConversation } from '../../src/bot/chat/inbound/router.ts';
import { createRemembered } from '../../src/bot/chat/memory/memory.ts';
import type { Filled, Heard, MessageId, Messenger, Press, Question, Said } from '../../src/bot/chat/messenger.ts';
import { createTraffic } from '../../src/bot/chat/traffic.ts';
import { createScreen } from '../../src/bot/chat/screen.ts';
import { createQuiet } from '../../src/bot/chat/sound/quiet.ts';
import type { QuietHours } from '../../src/bot/chat/sound/quiet-hours.ts';
import type { RichText } from '../../src/bot/chat/text/text.ts';
import type { Answer, Trouble } from '../../src/bot/chat/trouble.ts';
import { mayAct } from '../../src/domain/approver.ts';
import type { Actor } from '../../src/domain/actor.ts';
import type { Card } from '../../src/domain/card.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { createFakeDoor } from './fake-door.ts';
import { createFakeExhibits } from './fake-exhibits.ts';
import { createFakeMemory, createKeepingLogger } from './fake-stores.ts';

export const ada: Actor = { source: 'plain', id: '1', name: 'Ada' };
/** May only look. */
export const vera: Actor = { source: 'plain', id: '2', name: 'Vera' };

export type PlainMessage = {
  readonly id: MessageId;
  text: string;
  rows: readonly Row[];
  readonly below: MessageId | undefined;
  readonly silent: boolean;
};

type Call = { readonly name: string; readonly text: string; readonly silent?: boolean };

export type PlainOptions = {
  readonly clock?: Clock;
  readonly quietHours?: QuietHours;
  readonly digestFrom?: number;
  /** It has forms; otherwise a reply is the answer. */
  readonly forms?: boolean;
  /** Every question comes too late. */
  readonly isLate?: boolean;
  /** Why this chat does not take a message that is sent or rewritten. */
  readonly refuses?: (text: RichText, rows: readonly Row[]) => Trouble['kind'] | undefined;
};

export type PlainChat = ReturnType<typeof createPlainChat>;

const chatId = 'room';

export function createPlainChat(options: PlainOptions = {}) {
  const { clock = systemClock } = options;
  const messages = new Map<MessageId, PlainMessage>();
  const calls: Call[] = [];
  const questions: Question[] = [];
  let last = 0;
  const nextId = (): MessageId => `${chatId}:${(last += 1)}`;
  const note = (name: string, text = '', silent?: boolean): void => {
    calls.push({ name, text, ...(silent === undefined ? {} : { silent }) });
  };
  const refusal = <T>(text: RichText, rows: readonly Row[]): Answer<T> | undefined => {
    const kind = options.refuses?.(text, rows);
    return kind === undefined ? undefined : troubleOf(kind);
  };
  const put = (text: RichText, rows: readonly Row[], below: MessageId | undefined, silent: boolean): PlainMessage => {
    const message = { id: nextId(), text: text.text, rows, below, silent };
    messages.set(message.id, message);
    return message;
  };
  const sent = (text: RichText, rows: readonly Row[], below: MessageId | undefined, silent: boolean) =>
    refusal<never>(text, rows) ?? {
      kind: 'ok' as const,
      value: { messageId: put(text, rows, below, silent).id, place: chatId, isBelow: below !== undefined },
    };
  const change = <T>(id: MessageId, text: RichText, rows: readonly Row[], value: T): Answer<T> => {
    const message = messages.get(id);
    if (message === undefined) return troubleOf('message_gone');
    const no = refusal<T>(text, rows);
    if (no !== undefined) return no;
    Object.assign(message, { text: text.text, rows });
    return { kind: 'ok', value };
  };

  const messenger: Messenger = {
    label: 'Plain',
    command: (word) => `!${word}`,
    open: async () => ({ kind: 'ok', value: chatId }),
    settleIn: async () => undefined,
    direct: async () => ({ kind: 'ok', value: chatId }),
    standsIn: (it, place) => it === place || it.startsWith(`${place}:`),
    isShared: () => false,
    fetchFile: async () => ({ obstacle: 'There are no files here.' }),
    sendFile: async () => troubleOf('rejected'),
    sendAlbum: async () => troubleOf('rejected'),
    replace: async () => troubleOf('rejected'),
    async send(_, text, look) {
      note('send', text.text, look.silent);
      return sent(text, look.rows ?? [], look.replyTo, look.silent);
    },
    async edit(id, text, rows) {
      note('edit', text.text);
      return change(id, text, rows, undefined);
    },
    async remove(ids) {
      for (const id of ids) {
        note('remove', messages.get(id)?.text);
        messages.delete(id);
      }
    },
    async answer(_, words) {
      note('answer', words);
    },
    async turn(pressed, { text, rows }) {
      note('turn', text.text);
      if (pressed.messageId !== undefined) change(pressed.messageId, text, rows, undefined);
    },
    async ask({ messageId }, question) {
      note('ask', question.forReply.text);
      if (options.isLate === true) return troubleOf('expired');
      questions.push(question);
      if (options.forms === true) return { kind: 'ok', value: undefined };
      return sent(question.forReply, [], messageId, true);
    },
    ...(options.forms === true
      ? {
          async settle(_: Filled, wrong: Readonly<Record<string, string>>) {
            note('settle', Object.values(wrong).join(' '));
          },
        }
      : {}),
    async withdraw({ messageId }) {
      note('withdraw');
      if (messageId !== undefined) messages.delete(messageId);
    },
    async reply({ messageId }, text, rows = []) {
      note('reply', text.text);
      return sent(text, rows, messageId, true);
    },
    async replyFile() {
      note('replyFile');
      return { kind: 'ok', value: undefined };
    },
    async noted() {
      note('noted');
      return true;
    },
  };
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
    const messageId = nextId();
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

function troubleOf<T>(kind: Trouble['kind']): Answer<T> {
  if (kind === 'wait') return { kind: 'trouble', trouble: { kind, seconds: 1, words: kind } };
  if (kind === 'moved') return { kind: 'trouble', trouble: { kind, chatId: '', words: kind } };
  return { kind: 'trouble', trouble: { kind, words: kind } };
}
