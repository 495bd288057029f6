/**
 * What the conversation hears from a chat and asks of it; types only. A driver turns what its chat delivers into these
 * values, and these calls into its chat's. All strings are plain text, never markup.
 */
import type { Actor } from '../../domain/actor.ts';
import type { Row } from './buttons/button.ts';
import type { RichText } from './text/text.ts';
import type { Answer } from './trouble.ts';

/** A message with the chat it stands in, as the driver writes it; kept on disk, only ever compared for being the same. */
export type MessageId = string;

/** A chat, or a section of one, as the driver writes it; kept on disk, only ever compared for being the same. */
export type Place = string;

/** What everything has that a person does. */
type Came = {
  /** The same when the same thing comes again. */
  readonly id: string;
  readonly actor: Actor;
  /** Undefined: taken in by a version that did not note it. */
  readonly receivedAt: Date | undefined;
  /** The chat as a whole. */
  readonly chat: Place;
  /** The section of it; the chat itself where there are none. */
  readonly place: Place;
  /** Others read there too. */
  readonly shared: boolean;
  /** What an answer stands below: the message with the button, or what the person wrote. */
  readonly messageId: MessageId | undefined;
};

/** A button was pressed. */
export type Press = Came & {
  readonly kind: 'press';
  /** As the button carried it. A person's app may send any text. */
  readonly act: string;
  /** The message that the pressed one answers, when it is one of a person's. `text`: undefined when it is none. */
  readonly below: { readonly messageId: MessageId; readonly text: string | undefined } | undefined;
};

/** Somebody wrote or sent something. */
export type Said = Came & {
  readonly kind: 'said';
  readonly messageId: MessageId;
  /** Exactly what was written, or stands below what was sent. */
  readonly text: string;
  /** Server time, in seconds. */
  readonly sentAt: number;
  /** The message it answers. `ours`: sent by us; `text`: what stands there; `isHead`: it only heads the section. */
  readonly about:
    | { readonly messageId: MessageId; readonly text: string; readonly ours: boolean; readonly isHead: boolean }
    | undefined;
  /** It stands in the thread of that message, as everything there does: it may be talk. Left out: it answers that message. */
  readonly inThread?: true;
  /** It turns to somebody else, by a mention, a quotation or a reply. Left out: it may be meant for us. */
  readonly talk?: true;
  /** A passage of that message, marked by hand; `at`: where it begins. */
  readonly quote: { readonly text: string; readonly at: number } | undefined;
  /** One text that an app cut into several messages, in order; one piece when it came whole. */
  readonly pieces: readonly { readonly messageId: MessageId; readonly text: string }[];
  /** It is, or may be, only the beginning of what was written: the rest may stand where we don't hear it. */
  readonly isCut: boolean;
  /** So long that an app may have cut it, here or with the next message. Never said: then none is waited for. */
  readonly isLong: boolean;
  /** Not written by whoever sent it. */
  readonly isPassedOn: boolean;
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
export type Command = Came & {
  readonly kind: 'command';
  readonly word: string;
  readonly rest: string;
  /** The same as a text: a long one that an app cut may go on with what looks like a command. */
  readonly written: Said;
};

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
  readonly chat: Place;
  readonly place: Place;
  readonly messageId: MessageId | undefined;
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
  readonly fields: readonly QuestionField[];
};
/** `words`: its name, for people. `hint`: what stands in it while it is empty. `value`: there to be changed. */
export type QuestionField = {
  readonly id: string;
  readonly words: string;
  readonly hint: string;
  readonly value: string;
  readonly lines: 'one' | 'many';
};

/** Something about the chat itself that only the driver deals with. A throw means that it is tried again. */
type Own = { readonly kind: 'own'; act(): Promise<void> };

/** What a chat delivered, as the driver reads it out of what was kept. */
export type Delivered = Heard | Nameless | Own;

/** What a driver calls with what its chat delivers. */
export type Ears = {
  /**
   * Resolves when all is safe on disk (known ids are ignored): only then the driver tells the far side that it was taken.
   * Called with nothing too, when the far side had nothing, and once before that: then what waited from before is handed on.
   * @param rows `payload`: as `read` of the driver reads it, also years later
   * @returns `more`: one of these may go on in a message that still lies at the far side; a driver that asks asks soon
   */
  take(
    rows: readonly { readonly id: string; readonly payload: string }[],
    cursor?: string,
  ): Promise<{ readonly more: boolean }>;
  /** How far it was taken; undefined where the chat has no such thing. */
  cursor(): Promise<string | undefined>;
};

