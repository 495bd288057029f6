/**
 * Unpacks the Chromium that comes compressed in the npm package `@sparticuz/chromium`, if that is installed: about
 * three seconds and 211 MB, once. The package itself would unpack to fixed names in the shared temporary folder,
 * where two starts at once take a half-written browser and other users could put theirs; so it is given a folder of
 * its own, which gets its final name only when complete.
 */
import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const packageName = '@sparticuz/chromium';

/** @returns undefined when the package is not installed or can't be unpacked anywhere */
export async function unpackedChromium(
  spareDir: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly path: string; readonly environment: Readonly<Record<string, string>> } | undefined> {
  const packed = await packageFolder();
  if (packed === undefined) return undefined;
  // node_modules/.cache lives and dies with the installation; a read-only installation falls back to our own folder.
  const cache = join(packed.folder, '..', '..', '.cache', 'countersign');
  for (const parent of [cache, spareDir]) {
    const folder = join(parent, `chromium-${packed.version}`);
    const complete = (await exists(folder)) || (await unpackInto(parent, folder, packed.folder, environment));
    if (complete) return { path: join(folder, 'chromium'), environment: await needs(folder) };
  }
  return undefined;
}

// Its own libraries (nss, nspr, expat), so that a bare container is enough; its one font only where there are none.
const needs = async (folder: string): Promise<Record<string, string>> => ({
  LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
  ...((await exists('/etc/fonts/fonts.conf')) ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') }),
});

async function packageFolder(): Promise<{ readonly folder: string; readonly version: string } | undefined> {
  try {
    const folder = join(dirname(fileURLToPath(import.meta.resolve(packageName))), '..');
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version?: unknown };
    return typeof manifest.version === 'string' ? { folder, version: manifest.version } : undefined;
  } catch {
    return undefined;
  }
}

async function unpackInto(
  parent: string,
  folder: string,
  packed: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  let partial: string | undefined;
  try {
    await mkdir(parent, { recursive: true, mode: 0o700 });
    partial = await mkdtemp(join(parent, 'unpacking-'));
    // The package writes to the temporary folder of its environment, so it runs in one where that is ours.
    const env = { PATH: environment['PATH'] ?? '', TMPDIR: partial };
    const script = `const { inflate } = await import(${JSON.stringify(packageName)});
      for (const name of ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'])
        await inflate(process.argv[1] + '/bin/' + name);`;
    const run = promisify(execFile);
    await run(process.execPath, ['--input-type=module', '-e', script, packed], { env, cwd: packed, timeout: 120_000 });
    await rename(partial, folder);
    return true;
  } catch {
    if (partial !== undefined) await rm(partial, { recursive: true, force: true }).catch(() => undefined);
    // Somebody else was faster: theirs is as good.
    return exists(folder);
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
