/**
 * One run of the sandbox from empty folders to the last connection closed: stand-ins, the real product as a child on
 * them, a few arrivals, the desk to watch it all. Everything it makes lies in `data/sandbox` and is new each time.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { acquireVaultLock } from '../src/ledger/vault-lock.ts';
import { systemClock } from '../src/lib/clock.ts';
import { silentLogger } from '../src/lib/logger.ts';
import { systemRandom } from '../src/lib/random.ts';
import { createStopList } from '../src/lib/stop-list.ts';
import type { StopList } from '../src/lib/stop-list.ts';
import { createDesk } from './desk/index.ts';
import { createProduct } from './desk/product.ts';
import type { Ended } from './desk/product.ts';
import { createView } from './desk/view.ts';
import { createSeeds, seedFirst } from './seeds/index.ts';
import { createStandIns } from './stand-ins.ts';

export type Around = {
  /** `data/sandbox` is made in here. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
  readonly say: (line: string) => void;
  readonly complain: (line: string) => void;
  readonly stopping: AbortSignal;
};

// The product has 10 s to stop; a part that hangs must not keep the others.
const stopLimit = 11_000;
const usualPort = 8480;

/** Runs until told to stop. Returns the exit code; the product's own when it did not come up. */
export async function runSandbox(around: Around): Promise<number> {
  const stops = createStopList(silentLogger, stopLimit);
  try {
    const ended = await bringUp(around, stops);
    if (ended !== undefined && !around.stopping.aborted) {
      around.complain([...ended.lines, 'Countersign did not start.'].join('\n'));
      return ended.code === 0 ? 1 : ended.code;
    }
    if (!around.stopping.aborted) {
      await new Promise<void>((resolve) => around.stopping.addEventListener('abort', () => resolve(), { once: true }));
    }
    around.say('Stopping …');
    return 0;
  } finally {
    await stops.stopAll();
  }
}

/** Returns what went wrong; undefined when all is up, or when told to stop on the way. */
async function bringUp(around: Around, stops: StopList): Promise<Ended | undefined> {
  const { say, stopping } = around;
  const root = join(around.folder, 'data', 'sandbox');
  const places = { vault: join(root, 'AI_Employee_Vault'), state: join(root, 'state'), work: join(root, 'work') };
  const lock = acquireVaultLock({
    dir: join(root, 'lock'),
    vaultPath: root,
    pid: around.pid,
    clock: systemClock,
    logger: silentLogger,
  });
  if (lock.kind === 'refused') return refused(lock.what, lock.remedy);
  if (lock.kind === 'taken')
    return refused(
      `A sandbox is already running here (process ${lock.pid}).`,
      `Use its page, or stop it first: kill ${lock.pid}`,
    );
  stops.add('lock', () => lock.release());

  say('There are no settings yet, so this is the sandbox: everything on this machine, nothing leaves it.');
  for (const place of Object.values(places)) {
    await rm(place, { recursive: true, force: true });
    await mkdir(place, { recursive: true });
  }
  const standIns = await createStandIns({ clock: systemClock, random: systemRandom });
  stops.add('stand-ins', standIns.stop);
  const product = createProduct({
    folder: places.work,
    stateDir: places.state,
    environment: {
      ...kept(around.environment),
      ...standIns.settings,
      VAULT_PATH: places.vault,
      DATA_DIR: places.state,
    },
    clock: systemClock,
    fetch,
    onLost: ({ lines }) =>
      around.complain(
        [...lines, 'Countersign ended by itself. “Restart Countersign” on the page starts it again.'].join('\n'),
      ),
  });
  stops.add('product', product.stop);
  // Also while it is still coming up.
  stopping.addEventListener('abort', () => void product.stop(), { once: true });
  const started = await product.start();
  if (stopping.aborted) return undefined;
  if (started.kind === 'ended') return started;

  const seeds = createSeeds({ mail: standIns.mail, vaultPath: places.vault, clock: systemClock });
  const trouble = await seedFirst({ seeds, product, clock: systemClock, stopping });
  if (trouble !== '') around.complain(trouble);
  if (stopping.aborted) return undefined;
  const view = createView({ standIns, product, seeds, vaultPath: places.vault });
  const desk = await createDesk({ view, seeds, product, frames: standIns.pages, clock: systemClock, port: usualPort });
  stops.add('desk', desk.stop);
  say(`\n  ${desk.url}\n\nOpen it in a browser. Ctrl-C here ends everything.`);
  return undefined;
}

const refused = (what: string, remedy: string): Ended => ({ kind: 'ended', code: 1, lines: [what, remedy] });

/** What a program needs to run at all, and which browser to use; nothing else reaches the product. */
const keptNames = (
  'PATH HOME LANG LC_ALL TZ TMPDIR TEMP TMP BROWSER_PATH BROWSER_CHANNEL ' +
  'USERPROFILE SYSTEMROOT LOCALAPPDATA APPDATA PROGRAMFILES PROGRAMFILES(X86)'
).split(' ');

const kept = (environment: Around['environment']): Record<string, string> =>
  Object.fromEntries(
    keptNames.flatMap((name): [string, string][] => {
      const value = environment[name];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
