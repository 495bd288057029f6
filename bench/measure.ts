/** One pass over everything with a past of a given size: starts, memory at rest, the events, memory after them. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startCountersign } from './countersign.ts';
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

export async function measure(ground: Ground, plan: Plan): Promise<Samples> {
  const { far, vaultPath } = ground;
  const workDir = join(ground.folder, 'work');
  await mkdir(workDir, { recursive: true });
  const samples = createSamples();
  const start = (settings: Readonly<Record<string, string>>) =>
    startCountersign({
      folder: workDir,
      stateDir: ground.stateDir,
      settings: { VAULT_PATH: vaultPath, WEB_PORT: '0', HOLD_SECONDS: '0', ...settings },
    });
  const startOften = async (row: string, settings: Readonly<Record<string, string>>): Promise<Countersign> => {
    for (let left = plan.starts; ; left -= 1) {
      const running = await start(settings);
      samples.add(`start → ready, ${row}`, running.startMs);
      if (left === 1) return running;
      await running.end('SIGTERM');
    }
  };
  const all = { ...far.settings.chat, ...far.settings.mail };

  const chatAlone = await startOften('chat and web', far.settings.chat);
  await pause(plan.idleMs);
  samples.add('at rest, chat and web', residentMb(chatAlone.pid));
  await chatAlone.end('SIGTERM');

  const running = await startOften('chat, mail and web', all);
  await mailWatched(running);
  await pause(plan.idleMs);
  samples.add('at rest, chat, mail and web', residentMb(running.pid));
  await measureEvents({ far, running, vaultPath, workDir }, plan.repetitions, samples);
  await pause(plan.idleMs);
  samples.add('at rest after the events above', residentMb(running.pid));

  await running.end('SIGKILL');
  const again = await start(all);
  samples.add('start → ready after a kill -9, chat, mail and web', again.startMs);
  await again.end('SIGTERM');
  return samples;
}

/** The first look leaves alone what is in the mailbox already, so it must be over. */
const mailWatched = (running: Countersign): Promise<true> =>
  until(async () => {
    const { parts } = await running.status();
    return parts.some(({ part, standing }) => part === 'gmail' && standing === 'well') || undefined;
  }, 'the mailbox is watched');

async function measureEvents(scene: Scene, repetitions: number, samples: Samples): Promise<void> {
  for (let round = 0; round < repetitions; round += 1) {
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
}

function addApproval(samples: Samples, what: string, approval: Approval): void {
  samples.add(`${what} → executor started`, approval.started);
  samples.add(`${what} → connected to the mail server`, approval.connected);
  samples.add(`${what} → mail accepted there`, approval.sent);
}
