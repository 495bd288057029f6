/**
 * What the conversation hears from a chat and asks of it; types only. A driver turns what its chat delivers into these
 * values, and these calls into its chat's. All strings are plain text, never markup.
 */
import type { Actor } from '../../domain/actor.ts';
import type { Row } from './buttons/button.ts';
import type { RichText } from './text/text.ts';
import type { Answer } from './trouble.ts';

/** What everything has that a person does. */
type Came = {
  /** The same when the same thing comes again. */
  readonly id: string;
  readonly actor: Actor;
  /** Undefined: taken in by a version that did not note it. */
  readonly receivedAt: Date | undefined;
  readonly chatId: string;
  /** Others read there too. */
  readonly shared: boolean;
  /** The section of the chat; undefined: its main one, or it has none. */
  readonly topic: number | undefined;
  /** What an answer stands below: the message with the button, or what the person wrote. */
  readonly messageId: number | undefined;
};

/** A button was pressed. */
export type Press = Came & {
  readonly kind: 'press';
  /** As the button carried it. A person's app may send any text. */
  readonly act: string;
  /** The message that the pressed one answers, when it is one of a person's. `text`: undefined when it is none. */
  readonly below:
    | { readonly chatId: string; readonly messageId: number; readonly text: string | undefined }
    | undefined;
};

/** Somebody wrote or sent something. */
export type Said = Came & {
  readonly kind: 'said';
  readonly messageId: number;
  /** Exactly what was written, or stands below what was sent. */
  readonly text: string;
  /** Server time, in seconds. */
  readonly sentAt: number;
  /** The message it answers. `ours`: sent by us; `text`: what stands there. */
  readonly about: { readonly messageId: number; readonly text: string; readonly ours: boolean } | undefined;
  /** It stands in the thread of that message, as everything there does: it may be talk. Left out: it answers that message. */
  readonly inThread?: true;
  /** It turns to somebody else, by a mention, a quotation or a reply. Left out: it may be meant for us. */
  readonly talk?: true;
  /** A passage of that message, marked by hand; `at`: where it begins. */
  readonly quote: { readonly text: string; readonly at: number } | undefined;
  /** One text that an app cut into several messages, in order; one piece when it came whole. */
  readonly pieces: readonly { readonly messageId: number; readonly text: string }[];
  /** It is, or may be, only the beginning of what was written: the rest may stand where we don't hear it. */
  readonly isCut: boolean;
  /** So long that an app may have cut it, here or with the next message. */
  readonly isLong: boolean;
  /** Something was sent; `picture`: it is one, and how to fetch it. */
  readonly file:
    | { readonly picture: { readonly handle: string; readonly bytes: number | undefined } | undefined }
    | undefined;
  /** One sending that came as several messages. */
  readonly album: string | undefined;
};

/** A message of a person that was changed afterwards, as it is now. */
export type Corrected = Omit<Said, 'kind'> & { readonly kind: 'corrected' };

/** A command, by our word for it (`status`, `next`); `rest`: what stood behind it. A word we don't have is one too. */
export type Command = Came & { readonly kind: 'command'; readonly word: string; readonly rest: string };

/** A form, sent off. A chat without forms never says it: there the answer is a reply. */
export type Filled = Came & {
  readonly kind: 'filled';
  /** As the question had it. A person's app may send any text. */
  readonly token: string;
  /** By the ids of the fields, exactly as they were written. */
  readonly values: Readonly<Record<string, string>>;
};

/** Somebody writes in the name of a chat, so nobody can tell who it is. `isForUs`: it answers or calls us. */
export type Nameless = {
  readonly kind: 'nameless';
  readonly chatId: string;
  readonly messageId: number | undefined;
  readonly topic: number | undefined;
  readonly isForUs: boolean;
};

export type Heard = Press | Said | Corrected | Filled | Command;

/** A message of ours, whole: a driver can draw it from this alone. No rows: there are no buttons, or none any more. */
export type Message = { readonly text: RichText; readonly rows: readonly Row[] };

/** A question that only words answer: where there are forms it is one, elsewhere a message that is replied to. */
export type Question = {
  /** Comes back with the form; in the form of a button. */
  readonly token: string;
  /** What is asked, above the fields of a form. */
  readonly message: RichText;
  /** The same where a reply is the answer: it says so, and has the present value in it for copying. */
  readonly forReply: RichText;
  readonly fields: readonly Field[];
};
/** `words`: its name, for people. `hint`: what stands in it while it is empty. `value`: there to be changed. */
export type Field = {
  readonly id: string;
  readonly words: string;
  readonly hint: string;
  readonly value: string;
  readonly lines: 'one' | 'many';
};

/** Where words of ours are put below something. */
export type Below = Pick<Came, 'chatId' | 'topic' | 'messageId'>;

/** A message of ours, and the section it came into. `isBelow`: it stands below the one it was sent to, which is still there. */
export type Sent = { readonly messageId: number; readonly topic: number | undefined; readonly isBelow: boolean };

