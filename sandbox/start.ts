/**
 * What `npm start` runs. With settings it hands over to the real thing and loads nothing of the sandbox; with none it
 * brings up stand-ins on this machine and the real product on them.
 */
import { isConfigured, readEnvironment } from '../src/config/index.ts';
import { nodeRemark } from '../src/lib/node-security.ts';

const environment = readEnvironment(process.env, process.cwd());
if (isConfigured(environment)) await import('../src/main.ts');
else process.exitCode = await openSandbox();

/** @returns the exit code */
async function openSandbox(): Promise<number> {
  const stopping = new AbortController();
  const remark = nodeRemark(process.versions.node);
  if (remark !== undefined) console.error(`${remark.what}. ${remark.remedy}`);
  process.on('SIGTERM', () => stopping.abort());
  // Once: who presses Ctrl-C again doesn't want to wait.
  process.once('SIGINT', () => stopping.abort());
  try {
    const { runSandbox } = await import('./run.ts');
    return await runSandbox({
      folder: process.cwd(),
      environment: process.env,
      pid: process.pid,
      say: (line) => console.log(line),
      complain: (line) => console.error(line),
      stopping: stopping.signal,
    });
  } catch (thrown) {
    if (!isMissingPackage(thrown)) throw thrown;
    console.error(
      'There are no settings, and the sandbox is not installed (it comes with the development packages).\n' +
        'Run npm ci to get it, or copy .env.example to .env and fill in what you use.',
    );
    return 1;
  }
}

// A missing file of our own would be a bug; the message tells the two apart.
function isMissingPackage(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.message.startsWith('Cannot find package ');
}
