/**
 * What exists on the far side: people, their private chats with the bot, groups, messages, taps and files. Numbers are
 * handed out here and never reused.
 */
import { imageSize } from 'image-size';
import type { Clock } from '../../src/lib/clock.ts';
import type { Random } from '../../src/lib/random.ts';
import type { Group } from './groups.ts';
import type { Markup } from './markup.ts';
import type { Entity } from './text/entity.ts';
import type { Upload } from './transport/multipart.ts';

export type Resident = {
  readonly id: number;
  readonly firstName: string;
  /** Whether the bot may write. */
  started: boolean;
  blocked: boolean;
  /** What the bot pretends to be doing, e.g. `typing`, and since when. */
  action: { readonly name: string; readonly at: Date } | undefined;
};

export type FileKind = 'photo' | 'document' | 'thumbnail';

export type StoredFile = {
  readonly id: string;
  readonly uniqueId: string;
  readonly kind: FileKind;
  readonly upload: Upload;
  /** Pixels; undefined for what is no picture. */
  readonly shape: { readonly width: number; readonly height: number } | undefined;
  /** A small one of every photo: it is listed first, and it is not what was sent. */
  readonly thumbnail: StoredFile | undefined;
  /** Where it can be downloaded. */
  readonly path: string;
};

export type StoredMessage = {
  readonly id: number;
  readonly chatId: number;
  readonly from: 'bot' | 'person';
  /** Whose it is, in a group; in a private chat there is only one person. */
  readonly personId: number | undefined;
  /** Written in the name of the group. */
  readonly nameless: boolean;
  /** The topic it lies in; undefined in General and in chats without topics. */
  readonly threadId: number | undefined;
  readonly at: Date;
  kind: 'text' | FileKind;
  /** The caption, for a photo or a document. */
  text: string;
  entities: readonly Entity[];
  markup: Markup | undefined;
  /** Every callback data the message ever offered: a phone may still show an older version. */
  readonly offered: Set<string>;
  readonly replyTo: number | undefined;
  readonly quote: string | undefined;
  readonly silent: boolean;
  file: StoredFile | undefined;
  readonly albumId: string | undefined;
  reaction: string | undefined;
  editedAt: Date | undefined;
};

type Tap = {
  readonly id: string;
  readonly personId: number;
  readonly messageId: number;
  readonly at: Date;
  answer: { readonly text: string; readonly alert: boolean } | undefined;
};

export type Command = { readonly command: string; readonly description: string };

export type NewMessage = Pick<StoredMessage, 'chatId' | 'from' | 'text' | 'entities'> &
  Partial<
    Pick<
      StoredMessage,
      'personId' | 'nameless' | 'threadId' | 'kind' | 'markup' | 'replyTo' | 'quote' | 'silent' | 'file' | 'albumId'
    >
  >;

export type World = {
  readonly bot: {
    readonly id: number;
    readonly username: string;
    commands: readonly Command[];
    /** Those for groups; undefined while the others count there too. */
    groupCommands: readonly Command[] | undefined;
  };
  readonly people: Map<number, Resident>;
  readonly groups: Map<number, Group>;
  /** Numbers of messages and of topics come from one row. */
  nextId(): number;
  /** Oldest first. */
  messagesOf(chatId: number): readonly StoredMessage[];
  message(chatId: number, id: number): StoredMessage | undefined;
  add(message: NewMessage): StoredMessage;
  remove(message: StoredMessage): void;
  /** Call after changing a message: remembers what it offers and tells whoever looks on. */
  changed(message: StoredMessage): void;
  addTap(personId: number, messageId: number): Tap;
  tap(id: string): Tap | undefined;
  addFile(upload: Upload, kind: FileKind): StoredFile;
  file(id: string): StoredFile | undefined;
  fileAt(path: string): StoredFile | undefined;
  /** Something a person can see changed. Returns a function that stops the calls. */
  watch(call: () => void): () => void;
  touched(): void;
};

const mostTaps = 10_000;

type Parts = { readonly clock: Clock; readonly random: Random };

