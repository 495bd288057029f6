/**
 * What opens the page, and the note that tells the command line where it is. What must stay true: a key that may be known
 * to somebody else opens nothing any more. That is so after a run that could not clean up: its port was free, and who took
 * it was shown the cookies of every open page.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { keptSecret, renewSecret, writePrivateFile } from '../../lib/private-file.ts';
import type { Random } from '../../lib/random.ts';
import type { ControlNote } from './control.ts';

export type PageKeys = {
  /** Opens the page. Stays the same over restarts, until it is renewed. */
  token(): string;
  /** Signs links to attempts; stays the same over restarts. */
  readonly linkSecret: string;
  /** Of this run alone. */
  readonly controlKey: string;
  readonly pid: number;
  /** A new token, on disk before it counts. Throws when it can't be written; then the old one counts on. */
  renew(): string;
};

export type KeptKeys = PageKeys & {
  /** The last run left its note: it was cut off, so its token was renewed. */
  readonly wasCutOff: boolean;
  /** Leaves the note, for its owner alone. */
  announce(url: string): void;
  withdraw(): void;
};

/** Said once, at the start after a run that could not clean up. */
export const cutOff =
  'The last run was cut off: somebody else may have had its port, and with it the keys of browsers that were open. So the page has a new link, and every browser has to enter anew: npm run status shows the link in a terminal.';

const length = 40;

/**
 * For whoever holds the lock of DATA_DIR: a note that lies there then is of a run that is dead.
 *
 * @param parts.learn gets every secret, also later ones, so that none reaches a log
 */
export function createPageKeys(parts: {
  readonly dataDir: string;
  readonly pid: number;
  readonly random: Random;
  readonly learn: (secret: string) => void;
}): KeptKeys {
  const { dataDir, pid, random, learn } = parts;
  const place = (name: string) => join(dataDir, name);
  const control = place('control.json');
  const make = () => random.key(length);
  const wasCutOff = existsSync(control);
  // First the key, then the note: cut off in between, it is renewed again.
  let token = wasCutOff ? renewSecret(place('web-token'), make) : keptSecret(place('web-token'), make);
  rmSync(control, { force: true });
  const linkSecret = keptSecret(place('link-secret'), make);
  const controlKey = make();
  for (const secret of [token, linkSecret, controlKey]) learn(secret);
  let address: string | undefined;
  const leave = (url: string, opens: string) => {
    const note: ControlNote = { url, token: opens, pid, key: controlKey };
    writePrivateFile(control, JSON.stringify(note));
  };

  return {
    token: () => token,
    linkSecret,
    controlKey,
    pid,
    wasCutOff,
    renew() {
      const fresh = renewSecret(place('web-token'), make);
      learn(fresh);
      if (address !== undefined) leave(address, fresh);
      token = fresh;
      return token;
    },
    announce(url) {
      leave(url, token);
      address = url;
    },
    withdraw() {
      address = undefined;
      rmSync(control, { force: true });
    },
  };
}
