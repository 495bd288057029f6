/** The events, one function each: does the thing once and says how long the answers took, in milliseconds. */
import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Countersign } from './countersign.ts';
import { draftText, fileName } from './drafts.ts';
import type { FarSide } from './far-side.ts';
import { pause, until } from './until.ts';
import { pressApprove } from './yes.ts';

export type Scene = {
  readonly far: FarSide;
  readonly running: Countersign;
  readonly vaultPath: string;
  /** On the same file system as the vault, not in it. */
  readonly workDir: string;
};

type Card = { readonly id: number; readonly ms: number };

/** A complete file is renamed into Pending_Approval → the message with its card is at the chat. */
export async function fileMovedIn(scene: Scene, mark: string): Promise<Card> {
  const outside = join(scene.workDir, fileName(mark));
  await writeFile(outside, draftText(mark));
  // File times move in steps of some milliseconds; within one step a move can't be told from writing.
  await pause(20);
  const from = performance.now();
  await rename(outside, join(scene.vaultPath, 'Pending_Approval', fileName(mark)));
  return await cardSince(scene, mark, from);
}

/** The file is written where it lies; the clock starts when the writer is done. */
export async function fileWrittenInPlace(scene: Scene, mark: string): Promise<Card> {
  await writeFile(join(scene.vaultPath, 'Pending_Approval', fileName(mark)), draftText(mark));
  return await cardSince(scene, mark, performance.now());
}

/** The server has the mail → the message with the card of the drafted answer is at the chat. */
export async function mailDelivered(scene: Scene, mark: string): Promise<Card> {
  const from = performance.now();
  await scene.far.mail.deliver({
    from: `A customer <${mark}@customer.example>`,
    subject: `Question about ${mark}`,
    text: `Hello Sara,\n\nwhen will my order ${mark} be with me? I need it by Friday.\n\nThanks!`,
  });
  return await cardSince(scene, mark, from);
}

/** In milliseconds. */
export type Approval = {
  readonly answered?: number;
  readonly started: number;
  readonly connected: number;
  readonly sent: number;
};

/** The button is pressed → the tap is answered · the executor is called · it is connected to SMTP · the mail is out. */
export async function tapped(scene: Scene, mark: string, card: number): Promise<Approval> {
  const { far } = scene;
  const pressed = pressApprove(far.person, card);
  try {
    const instants = await approvalSince(scene, mark, pressed.last().at);
    const { id, at } = pressed.last();
    return { answered: (await far.answerTo(id)) - at, ...since(at, instants) };
  } finally {
    pressed.stop();
  }
}

/** The file is moved into Approved by hand → the same. */
export async function movedByHand(scene: Scene, mark: string): Promise<Approval> {
  const [name, { vaultPath }] = [fileName(mark), scene];
  const from = performance.now();
  await rename(join(vaultPath, 'Pending_Approval', name), join(vaultPath, 'Approved', name));
  return since(from, await approvalSince(scene, mark, from));
}

const since = (from: number, { started, connected, sent }: Approval): Approval => ({
  started: started - from,
  connected: connected - from,
  sent: sent - from,
});

async function cardSince({ far }: Scene, mark: string, from: number): Promise<Card> {
  const { id, at } = await far.messageWith(mark);
  await far.quiet();
  return { id, ms: at - from };
}

/** Resolves when all of it is over, so that the next event meets a process at rest. @returns instants */
async function approvalSince({ far, running, vaultPath }: Scene, mark: string, from: number): Promise<Approval> {
  const started = await running.lineWith(`Executing Mail action: ${fileName(mark)}`);
  const connected = await far.smtpConnection(from);
  const sent = await far.mailWith(mark);
  await until(() => existsSync(join(vaultPath, 'Done', fileName(mark))) || undefined, `${mark} is in Done`);
  await far.quiet();
  return { started, connected, sent };
}
