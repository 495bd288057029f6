import { connect } from 'node:net';

/** Tries to open a connection. @returns undefined when it worked, else what went wrong */
export const reach = (host: string, port: number, timeoutMs: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const end = (words: string | undefined) => {
      socket.destroy();
      resolve(words);
    };
    socket.once('connect', () => end(undefined));
    socket.once('timeout', () => end('no answer'));
    socket.once('error', (error) => end(error.message));
  });