/** What answers a person: at once, and never held up by what can wait. Each is best effort unless it says otherwise. */
export type Messenger = {
  /** The chat’s name, for people. */
  readonly label: string;
  /** How people give a command here: what words that lead to it say. */
  command(word: string): string;
  /** `toast`: may be overlooked; `alert`: must be seen. Too late now and then: what was decided counts all the same. */
  answer(to: Press, words: string, look: 'toast' | 'alert'): Promise<void>;
  /**
   * This in the place of what was pressed. `rows`: only the buttons may differ from what stands there, so a chat that can
   * change them alone does no more; the others draw the whole message.
   */
  turn(pressed: Press, message: Message, only?: 'rows'): Promise<void>;
  /**
   * Asks whoever pressed, and nobody else; it is the answer to the press too, so nothing that takes time comes before it.
   * `expired`: it was too late for that. Undefined: a form is open, and comes back by itself; else the reply to the message counts.
   */
  ask(press: Press, question: Question): Promise<Answer<Sent | undefined>>;
  /**
   * Closes a form that was sent off, or leaves it open with these words below its fields; it is the answer to it.
   * Left out: there are no forms.
   */
  settle?(filled: Filled, wrong: Readonly<Record<string, string>>): Promise<void>;
  /** Takes away what was pressed. */
  withdraw(pressed: Press): Promise<void>;
  /** Below what was said or pressed, without a sound. Tells whether it went. */
  reply(to: Below, text: RichText, rows?: readonly Row[]): Promise<Answer<Sent>>;
  /** A file below what was pressed, without a sound. `name`: plain ASCII. Tells whether it went. */
  replyFile(to: Below, file: { readonly bytes: Uint8Array; readonly name: string }): Promise<Answer<unknown>>;
  /**
   * It was taken: a sign on it; where the chat has none, or people are to have the buttons there, the message below it.
   * Left out: nothing is said where there is no sign.
   */
  noted(said: Said | Corrected, message?: Message): Promise<void>;
};

/** In a chat with sections: the one of this name, or this one; the main one when undefined. */
export type Topic = string | number | undefined;

export type MessageKind = 'text' | 'picture';

type Look = {
  /** Below this message of the chat. */
  readonly replyTo?: number | undefined;
  readonly silent: boolean;
  readonly topic?: Topic;
};

/**
 * What is sent by itself into the one chat where we ask: cards, notes, digests. Never repeats by itself what may have
 * arrived.
 */
export type Outgoing = {
  /** The chat’s name, for people. */
  readonly label: string;
  /** As people call a command of ours here. */
  command(word: string): string;
  /** Empty while nobody is paired. */
  chatId(): Promise<string>;
  /** Asks in this private chat from now on, when no other is set. */
  settleIn(chatId: string): Promise<void>;
  send(text: RichText, look: Look & { readonly rows?: readonly Row[] }): Promise<Answer<Sent>>;
  /** @param kind what the message is, as far as we know: a picture keeps its picture, the text is its caption */
  edit(messageId: number, text: RichText, rows: readonly Row[], kind?: MessageKind): Promise<Answer<unknown>>;
  /** Takes the buttons of a message of ours. @returns its words */
  takeKeyboard(messageId: number): Promise<Answer<string>>;
  /** Takes our messages away; best effort. */
  remove(messageIds: readonly number[]): Promise<void>;
};

export type Upload = {
  readonly as: 'photo' | 'document';
  readonly bytes: Uint8Array;
  /** Plain ASCII without blanks: it travels without quotes. Never a name from the vault. */
  readonly name: string;
};

/** Sends files, which may take minutes where a message may take seconds. */
export type Uploads = {
  /** The chat’s name, for people. */
  readonly label: string;
  send(upload: Upload, caption: RichText, look: Look & { readonly rows?: readonly Row[] }): Promise<Answer<Sent>>;
  /** Two to ten, all of one sort; they arrive together or not at all. */
  album(uploads: readonly Upload[], caption: RichText, look: Look): Promise<Answer<readonly Sent[]>>;
  /** Puts a picture and its caption in the place of whatever the message shows. */
  replace(messageId: number, upload: Upload, caption: RichText, rows: readonly Row[]): Promise<Answer<unknown>>;
};

/** Fetches what people send. */
export type Downloads = {
  /**
   * The whole file, or in words for the person why there is none. Throws when another try may do better.
   * @param bytes as the chat says, when it does
   */
  fetch(handle: string, bytes: number | undefined): Promise<Uint8Array | { readonly obstacle: string }>;
};

/** How far the numbers of a chat’s messages have come, as far as is known. */
export type Newest = {
  /** 0 when none is known since the start. */
  in(chatId: string): number;
  /** This one is known from earlier. */
  known(chatId: string, messageId: number): void;
};

/** How much may be said. */
export type Pace = {
  /** Seconds until something that can wait may go into this chat; 0: now. */
  secondsFor(chatId: string): number;
};
