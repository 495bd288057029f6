/** The events of the chat alone: an item that is shown, a tap, and where the file goes. Nothing is sent. */
import { mkdirSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createChatSide, watchFolder } from './chat-side.ts';
import type { ChatSide } from './chat-side.ts';
import { startCountersign } from './countersign.ts';
import type { Countersign } from './countersign.ts';
import { pause } from './until.ts';
import { pressApprove } from './yes.ts';

export const nameOf = (mark: string) => `EMAIL_${mark}.md`;
/** An answer, so that one tap approves it. */
export const draft = (mark: string) =>
  `---\ntype: email_reply\nto: sara@client.example\nsubject: Offer ${mark}\nin_reply_to: <${mark}@client.example>\n---\n\nDear Sara, ${mark}.\n`;

/** Between two events, so that each meets a process at rest. */
export const breathMs = 150;

export type ChatScene = {
  readonly chat: ChatSide;
  readonly running: Countersign;
  readonly vault: string;
  /** On the same file system as the vault, not in it. */
  readonly folder: string;
  readonly approved: ReturnType<typeof watchFolder>;
  stop(): Promise<void>;
};

/** @param checkout of the sources that are measured */
export async function openChatScene(folder: string, checkout: string): Promise<ChatScene> {
  mkdirSync(folder, { recursive: true });
  const chat = await createChatSide();
  const vault = join(folder, 'vault');
  const running = await startCountersign({
    checkout,
    folder,
    stateDir: join(folder, 'state'),
    settings: {
      ...chat.settings,
      VAULT_PATH: vault,
      WEB_PORT: '0',
      // The file stays where the tap put it, and nothing is sent.
      HOLD_SECONDS: '80000',
      GMAIL_EMAIL: 'sara@lindandco.example',
      GMAIL_PASSWORD: 'secret',
      // Nobody listens there.
      IMAP_HOST: '127.0.0.1',
      IMAP_PORT: '1',
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: '1',
    },
  });
  const approved = watchFolder(join(vault, 'Approved'));
  return {
    chat,
    running,
    vault,
    folder,
    approved,
    async stop() {
      approved.stop();
      await running.end('SIGTERM');
      await chat.stop();
    },
  };
}

/** In milliseconds. */
export type ChatTimes = {
  /** The file is moved in → its message is in the chat. */
  readonly shown: number;
  /** The button is pressed → the answer to it · the file lies in Approved. */
  readonly answered: number;
  readonly moved: number;
};

/** One item from its file to its approval. */
export async function approveInChat({ chat, vault, folder, approved }: ChatScene, mark: string): Promise<ChatTimes> {
  const outside = join(folder, nameOf(mark));
  await writeFile(outside, draft(mark));
  await pause(breathMs);
  const from = performance.now();
  await rename(outside, join(vault, 'Pending_Approval', nameOf(mark)));
  const { id, at } = await chat.message(mark);
  await pause(breathMs);
  const pressed = pressApprove(chat.person, id);
  try {
    const movedAt = await approved.cameAt(nameOf(mark));
    const tap = pressed.last();
    const answeredAt = await chat.call('answerCallbackQuery', tap.id);
    return { shown: at - from, answered: answeredAt - tap.at, moved: movedAt - tap.at };
  } finally {
    pressed.stop();
  }
}
