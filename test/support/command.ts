/** The command line as a person runs it: a process of its own, with its output in pipes. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../src/cli/index.ts', import.meta.url));

/** `out`: what would go into a pipe; `said`: that and what was said of problems. */
export type Commanded = { readonly code: number; readonly out: string; readonly said: string };

/** @param at the folder it is run in, and all it finds in its environment */
export const commandIn = (
  { home, environment }: { readonly home: string; readonly environment: Readonly<Record<string, string | undefined>> },
  ...words: string[]
): Promise<Commanded> =>
  new Promise((resolve) => {
    execFile(process.execPath, [cli, ...words], { cwd: home, env: environment }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), out, said: out + err });
    });
  });
