/** What the stand-in offers to the demo and to the tests. */
import type { Clock } from '../../src/lib/clock.ts';
import type { Random } from '../../src/lib/random.ts';
import type { Entity } from './text/entity.ts';

export type StandInOptions = {
  readonly clock: Clock;
  readonly random: Random;
  /** A free one when left out. */
  readonly port?: number;
};

export type TelegramStandIn = {
  /** `http://127.0.0.1:PORT`, no trailing slash. */
  readonly apiRoot: string;
  readonly token: string;
  /** Chat page of the default person: the one added first. `?person=ID` shows another. */
  readonly pageUrl: string;
  readonly port: number;
  /** A person with a private chat (chat id = person id). `started: false`: the bot may not write yet. */
  addPerson(person: { readonly id: number; readonly firstName: string; readonly started?: boolean }): Person;
  /** Throws when nobody has this id. */
  person(id: number): Person;
  /** A group with the bot in it. */
  addGroup(group: NewGroup): GroupChat;
  /** From now on a group takes at most so many messages and changes in any minute. */
  limitFlood(perMinute: number): void;
  /** API calls with the right token, oldest first; of one method when named. Keeps the last 5,000. */
  calls(method?: string): readonly Call[];
  /** What the real server lets pass but must not happen. Tests assert it is empty. */
  conformance(): readonly string[];
  /** Applies to the next matching calls: `times` of them, or all until `heal()`. */
  fault(fault: Fault): void;
  /** Removes faults and ends hangs by closing their connections. */
  heal(): void;
  /** How many calls the faults still apply to. */
  faultsLeft(): number;
  updates(): { readonly waiting: number; readonly confirmed: number };
  stop(): Promise<void>;
};

export type Fault = {
  /** A method name, `download` for a file, or `*` for every method. */
  readonly method: string;
  /**
   * `drop_before`: the connection dies and nothing happens · `drop_after`: it happens, the answer is lost ·
   * `hang`: nothing happens and no answer comes · `status`: refused with `code`; a 502, 503 or 504 without
   * `description` is an HTML page, as from a gateway · `garbage`: it happens, the answer is cut in its middle ·
   * `slow`: it happens, the answer comes byte by byte and never ends.
   */
  readonly kind: 'drop_before' | 'drop_after' | 'hang' | 'status' | 'garbage' | 'slow';
  readonly code?: number;
  readonly description?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  /** The group was upgraded: the id it has now. */
  readonly migrateTo?: number;
  /** So many of these calls go well before. */
  readonly skip?: number;
  readonly times?: number;
};

export type Call = {
  /** In the documented spelling. */
  readonly method: string;
  /** As the documented types say: numbers are numbers even when they came as text. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Undefined while the call waits, or when a fault swallowed it. */
  readonly answer: Answer | undefined;
  readonly at: Date;
};

export type Answer =
  | { readonly ok: true; readonly result: unknown }
  | {
      readonly ok: false;
      readonly error_code: number;
      readonly description: string;
      readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number };
    };

export type Person = {
  readonly id: number;
  /** The chat as the person sees it now (own and bot messages, deleted ones missing), oldest first. */
  messages(): readonly SeenMessage[];
  /** Returns the message id. A first message (or `/start`) also lets the bot write from now on. */
  send(text: string, topic?: number): number;
  /** `quote`: the part of that message the person marked. Throws when it does not stand there. */
  reply(toMessageId: number, text: string, quote?: string): number;
  /**
   * Pastes a text of any length; the app cuts what is longer than one message. Returns the ids of the pieces. Usually
   * only the first is a reply; with some apps each is.
   */
  paste(text: string, to?: Pasted): readonly number[];
  /** Sends a picture or another file. Returns the message id. Throws when the app would not send it so. */
  sendFile(file: SentFile): number;
  /** Changes an own message: the bot gets an `edited_message`. */
  correct(messageId: number, text: string): void;
  /** Presses a button by label (part of it is enough) or exact data; returns the callback id. Throws when there is none. */
  tap(messageId: number, button: { readonly label: string } | { readonly data: string }): string;
  /** Sends a callback no button offers (forged), or one from an earlier version of the message (stale). */
  forge(messageId: number, data: string): string;
  /** What the app showed for a tap: undefined until answered. */
  toast(callbackId: string): { readonly text: string; readonly alert: boolean } | undefined;
  /** Deletes a message for both sides; the bot is not told. */
  remove(messageId: number): void;
  block(): void;
  unblock(): void;
};

export type Pasted = {
  readonly replyTo?: number;
  readonly quote?: string;
  readonly topic?: number;
  readonly eachReplies?: boolean;
};

export type SentFile = {
  readonly bytes: Uint8Array;
  /** `photo`: the app makes it small and sends it as a picture; `document`: as it is. */
  readonly as: 'photo' | 'document';
  readonly name?: string;
  readonly type?: string;
  readonly caption?: string;
  readonly replyTo?: number;
  /** The part of the message replied to that the person marked. */
  readonly quote?: string;
  /** Files of one album carry the same, any text. */
  readonly album?: string;
  readonly topic?: number;
};

export type SeenFile = {
  readonly id: string;
  readonly kind: 'photo' | 'document';
  readonly name: string;
  readonly bytes: Uint8Array;
};

export type NewGroup = {
  /** Negative; that of a supergroup begins with -100. */
  readonly id: number;
  readonly title: string;
  readonly members: readonly Person[];
  readonly forum?: boolean;
  readonly mayManageTopics?: boolean;
  /** As an administrator the bot hears everything, not only commands and answers to its own messages. */
  readonly hearsAll?: boolean;
};

export type GroupChat = {
  readonly id: number;
  /** Everything in it, oldest first, as all of them together see it: a question to one person counts as one. */
  messages(): readonly SeenMessage[];
  /** What this person sees and does here. Throws for somebody who is no member. */
  as(person: Person): Person;
  /** The same as an admin who stays anonymous: messages come in the name of the group, taps in the person's own. */
  namelessAs(person: Person): Person;
  topics(): readonly { readonly id: number; readonly name: string }[];
  /** Somebody deletes a topic and all that is in it; the bot is not told. */
  removeTopic(id: number): void;
  allowTopics(may: boolean): void;
  /** Throws the bot out, or takes it back in. */
  bot(is: 'member' | 'kicked'): void;
  /** The group becomes a supergroup with a new id; the bot is told. */
  upgrade(newId: number): GroupChat;
};

export type SeenMessage = {
  readonly id: number;
  readonly from: 'bot' | 'person';
  readonly personId: number | undefined;
  readonly threadId: number | undefined;
  readonly text: string;
  readonly entities: readonly Entity[];
  readonly buttons: readonly (readonly SeenButton[])[];
  readonly replyTo: number | undefined;
  readonly silent: boolean;
  readonly edited: boolean;
  readonly photo?: boolean;
  readonly file?: SeenFile;
  /** Messages of one album carry the same. */
  readonly album?: string;
  readonly forceReply: boolean;
};

export type SeenButton = {
  readonly label: string;
  readonly data: string | undefined;
  readonly url: string | undefined;
  /** What a tap puts on the clipboard. */
  readonly copy: string | undefined;
  readonly style: string | undefined;
  readonly disabled: boolean;
};
