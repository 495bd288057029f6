/** The real process, as a user runs it, with stand-ins for everything outside: only environment variables join them. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestContext } from 'node:test';
import { createMailStandIn } from '../../sandbox/mail/index.ts';
import { createLinkedinStandIn } from '../../sandbox/sites/linkedin.ts';
import { createTelegramStandIn } from '../../sandbox/telegram/index.ts';
import type { Person, SeenMessage, TelegramStandIn } from '../../sandbox/telegram/index.ts';
import type { ControlNote } from '../../src/bot/web/control.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { dovecotPassword, findDovecot, startDovecot } from './dovecot.ts';
import { lapsesOf } from './telegram-lapses.ts';
import { until } from './until.ts';

const ownerId = 4242;
export const address = 'owner@example.com';
const linkedinMember = { email: address, password: 'a-long-password-77', name: 'Olive Owner', handle: 'olive-owner' };
const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export type ProductWorld = Awaited<ReturnType<typeof createProductWorld>>;

/** @param imap which server mail is read from: ours, or a real Dovecot */
export async function createProductWorld(
  t: TestContext,
  options: {
    readonly imap?: 'stand-in' | 'dovecot';
    readonly holdSeconds?: number;
    readonly unpaired?: boolean;
    /** Makes who and what else is on the far side; returns settings that win. */
    readonly more?: (telegram: TelegramStandIn, owner: Person) => Readonly<Record<string, string>>;
  } = {},
) {
  const home = mkdtempSync(join(tmpdir(), 'countersign-e2e-'));
  const vaultPath = join(home, 'vault');
  const parts = { clock: systemClock, random: systemRandom };
  const telegram = await createTelegramStandIn(parts);
  const owner = telegram.addPerson({ id: ownerId, firstName: 'Olive' });
  const site = await createLinkedinStandIn({ ...linkedinMember, clock: systemClock });
  const mail = await createMailStandIn({ email: address, password: dovecotPassword, clock: systemClock });
  const program = options.imap === 'dovecot' ? findDovecot() : undefined;
  const dovecot = program === undefined ? undefined : await startDovecot(program);
  const imap = dovecot ?? mail.imap;
  const environment = {
    PATH: process.env['PATH'],
    HOME: home,
    VAULT_PATH: vaultPath,
    DATA_DIR: join(home, 'state'),
    TELEGRAM_BOT_TOKEN: telegram.token,
    ...(options.unpaired === true ? {} : { TELEGRAM_CHAT_ID: String(ownerId), TELEGRAM_APPROVERS: String(ownerId) }),
    TELEGRAM_API_ROOT: telegram.apiRoot,
    GMAIL_EMAIL: address,
    GMAIL_PASSWORD: dovecotPassword,
    IMAP_HOST: imap.host,
    IMAP_PORT: String(imap.port),
    IMAP_SECURE: 'false',
    SMTP_HOST: mail.smtp.host,
    SMTP_PORT: String(mail.smtp.port),
    SMTP_SECURE: 'false',
    LINKEDIN_EMAIL: linkedinMember.email,
    LINKEDIN_PASSWORD: linkedinMember.password,
    LINKEDIN_URL: site.url,
    WEB_PORT: '0',
    HOLD_SECONDS: String(options.holdSeconds ?? 1),
    RETRY_DELAY: '1',
    APPROVAL_CHECK_INTERVAL: '2',
    ...options.more?.(telegram, owner),
  };
  const product = createProduct(environment, home);
  t.after(async () => {
    await product.stop();
    const lapses = lapsesOf(telegram);
    await Promise.all([telegram.stop(), site.stop(), mail.stop(), dovecot?.stop()]);
    rmSync(home, { recursive: true, force: true });
    assert.deepEqual(lapses, []);
  });
  await product.start();

  const path = (place: string) => join(vaultPath, place);
  const cards = () => owner.messages().filter((message) => message.from === 'bot');
  return {
    ...product,
    home,
    environment,
    vaultPath,
    telegram,
    owner,
    site,
    mail,
    secrets: [telegram.token, dovecotPassword === 'secret' ? '' : dovecotPassword, linkedinMember.password],
    deliver: async (letter: { from: string; subject: string; text: string; messageId?: string; headers?: string }) => {
      const id = letter.messageId ?? `<${Math.random().toString(36).slice(2)}@client.example>`;
      const raw = `From: ${letter.from}\r\nTo: ${address}\r\nSubject: ${letter.subject}\r\nMessage-ID: ${id}\r\nDate: ${new Date().toUTCString()}\r\n${letter.headers ?? ''}MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${letter.text}\r\n`;
      if (dovecot === undefined) await mail.deliver(raw);
      else await dovecot.deliver(address, raw);
      return id;
    },
    /** Writes a complete file in one step, as careful programs do. */
    drop(place: string, content: string) {
      const draught = join(home, `draught-${Math.random().toString(36).slice(2)}`);
      writeFileSync(draught, content);
      mkdirSync(dirname(path(place)), { recursive: true });
      renameSync(draught, path(place));
    },
    move: (from: string, to: string) => renameSync(path(from), path(to)),
    list: (folder: string) =>
      existsSync(path(folder)) ? readdirSync(path(folder)).filter((name) => name.endsWith('.md')) : [],
    logs: () =>
      readdirSync(path('Logs'))
        .filter((name) => name.endsWith('.log'))
        .map((name) => readFileSync(path(`Logs/${name}`), 'utf8')),
    read: (place: string) => readFileSync(path(place), 'utf8'),
    file: (folder: string, start: string) =>
      until(
        () => (existsSync(path(folder)) ? readdirSync(path(folder)).find((name) => name.startsWith(start)) : undefined),
        `a file ${start}… lies in ${folder}`,
        30_000,
      ),
    /** The newest message of the bot that has this text, and a button of this label when one is named. */
    message: (text: string | RegExp, button?: string): Promise<SeenMessage> =>
      until(
        () =>
          cards().findLast(
            (message) =>
              (typeof text === 'string' ? message.text.includes(text) : text.test(message.text)) &&
              (button === undefined ||
                message.buttons.flat().some(({ label, disabled }) => label.includes(button) && !disabled)),
          ),
        `the chat shows ${String(text)}${button === undefined ? '' : ` with ${button}`} (it shows ${JSON.stringify(cards().map(({ text: shown, buttons }) => [shown.slice(0, 200), buttons.flat().map(({ label }) => label)]))})`,
        60_000,
      ),
    toast: (callback: string) => until(() => owner.toast(callback), 'the tap was answered'),
  };
}