/** Where words of ours are put below something. */
export type Below = Pick<Came, 'place' | 'messageId'>;

/**
 * A message of ours, and where it came: a section that was lost may have become another one. `isBelow`: it stands below the
 * one it was sent to, which is still there.
 */
export type Sent = { readonly messageId: MessageId; readonly place: Place; readonly isBelow: boolean };

export type MessageKind = 'text' | 'picture';

type Look = {
  /** Below this message of the chat. */
  readonly replyTo?: MessageId | undefined;
  readonly silent: boolean;
};

export type Upload = {
  readonly as: 'photo' | 'document';
  readonly bytes: Uint8Array;
  /** Plain ASCII without blanks: it travels without quotes. Never a name from the vault. */
  readonly name: string;
};

/** What a driver does for the conversation. A member that does not say "left out" can't be left out. */
export type Messenger = Answering & Placing & Sending & Finding;

/** What answers a person: at once, and never held up by what can wait. Each is best effort unless it says otherwise. */
type Answering = {
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
  /**
   * What people sent, whole, or in words for the person why there is none. Throws when another try may do better.
   * @param bytes as the chat says, when it does
   */
  fetchFile(handle: string, bytes: number | undefined): Promise<Uint8Array | { readonly obstacle: string }>;
};

/** Where things stand. */
type Placing = {
  /**
   * The chat of this name ('': the usual one) and its section ('': the main one), made when there is none; where there are no
   * sections, the chat. A place that is lost later needs no care: what is sent there goes where it should.
   */
  open(chat: string, section: string): Promise<Answer<Place>>;
  /** The usual chat is this one from now on, when no other is set. */
  settleIn(chat: Place): Promise<void>;
  /** Where this person alone reads. */
  direct(actor: Actor): Promise<Answer<Place>>;
  /** @param it a message or a place: whether it is in the chat of this place */
  standsIn(it: string, place: Place): boolean;
  /** Whether several people read there. */
  isShared(place: Place): boolean;
  /** Whether the first came later. Undefined: nobody can say. Left out: nothing is moved for standing above another. */
  isAfter?(a: MessageId, b: MessageId): boolean | undefined;
  /** Seconds until something that can wait may go there; answers to people never wait. Left out: at once. */
  room?(place: Place): number;
};

/** What is sent by itself. Never repeats by itself what may have arrived. */
type Sending = {
  send(place: Place, text: RichText, look: Look & { readonly rows?: readonly Row[] }): Promise<Answer<Sent>>;
  /** May take minutes, where a message may take seconds. */
  sendFile(
    place: Place,
    upload: Upload,
    caption: RichText,
    look: Look & { readonly rows?: readonly Row[] },
  ): Promise<Answer<Sent>>;
  /** Two to ten, all of one sort; they arrive together or not at all. */
  sendAlbum(place: Place, uploads: readonly Upload[], caption: RichText, look: Look): Promise<Answer<readonly Sent[]>>;
  /** @param kind what the message is, as far as we know: a picture keeps its picture, the text is its caption */
  edit(messageId: MessageId, text: RichText, rows: readonly Row[], kind?: MessageKind): Promise<Answer<unknown>>;
  /** Puts a picture and its caption in the place of whatever the message shows. */
  replace(messageId: MessageId, upload: Upload, caption: RichText, rows: readonly Row[]): Promise<Answer<unknown>>;
  /** Takes our messages away; best effort. */
  remove(messageIds: readonly MessageId[]): Promise<void>;
};

/** Finds a card again whose answer was lost. Left out, both: such a card may stand there twice. */
type Finding = {
  /** Before it goes: what will find it. To be kept. */
  trace?(place: Place, words: RichText): Promise<Answer<string>>;
  /**
   * The message of a trace, whose buttons may be gone by then; undefined: none is found.
   * @param isKnown whether this message is another one of ours: its buttons are left alone
   */
  find?(trace: string, isKnown: (messageId: MessageId) => Promise<boolean>): Promise<Answer<MessageId | undefined>>;
};
