/**
 * A real IMAP server for integration tests: Dovecot as a child process on free ports, in its own folder, without root's
 * rights. Its tests are skipped loudly where it is not installed, and fail in CI.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './until.ts';

export type Dovecot = {
  readonly host: string;
  readonly port: number;
  /** Delivers by LMTP. Resolves when the server has said that it is safe. */
  deliver(user: string, raw: string): Promise<void>;
  /** Puts files where new mail lies; fast for many. */
  drop(user: string, mails: readonly Uint8Array[]): Promise<void>;
  /** SIGSTOP and SIGCONT for all of it. */
  freeze(): void;
  thaw(): void;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
  /** Loses the index of a mailbox, so that it gets a new UIDVALIDITY; while it is down. */
  forgetUids(user: string): Promise<void>;
  up(): Promise<void>;
  stop(): Promise<void>;
};

export const dovecotPassword = 'secret';

const candidates = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot', '/opt/homebrew/sbin/dovecot'];

/** Path of the program; undefined when it is not installed. Throws in CI, where it must be. */
export function findDovecot(): string | undefined {
  const found = candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (found === undefined && process.env['CI'] !== undefined) throw new Error('no dovecot, and CI must have it');
  return found;
}

/** Root can't run it as itself; then it runs as `nobody`. */
function account(): { readonly user: string; readonly group: string; readonly uid: number; readonly gid: number } {
  const name = process.getuid?.() === 0 ? 'nobody' : undefined;
  const ask = (flag: string): string =>
    execFileSync('id', name === undefined ? [flag] : [flag, name], { encoding: 'utf8' }).trim();
  return { user: ask('-un'), group: ask('-gn'), uid: Number(ask('-u')), gid: Number(ask('-g')) };
}

/** @param specialUse whether it says which mailbox is the one for sent mail; otherwise there is no other than the INBOX */
export async function startDovecot(program: string, { specialUse = true } = {}): Promise<Dovecot> {
  const who = account();
  // Short, because of the unix sockets in it.
  const folder = await mkdtemp(join(tmpdir(), 'dc-'));
  await chmod(folder, 0o755);
  await chown(folder, who.uid, who.gid);
  const [port, lmtpPort] = await freePorts();
  const config = join(folder, 'dovecot.conf');
  await writeFile(config, configuration(folder, who, [port, lmtpPort], specialUse));
  let child: ChildProcess | undefined;
  const inbox = (user: string): string => join(folder, 'mail', user.split('@')[0] ?? '', 'Maildir');
  const signal = (name: NodeJS.Signals): void => {
    if (child?.pid !== undefined) process.kill(-child.pid, name);
  };
  const end = async (name: NodeJS.Signals): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child?.once('exit', resolve));
    signal(name);
    await gone;
  };
  const up = async (): Promise<void> => {
    child = spawn(program, ['-F', '-c', config], { detached: true, stdio: 'ignore', uid: who.uid, gid: who.gid });
    await until(async () => (await accepts(port)) && accepts(lmtpPort), 'dovecot accepts connections');
  };
  await up();
  return {
    host: '127.0.0.1',
    port,
    deliver: (user, raw) => deliverByLmtp(lmtpPort, user, raw),
    async drop(user, mails) {
      const root = inbox(user);
      for (const name of ['cur', 'new', 'tmp']) await mkdir(join(root, name), { recursive: true });
      for (const [index, mail] of mails.entries())
        await writeFile(join(root, 'new', `1700000000.M${index}.test`), mail);
      execFileSync('chown', ['-R', `${who.uid}:${who.gid}`, join(folder, 'mail')]);
    },
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    kill: () => end('SIGKILL'),
    async forgetUids(user) {
      for (const name of [
        'dovecot-uidlist',
        'dovecot-uidvalidity',
        'dovecot.index',
        'dovecot.index.cache',
        'dovecot.index.log',
      ]) {
        await rm(join(inbox(user), name), { force: true });
      }
    },
    up,
    async stop() {
      signal('SIGCONT');
      await end('SIGTERM');
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

async function freePorts(): Promise<readonly [number, number]> {
  const servers = [createServer(), createServer()];
  const ports: number[] = [];
  for (const server of servers) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ports.push((server.address() as AddressInfo).port);
  }
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return [ports[0] ?? 0, ports[1] ?? 0];
}

async function deliverByLmtp(port: number, user: string, raw: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  const lines = raw.replaceAll(/\r?\n/g, '\r\n').replaceAll(/^\./gm, '..');
  const steps = [
    'LHLO test',
    'MAIL FROM:<sender@client.example>',
    `RCPT TO:<${user}>`,
    'DATA',
    `${lines}\r\n.`,
    'QUIT',
  ];
  let answers = '';
  socket.on('data', (chunk) => {
    answers += chunk.toString('latin1');
    if (!/^\d{3} .*\r\n$/m.test(answers)) return;
    if (/^[45]/m.test(answers)) socket.destroy(new Error(answers));
    answers = '';
    const next = steps.shift();
    if (next === undefined) socket.end();
    else socket.write(`${next}\r\n`);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('close', () => (steps.length === 0 ? resolve() : reject(new Error('LMTP ended early'))));
    socket.once('error', reject);
  });
}

/** Every setting is needed, or the server refuses to run without root; one per line. */
const configuration = (
  folder: string,
  who: ReturnType<typeof account>,
  [port, lmtpPort]: readonly [number, number],
  specialUse: boolean,
): string => `
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = ${folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
auth_failure_delay = 0
default_internal_user = ${who.user}
default_internal_group = ${who.group}
default_login_user = ${who.user}
first_valid_uid = 1
mail_location = maildir:~/Maildir
passdb {
  driver = static
  args = password=${dovecotPassword}
}
userdb {
  driver = static
  args = uid=${who.uid} gid=${who.gid} home=${folder}/mail/%n allow_all_users=yes
}
namespace inbox {
  inbox = yes
  separator = /
${specialUse ? sentMailbox : ''}
}
${specialUse ? '' : 'imap_capability = IMAP4rev1 SASL-IR LITERAL+ ID IDLE UIDPLUS NAMESPACE UNSELECT'}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${lmtpPort}
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`;

const sentMailbox = `  mailbox Sent {
    special_use = \\Sent
    auto = subscribe
  }
  mailbox Archive {
    special_use = \\Archive
    auto = subscribe
  }`;