function createProduct(environment: Record<string, string | undefined>, home: string) {
  let child: ChildProcess | undefined;
  let output = '';
  const note = (): ControlNote => JSON.parse(readFileSync(join(home, 'state', 'control.json'), 'utf8')) as ControlNote;
  const exited = async (): Promise<number | null> => {
    const running = child;
    if (running === undefined) return null;
    if (running.exitCode !== null || running.signalCode !== null) return running.exitCode;
    return await new Promise((resolve) => running.once('exit', (code) => resolve(code)));
  };
  const run = (more: Record<string, string> = {}) => {
    const started = spawn(process.execPath, [main], {
      cwd: home,
      env: { ...environment, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [started.stdout, started.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    return started;
  };
  return {
    output: () => output,
    /** Starts it and waits until it is ready and all its parts are well, but for those that are known not to be. */
    async start(...troubled: readonly string[]) {
      child = run();
      await until(
        async () => {
          assert.equal(child?.exitCode, null, output);
          const response = await fetch(`${note().url}/api/status`, {
            headers: { authorization: `Bearer ${note().token}` },
          });
          const status = (await response.json()) as { parts: { part: string; standing: string; words: string }[] };
          return status.parts.every(
            ({ part, standing, words }) =>
              standing === 'well' || words.startsWith('Nobody is paired') || troubled.includes(part),
          );
        },
        'everything is well',
        30_000,
      );
    },
    /** Starts a second one beside it. Resolves to what it said when it ended by itself. */
    async second(more: Record<string, string> = {}): Promise<{ code: number | null; said: string }> {
      const before = output.length;
      const other = run(more);
      const code = await new Promise<number | null>((resolve) => other.once('exit', (exit) => resolve(exit)));
      return { code, said: output.slice(before) };
    },
    async stop(): Promise<number | null> {
      if (child?.exitCode === null) child.kill('SIGTERM');
      return await exited();
    },
    async kill() {
      child?.kill('SIGKILL');
      await exited();
    },
    pid: () => child?.pid ?? 0,
    note,
  };
}
