/** The same events for a program that looks every ten seconds, at random moments between its looks. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { draftText, fileName } from './drafts.ts';
import { endsWithUs } from './ends-with-us.ts';
import { createFarSide } from './far-side.ts';
import type { FarSide } from './far-side.ts';
import { createSamples } from './samples.ts';
import type { Samples } from './samples.ts';
import { pause, until } from './until.ts';

const everyMs = 10_000;
const poller = fileURLToPath(new URL('poller.ts', import.meta.url));

type Polled = {
  readonly far: FarSide;
  readonly vaultPath: string;
  readonly samples: Samples;
  /** When it came to carrying the file out. */
  executing(name: string): Promise<number>;
};

/** Takes well under a minute: the events of all repetitions happen side by side. */
export async function measurePoller(folder: string, repetitions: number): Promise<Samples> {
  const vaultPath = join(folder, 'vault');
  for (const name of ['Pending_Approval', 'Approved']) await mkdir(join(vaultPath, name), { recursive: true });
  const far = await createFarSide();
  const child = startPoller(far, vaultPath);
  endsWithUs(child);
  const lines: { readonly at: number; readonly text: string }[] = [];
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on('line', (text) => lines.push({ at: performance.now(), text }));
  }
  const executing = (name: string) =>
    until(() => lines.find(({ text }) => text === `executing ${name}`)?.at, `the poller carries out ${name}`);
  const polled: Polled = { far, vaultPath, samples: createSamples(), executing };
  try {
    const rounds = Array.from({ length: repetitions }, (_, index) => index);
    await Promise.all(
      rounds.flatMap((index) => [tap(polled, `t${index}x`), handMove(polled, `h${index}x`), mail(polled, index)]),
    );
    return polled.samples;
  } finally {
    child.kill();
    await far.stop();
  }
}

function startPoller({ settings, mail }: FarSide, vaultPath: string): ChildProcess {
  const { TELEGRAM_API_ROOT: root = '', TELEGRAM_BOT_TOKEN: token = '', TELEGRAM_CHAT_ID: chat = '' } = settings.chat;
  const { GMAIL_EMAIL: email = '', GMAIL_PASSWORD: password = '' } = settings.mail;
  const far = [`${root}/bot${token}`, chat, String(mail.imap.port), email, password];
  return spawn(process.execPath, [poller, vaultPath, ...far, String(everyMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

const someTime = (): Promise<void> => pause(Math.random() * everyMs);

async function moveIn({ far, vaultPath, samples }: Polled, mark: string): Promise<number> {
  const outside = join(vaultPath, fileName(mark));
  await writeFile(outside, draftText(mark));
  await someTime();
  const from = performance.now();
  await rename(outside, join(vaultPath, 'Pending_Approval', fileName(mark)));
  const { id, at } = await far.messageWith(fileName(mark));
  samples.add('file moved in → card', at - from);
  return id;
}

async function tap(polled: Polled, mark: string): Promise<void> {
  const card = await moveIn(polled, mark);
  await someTime();
  const from = performance.now();
  polled.far.person.tap(card, { label: 'Approve' });
  polled.samples.add('tap → executor started', (await polled.executing(fileName(mark))) - from);
}

async function handMove(polled: Polled, mark: string): Promise<void> {
  await moveIn(polled, mark);
  await someTime();
  const [name, { vaultPath }] = [fileName(mark), polled];
  const from = performance.now();
  await rename(join(vaultPath, 'Pending_Approval', name), join(vaultPath, 'Approved', name));
  polled.samples.add('hand move → executor started', (await polled.executing(name)) - from);
}

async function mail({ far, samples }: Polled, index: number): Promise<void> {
  await someTime();
  const number = far.mail.mailbox('INBOX').length;
  const from = performance.now();
  await far.mail.deliver({ from: 'customer@customer.example', subject: `Question ${index}`, text: 'When?' });
  samples.add('mail delivered → card', (await far.messageWith(`Mail ${number} came`)).at - from);
}
