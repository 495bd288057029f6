/**
 * The plainest of drivers, in memory: what one chat can and another can't is set by the test. It notes every call in order,
 * and never draws a message of which it was not given all.
 */
import type { Row } from '../../src/bot/chat/buttons/button.ts';
import type { Filled, MessageId, Messenger, Question } from '../../src/bot/chat/messenger.ts';
import type { RichText } from '../../src/bot/chat/text/text.ts';
import type { Answer, Trouble } from '../../src/bot/chat/trouble.ts';

export type PlainMessage = {
  readonly id: MessageId;
  text: string;
  rows: readonly Row[];
  readonly below: MessageId | undefined;
  readonly silent: boolean;
};

export type Call = { readonly name: string; readonly text: string; readonly silent?: boolean };

export type DriverOptions = {
  /** False: it has no sign for what was taken. */
  readonly signs?: boolean;
  /** It has forms; otherwise a reply is the answer. */
  readonly forms?: boolean;
  /** Every question comes too late. */
  readonly isLate?: boolean;
  /** Why this chat does not take a message that is sent or rewritten. */
  readonly refuses?: (text: RichText, rows: readonly Row[]) => Trouble['kind'] | undefined;
};

export const chatId = 'room';

export function createPlainDriver(options: DriverOptions) {
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
    async noted(said, message) {
      note('noted', message?.text.text);
      if (options.signs === false && message !== undefined) put(message.text, message.rows, said.messageId, true);
    },
  };
  return { messages, calls, questions, messenger, nextId };
}

function troubleOf<T>(kind: Trouble['kind']): Answer<T> {
  if (kind === 'wait') return { kind: 'trouble', trouble: { kind, seconds: 1, words: kind } };
  if (kind === 'moved') return { kind: 'trouble', trouble: { kind, chatId: '', words: kind } };
  return { kind: 'trouble', trouble: { kind, words: kind } };
}
