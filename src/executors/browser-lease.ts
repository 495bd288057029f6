/**
 * One browser per profile, also across programs: not every browser minds a second one on its profile, and two would
 * ruin each other's login. The lease is a local socket named after the profile, because the operating system takes
 * that away with its holder; a file with a number in it would have to be doubted after every crash.
 */
import { connect, createServer } from 'node:net';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sha256 } from '../lib/hash.ts';

export type Lease = { release(): Promise<void> };

/** @returns undefined when somebody else has the profile open */
export async function leaseProfile(profileDir: string): Promise<Lease | undefined> {
  const name = `countersign-${sha256(resolve(profileDir)).slice(0, 24)}`;
  if (process.platform === 'linux') return listen(`\0${name}`);
  if (process.platform === 'win32') return listen(`\\\\.\\pipe\\${name}`);
  // Elsewhere a socket is a file that outlives its holder: it counts only if somebody answers.
  const path = join(tmpdir(), `${name}.sock`);
  const lease = await listen(path);
  if (lease !== undefined || (await answers(path))) return lease;
  await rm(path, { force: true });
  return listen(path);
}

const listen = (path: string): Promise<Lease | undefined> =>
  new Promise((settle, fail) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (thrown: NodeJS.ErrnoException) => {
      if (thrown.code === 'EADDRINUSE' || thrown.code === 'EACCES') settle(undefined);
      else fail(thrown);
    });
    server.listen(path, () => {
      server.unref();
      settle({ release: () => new Promise((done) => server.close(() => done())) });
    });
  });

const answers = (path: string): Promise<boolean> =>
  new Promise((settle) => {
    const socket = connect(path, () => {
      socket.destroy();
      settle(true);
    });
    socket.once('error', () => settle(false));
  });