export function createWorld({ clock, random }: Parts): World {
  const audience = createAudience();
  return {
    bot: { id: 123_456_789, username: 'countersign_sandbox_bot', commands: [], groupCommands: undefined },
    people: new Map(),
    groups: new Map(),
    ...createChats({ clock, random }, audience.touched),
    ...createTaps({ clock, random }),
    ...createFiles(random),
    ...audience,
  };
}

function createAudience(): Pick<World, 'watch' | 'touched'> {
  const watchers = new Set<() => void>();
  return {
    watch(call) {
      watchers.add(call);
      return () => void watchers.delete(call);
    },
    touched() {
      for (const call of watchers) call();
    },
  };
}

type Chats = Pick<World, 'nextId' | 'messagesOf' | 'message' | 'add' | 'remove' | 'changed'>;

const blank = {
  kind: 'text',
  personId: undefined,
  threadId: undefined,
  nameless: false,
  markup: undefined,
  replyTo: undefined,
  quote: undefined,
  silent: false,
  file: undefined,
  albumId: undefined,
  reaction: undefined,
  editedAt: undefined,
} as const;

function createChats({ clock, random }: Parts, touched: () => void): Chats {
  const messages = new Map<number, StoredMessage>();
  let lastId = Math.floor(random.fraction() * 900) + 100;
  const changed = (message: StoredMessage) => {
    if (message.markup?.kind === 'inline') {
      for (const button of message.markup.rows.flat()) {
        if (typeof button['callback_data'] === 'string') message.offered.add(button['callback_data']);
      }
    }
    touched();
  };
  const nextId = () => (lastId += 1);
  return {
    nextId,
    messagesOf: (chatId) => [...messages.values()].filter((message) => message.chatId === chatId),
    message(chatId, id) {
      const message = messages.get(id);
      return message?.chatId === chatId ? message : undefined;
    },
    add(given) {
      const message: StoredMessage = { ...blank, ...given, id: nextId(), at: clock.now(), offered: new Set() };
      messages.set(message.id, message);
      changed(message);
      return message;
    },
    remove(message) {
      messages.delete(message.id);
      touched();
    },
    changed,
  };
}

function createTaps({ clock, random }: Parts): Pick<World, 'addTap' | 'tap'> {
  const taps = new Map<string, Tap>();
  let last = BigInt(Math.floor(random.fraction() * 2 ** 30));
  return {
    addTap(personId, messageId) {
      last += 1n;
      const id = String((BigInt(personId) << 32n) + last);
      const tap: Tap = { id, personId, messageId, at: clock.now(), answer: undefined };
      taps.set(id, tap);
      const oldest = taps.keys().next().value;
      if (taps.size > mostTaps && oldest !== undefined) taps.delete(oldest);
      return tap;
    },
    tap: (id) => taps.get(id),
  };
}

function createFiles(random: Random): Pick<World, 'addFile' | 'file' | 'fileAt'> {
  const files = new Map<string, StoredFile>();
  const addFile = (upload: Upload, kind: FileKind): StoredFile => {
    const small = { name: 'thumb.jpg', type: 'image/jpeg', bytes: Buffer.from('a thumbnail') };
    const shape = shapeOf(upload.bytes);
    const reduced =
      shape === undefined ? undefined : { width: Math.min(90, shape.width), height: Math.min(60, shape.height) };
    const thumbnail = kind === 'photo' ? { ...addFile(small, 'thumbnail'), shape: reduced } : undefined;
    const id = `BQACAgIAAxkB${random.key(40)}${files.size}`;
    const end = /\.[A-Za-z0-9]{1,8}$/.exec(upload.name)?.[0] ?? '';
    const path = `${kind}s/file_${files.size}${kind === 'document' ? end : '.jpg'}`;
    const file = { id, uniqueId: `AQAD${random.key(10)}${files.size}`, kind, upload, shape, thumbnail, path };
    files.set(id, file);
    return file;
  };
  return {
    addFile,
    file: (id) => files.get(id),
    fileAt: (path) => [...files.values()].find((file) => file.path === path),
  };
}

function shapeOf(bytes: Buffer): StoredFile['shape'] {
  try {
    const { width, height, type } = imageSize(bytes);
    return type === 'svg' || width < 1 || height < 1 ? undefined : { width, height };
  } catch {
    return undefined;
  }
}
