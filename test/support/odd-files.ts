/** Puts into a place of a folder what should not lie there. */
import { execFileSync } from 'node:child_process';
import { linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';

/** Windows has no pipes in folders, and links only for some people. */
export const onPosix = process.platform === 'win32' ? { skip: 'no pipes in folders there' } : {};

/** A pipe with a name: whoever opens it the usual way waits for its other end. */
export const makePipe = (path: string): void => void execFileSync('mkfifo', [path]);

/** A vault's folder, and one beside it from which nothing may be taken and into which nothing may be written. */
export function createOddWorld(t: TestContext) {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-odd-')));
  t.after(() => rmSync(home, { recursive: true, force: true }));
  const path = join(home, 'vault');
  const outside = join(home, 'outside');
  for (const folder of [path, outside]) mkdirSync(folder);
  writeFileSync(join(outside, 'theirs.txt'), 'theirs');
  const at = (place: string) => join(path, ...place.split('/'));
  const isThere = (one: string) => lstatSync(one, { throwIfNoEntry: false }) !== undefined;
  /** What lay there first is kept for `mend`. */
  const away = (place: string) => {
    mkdirSync(dirname(at(place)), { recursive: true });
    if (!isThere(at(place))) return;
    if (isThere(`${at(place)}.away`)) rmSync(at(place), { recursive: true });
    else renameSync(at(place), `${at(place)}.away`);
  };
  return {
    home,
    path,
    outside,
    at,
    /** A link to the folder outside, or to a file in it. */
    linkTo(place: string, target: 'folder' | 'file' | 'nothing') {
      away(place);
      const ends = { folder: outside, file: join(outside, 'theirs.txt'), nothing: join(outside, 'nothing') };
      symlinkSync(ends[target], at(place));
    },
    pipe(place: string) {
      away(place);
      makePipe(at(place));
    },
    async socket(place: string) {
      away(place);
      const server = createServer().listen(at(place));
      await new Promise((resolve) => server.once('listening', resolve));
      t.after(() => server.close());
    },
    folder(place: string) {
      away(place);
      mkdirSync(at(place));
    },
    file(place: string, content = 'a file') {
      away(place);
      writeFileSync(at(place), content);
    },
    /** A second name of the file outside. */
    hardLink(place: string) {
      away(place);
      linkSync(join(outside, 'theirs.txt'), at(place));
    },
    /** What lay there before lies there again. */
    mend(place: string) {
      rmSync(at(place), { recursive: true, force: true });
      if (isThere(`${at(place)}.away`)) renameSync(`${at(place)}.away`, at(place));
    },
    /** Every file outside with its content. */
    theirs: () =>
      readdirSync(outside, { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => `${name}: ${readFileSync(join(outside, name), 'utf8')}`),
  };
}

export const untouched = ['theirs.txt: theirs'];
