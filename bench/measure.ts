/** One pass over everything with a past of a given size: starts, memory at rest, the events, memory after them. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startCountersign, thisCheckout } from './countersign.ts';
import type { Countersign } from './countersign.ts';
import { fileMovedIn, fileWrittenInPlace, mailDelivered, movedByHand, tapped } from './events.ts';
import type { Approval, Scene } from './events.ts';
import type { FarSide } from './far-side.ts';
import { residentMb } from './memory.ts';
import { createSamples } from './samples.ts';
import type { Samples } from './samples.ts';
import { pause, until } from './until.ts';

export type Plan = {
  /** Of every event; of the slow ones half. */
  readonly repetitions: number;
  readonly starts: number;
  /** At rest before memory is read. */
  readonly idleMs: number;
};

export type Ground = {
  readonly folder: string;
  readonly vaultPath: string;
  readonly stateDir: string;
  readonly far: FarSide;
};

const workDirOf = ({ folder }: Ground): string => join(folder, 'work');

type Settings = Readonly<Record<string, string>>;

export const settingsOf = ({ far }: Ground, kind: 'chat' | 'all'): Settings =>
  kind === 'chat' ? far.settings.chat : { ...far.settings.chat, ...far.settings.mail };

/** @param checkout of the sources that are measured */
export const starterOf = (ground: Ground, checkout: string) => async (settings: Settings) => {
  const workDir = workDirOf(ground);
  await mkdir(workDir, { recursive: true });
  return await startCountersign({
    checkout,
    folder: workDir,
    stateDir: ground.stateDir,
    settings: { VAULT_PATH: ground.vaultPath, WEB_PORT: '0', HOLD_SECONDS: '0', ...settings },
  });
};

export async function measure(ground: Ground, plan: Plan): Promise<Samples> {
  const { far, vaultPath } = ground;
  const workDir = workDirOf(ground);
  const samples = createSamples();
  const start = starterOf(ground, thisCheckout);
  const startOften = async (row: string, settings: Readonly<Record<string, string>>): Promise<Countersign> => {
    for (let left = plan.starts; ; left -= 1) {
      const running = await start(settings);
      samples.add(`start → ready, ${row}`, running.startMs);
      if (left === 1) return running;
      await running.end('SIGTERM');
    }
  };
  const all = settingsOf(ground, 'all');

  const chatAlone = await startOften('chat and web', settingsOf(ground, 'chat'));
  await pause(plan.idleMs);
  samples.add('at rest, chat and web', residentMb(chatAlone.pid));
  await chatAlone.end('SIGTERM');

  const running = await startOften('chat, mail and web', all);
  await mailWatched(running);
  await pause(plan.idleMs);
  samples.add('at rest, chat, mail and web', residentMb(running.pid));
  for (let round = 0; round < plan.repetitions; round += 1) {
    await measureRound({ far, running, vaultPath, workDir }, round, samples);
  }
  await pause(plan.idleMs);
  samples.add('at rest after the events above', residentMb(running.pid));

  await running.end('SIGKILL');
  const again = await start(all);
  samples.add('start → ready after a kill -9, chat, mail and web', again.startMs);
  await again.end('SIGTERM');
  return samples;
}

/** The first look leaves alone what is in the mailbox already, so it must be over. */
export const mailWatched = (running: Countersign): Promise<true> =>
  until(async () => {
    const { parts } = await running.status();
    return parts.some(({ part, standing }) => part === 'gmail' && standing === 'well') || undefined;
  }, 'the mailbox is watched');

/** Every event once; the slow one every other time. */
export async function measureRound(scene: Scene, round: number, samples: Samples): Promise<void> {
  const forTap = await fileMovedIn(scene, `tap${round}x`);
  const tap = await tapped(scene, `tap${round}x`, forTap.id);
  const forMove = await fileMovedIn(scene, `move${round}x`);
  const move = await movedByHand(scene, `move${round}x`);
  const mail = await mailDelivered(scene, `mail${round}x`);
  if (round % 2 === 0) {
    samples.add('file written in place → card', (await fileWrittenInPlace(scene, `place${round}x`)).ms);
  }
  for (const card of [forTap, forMove]) samples.add('file moved in → card', card.ms);
  samples.add('mail delivered → card', mail.ms);
  if (tap.answered !== undefined) samples.add('tap → answered', tap.answered);
  addApproval(samples, 'tap', tap);
  addApproval(samples, 'hand move', move);
}

function addApproval(samples: Samples, what: string, approval: Approval): void {
  samples.add(`${what} → executor started`, approval.started);
  samples.add(`${what} → connected to the mail server`, approval.connected);
  samples.add(`${what} → mail accepted there`, approval.sent);
}
